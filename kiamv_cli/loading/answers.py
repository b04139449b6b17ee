"""Answers on suspected duplicates that were given elsewhere: in YAML, or in a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from pydantic_core import SchemaValidator, ValidationError

from kiamv_cli.core.answering import ContradictionError, with_answers
from kiamv_cli.core.identity import Answer
from kiamv_cli.core.labels import loosely
from kiamv_cli.core.problem import BadInput
from kiamv_cli.language import _, ngettext
from kiamv_cli.loading.document import read_document
from kiamv_cli.loading.entry import as_list
from kiamv_cli.loading.files import read_file, refusal
from kiamv_cli.loading.flaw import Flaw
from kiamv_cli.loading.hints import shown
from kiamv_cli.loading.identities import KIND, identities_shape
from kiamv_cli.loading.longlist import TABLE_SUFFIXES
from kiamv_cli.loading.marks import Mark
from kiamv_cli.loading.records import refuse_if, schema_of
from kiamv_cli.loading.sheets.file import OTHER_TABLE_SUFFIXES, read_sheets
from kiamv_cli.loading.tables.document import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kiamv_cli.core.identity import Decision, Identities
    from kiamv_cli.loading.document import Document, Syntax
    from kiamv_cli.loading.plain import Path as Place
    from kiamv_cli.loading.plain import Plain
    from kiamv_cli.loading.sheets.sheet import Hidden
    from kiamv_cli.loading.workbook import Cell

_NEEDED = ("one", "answer", "other")
# Other words for the answers in a table, in lower case.
_WORDS: Mapping[str, Answer] = {
    "hetzelfde": "same",
    "dezelfde": "same",
    "zelfde": "same",
    "verschillend": "different",
    "anders": "different",
    "onderdeel van": "part-of",
    "part of": "part-of",
    "later": "later",
}
_COLUMNS = (*_NEEDED, "by", "date", "reason")


def load_answers(
    path: str | Path, by: str | None, on: date | None, hidden: Hidden | None = None
) -> AnswersFile:
    """Read answers that were given on paper or in a table, as many as there are.

    Args:
        path: A YAML or JSON file as ``load_identities`` reads it, in which ``by`` and ``date`` may
            be missing; or a CSV file or workbook (its first sheet) with the columns one, answer
            and other, and as wished by, date and reason. Answers may be in Dutch. Rows without an
            answer, and other columns, are passed over.
        by: Who answered, where the file does not say.
        on: When, where the file does not say.
        hidden: What becomes of hidden and struck-through parts of a workbook: ``keep`` or
            ``skip``. Left out: they are errors.

    Raises:
        BadInput: Something is wrong with it; it holds all problems that were found.
    """
    place = Path(path)
    if place.suffix.lower() in {*TABLE_SUFFIXES, *OTHER_TABLE_SUFFIXES}:
        document = _table(place, hidden)
    else:
        syntax: Syntax = "json" if place.suffix.lower() == ".json" else "yaml"
        document = read_document(read_file(place), str(place), syntax)
    filled = _filled(document.data, {"by": by, "date": on.isoformat() if on else None})
    shape = identities_shape()
    try:
        decisions: tuple[Decision, ...] = SchemaValidator(shape).validate_python(filled)["answers"]
    except ValidationError as error:
        from kiamv_cli.loading.faults import flaws_of  # noqa: PLC0415 - only for errors

        refuse_if(document, list(flaws_of(error, shape)))
        raise
    refuse_if(document, [])
    return AnswersFile(decisions, document)


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """Answers from a file, and the way back to their places in it."""

    decisions: tuple[Decision, ...]
    document: Document

    def added_to(self, identities: Identities) -> Identities:
        """Add them to what was answered before; what was said before is not kept twice.

        Raises:
            BadInput: They contradict what was answered before, or each other (K420).
        """
        try:
            return with_answers(identities, self.decisions)
        except ContradictionError as error:
            flaws = [_contradiction(*each) for each in error.flaws]
            raise BadInput(self.document.place(flaws)) from None


def _contradiction(place: int, why: str) -> Flaw:
    path: Place = ("answers", place) if place >= 0 else ("answers",)
    hint = _("Keep the answer that holds; kiamv same --undo takes an earlier one back")
    return Flaw(code="K420", path=path, message=why, hint=hint)


def _filled(data: Plain, given: Mapping[str, str | None]) -> Plain:
    """Put what holds for all answers into those that do not say it."""
    if not isinstance(data, dict) or not isinstance(data.get("answers"), list):
        return data
    fresh = {key: value for key, value in given.items() if value is not None}
    answers = as_list(data["answers"])
    return {
        **data,
        "answers": [{**fresh, **each} if isinstance(each, dict) else each for each in answers],
    }


def _table(place: Path, hidden: Hidden | None) -> Document:
    """Read the rows of a table that have an answer as such a document."""
    path = str(place)
    file = read_sheets(read_file(place), path, hidden)
    sheet = file.first
    numbered = file.rows(sheet)
    file.tell_unread(hint=_("Put the answers into the first sheet"))
    syntax: Syntax = "workbook" if sheet else "csv"
    table = Table(path, syntax, "", problems=file.problems, faulty=file.faulty)
    columns = _columns(numbered[0][1] if numbered else (), path)
    answers: list[Plain] = []
    for line, row in numbered[1:]:
        said = _row(row, columns)
        if said.get("answer"):
            base = ("answers", len(answers))
            table.marks[base] = Mark(".", line, 1, sheet=sheet)
            for key, text in said.items():
                mark = Mark(".", line, columns[key] + 1, text, sheet)
                table.keep((*base, key), text, mark)
            answers.append(dict(said))
    table.data = {"schema": schema_of(KIND), "answers": answers}
    return table


def _columns(headings: Sequence[Cell], path: str) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(headings):
        key = loosely(str(cell or ""))
        if found.setdefault(key, at) != at and key in _COLUMNS:
            told = _(
                "the columns {first} and {name} are both read as {key}",
                first=shown(headings[found[key]]),
                name=shown(cell),
                key=key,
            )
            raise refusal("K702", path, told, _("Keep one of them"))
    if missing := [key for key in _NEEDED if key not in found]:
        told = ngettext(
            "the column {names} is missing",
            "the columns {names} are missing",
            len(missing),
            names=", ".join(missing),
        )
        raise refusal("K707", path, told, _("kiamv same --format csv writes such a table"))
    return {key: found[key] for key in _COLUMNS if key in found}


def _row(row: Sequence[Cell], columns: Mapping[str, int]) -> dict[str, str]:
    """The cells of the columns that count, without those that are empty."""
    cells = {key: str(row[at] or "").strip() for key, at in columns.items() if at < len(row)}
    return {key: _meant(text) if key == "answer" else text for key, text in cells.items() if text}


def _meant(answer: str) -> str:
    folded = " ".join(answer.casefold().split())
    return _WORDS.get(folded, folded if folded in get_args(Answer) else answer)
