"""Tables that people fill in, in whatever file they come back: headings, rows and verdicts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, cast

from kiamv_cli.base.files import bad_file, composed, forbidden_in, is_clean
from kiamv_cli.base.labels import LANGUAGES, folded
from kiamv_cli.base.language import N_, _, in_language
from kiamv_cli.base.problem import Problem
from kiamv_cli.base.text import Text
from kiamv_cli.formats.plain import shown
from kiamv_cli.formats.workbook import is_workbook
from kiamv_cli.formats.yaml_reader import read_yaml
from kiamv_cli.longlist.reading.tables.file import SheetFile, read_sheets
from kiamv_cli.programme.model.attributes import number_as_written
from kiamv_cli.review.model.form import FORM_VERDICT_WORDS, SHORT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kiamv_cli.base.labels import Language
    from kiamv_cli.base.text import Joined
    from kiamv_cli.formats.plain import Cell, Flaw, Path, Plain, Rows
    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.programme.model.programme import Scale

# What sheets and columns are called, in English; read in any language.
_WORDS = (
    *(N_("Form"), N_("About"), N_("ecosystem"), N_("known"), N_("question"), N_("said")),
    *(N_("verdict"), N_("reason"), N_("evidence"), N_("by"), N_("date"), N_("code")),
)
# Headings are looked for in the first rows; below, people write whatever they like.
_LOOKED_AT = 40
_SIGNS = " .!:;,\xa0"
_GRADE = re.compile(r"\d+([.,]\d+)?", re.ASCII)
# The line by which a form says in a table which it is; see ``Blank.line``.
ABOUT_LINE = re.compile(
    rf"(?P<reviewer>[a-z0-9-]+) \| (?P<as_of>\d{{4}}-\d\d-\d\d) \| (?P<criteria>[a-z0-9-]+) \| "
    rf"(?P<questions>[0-9a-f]{{{SHORT}}}) \| (?P<longlist>[0-9a-f]{{{SHORT}}})"
)


@dataclass(slots=True)
class TableDocument:
    """What was read from a table; a line is a row of the sheet."""

    path: str
    sheet: str = ""
    language: Language | None = None
    data: dict[str, Plain] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    positions: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def place(self, flaws: Iterable[Flaw]) -> list[Problem]:
        """Return flaws their row and column."""
        return [self._placed(flaw) for flaw in flaws]

    def _placed(self, flaw: Flaw) -> Problem:
        path = flaw.path
        while path and path not in self.positions:
            path = path[:-1]
        return self._problem(self.positions.get(path), flaw.text, flaw.hint())

    def _problem(
        self, position: tuple[int, int] | None, text: Text, advice: Text | Joined | None
    ) -> Problem:
        row, column = position or (None, None)
        return Problem(
            text=text,
            advice=advice,
            path=self.path,
            sheet=self.sheet,
            line=row,
            column=column,
        )

    def report(self, row: int, column: int, text: Text, advice: Text) -> None:
        """Note what is wrong with a cell."""
        self.problems.append(self._problem((row, column), text, advice))


def is_table(raw: bytes, path: str) -> bool:
    """Return whether a file is a spreadsheet or CSV: by what is in it, or else by its name."""
    if is_workbook(raw) or path.lower().endswith((".xlsx", ".ods", ".csv")):
        return True
    head = raw[:4096].decode("utf-8", errors="replace")
    return "schema:" not in head and bool(ABOUT_LINE.search(head))


@dataclass(frozen=True, slots=True)
class Head:
    """Where the headings of a table stand: the sheet, the row, and the place of each column."""

    sheet: str
    line: int
    columns: Mapping[str, int]
    language: Language | None


def find_head(file: SheetFile, columns: Collection[str]) -> Head:
    """Find the sheet and the row with the headings of a table, in any language.

    Raises:
        BadInput: No sheet has them.
    """
    known = _headings(columns)
    for name in file.names:
        for line, row in file.sheets[name].rows[:_LOOKED_AT]:
            texts = [folded(cell) if isinstance(cell, str) else "" for cell in row]
            places = {known[t][0]: at for at, t in reversed([*enumerate(texts, 1)]) if t in known}
            if "verdict" in places and ("code" in places or {"ecosystem", "question"} <= {*places}):
                spoken = [known[text][1] for text in texts if text in known]
                language = max(LANGUAGES, key=lambda each: sum(each in s for s in spoken))
                return Head(name, line, places, language)
    words = ", ".join(_(each) for each in ("ecosystem", "question", "verdict"))
    raise bad_file(file.path, Text("K602.no-headings", names=words), Text("K602.start-from-form"))


@dataclass(frozen=True, slots=True)
class Filled:
    """A table that was filled in: where its headings stand, and its rows, those above as well."""

    document: TableDocument
    file: SheetFile
    head: Head
    rows: Rows

    @property
    def below(self) -> Rows:
        """The rows below the headings."""
        return [row for row in self.rows if row[0] > self.head.line]


def read_filled(raw: bytes, path: str, hidden: Hidden | None, columns: Collection[str]) -> Filled:
    """Open a table that was filled in by what is in it, and find its headings.

    Args:
        raw: What is in it: XLSX, ODS, or else CSV.
        path: What it is called.
        hidden: What becomes of hidden and struck-through parts.
        columns: The headings of its columns in English.

    Raises:
        BadInput: It is none of these, broken, or has no such headings.
    """
    known = _headings(columns)
    file = read_sheets(raw, path, hidden, lambda heading: folded(heading) in known)
    head = find_head(file, columns)
    rows = _rows_of(file, head.sheet)
    file.tell_unread(known=[each for each in file.names if each != head.sheet], colours=False)
    document = TableDocument(path, head.sheet, head.language, problems=file.problems)
    return Filled(document, file, head, rows)


def _rows_of(file: SheetFile, name: str) -> Rows:
    """Return the rows of a sheet; those that a filter hides are on it as well."""
    rows = file.rows(name)
    if file.hidden is None:
        file.problems = [
            _read_as_well(each) if each.code == "K716" else each for each in file.problems
        ]
    return rows


def _read_as_well(hidden: Problem) -> Problem:
    return Problem(
        text=Text("K952.read-as-well", what=hidden.text),
        path=hidden.path,
        sheet=hidden.sheet,
        line=hidden.line,
        column=hidden.column,
    )


def _headings(columns: Collection[str]) -> dict[str, tuple[str, frozenset[Language]]]:
    """Return by each folded heading its column, and the languages in which it is called so."""
    headings: dict[str, tuple[str, frozenset[Language]]] = {}
    for language in LANGUAGES:
        with in_language(language):
            for column in columns:
                key = folded(_(column))
                there = headings.get(key, ("", frozenset()))[1]
                headings[key] = (column, there | {language})
    return headings


def read_verdict(
    document: TableDocument, row: int, column: int, cell: Cell, scale: Scale | None = None
) -> Cell:
    """Read a verdict as people write it; what can mean more than one is asked about.

    Where there is a scale, numbers are grades; whether they are on it is not looked at.
    """
    if cell is None:
        return None
    if scale is not None and (grade := _GRADE.fullmatch(str(cell).strip())):
        return grade[0].replace(",", ".")
    text = str(cell).lower() if isinstance(cell, bool) else str(cell)
    meaning = (_words() | _verdict_words()).get(_bare(text))
    if meaning != "asked":
        return meaning or cell
    message = Text("K830.several-verdicts", word=shown(text))
    advice = Text("K830.write-one-of", words=_choices(document.language))
    if scale is not None:
        ends = {name: number_as_written(getattr(scale, name)) for name in ("least", "most", "step")}
        advice = Text("K513.grades-are", **ends)
    document.report(row, column, message, advice)
    return None


def read_text(document: TableDocument, row: int, column: int, cell: Cell) -> Cell:
    """Read a cell without the blanks around its text; a sign that acts unseen is an error."""
    if not isinstance(cell, str):
        return cell
    if not is_clean(cell):
        message = Text("K202.not-allowed", sign=forbidden_in(cell))
        document.report(row, column, message, Text("hints.remove"))
    return composed("\n".join(cell.splitlines()).strip()) or None


def _bare(text: str) -> str:
    return folded(text).strip(_SIGNS) or folded(text).strip()


@cache
def _words() -> dict[str, str]:
    """Return what each word for a verdict means, by its folded form; ``asked`` is unclear."""
    raw = get_data(__package__, "words.yaml")
    assert raw is not None
    table = cast("Mapping[str, Sequence[str]]", read_yaml(raw.decode(), "words.yaml").data)
    return {_bare(text): key for key, texts in table.items() for text in texts}


def _verdict_words() -> dict[str, str]:
    """Return the verdicts by the words for them on the form itself, in any language, folded."""
    words = dict[str, str]()
    for language in LANGUAGES:
        with in_language(language):
            for key, text in FORM_VERDICT_WORDS.items():
                words |= {_bare(_(text)): key, _bare(key): key}
    return words


def _choices(language: Language | None) -> str:
    with in_language(language or "en"):
        return ", ".join(_(text) for text in FORM_VERDICT_WORDS.values())
