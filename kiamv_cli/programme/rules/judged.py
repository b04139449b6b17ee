"""The rule of kind ``judged``: no facts give a score, only people."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from pydantic_core import core_schema

from kiamv_cli.base.language import _
from kiamv_cli.formats.shapes import keyed, one_of
from kiamv_cli.programme.model.facts import NONE, Outcome
from kiamv_cli.programme.model.programme import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.fingerprint import Written
    from kiamv_cli.programme.model.attributes import Attribute
    from kiamv_cli.programme.model.facts import CriterionEvidence, Fact, Subject
    from kiamv_cli.programme.model.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRule(Rule):
    """Nothing is known until a person judged, and anything is possible."""

    kind: ClassVar[str] = "judged"

    @classmethod
    def shape(cls, attributes: Mapping[str, Attribute]) -> CoreSchema:  # noqa: ARG003 - none is asked
        """See ``Rule``."""
        return core_schema.no_info_after_validator_function(
            lambda _keys: cls(), keyed({"kind": one_of((cls.kind,))})
        )

    def as_written(self) -> dict[str, Written]:
        """See ``Rule``."""
        return {}

    def lists(self, subject: Subject) -> tuple[tuple[str, tuple[Fact, ...] | None], ...]:  # noqa: ARG002 - facts play no part
        """See ``Rule``."""
        return ()

    def apply(self, subject: Subject, year: int) -> Outcome:  # noqa: ARG002 - facts play no part
        """See ``Rule``."""
        return Outcome(NONE, Fraction(1), known=False)

    def text(self) -> str:
        """See ``Rule``."""
        return _("as people judge it")

    def missing_text(
        self,
        possible: Fraction,  # noqa: ARG002 - a judgement decides
        known: CriterionEvidence,  # noqa: ARG002 - facts play no part
        programme: Programme,  # noqa: ARG002 - nor do categories
    ) -> str:
        """See ``Rule``."""
        return _("a person's judgement")
