"""A form as a spreadsheet: read into the same plain values as the YAML one, with its places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiamv_cli.base.files import composed, forbidden_in, is_clean, read_file, refusal
from kiamv_cli.base.language import N_, _, in_any_language
from kiamv_cli.base.problem import Problem
from kiamv_cli.formats.hints import shown
from kiamv_cli.longlist.reading.tables.file import read_sheets
from kiamv_cli.review.model.form import (
    ABOUT_KEYS,
    ABOUT_SHEET,
    FORM_SHEET,
    SHEET_COLUMNS,
    questions,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path as File

    from kiamv_cli.formats.flaw import Flaw
    from kiamv_cli.formats.plain import Cell, Path, Plain, Rows
    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.programme.model.programme import Programme

# What those who write a form may call its sheets, columns and verdicts, in any language.
_WORDS = (
    *(N_("Form"), N_("About"), N_("ecosystem"), N_("name"), N_("question"), N_("asked")),
    *(N_("known"), N_("verdict"), N_("reason"), N_("evidence")),
    *(N_("met"), N_("partly"), N_("not-met"), N_("unknown"), N_("not-mine")),
)
_HINT = N_("Start from the form that kiamv review form made")


@dataclass(slots=True)
class Sheet:
    """A form that was read; a line is a row of the sheet."""

    path: str
    sheet: str = ""
    data: dict[str, Plain] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    spots: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def place(self, flaws: Iterable[Flaw]) -> list[Problem]:
        """Give flaws their row and column."""
        return [self._placed(flaw) for flaw in flaws]

    def _placed(self, flaw: Flaw) -> Problem:
        path = flaw.path
        while path and path not in self.spots:
            path = path[:-1]
        row, column = self.spots.get(path, (1, 1))
        return Problem(
            text=flaw.text,
            advice=flaw.hint(),
            path=self.path,
            sheet=self.sheet,
            line=row,
            column=column,
        )

    def report(self, code: str, row: int, column: int, message: str, hint: str) -> None:
        """Note what is wrong with a cell."""
        self.problems.append(
            Problem(
                code=code,
                message=message,
                hint=hint,
                path=self.path,
                sheet=self.sheet,
                line=row,
                column=column,
            )
        )


def read_sheet(place: File, programme: Programme, hidden: Hidden | None = None) -> Sheet:
    """Read a form that was filled in as a spreadsheet.

    Args:
        place: The file.
        programme: What was asked.
        hidden: What becomes of its hidden and struck-through parts; left out: they are errors.

    Raises:
        BadInput: It is no spreadsheet, or not such a form.
    """
    path, words = str(place), in_any_language(_WORDS)
    file = read_sheets(read_file(place), path, hidden)
    names = {words.get(name, name): name for name in file.names}
    missing = [name for name in (FORM_SHEET, ABOUT_SHEET) if name not in names]
    if missing:
        raise refusal("K602", path, _("it has no sheet {name}", name=missing[0]), _(_HINT))
    about, (head, *rows) = file.rows(names[ABOUT_SHEET]), file.rows(names[FORM_SHEET]) or [(1, [])]
    file.tell_unread(colours=False)
    sheet = Sheet(path, names[FORM_SHEET], problems=file.problems)
    _about(about, sheet)
    columns = [str(cell) for cell in head[1][: len(SHEET_COLUMNS)]]
    if [words.get(name, name) for name in columns] != list(SHEET_COLUMNS):
        told = ", ".join(SHEET_COLUMNS)
        raise refusal("K602", path, _("the columns are not {names}", names=told), _(_HINT))
    _answers(rows, sheet, programme, words)
    return sheet


def _about(rows: Rows, sheet: Sheet) -> None:
    for _line, row in rows:
        if len(row) > 1 and row[0] in ABOUT_KEYS:
            sheet.data[str(row[0])] = row[1]


def _answers(rows: Rows, sheet: Sheet, programme: Programme, words: Mapping[str, str]) -> None:
    asked = {question.key: question for question in questions(programme)}
    given: dict[str, Plain] = {}
    sheet.data["ecosystems"] = given
    for number, cells in rows:
        row = [_text(cell, sheet, number, place) for place, cell in enumerate(cells, start=1)]
        named = dict(zip(SHEET_COLUMNS, row, strict=False))
        ecosystem, key = str(named["ecosystem"]), str(named["question"])
        if not any(row):
            continue
        if key not in asked:
            sheet.report("K602", number, 3, _("{key} is no question", key=shown(key)), _(_HINT))
            continue
        question = asked[key]
        path: Path = ("ecosystems", ecosystem, question.criterion)
        path += (question.part,) if question.part else ()
        if path in sheet.spots:
            told = _(
                "{ecosystem} {key} is there twice, first in row {row}",
                ecosystem=ecosystem,
                key=key,
                row=sheet.spots[path][0],
            )
            sheet.report("K205", number, 1, told, _("Keep one of the two rows"))
            continue
        _put(given, path[1:], _answer(named, words))
        sheet.spots |= {("ecosystems", ecosystem): (number, 1), path: (number, 6)}
        for name in ("verdict", "reason", "evidence"):
            sheet.spots[*path, name] = (number, SHEET_COLUMNS.index(name) + 1)


def _answer(named: dict[str, Cell], words: Mapping[str, str]) -> dict[str, Plain]:
    evidence, verdict = named.get("evidence"), named.get("verdict")
    return {
        "verdict": words.get(verdict, verdict) if isinstance(verdict, str) else verdict,
        "reason": named.get("reason"),
        "evidence": _cited(evidence) if isinstance(evidence, str) else evidence or [],
    }


def _cited(text: str) -> list[Plain]:
    """Read sources as they are written in a cell: ``s1: p. 12; s2``."""
    cited: list[Plain] = []
    for each in filter(None, map(str.strip, text.split(";"))):
        source, _colon, place = (part.strip() for part in each.partition(":"))
        cited.append({"source": source, "place": place} if place else {"source": source})
    return cited


def _put(given: dict[str, Plain], path: Path, answer: dict[str, Plain]) -> None:
    *above, last = map(str, path)
    for step in above:
        inside = given.setdefault(step, {})
        assert isinstance(inside, dict)
        given = inside
    given[last] = answer


def _text(cell: Cell, sheet: Sheet, row: int, column: int) -> Cell:
    if not isinstance(cell, str):
        return cell
    if not is_clean(cell):
        sheet.report(
            "K202", row, column, _("{sign} is not allowed", sign=forbidden_in(cell)), _("Remove it")
        )
    return composed("\n".join(cell.splitlines()).strip()) or None
