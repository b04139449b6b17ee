"""A form as a table, in whatever file and layout it comes back: sorted, with columns and notes."""

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
from kiamv_cli.base.spreadsheet import cell_name
from kiamv_cli.base.text import Text
from kiamv_cli.formats.hints import shown
from kiamv_cli.formats.records import schema_of
from kiamv_cli.formats.sheets.ods import is_ods, read_ods
from kiamv_cli.formats.sheets.sheet import Sheet
from kiamv_cli.formats.workbook import read_workbook
from kiamv_cli.formats.yaml_reader import read_yaml
from kiamv_cli.longlist.reading.tables.csv_file import read_csv
from kiamv_cli.longlist.reading.tables.file import SheetFile
from kiamv_cli.review.model.form import (
    ABOUT_KEYS,
    FORM_COLUMNS,
    FORM_VERDICT_WORDS,
    SHORT,
    questions,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kiamv_cli.base.labels import Language
    from kiamv_cli.base.text import Joined
    from kiamv_cli.formats.flaw import Flaw
    from kiamv_cli.formats.plain import Cell, Path, Plain, Rows
    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.review.reading.form import Expected, FormFolder

# What sheets and columns are called, in English; read in any language.
_WORDS = (
    *(N_("Form"), N_("About"), N_("ecosystem"), N_("known"), N_("question"), N_("said")),
    *(N_("verdict"), N_("reason"), N_("evidence"), N_("by"), N_("date"), N_("code")),
)
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# Headings are looked for in the first rows; below, people write whatever they like.
_LOOKED_AT = 40
_ANSWERS = ("verdict", "reason", "evidence")
_ABOUT = re.compile(
    rf"(?P<reviewer>[a-z0-9-]+) \| (?P<as_of>\d{{4}}-\d\d-\d\d) \| (?P<criteria>[a-z0-9-]+) \| "
    rf"(?P<questions>[0-9a-f]{{{SHORT}}}) \| (?P<longlist>[0-9a-f]{{{SHORT}}})"
)
_SIGNS = " .!:;,\xa0"
_MOST_NAMED = 5


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
        """Give flaws their row and column."""
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
    """Tell whether a file is a spreadsheet or CSV: by what is in it, or else by its name."""
    if raw.startswith((_ZIP, _OLD)) or path.lower().endswith((".xlsx", ".ods", ".csv")):
        return True
    head = raw[:4096].decode("utf-8", errors="replace")
    return "schema:" not in head and bool(_ABOUT.search(head))


def read_table(raw: bytes, path: str, folder: FormFolder, expected: Expected) -> TableDocument:
    """Read a form that was filled in as a table.

    Raises:
        BadInput: It is no table, or not such a form.
    """
    file = open_table(raw, path, folder.hidden, FORM_COLUMNS)
    head = find_head(file, FORM_COLUMNS)
    form = TableDocument(path, head.sheet, head.language)
    rows = rows_of(file, head.sheet)
    form.problems = file.problems
    _read_about(file, head.sheet, rows, form, expected)
    _Answers(form, head.columns, folder, expected).read([r for r in rows if r[0] > head.line])
    file.tell_unread(known=[each for each in file.names if each != head.sheet], colours=False)
    return form


def open_table(raw: bytes, path: str, hidden: Hidden | None, columns: Collection[str]) -> SheetFile:
    """Open a table by what is in it: XLSX, ODS, or else CSV.

    Args:
        raw: What is in it.
        path: What it is called.
        hidden: What becomes of hidden and struck-through parts.
        columns: The headings of its columns in English; they tell the separator of CSV.

    Raises:
        BadInput: It is none of these, or broken.
    """
    if is_ods(raw):
        return SheetFile(path, read_ods(raw, path), hidden)
    if raw.startswith((_ZIP, _OLD)) or path.lower().endswith((".xlsx", ".ods")):
        return SheetFile(path, read_workbook(raw, path), hidden)
    known = _headings(columns)
    rows, problems = read_csv(raw, path, lambda heading: folded(heading) in known)
    return SheetFile(path, {"": Sheet("", rows)}, hidden, problems)


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


def rows_of(file: SheetFile, name: str) -> Rows:
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


def _read_about(
    file: SheetFile, name: str, rows: Rows, form: TableDocument, expected: Expected
) -> None:
    """Read whose form it is, and of which assignment; what two places say must be the same."""
    whole: dict[str, Plain] = {}
    for other in file.names:
        for line, row in file.sheets[other].rows if other != name else ():
            if len(row) > 1 and row[0] in ABOUT_KEYS:
                whole[str(row[0])] = row[1]
                form.positions[str(row[0]),] = (line, 2)
    short, where = _line_about(rows)
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
            if isinstance(cell, str) and (match := _ABOUT.search(cell)):
                return match.groupdict(), (line, column)
    return {}, (1, 1)


class _Answers:
    """Reads the rows of a form into its answers."""

    def __init__(
        self,
        form: TableDocument,
        columns: Mapping[str, int],
        folder: FormFolder,
        expected: Expected,
    ) -> None:
        self._form, self._columns, self._expected = form, columns, expected
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
        _put(self._answers, path[1:], self._answer(number, named))
        verdict = self._columns["verdict"]
        form.positions |= {("ecosystems", key[0]): (number, 1), path: (number, verdict)}
        for name in _ANSWERS:
            form.positions[*path, name] = (number, self._columns.get(name, verdict))

    def _answer(self, number: int, named: Mapping[str, Cell]) -> dict[str, Plain]:
        evidence = named["evidence"]
        return {
            "verdict": read_verdict(self._form, number, self._columns["verdict"], named["verdict"]),
            "reason": named["reason"],
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


def read_verdict(document: TableDocument, row: int, column: int, cell: Cell) -> Cell:
    """Read a verdict as people write it; what can mean more than one is asked about."""
    if cell is None:
        return None
    text = str(cell).lower() if isinstance(cell, bool) else str(cell)
    meaning = (_words() | _verdict_words()).get(_bare(text))
    if meaning != "asked":
        return meaning or cell
    message = Text("K830.several-verdicts", word=shown(text))
    advice = Text("K830.write-one-of", words=_choices(document.language))
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
