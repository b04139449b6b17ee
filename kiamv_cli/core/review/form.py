"""What a reviewer is asked, and what they answered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, get_args

from kiamv_cli.core.programme import SidesRule
from kiamv_cli.language import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from kiamv_cli.core.facts import Verdict
    from kiamv_cli.core.problem import Problem
    from kiamv_cli.core.programme import Programme

Said = Literal["met", "partly", "not-met", "unknown", "not-mine"]
"""``unknown``: looked, and cannot tell. ``not-mine``: this is not for me to judge."""

# A form as a spreadsheet: what sheets, columns and verdicts are called, by those who write it, in
# the language of the reviewer, and by those who read it, in any.
FORM_SHEET, ABOUT_SHEET = N_("Form"), N_("About")
SHEET_COLUMNS = (
    N_("ecosystem"),
    N_("name"),
    N_("question"),
    N_("asked"),
    N_("known"),
    N_("verdict"),
    N_("reason"),
    N_("evidence"),
)
SHEET_VERDICTS: tuple[Said, ...] = get_args(Said)
SHEET_WORDS = (
    *(FORM_SHEET, ABOUT_SHEET, *SHEET_COLUMNS),
    *(N_("met"), N_("partly"), N_("not-met"), N_("unknown"), N_("not-mine")),
)
ABOUT_KEYS = ("schema", "reviewer", "as_of", "criteria", "questions", "longlist")


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to judge: a criterion, or one part of a criterion that is judged by its parts."""

    criterion: str
    part: str | None = None

    @property
    def key(self) -> str:
        """Its name: ``regional``, ``multi-helix.industry``."""
        return f"{self.criterion}.{self.part}" if self.part else self.criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where the evidence stands: a source of the ecosystem by its id, and the place in it."""

    source: str
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a reviewer said to one question; a ``verdict`` of ``None`` is not judged (yet)."""

    verdict: Said | None = None
    reason: str | None = None
    evidence: tuple[Citation, ...] = ()

    @property
    def judged(self) -> Verdict | None:
        """The verdict, if it is one; neither *not judged* nor *not mine* is."""
        return None if self.verdict == "not-mine" else self.verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """All that one reviewer said, by ecosystem and by the key of the question.

    ``as_of`` is the reference date at which they judged, ``longlist`` the SHA-256 of the list,
    ``questions`` that of the questions and rules (see ``asked``); ``None`` from an older kiamv.
    ``remarks`` are on what its file holds and is not read, and no part of what they said.
    """

    reviewer: str
    as_of: date
    longlist: str
    answers: Mapping[str, Mapping[str, Answer]]
    questions: str | None = None
    remarks: tuple[Problem, ...] = field(default=(), compare=False)

    def only(self, counts: Callable[[str, str], bool]) -> Form:
        """Return the form with the answers that count; the others are as if not judged.

        Args:
            counts: Tells so of an ecosystem and the key of a question.
        """
        answers = {
            ecosystem: {
                key: answer if counts(ecosystem, key) else Answer() for key, answer in given.items()
            }
            for ecosystem, given in self.answers.items()
        }
        return replace(self, answers=answers)


def questions(programme: Programme) -> tuple[Question, ...]:
    """What there is to judge of each ecosystem: criteria in order, the sides of a helix apart."""
    return tuple(
        Question(criterion.id, part)
        for criterion in programme.criteria
        for part in (criterion.rule.sides if isinstance(criterion.rule, SidesRule) else (None,))
    )
