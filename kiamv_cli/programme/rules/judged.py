"""The rule of kind ``judged``: no facts give a score, only people."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Any, ClassVar, Literal, assert_never, get_args

from pydantic_core import core_schema

from kiamv_cli.base.language import N_, _
from kiamv_cli.base.text import Text
from kiamv_cli.display.text import seats
from kiamv_cli.formats.shapes import exact, keyed, one_of, own_words, record
from kiamv_cli.programme.model.attributes import number_as_written
from kiamv_cli.programme.model.facts import NONE, RuleOutcome
from kiamv_cli.programme.model.programme import Rule, Scale

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.value import Written
    from kiamv_cli.programme.model.attributes import Attribute
    from kiamv_cli.programme.model.facts import CriterionEvidence, Fact, Subject
    from kiamv_cli.programme.model.programme import Programme

Combine = Literal["mean", "median", "lowest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRule(Rule):
    """Nothing is known until a person judged, and anything is possible.

    ``grades`` are those that people give; without them they give verdicts. ``combine`` says how
    those of several become one.
    """

    kind: ClassVar[str] = "judged"
    grades: Scale | None = None
    combine: Combine = "mean"

    @classmethod
    def shape(cls, attributes: Mapping[str, Attribute]) -> CoreSchema:  # noqa: ARG003 - none is asked
        """See ``Rule``."""
        number = exact()
        scale = record(Scale, {"least": number, "most": number, "step": number})
        checked = core_schema.no_info_after_validator_function(_checked, scale)
        return core_schema.no_info_after_validator_function(
            cls._made,
            keyed(
                {"kind": one_of((cls.kind,))},
                {"scale": checked, "combine": one_of(get_args(Combine))},
            ),
        )

    @classmethod
    def _made(cls, keys: Mapping[str, Any]) -> JudgedRule:
        if "combine" in keys and "scale" not in keys:
            raise own_words(Text("K503.combine-without-scale"), Text("K503.give-scale-too"))
        return cls(grades=keys.get("scale"), combine=keys.get("combine", "mean"))

    def as_written(self) -> dict[str, Written]:
        """See ``Rule``."""
        if self.grades is None:
            return {}
        ends = ("least", "most", "step")
        written = {name: number_as_written(getattr(self.grades, name)) for name in ends}
        return {
            "scale": dict(written),
            **({} if self.combine == "mean" else {"combine": self.combine}),
        }

    def lists(self, subject: Subject) -> tuple[tuple[str, tuple[Fact, ...] | None], ...]:  # noqa: ARG002 - facts play no part
        """See ``Rule``."""
        return ()

    def apply(self, subject: Subject, year: int) -> RuleOutcome:  # noqa: ARG002 - facts play no part
        """See ``Rule``."""
        return RuleOutcome(NONE, Fraction(1), known=False)

    def text(self) -> str:
        """See ``Rule``."""
        if self.grades is None:
            return _("as people judge it")
        scale = _(
            "by the grade that people give, from {least} to {most} in steps of {step}",
            least=seats(self.grades.least),
            most=seats(self.grades.most),
            step=seats(self.grades.step),
        )
        return scale if self.combine == "mean" else f"{scale}; {_(_COMBINED[self.combine])}"

    @property
    def scale(self) -> Scale | None:
        """Return the grades."""
        return self.grades

    def together(self, grades: Sequence[Fraction]) -> Fraction:
        """See ``Rule``."""
        match self.combine:
            case "mean":
                return sum(grades, NONE) / len(grades)
            case "median":
                return median(grades)
            case "lowest":
                return min(grades)
            case _:
                assert_never(self.combine)

    def missing_text(
        self,
        possible: Fraction,
        known: CriterionEvidence,  # noqa: ARG002 - facts play no part
        programme: Programme,  # noqa: ARG002 - nor do categories
    ) -> str:
        """See ``Rule``."""
        if self.grades is None:
            return _("a person's judgement")
        return _("a grade of {grade}", grade=seats(self.grades.grade(possible)))


_COMBINED = {
    "median": N_("of several people the middle one counts"),
    "lowest": N_("of several people the lowest counts"),
}


def _checked(scale: Scale) -> Scale:
    if scale.least >= scale.most or not scale.step:
        raise own_words(Text("K503.scale-without-steps"), Text("K503.give-least-most-step"))
    if not scale.allows(scale.most):
        raise own_words(Text("K503.most-not-on-scale"), Text("K503.give-least-most-step"))
    return scale
