"""Interviews as people coded them: answers to the questionnaire, and statements on sub-aspects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

Stance = Literal["success-factor", "bottleneck", "practice", "question"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedAnswer:
    """What an interview answers to a question of the questionnaire.

    ``options`` are ids; none means that it was asked and that no option holds. ``at`` is the place
    in the interview, such as ``l. 12-18``.
    """

    question: str
    options: tuple[str, ...]
    at: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What was said on a sub-aspect of the codebook, as one coder coded it.

    ``at`` is the place in the interview: statements of two coders at the same place are two
    readings of one passage. ``quote`` says that ``text`` is word for word. ``coded_by`` is ``None``
    where it was the coder of the interview.
    """

    sub_aspect: str
    stance: Stance
    text: str
    at: str
    quote: bool = False
    coded_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """One interview with one ecosystem; ``file`` is what it was read from.

    ``made_up`` marks a demonstration: nobody said any of it.
    """

    ecosystem: str
    date: date
    interviewers: tuple[str, ...]
    coded_by: str
    answers: tuple[CodedAnswer, ...] = ()
    statements: tuple[Statement, ...] = ()
    made_up: bool = False
    file: str = ""

    def coder(self, statement: Statement) -> str:
        """Who coded one of its statements."""
        return statement.coded_by or self.coded_by
