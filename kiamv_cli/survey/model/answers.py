"""What ecosystems answered, with where each answer comes from; nothing is ever overwritten.

Everything that was said is kept. What counts follows from it: the survey comes first, an interview
fills what the survey leaves open, desk research what both leave open.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args
from unicodedata import normalize

from kiamv_cli.base.value import Result, Value, canonical, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.base.problem import Problem
    from kiamv_cli.base.value import Written
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.survey.model.questionnaire import Interview

Origin = Literal["survey", "interview", "desk"]
ORIGINS: tuple[Origin, ...] = get_args(Origin)
"""The origins of answers, in the order in which they count."""
SURVEY_ONLY: tuple[Origin, ...] = ("survey",)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedAnswer:
    """One answer of one ecosystem to one question, as one source has it.

    ``options`` are ids; none says that no option holds. ``file`` and ``at`` say where: line and
    column of a table, the place in an interview, or what desk research read. ``coded_by`` is
    ``None`` where the respondents answered themselves.
    """

    ecosystem: str
    question: str
    options: tuple[str, ...]
    origin: Origin
    file: str
    at: str
    coded_by: str | None = None
    note: str | None = None

    @property
    def where(self) -> str:
        """Its file and its place there."""
        return f"{self.file}{':' if self.origin == 'survey' else ', '}{self.at}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """All that was said by one ecosystem on one question; ``said`` is in the order of ORIGINS."""

    said: tuple[SourcedAnswer, ...]

    def counting(self, origins: Sequence[Origin] = ORIGINS) -> tuple[SourcedAnswer, ...]:
        """Return what the first of the origins says that says anything."""
        for origin in origins:
            if answers := tuple(each for each in self.said if each.origin == origin):
                return answers
        return ()

    def options(self, origins: Sequence[Origin] = ORIGINS) -> tuple[str, ...] | None:
        """Return the answer that counts: ids of options.

        Args:
            origins: Which origins are heard, in the order in which they count.

        Returns:
            The options, none of them if that was the answer. ``None`` is unknown: nothing was said,
            or the first origin that says anything contradicts itself, so that none of it counts.
        """
        heard = self.counting(origins)
        if len({frozenset(each.options) for each in heard}) != 1:
            return None
        return heard[0].options

    @property
    def contradicting(self) -> tuple[SourcedAnswer, ...]:
        """What contradicts the answer that counts; where none counts, all that its origin says."""
        first = self.counting()
        kept = self.options()
        if kept is None:
            return first
        later = self.said[len(first) :]
        return tuple(each for each in later if _contradict(kept, each.options))


@dataclass(frozen=True, kw_only=True)  # no slots: its hash is kept once somebody asked for it
class Answers(Value):
    """The answers of those who were asked, to one questionnaire.

    ``invited`` holds the ids of all who were asked to take part, also of those who did not: they
    are the population, and stay in the count. ``took_part`` says who took part by which origin.
    ``made_up`` marks a demonstration: nobody answered any of it. ``cells`` holds what was said, by
    ecosystem and question.
    """

    title: str
    questionnaire: str
    invited: tuple[str, ...]
    took_part: Mapping[Origin, tuple[str, ...]]
    cells: Mapping[str, Mapping[str, Cell]]
    made_up: bool = False

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of what it says, which its file states."""
        said = canonical({"schema": f"kiamv/{KIND}/1", **answers_as_written(self)})
        return digest(normalize("NFC", said))

    def options(
        self, ecosystem: str, question: str, origins: Sequence[Origin] = ORIGINS
    ) -> tuple[str, ...] | None:
        """Return the answer of an ecosystem to a question; ``None`` is unknown, as in ``Cell``."""
        cell = self.cells.get(ecosystem, {}).get(question)
        return cell.options(origins) if cell else None

    def asked(self, origins: Sequence[Origin] = ORIGINS) -> tuple[str, ...]:
        """Return who took part by any of the origins, in the order of ``invited``."""
        there = {each for origin in origins for each in self.took_part.get(origin, ())}
        return tuple(each for each in self.invited if each in there)

    def said(self) -> Iterator[SourcedAnswer]:
        """Yield everything that was said, by ecosystem and question."""
        for questions in self.cells.values():
            for cell in questions.values():
                yield from cell.said

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The gaps that interviews or desk research filled, with one answer that counts."""
        return tuple(
            cell
            for cell in self._cells()
            if cell.options() is not None and not cell.counting(SURVEY_ONLY)
        )

    @property
    def contradictions(self) -> tuple[Cell, ...]:
        """The cells in which something contradicts what counts, or nothing can count."""
        return tuple(cell for cell in self._cells() if cell.contradicting)

    def _cells(self) -> Iterator[Cell]:
        for questions in self.cells.values():
            yield from questions.values()


def merge(
    answers: Iterable[SourcedAnswer], invited: Sequence[str], questions: Sequence[str]
) -> Mapping[str, Mapping[str, Cell]]:
    """Put everything that was said by ecosystem and question; its order plays no part.

    Args:
        answers: Those of who was invited, on these questions; given twice, one counts once.
        invited: The ids of ecosystems, in order.
        questions: The ids of questions, in order.
    """
    cells: dict[tuple[str, str], set[SourcedAnswer]] = defaultdict(set)
    for each in answers:
        cells[each.ecosystem, each.question].add(each)
    return {
        ecosystem: {
            question: Cell(said=tuple(sorted(cells[ecosystem, question], key=_order)))
            for question in questions
            if (ecosystem, question) in cells
        }
        for ecosystem in invited
        if any((ecosystem, question) in cells for question in questions)
    }


def said_in(interview: Interview) -> Iterator[SourcedAnswer]:
    """Yield the answers that an interview gives, as it was coded."""
    for answer in interview.answers:
        yield SourcedAnswer(
            ecosystem=interview.ecosystem,
            question=answer.question,
            options=answer.options,
            origin="interview",
            file=interview.file,
            at=answer.at,
            coded_by=interview.coded_by,
            note=answer.note,
        )


def _order(answer: SourcedAnswer) -> tuple[object, ...]:
    """Return what answers are sorted by: origin, file, place; row 9 comes before row 10."""
    parts = re.split(r"(\d+)", answer.at)
    numbered = tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)
    rest = (answer.options, answer.coded_by or "", answer.note or "")
    return ORIGINS.index(answer.origin), answer.file, numbered, rest


def _contradict(kept: tuple[str, ...], options: tuple[str, ...]) -> bool:
    """Return whether an answer of a lesser origin cannot stand beside the one that counts.

    It need not be complete: naming some of the options that were given is no contradiction.
    """
    return bool(set(options) - set(kept)) or (bool(kept) and not options)


KIND = "answers"


def answers_as_written(answers: Answers) -> dict[str, Written]:
    """Return answers as the mapping that their file holds."""
    cells: dict[str, Written] = {
        ecosystem: {question: _cell(cell) for question, cell in questions.items()}
        for ecosystem, questions in answers.cells.items()
    }
    took_part: dict[str, Written] = {key: [*ids] for key, ids in answers.took_part.items()}
    return {
        "title": answers.title,
        "made_up": answers.made_up,
        "questionnaire": answers.questionnaire,
        "invited": [*answers.invited],
        "took_part": took_part,
        "answers": cells,
    }


def _cell(cell: Cell) -> dict[str, Written]:
    options = cell.options()
    said: list[Written] = [
        {
            "origin": each.origin,
            "options": [*each.options],
            "file": each.file,
            "at": each.at,
            **({"coded_by": each.coded_by} if each.coded_by is not None else {}),
            **({"note": each.note} if each.note is not None else {}),
        }
        for each in cell.said
    ]
    return {"options": None if options is None else [*options], "said": said}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file that was read: how many rows or interviews, and answers, it brought.

    ``respondent_column`` is the heading of the column that says who answered.
    """

    path: str
    respondents: int
    answers: int
    respondent_column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedSurvey(Result):
    """Answers, the files they come from, and everything that could not be matched."""

    answers: Answers
    files: tuple[File, ...]
    remarks: tuple[Problem, ...]
    programme: Programme

    def figures(self) -> Iterator[str]:
        """Yield how many answered, and what could not be matched."""
        yield f"{len({*self.answers.asked()})} of {len(self.answers.invited)} answered"
        yield f"{len(self.files)} files"
        yield f"{len(self.remarks)} remarks"

    @property
    def is_clean(self) -> bool:
        """Whether everything was matched, and nothing contradicts anything."""
        return not self.remarks and not self.answers.contradictions
