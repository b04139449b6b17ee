"""The rule of kind ``best-line``: the best budget line gives the score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic_core import core_schema

from kiamv_cli.base.language import N_, _
from kiamv_cli.display.text import count
from kiamv_cli.formats.shapes import COUNT, YES_NO, keyed, list_of, one_of, record
from kiamv_cli.programme.model.facts import CLOSED, NONE, BudgetLine, RuleOutcome, holding
from kiamv_cli.programme.model.programme import Rule, exact_as_written
from kiamv_cli.programme.rules import SCORE, check_descending, steps_text, with_known

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.value import Written
    from kiamv_cli.programme.model.attributes import Attribute
    from kiamv_cli.programme.model.facts import CriterionEvidence, Subject
    from kiamv_cli.programme.model.programme import Programme

# Whose a budget line is, as a remark and in a demand.
_OWN = {
    None: N_("not shown to be its own"),
    True: N_("of its own"),
    False: N_("not its own"),
}
_LINES = {
    None: N_("a budget line"),
    True: N_("a budget line of its own"),
    False: N_("a budget line that is not its own"),
    "unknown": N_("a budget line of unknown ownership"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStep:
    """The score of one budget line; what is ``None`` is not asked of it.

    ``own`` asks that it is the ecosystem's own, that it is not, or that this is ``unknown``.
    """

    score: Fraction
    own: bool | Literal["unknown"] | None = None
    years: int | None = None

    def reached_by(self, line: BudgetLine) -> bool:
        """Return whether a budget line is all that is asked."""
        long_enough = self.years is None or (line.years is not None and line.years >= self.years)
        whose = "unknown" if line.own is None else line.own
        return long_enough and self.own in (None, whose)

    def as_written(self) -> Written:
        """Return what a file holds of it."""
        demands: dict[str, Written] = {"own": self.own, "years": self.years}
        asked = {name: value for name, value in demands.items() if value is not None}
        return {**asked, "score": exact_as_written(self.score)}

    def text(self) -> str:
        """Format what it asks of a budget line."""
        line = _(_LINES[self.own])
        if not self.years:
            return line
        return _("{line} over at least {years}", line=line, years=_years(self.years))


@dataclass(frozen=True, slots=True, kw_only=True)
class BestLineRule(Rule):
    """Score each budget line by the highest step it reaches; the best line gives the score.

    ``steps`` come highest first.
    """

    kind: ClassVar[str] = "best-line"
    steps: tuple[LineStep, ...]

    @classmethod
    def shape(cls, attributes: Mapping[str, Attribute]) -> CoreSchema:  # noqa: ARG003 - none plays a part
        """See ``Rule``."""
        own = core_schema.union_schema(
            [YES_NO, one_of(("unknown",))],
            custom_error_type="yes_no_or_unknown",
            custom_error_message="Input should be true, false or 'unknown'",
        )
        step = record(LineStep, {"score": SCORE, "own": own, "years": COUNT})
        return core_schema.no_info_after_validator_function(
            _checked,
            keyed({"kind": one_of((cls.kind,)), "steps": list_of(step, at_least=1)}),
        )

    def as_written(self) -> dict[str, Written]:
        """See ``Rule``."""
        return {"steps": [each.as_written() for each in self.steps]}

    def lists(self, subject: Subject) -> Iterator[tuple[str, tuple[BudgetLine, ...] | None]]:
        """See ``Rule``."""
        yield "budget", subject.budget

    def apply(self, subject: Subject, year: int) -> RuleOutcome:
        """See ``Rule``."""
        if subject.budget == ():
            return CLOSED
        lines = holding(subject.budget, year)
        reached = (s.score for line in lines for s in self.steps if s.reached_by(line))
        return RuleOutcome(max(reached, default=NONE), self.steps[0].score, known=bool(lines))

    def text(self) -> str:
        """See ``Rule``."""
        steps = steps_text((step.score, step.text()) for step in self.steps)
        return _("{scores}; only the best line counts", scores=steps)

    def missing_text(
        self,
        possible: Fraction,
        known: CriterionEvidence,
        programme: Programme,  # noqa: ARG002 - budget lines have no categories
    ) -> str:
        """See ``Rule``."""
        step = [step for step in self.steps if step.score >= possible][-1]
        lines = [each.fact for each in known.facts if each.counts]
        there = dict.fromkeys(_brief(line) for line in lines if isinstance(line, BudgetLine))
        return with_known(step.text(), "; ".join(there))


def _checked(keys: dict[str, Any]) -> BestLineRule:
    check_descending([step.score for step in keys["steps"]])
    return BestLineRule(steps=keys["steps"])


def own_text(line: BudgetLine) -> str:
    """Format whose a budget line is."""
    return _(_OWN[line.own])


def term_text(line: BudgetLine) -> str:
    """Format over how many years a budget line goes."""
    return _("term not known") if line.years is None else _years(line.years)


def _brief(line: BudgetLine) -> str:
    return f"{own_text(line)}, {term_text(line)}"


def _years(number: int) -> str:
    return count(number, "calendar year", "calendar years")
