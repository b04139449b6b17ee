"""Interviews as people coded them: answers to the questionnaire, and statements on sub-aspects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from kiamv_cli.core.labels import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
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
    where it was the coder of the interview. ``file`` is where it stands, if that is not the file of
    the interview.
    """

    sub_aspect: str
    stance: Stance
    text: str
    at: str
    quote: bool = False
    coded_by: str | None = None
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """One interview with one ecosystem; ``file`` is what it was read from.

    ``made_up`` marks a demonstration: nobody said any of it. ``readers`` are the coders who read
    all of it, where it was put together from the files of several; each has its file.
    """

    ecosystem: str
    date: date
    interviewers: tuple[str, ...]
    coded_by: str
    answers: tuple[CodedAnswer, ...] = ()
    statements: tuple[Statement, ...] = ()
    made_up: bool = False
    file: str = ""
    readers: tuple[tuple[str, str], ...] = ()

    def coder(self, statement: Statement) -> str:
        """Who coded one of its statements."""
        return statement.coded_by or self.coded_by


def joined(interviews: Iterable[Interview]) -> tuple[Interview, ...]:
    """Put the files of one interview together: those with one ecosystem on one date.

    Args:
        interviews: Interviews as they were read, in order.

    Returns:
        Each interview once, at the place of its first file. What the coder of a file did not code
        there was read by that coder, too.
    """
    groups: dict[tuple[str, date], list[Interview]] = {}
    for each in interviews:
        groups.setdefault((folded(each.ecosystem), each.date), []).append(each)
    return tuple(_one(readings) for readings in groups.values())


def _one(readings: Sequence[Interview]) -> Interview:
    first = readings[0]
    if len(readings) == 1:
        return first
    who = [name for each in readings for name in each.interviewers]
    coders = {folded(each.coded_by): (each.coded_by, each.file) for each in reversed(readings)}
    return replace(
        first,
        interviewers=tuple(dict.fromkeys(who)),
        answers=tuple(answer for each in readings for answer in each.answers),
        statements=tuple(
            replace(one, coded_by=each.coder(one), file=each.file)
            for each in readings
            for one in each.statements
        ),
        made_up=any(each.made_up for each in readings),
        readers=tuple(coders.values())[::-1],
    )
