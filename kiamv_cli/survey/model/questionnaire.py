"""What was asked and coded: questionnaires, codebooks and interviews as values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.labels import folded
from kiamv_cli.base.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from kiamv_cli.base.labels import Language

Known = Literal["printed", "reconstructed"]
Kind = Literal["single", "multiple"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Value):
    """An answer that can be given.

    ``known`` says whether its words are printed in the report of the study or were reconstructed
    from it, and ``line`` where (a line of the text edition); ``None`` where there is no report.
    """

    id: str
    label: Mapping[Language, str]
    known: Known | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally(Value):
    """A characteristic of how many options were given, such as two or more themes."""

    id: str
    label: Mapping[Language, str]
    at_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Value):
    """A question; a *single* one takes one option, a *multiple* one any number of them.

    ``aspect`` and ``sub_aspect`` are ids of the codebook, where it belongs to one.
    """

    id: str
    wording: Mapping[Language, str]
    kind: Kind
    options: tuple[Option, ...]
    tallies: tuple[Tally, ...] = ()
    aspect: str | None = None
    sub_aspect: str | None = None
    known: Known | None = None
    line: int | None = None

    @property
    def label(self) -> Mapping[Language, str]:
        """What it is called where somebody types it: its wording."""
        return self.wording

    @property
    def option_ids(self) -> tuple[str, ...]:
        """The ids of the options, in their order."""
        return tuple(option.id for option in self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire(Value):
    """Questions in their order."""

    id: str
    label: Mapping[Language, str]
    questions: tuple[Question, ...]

    @property
    def by_id(self) -> Mapping[str, Question]:
        """Each question by its id."""
        return {question.id: question for question in self.questions}

    @property
    def options(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the options of each question."""
        return {question.id: question.option_ids for question in self.questions}


@dataclass(frozen=True, slots=True, kw_only=True)
class SubAspect(Value):
    """What a statement can be on.

    ``when`` says when to code it. ``line`` and ``findings`` are lines of the study: where it is
    described, and where its findings on it start. ``from_interviews``: it was not known before.
    """

    id: str
    label: Mapping[Language, str]
    when: Mapping[Language, str]
    line: int | None = None
    findings: int | None = None
    from_interviews: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect(Value):
    """An aspect with its sub-aspects; lines as for these."""

    id: str
    label: Mapping[Language, str]
    sub_aspects: tuple[SubAspect, ...]
    line: int | None = None
    findings: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook(Value):
    """All aspects, in order."""

    label: Mapping[Language, str]
    aspects: tuple[Aspect, ...]

    @property
    def sub_aspects(self) -> Mapping[str, SubAspect]:
        """All sub-aspects by id, in order."""
        return {each.id: each for aspect in self.aspects for each in aspect.sub_aspects}


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
        """Return who coded one of its statements."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportColumn:
    """A column of an export: what it was taken for, and whether surely.

    Without a ``question`` it holds nothing that was asked; ``option`` is the one that it ticks.
    ``odd`` are the values that are no option of its question, with how often each is there.
    """

    heading: str
    question: str | None
    option: str | None
    sure: bool
    filled: int
    odd: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportDraft:
    """What a mapping of an export would say, as far as it can be guessed.

    Attributes:
        file: Its name.
        rows: How many rows of answers it has.
        respondent: The heading of the column with who answered, if there is one.
        submitted: The heading of the column with when a row was sent, if one seems to be that.
        leave_out: A heading, and the values by which rows seem to be no answers.
        columns: All other columns.
        options: The options of the questions, by their ids.
    """

    file: str
    rows: int
    respondent: str | None
    submitted: str | None
    leave_out: tuple[str, tuple[str, ...]] | None
    columns: tuple[ExportColumn, ...]
    options: Mapping[str, Sequence[str]]
