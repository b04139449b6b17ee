"""A kind of rule of one's own, ``total``: from so much money on, all budget lines together."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic_core import core_schema

from kiamv_cli.formats.shapes import COUNT, keyed, one_of
from kiamv_cli.programme.model.facts import CLOSED, NONE, BudgetLine, RuleOutcome, holding
from kiamv_cli.programme.model.programme import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.value import Written
    from kiamv_cli.programme.model.attributes import Attribute
    from kiamv_cli.programme.model.facts import CriterionEvidence, Subject
    from kiamv_cli.programme.model.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalRule(Rule):
    """Score 1 from a total of ``euro``, else the share of it that is there."""

    kind: ClassVar[str] = "total"
    euro: int

    @classmethod
    def shape(cls, attributes: Mapping[str, Attribute]) -> CoreSchema:  # noqa: ARG003
        return core_schema.no_info_after_validator_function(
            _made, keyed({"kind": one_of((cls.kind,)), "euro": COUNT})
        )

    def as_written(self) -> dict[str, Written]:
        return {"euro": self.euro}

    def lists(self, subject: Subject) -> Iterator[tuple[str, tuple[BudgetLine, ...] | None]]:
        yield "budget", subject.budget

    def apply(self, subject: Subject, year: int) -> RuleOutcome:
        if subject.budget == ():
            return CLOSED
        lines = holding(subject.budget, year)
        total = sum(line.amount_eur or 0 for line in lines)
        proven = min(Fraction(total, self.euro), Fraction(1)) if self.euro else NONE
        return RuleOutcome(proven, Fraction(1), known=bool(lines))

    def text(self) -> str:
        return f"1 for {self.euro} euro in all, a share for less"

    def missing_text(
        self, possible: Fraction, known: CriterionEvidence, programme: Programme
    ) -> str:
        lines = (each.fact for each in known.facts if each.counts)
        there = sum(line.amount_eur or 0 for line in lines if isinstance(line, BudgetLine))
        return f"{possible * self.euro - there} euro more for {programme.id}"


def _made(keys: dict[str, Any]) -> TotalRule:
    return TotalRule(euro=keys["euro"])
