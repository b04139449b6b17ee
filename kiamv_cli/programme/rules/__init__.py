"""The kinds of rules: a module each, registered here, and what they share.

A package of one's own brings a further kind by an entry point of the group ``kiamv.rules``: its
name is the kind, its object the class.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from pydantic_core import core_schema

from kiamv_cli.base import plugin
from kiamv_cli.base.language import _, label_in
from kiamv_cli.base.text import Text
from kiamv_cli.display.text import in_style, seats, whole
from kiamv_cli.formats.shapes import ID, exact, one_of, own_words
from kiamv_cli.programme.model.attributes import Attribute, number_as_written
from kiamv_cli.programme.model.programme import Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from fractions import Fraction

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.programme.model.facts import Fact, Subject

# The class of each kind, in the module of its name: imported where a criterion has such a rule.
KINDS = {
    "count": "CountRule",
    "best-line": "BestLineRule",
    "sides": "SidesRule",
    "number": "NumberRule",
    "choice": "ChoiceRule",
    "judged": "JudgedRule",
}
ENTRY_POINTS = "kiamv.rules"
# The kinds that other packages brought so far.
BROUGHT: dict[str, type[Rule]] = {}


def find_kind(name: str) -> type[Rule] | None:
    """Return the class of a kind, also of one that another installed package brings."""
    if name in KINDS:
        module = import_module(f"{__name__}.{name.replace('-', '_')}")
        return cast("type[Rule]", getattr(module, KINDS[name]))
    if name not in BROUGHT and (kind := plugin(ENTRY_POINTS, name)) is not None:
        BROUGHT[name] = kind
    return BROUGHT.get(name)


def all_kinds() -> dict[str, type[Rule]]:
    """Return the class of each kind that is known by now."""
    kinds = {name: find_kind(name) for name in (*KINDS, *BROUGHT)}
    return {name: kind for name, kind in kinds.items() if kind is not None}


SCORE = exact(most=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeRule(Rule):
    """A rule on the values of one attribute, which are all that it looks at."""

    attribute: Attribute

    def lists(self, subject: Subject) -> Iterator[tuple[str, tuple[Fact, ...] | None]]:
        """See ``Rule``."""
        yield self.attribute.id, subject.attributes.get(self.attribute.id)


def check_descending(scores: Sequence[Fraction]) -> None:
    """Check that the scores of steps come highest first.

    Raises:
        PydanticCustomError: They do not.
    """
    if list(scores) != sorted(scores, reverse=True):
        raise own_words(Text("K503.steps-out-order"), Text("K503.put-highest-score-first"))


def steps_text(steps: Iterable[tuple[Fraction, str]]) -> str:
    """Format scores, each with what it takes, and what there is otherwise."""
    scores = [_("{score} for {what}", score=seats(score), what=what) for score, what in steps]
    return _("{scores}, else 0", scores=", ".join(scores))


def with_known(text: str, known: str) -> str:
    """Format what is missing beside what is known, if anything is."""
    return _("{missing} (known: {known})", missing=text, known=known) if known else text


def attribute_of(names: Collection[str]) -> CoreSchema:
    """Return the shape of the id of an attribute, one of those that a rule can take."""
    if names:
        return one_of(names)

    def refused(name: str) -> str:
        raise own_words(
            Text("K503.attribute-not-declared", name=name), Text("K503.declare-attribute")
        )

    return core_schema.no_info_after_validator_function(refused, ID)


def number_text(value: Fraction, attribute: Attribute) -> str:
    """Format a number of an attribute exactly, with its unit."""
    written = number_as_written(value)
    text = whole(written) if isinstance(written, int) else in_style(str(written))
    return f"{text} {label_in(attribute.unit)}" if attribute.unit else text
