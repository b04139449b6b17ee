"""The rule of kind ``judged``: no facts give a score, only people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic_core import core_schema

from kiamv_cli.base.language import N_, _
from kiamv_cli.base.text import Text
from kiamv_cli.display.text import seats
from kiamv_cli.formats.shapes import exact, keyed, one_of, own_words, record
from kiamv_cli.programme.model.attributes import number_as_written
from kiamv_cli.programme.model.facts import NONE, Outcome
from kiamv_cli.programme.model.programme import COMBINATIONS, Rule, Scale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.value import Written
    from kiamv_cli.programme.model.attributes import Attribute
    from kiamv_cli.programme.model.facts import CriterionEvidence, Fact, Subject
    from kiamv_cli.programme.model.programme import Combination, Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRule(Rule):
    """Nothing is known until a person judged, and anything is possible.

    ``grades`` are those that people give; without them they give verdicts.
    """

    kind: ClassVar[str] = "judged"
    grades: Scale | None = None

    @classmethod
    def shape(cls, attributes: Mapping[str, Attribute]) -> CoreSchema:  # noqa: ARG003 - none is asked
        """See ``Rule``."""
        number = exact()
        scale = record(Scale, {"least": number, "most": number, "step": number})
        checked = core_schema.no_info_after_validator_function(_checked, scale)
        optional = {"scale": checked, "combine": one_of(COMBINATIONS)}
        return core_schema.no_info_after_validator_function(
            _rule, keyed({"kind": one_of((cls.kind,))}, optional)
        )

    def as_written(self) -> dict[str, Written]:
        """See ``Rule``."""
        if self.grades is None:
            return {}
        ends = ("least", "most", "step")
        written = {name: number_as_written(getattr(self.grades, name)) for name in ends}
        usual = self.grades.combine == COMBINATIONS[0]
        return {"scale": dict(written), **({} if usual else {"combine": self.grades.combine})}

    def lists(self, subject: Subject) -> tuple[tuple[str, tuple[Fact, ...] | None], ...]:  # noqa: ARG002 - facts play no part
        """See ``Rule``."""
        return ()

    def apply(self, subject: Subject, year: int) -> Outcome:  # noqa: ARG002 - facts play no part
        """See ``Rule``."""
        return Outcome(NONE, Fraction(1), known=False)

    def text(self) -> str:
        """See ``Rule``."""
        if self.grades is None:
            return _("as people judge it")
        grades = _(
            "by the grade that people give, from {least} to {most} in steps of {step}",
            least=seats(self.grades.least),
            most=seats(self.grades.most),
            step=seats(self.grades.step),
        )
        return f"{grades}; {_(_COMBINED[self.grades.combine])}"

    @property
    def scale(self) -> Scale | None:
        """Return the grades."""
        return self.grades

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


_COMBINED: Mapping[Combination, str] = {
    "mean": N_("of several people the mean"),
    "median": N_("of several people the median"),
    "lowest": N_("of several people the lowest"),
}


def _rule(keys: dict[str, Any]) -> JudgedRule:
    scale, combine = keys.get("scale"), keys.get("combine", COMBINATIONS[0])
    if scale is None:
        if "combine" in keys:
            raise own_words(Text("K503.combine-without-scale"), Text("K503.add-scale"))
        return JudgedRule()
    return JudgedRule(grades=replace(scale, combine=combine))


def _checked(scale: Scale) -> Scale:
    if scale.least >= scale.most or not scale.step:
        raise own_words(Text("K503.scale-without-steps"), Text("K503.give-least-most-step"))
    if not scale.allows(scale.most):
        raise own_words(Text("K503.most-not-on-scale"), Text("K503.give-least-most-step"))
    return scale
