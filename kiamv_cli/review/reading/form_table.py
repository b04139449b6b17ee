"""A form as a table, in whatever layout it comes back: sorted, with columns and notes of people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kiamv_cli.base.files import bad_file
from kiamv_cli.base.labels import folded
from kiamv_cli.base.problem import Problem
from kiamv_cli.base.spreadsheet import cell_name
from kiamv_cli.base.text import Text
from kiamv_cli.formats.plain import shown
from kiamv_cli.formats.records import schema_of
from kiamv_cli.review.model.form import ABOUT_KEYS, FORM_COLUMNS, questions
from kiamv_cli.review.reading.table import (
    ABOUT_LINE,
    Filled,
    TableDocument,
    read_filled,
    read_text,
    read_verdict,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from kiamv_cli.formats.plain import Cell, Path, Plain, Rows
    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme, Scale
    from kiamv_cli.review.model.assignment import Assignment

_ANSWERS = ("verdict", "reason", "evidence")
_MOST_NAMED = 5


class FormFolder(Protocol):
    """What a form is read by: what was asked, of which list."""

    @property
    def programme(self) -> Programme:
        """The criteria."""

    @property
    def longlist(self) -> Longlist:
        """The list; its sources are those that evidence may name."""

    @property
    def hidden(self) -> Hidden | None:
        """What becomes of hidden and struck-through parts of a spreadsheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a form must agree with: the assignment.

    Attributes:
        assignment: Who judges what.
        as_of: The date of the assignment.
        questions: The SHA-256 of what may have been asked: at the assignment, or later with the
            consent of the chair.
        longlists: The SHA-256 of the lists that may have been judged.
        older: An older kiamv made the assignment: date and questions are those of what was sealed
            first, or nothing where nothing was.
    """

    assignment: Assignment
    as_of: date | None
    questions: Collection[str]
    longlists: Collection[str]
    older: bool = False

    def required(self, reviewer: str, there: Collection[str]) -> tuple[str, ...]:
        """Return the ids that a form must have: those of the form sent out that it is most like.

        Args:
            reviewer: Whose form.
            there: The ids on it.
        """
        sent = self.assignment.sent.get(reviewer, ())
        turns = self.assignment.turns.get(reviewer, ())
        part = max(sent, key=lambda ids: len({*ids} & {*there}), default=())
        return tuple(each for each in part if each in turns)


def read_form_table(raw: bytes, path: str, folder: FormFolder, expected: Expected) -> TableDocument:
    """Read a form that was filled in as a table.

    Raises:
        BadInput: It is no table, or not such a form.
    """
    filled = read_filled(raw, path, folder.hidden, FORM_COLUMNS)
    _read_about(filled, expected)
    _Answers(filled, folder, expected).read(filled.below)
    return filled.document


def _read_about(filled: Filled, expected: Expected) -> None:
    """Read whose form it is, and of which assignment; what two places say must be the same."""
    file, form = filled.file, filled.document
    whole: dict[str, Plain] = {}
    for other in file.names:
        for line, row in file.sheets[other].rows if other != filled.head.sheet else ():
            if len(row) > 1 and row[0] in ABOUT_KEYS:
                whole[str(row[0])] = row[1]
                form.positions[str(row[0]),] = (line, 2)
    short, where = _line_about(filled.rows)
    if not short and not whole:
        raise bad_file(file.path, Text("K831.whose"), Text("K831.put-line-back"))
    for key, value in short.items():
        if key in whole and not str(whole[key]).startswith(value):
            there = shown(str(whole[key]))
            message = Text("K831.two-forms", here=shown(value), there=there)
            form.report(*where, message, Text("K831.copy-answers"))
    known = {"questions": expected.questions, "longlist": expected.longlists}
    for key, value in short.items():
        of_that = [each for each in known.get(key, ()) if each.startswith(value)]
        whole.setdefault(
            key, of_that[0] if of_that else value.ljust(64, "0") if key in known else value
        )
        form.positions.setdefault((key,), where)
    form.data |= {"schema": schema_of("review/form"), **whole}


def _line_about(rows: Rows) -> tuple[dict[str, str], tuple[int, int]]:
    for line, row in rows:
        for column, cell in enumerate(row, start=1):
            if isinstance(cell, str) and (match := ABOUT_LINE.search(cell)):
                return match.groupdict(), (line, column)
    return {}, (1, 1)


class _Answers:
    """Reads the rows of a form into its answers."""

    def __init__(self, filled: Filled, folder: FormFolder, expected: Expected) -> None:
        self._form, self._columns = filled.document, filled.head.columns
        self._expected, self._programme = expected, folder.programme
        self._questions = {each.key: each for each in questions(folder.programme)}
        self._asked = {folded(t): k for k, t in _asked_texts(folder).items()}
        listed = folder.longlist.ecosystems
        self._names = {folded(text): each.id for each in listed for text in (each.name, each.id)}
        self._answers: dict[str, Plain] = {}

    def read(self, rows: Rows) -> None:
        """Read all rows, and note what on them is no part of the form."""
        form, notes = self._form, list[tuple[int, int]]()
        for number, cells in rows:
            if not any(cell is not None for cell in cells):
                continue
            key = self._key(number, cells)
            if key is None:
                at = next(at for at, cell in enumerate(cells, start=1) if cell is not None)
                notes.append((number, at))
            else:
                self._row(number, cells, key)
        if notes:
            form.problems.append(_noted(form, notes))
        self._fill(str(form.data.get("reviewer")))
        form.data["ecosystems"] = self._answers

    def _cell(self, cells: Sequence[Cell], column: str) -> Cell:
        at = self._columns.get(column)
        return cells[at - 1] if at and at <= len(cells) else None

    def _key(self, number: int, cells: Sequence[Cell]) -> tuple[str, str] | None:
        """Return the ecosystem and the question of a row; ``None`` if it is a remark.

        A row with an answer on something that is not asked is an error.
        """
        code = str(self._cell(cells, "code") or "").split()
        ecosystem, question = code if len(code) == 2 else ("", "")  # noqa: PLR2004 - id and key
        if question not in self._questions:
            name = str(self._cell(cells, "ecosystem") or "")
            ecosystem = self._names.get(folded(name), name)
            text = str(self._cell(cells, "question") or "")
            question = text if text in self._questions else self._asked.get(folded(text), "")
        if ecosystem and question:
            return ecosystem, question
        if self._cell(cells, "verdict") is not None:
            at = self._columns.get("code") or self._columns["question"]
            self._form.report(number, at, Text("K831.which-question"), Text("K831.put-code-back"))
        return None

    def _row(self, number: int, cells: Sequence[Cell], key: tuple[str, str]) -> None:
        form, question = self._form, self._questions[key[1]]
        path: Path = ("ecosystems", key[0], question.criterion)
        path += (question.part,) if question.part else ()
        if path in form.positions:
            row = form.positions[path][0]
            message = Text("K205.answered-twice", ecosystem=key[0], key=key[1], row=row)
            form.report(number, 1, message, Text("K205.keep-one-row"))
            return
        named = {
            column: read_text(
                self._form, number, self._columns.get(column, 1), self._cell(cells, column)
            )
            for column in _ANSWERS
        }
        scale = self._programme.criterion(question.criterion).rule.scale
        _put(self._answers, path[1:], self._answer(number, named, scale))
        verdict = self._columns["verdict"]
        form.positions |= {("ecosystems", key[0]): (number, 1), path: (number, verdict)}
        for name in _ANSWERS:
            form.positions[*path, name] = (number, self._columns.get(name, verdict))

    def _answer(
        self, number: int, cells: Mapping[str, Cell], scale: Scale | None
    ) -> dict[str, Plain]:
        evidence, column = cells["evidence"], self._columns["verdict"]
        return {
            "verdict": read_verdict(self._form, number, column, cells["verdict"], scale),
            "reason": cells["reason"],
            "evidence": _cited(evidence) if isinstance(evidence, str) else evidence or [],
        }

    def _fill(self, reviewer: str) -> None:
        """Add the questions that have no row, as not judged: to take rows out says nothing."""
        for ecosystem in self._expected.required(reviewer, self._answers):
            for question in self._questions.values():
                given = self._answers.setdefault(ecosystem, {})
                assert isinstance(given, dict)
                if question.part:
                    parts = given.setdefault(question.criterion, {})
                    assert isinstance(parts, dict)
                    parts.setdefault(question.part, {"verdict": None})
                else:
                    given.setdefault(question.criterion, {"verdict": None})


def _asked_texts(folder: FormFolder) -> dict[str, str]:
    """Return by key the question of each criterion that is not judged in parts."""
    texts = {each.id: each.question for each in folder.programme.criteria}
    return {
        each.key: text
        for each in questions(folder.programme)
        if not each.part
        for text in texts[each.criterion].values()
    }


def _noted(form: TableDocument, notes: Sequence[tuple[int, int]]) -> Problem:
    names = [cell_name(*each) for each in notes[:_MOST_NAMED]]
    named = ", ".join(names) + (" …" if len(notes) > _MOST_NAMED else "")
    return Problem(
        text=Text("K952.no-answer", n=len(notes), cells=named),
        advice=Text("K952.put-into-reason"),
        path=form.path,
        sheet=form.sheet,
        line=notes[0][0],
        column=notes[0][1],
    )


def _cited(text: str) -> list[Plain]:
    """Read sources as people write them in a cell: ``s1: p. 12; s2``, ``s1, p. 12``."""
    cited: list[Plain] = []
    for each in filter(None, map(str.strip, re.split(r"[;\n]", text))):
        source, place = (*re.split(r"\s*[:,]\s*|\s+", each, maxsplit=1), "")[:2]
        cited.append({"source": source, "place": place} if place else {"source": source})
    return cited


def _put(answers: dict[str, Plain], path: Path, answer: dict[str, Plain]) -> None:
    *above, last = map(str, path)
    for step in above:
        inside = answers.setdefault(step, {})
        assert isinstance(inside, dict)
        answers = inside
    answers[last] = answer
