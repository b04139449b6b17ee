"""The rule of kind ``number``: the number of an attribute gives the score."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic_core import core_schema

from kiamv_cli.base.language import _, label_in
from kiamv_cli.base.text import Text
from kiamv_cli.display.text import listing
from kiamv_cli.formats.shapes import exact, keyed, list_of, one_of, own_words, record
from kiamv_cli.programme.model.attributes import Attribute, interval_held, number_as_written
from kiamv_cli.programme.model.facts import CLOSED, NONE, RuleOutcome, holding
from kiamv_cli.programme.model.programme import exact_as_written
from kiamv_cli.programme.rules import (
    SCORE,
    AttributeRule,
    attribute_of,
    check_descending,
    number_text,
    steps_text,
    with_known,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.value import Written
    from kiamv_cli.programme.model.facts import CriterionEvidence, Fact, Subject
    from kiamv_cli.programme.model.programme import Programme

_ONE = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberStep:
    """The score of a number that is at least, or at most, so much."""

    score: Fraction
    at_least: Fraction | None = None
    at_most: Fraction | None = None

    def takes(self, number: Fraction) -> bool:
        """Return whether a number is within the bounds."""
        enough = self.at_least is None or number >= self.at_least
        return enough and (self.at_most is None or number <= self.at_most)

    @property
    def bounds(self) -> list[Fraction]:
        """Return the bounds that there are."""
        return [bound for bound in (self.at_least, self.at_most) if bound is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRule(AttributeRule):
    """Score the number of an attribute by steps, or evenly between two numbers.

    ``steps`` come highest first, and the first that takes the number gives the score. ``between``
    holds the number that scores 0 and the one that scores 1, which may be the lower. Of a number of
    which only bounds are known the worst that it can be is proven, the best possible.
    """

    kind: ClassVar[str] = "number"
    steps: tuple[NumberStep, ...] = ()
    between: tuple[Fraction, Fraction] | None = None

    @classmethod
    def shape(cls, attributes: Mapping[str, Attribute]) -> CoreSchema:
        """See ``Rule``."""
        number = exact(signed=True)
        step = record(NumberStep, {"score": SCORE, "at_least": number, "at_most": number})
        names = [each.id for each in attributes.values() if each.kind == "number"]
        required = {"kind": one_of((cls.kind,)), "attribute": attribute_of(names)}
        ends = core_schema.tuple_schema([number, number], strict=False)
        shape = keyed(required, {"steps": list_of(step, at_least=1), "between": ends})

        def made(keys: dict[str, Any]) -> NumberRule:
            _check(keys)
            return cls(**{**keys, "attribute": attributes[keys["attribute"]]})

        return core_schema.no_info_after_validator_function(
            lambda keys: made({name: keys[name] for name in keys if name != "kind"}), shape
        )

    def as_written(self) -> dict[str, Written]:
        """See ``Rule``."""
        if self.between is not None:
            return {
                "attribute": self.attribute.id,
                "between": [number_as_written(end) for end in self.between],
            }
        return {"attribute": self.attribute.id, "steps": [_written(each) for each in self.steps]}

    def apply(self, subject: Subject, year: int) -> RuleOutcome:
        """See ``Rule``."""
        values = subject.attributes.get(self.attribute.id)
        if values == ():
            return CLOSED
        known = bool(holding(values, year))
        low, high = interval_held(values or (), self.attribute, year)
        scores = [*self._scores(low, high)]
        return RuleOutcome(min(scores) if known else NONE, max(scores), known=known)

    def score(self, number: Fraction) -> Fraction:
        """Return the score of a number that is known exactly."""
        if self.between is None:
            return next((each.score for each in self.steps if each.takes(number)), NONE)
        zero, one = self.between
        return min(max((number - zero) / (one - zero), NONE), _ONE)

    def _scores(self, low: Fraction | None, high: Fraction | None) -> Iterator[Fraction]:
        """Yield the scores of numbers of which one is the worst, and one the best, within."""
        bounds = sorted({bound for each in self.steps for bound in each.bounds})
        bounds = sorted(
            {*bounds, *(self.between or ()), *(e for e in (low, high) if e is not None)}
        )
        between = [(one + other) / 2 for one, other in pairwise(bounds)]
        beyond = [bounds[0] - 1, bounds[-1] + 1] if bounds else [NONE]
        for number in (*bounds, *between, *beyond):
            if (low is None or number >= low) and (high is None or number <= high):
                yield self.score(number)

    def text(self) -> str:
        """See ``Rule``."""
        what = label_in(self.attribute.label)
        if self.between is None:
            return _(
                "{scores} ({what})",
                scores=steps_text((each.score, self._step_text(each)) for each in self.steps),
                what=what,
            )
        zero, one = (number_text(end, self.attribute) for end in self.between)
        return _("from 0 at {zero} to 1 at {one} ({what})", zero=zero, one=one, what=what)

    def _step_text(self, step: NumberStep) -> str:
        texts = []
        if step.at_least is not None:
            texts.append(_("at least {what}", what=number_text(step.at_least, self.attribute)))
        if step.at_most is not None:
            texts.append(_("at most {what}", what=number_text(step.at_most, self.attribute)))
        return listing(texts)

    def missing_text(
        self,
        possible: Fraction,
        known: CriterionEvidence,
        programme: Programme,  # noqa: ARG002 - the attribute has its own words
    ) -> str:
        """See ``Rule``."""
        what = label_in(self.attribute.label)
        if self.between is not None:
            zero, one = self.between
            needed = number_text(zero + possible * (one - zero), self.attribute)
            most = one < zero
            text = _("at most {what}", what=needed) if most else _("at least {what}", what=needed)
        else:
            text = self._step_text([each for each in self.steps if each.score >= possible][-1])
        there = [interval_text(each.fact, self.attribute) for each in known.facts if each.counts]
        return with_known(_("{what}: {needed}", what=what, needed=text), "; ".join(there))


def interval_text(fact: Fact, attribute: Attribute) -> str:
    """Format a number of which perhaps only bounds are known."""
    value, low, high = (getattr(fact, name) for name in ("value", "low", "high"))
    if value is not None:
        return number_text(value, attribute)
    texts = []
    if low is not None:
        texts.append(_("at least {what}", what=number_text(low, attribute)))
    if high is not None:
        texts.append(_("at most {what}", what=number_text(high, attribute)))
    return listing(texts)


def _check(keys: dict[str, Any]) -> None:
    steps, between = keys.get("steps", ()), keys.get("between")
    if bool(steps) == bool(between):
        raise own_words(Text("K503.steps-or-between"), Text("K503.give-one-of-two"))
    if between and between[0] == between[1]:
        raise own_words(
            Text("K503.between-ends-alike", number=number_as_written(between[0])),
            Text("K503.give-two-numbers"),
        )
    if any(not step.bounds for step in steps):
        raise own_words(Text("K503.step-without-bound"), Text("K503.add-bound"))
    check_descending([step.score for step in steps])


def _written(step: NumberStep) -> Written:
    bounds = {"at_least": step.at_least, "at_most": step.at_most}
    said: dict[str, Written] = {n: number_as_written(b) for n, b in bounds.items() if b is not None}
    return {**said, "score": exact_as_written(step.score)}
