"""The rule of kind ``count``: so many facts of a list, or so many distinct values of a field."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, ClassVar, get_args

from pydantic_core import core_schema

from kiamv_cli.base.language import N_, _, label_in, ngettext
from kiamv_cli.base.text import Text
from kiamv_cli.display.text import count, listing, seats
from kiamv_cli.display.words import facts_count, facts_noun, more_facts, word
from kiamv_cli.formats.shapes import (
    COUNT,
    NAME,
    keyed,
    list_of,
    mapping_of,
    one_of,
    own_words,
    record,
)
from kiamv_cli.programme.model.facts import (
    CLOSED,
    NONE,
    Challenge,
    LifeDomain,
    RuleOutcome,
    Scope,
    Statement,
    holding,
)
from kiamv_cli.programme.model.programme import Rule, exact_as_written
from kiamv_cli.programme.rules import (
    SCORE,
    check_descending,
    steps_text,
    with_known,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.value import Written
    from kiamv_cli.programme.model.attributes import Attribute
    from kiamv_cli.programme.model.facts import CriterionEvidence, Fact, Subject
    from kiamv_cli.programme.model.programme import Programme

# The lists of facts that can be counted, and what their facts are.
COUNTABLE: dict[str, type[Fact]] = {
    "challenges": Challenge,
    "life_domains": LifeDomain,
    "comparable_elsewhere": Statement,
    "maturity": Statement,
}
# What a fact says of itself, not of an ecosystem.
_NOT_COUNTED = {"confirmed_by", "literal"}
# Of which values of a field of the facts there are too few: one, one more, several, several more.
_VALUES = {
    ("challenges", "theme"): (
        N_("a challenge in one theme"),
        N_("a challenge in one more theme"),
        N_("challenges in {n} different themes"),
        N_("challenges in {n} more themes"),
    ),
    ("life_domains", "domain"): (
        N_("one domain of life"),
        N_("one more domain of life"),
        N_("{n} different domains of life"),
        N_("{n} more domains of life"),
    ),
}
_OTHER_VALUES = (
    N_("{facts} with one {field}"),
    N_("{facts} with one more {field}"),
    N_("{facts} with {n} different values of {field}"),
    N_("{facts} with {n} more different values of {field}"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The score of a rule that counts, from this many facts and this many distinct values."""

    score: Fraction
    facts: int = 0
    distinct: int = 0

    def as_written(self) -> Written:
        """Return what a file holds of it."""
        counts: dict[str, Written] = {"facts": self.facts, "distinct": self.distinct}
        asked = {name: least for name, least in counts.items() if least}
        return {**asked, "score": exact_as_written(self.score)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRule(Rule):
    """Count the facts in one list, or the distinct values of one of their fields.

    ``steps`` come highest first; the first that is reached gives the score. ``by`` names the
    field; an empty value of it counts as one more value. ``caps`` holds the most that a scope
    allows. ``attribute`` is that of which the facts are, if the list is none that all have.
    """

    kind: ClassVar[str] = "count"
    facts: str
    steps: tuple[Step, ...]
    by: str | None = None
    caps: Mapping[Scope, Fraction] = field(default_factory=dict)
    attribute: Attribute | None = None

    @classmethod
    def shape(cls, attributes: Mapping[str, Attribute]) -> CoreSchema:
        """See ``Rule``."""
        declared = {each.id: each for each in attributes.values() if each.kind == "facts"}
        step = record(Step, {"score": SCORE, "facts": COUNT, "distinct": COUNT})
        required = {
            "kind": one_of((cls.kind,)),
            "facts": one_of([*COUNTABLE, *declared]),
            "steps": list_of(step, at_least=1),
        }
        optional = {"by": NAME, "caps": mapping_of(one_of(get_args(Scope)), SCORE)}
        return core_schema.no_info_after_validator_function(
            lambda keys: _checked(keys, declared), keyed(required, optional)
        )

    def as_written(self) -> dict[str, Written]:
        """See ``Rule``."""
        by: dict[str, Written] = {} if self.by is None else {"by": self.by}
        caps: dict[str, Written] = {s: exact_as_written(most) for s, most in self.caps.items()}
        steps = [each.as_written() for each in self.steps]
        return {"facts": self.facts, **by, "steps": steps, **({"caps": caps} if caps else {})}

    def lists(self, subject: Subject) -> Iterator[tuple[str, tuple[Fact, ...] | None]]:
        """See ``Rule``."""
        yield self.facts, self._facts(subject)

    def _facts(self, subject: Subject) -> tuple[Fact, ...] | None:
        if self.attribute is not None:
            return subject.attributes.get(self.facts)
        facts: tuple[Fact, ...] | None = getattr(subject, self.facts)
        return facts

    def apply(self, subject: Subject, year: int) -> RuleOutcome:
        """See ``Rule``."""
        facts = self._facts(subject)
        if facts == ():
            return CLOSED
        held = holding(facts, year)
        distinct = len({getattr(fact, self.by) for fact in held}) if self.by else 0
        proven, possible = self._highest(len(held), distinct), self.steps[0].score
        cap = self.caps.get(subject.scope) if subject.scope else None
        if cap is not None:
            proven, possible = min(proven, cap), min(possible, cap)
        return RuleOutcome(proven, possible, known=bool(held))

    def _highest(self, facts: int, distinct: int) -> Fraction:
        reached = (s.score for s in self.steps if facts >= s.facts and distinct >= s.distinct)
        return next(reached, NONE)

    def text(self) -> str:
        """See ``Rule``."""
        parts = [steps_text((step.score, self._step_text(step)) for step in self.steps)]
        if self.by == "theme":
            parts.append(_("challenges outside the themes together count as one theme"))
        parts += [
            _("at most {score} where the scope is {scope}", score=seats(cap), scope=word(scope))
            for scope, cap in self.caps.items()
        ]
        return "; ".join(parts)

    def _step_text(self, step: Step) -> str:
        demands = []
        if step.facts:
            demands.append(_("at least {what}", what=self._count_text(step.facts)))
        if step.distinct:
            demands.append(_("at least {what}", what=_different(self.by or "", step.distinct)))
        return listing(demands) or _("whatever is known")

    def _count_text(self, number: int, *, beside: bool = False) -> str:
        if self.attribute is None:
            return (more_facts if beside else facts_count)(self.facts, number)
        what = label_in(self.attribute.label)
        if beside:
            return _("{n} more of: {what}", n=number, what=what)
        return _("{n} of: {what}", n=number, what=what)

    def missing_text(
        self, possible: Fraction, known: CriterionEvidence, programme: Programme
    ) -> str:
        """See ``Rule``."""
        step = [step for step in self.steps if step.score >= possible][-1]
        held = () if known.undecided else [each.fact for each in known.facts if each.counts]
        values = list(dict.fromkeys(getattr(fact, self.by) for fact in held)) if self.by else []
        distinct, facts = max(step.distinct - len(values), 0), max(step.facts - len(held), 0)
        parts = []
        if distinct:
            named = listing([self._named(value, programme) for value in values])
            parts.append(with_known(self._distinct_text(distinct, more=bool(values)), named))
        if facts > distinct:
            beside = any(each.counts for each in known.facts)
            parts.append(self._count_text(facts, beside=beside))
        return listing(parts)

    def _distinct_text(self, n: int, *, more: bool) -> str:
        texts = _VALUES.get((self.facts, self.by or ""), _OTHER_VALUES)
        return _(texts[2 * (n > 1) + more], n=n, facts=self._noun(n), field=self.by)

    def _noun(self, number: int) -> str:
        if self.attribute is not None:
            return label_in(self.attribute.label)
        return facts_noun(self.facts, number)

    def _named(self, value: str | None, programme: Programme) -> str:
        if self.by == "theme":
            return theme_text(value, programme)
        return _("outside the {field}s", field=self.by) if value is None else word(value)


def theme_text(theme: str | None, programme: Programme) -> str:
    """Format what a theme is called, or that there is none."""
    if not theme:
        return _("outside the themes")
    themes = programme.dimensions.get("themes")
    labels = themes.labels if themes else {}
    return label_in(labels[theme]) if theme in labels else theme


def _different(of: str, number: int) -> str:
    if of == "theme":
        return count(number, "theme", "different themes")
    if of == "domain":
        return count(number, "domain", "different domains")
    return ngettext("{n} different {field}", "{n} different {field}s", number, field=of)


def _checked(keys: dict[str, Any], declared: Mapping[str, Attribute]) -> CountRule:
    facts, by = keys["facts"], keys.get("by")
    known = [
        each.name
        for each in fields(COUNTABLE.get(facts, Statement))
        if each.name not in _NOT_COUNTED
    ]
    if by is not None and by not in known:
        raise own_words(
            Text("K503.facts-without", facts=facts, by=by),
            Text("hints.choose-from", values=", ".join(known)),
        )
    if by is None and any(step.distinct for step in keys["steps"]):
        raise own_words(Text("K503.distinct-of-what"), Text("K503.add-by"))
    check_descending([step.score for step in keys["steps"]])
    return CountRule(
        facts=facts,
        steps=keys["steps"],
        by=by,
        caps=keys.get("caps", {}),
        attribute=declared.get(facts),
    )
