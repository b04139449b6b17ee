"""Names on a list whatever else stands there, and answers on suspected duplicates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from pydantic_core import SchemaValidator, ValidationError, core_schema

from kiamv_cli.base.files import bad_file, composed, decode, read_file
from kiamv_cli.base.labels import folded, loosely
from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.base.spreadsheet import OTHER_TABLE_SUFFIXES, TABLE_SUFFIXES
from kiamv_cli.base.text import Text
from kiamv_cli.formats.document import read_by_ending
from kiamv_cli.formats.marks import Mark
from kiamv_cli.formats.plain import Flaw, shown
from kiamv_cli.formats.records import refuse_if, schema_of
from kiamv_cli.formats.shapes import ID, LONGEST_NAME, LONGEST_TEXT, NAME, list_of
from kiamv_cli.longlist.model.duplicates import ContradictionError, Named, with_answers
from kiamv_cli.longlist.model.identity import Answer
from kiamv_cli.longlist.model.longlist import USUAL, TableOptions
from kiamv_cli.longlist.reading.entry import as_list, as_mapping, as_text
from kiamv_cli.longlist.reading.gathering import Gathering
from kiamv_cli.longlist.reading.identities import KIND, identities_shape
from kiamv_cli.longlist.reading.longlist import collector_paused, read_into
from kiamv_cli.longlist.reading.tables.document import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from kiamv_cli.formats.document import Document, Syntax
    from kiamv_cli.formats.plain import Cell, Plain
    from kiamv_cli.formats.plain import Path as Place
    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.longlist.model.identity import Decision, Identities
    from kiamv_cli.programme.model.programme import Programme

PLAIN_SUFFIX = ".txt"
# Names need no reference date, so any will do for a list that states none.
_ANY_DATE = date(2000, 1, 1)
# What does not keep names from being read: columns of people's own.
_HARMLESS = {"K701", "K702", "K703", "K704", "K705"}
# What does: an encoding that was guessed, parts of a workbook that were not read.
_WORTH_TELLING = {"K951", "K952", "K984"}


class NamesRead(NamedTuple):
    """The names on a list, and what to know of how its file was read."""

    named: tuple[Named, ...]
    remarks: tuple[Problem, ...] = ()


def load_names(
    source: str | Path | Traversable,
    programme: Programme,
    where: str = "",
    tables: TableOptions = USUAL,
) -> NamesRead:
    """Read the names on a list.

    Of a long list, in any format, only ids, names, aliases, wordings of suggestions and websites
    are looked at: provinces and themes may still be missing, and a spreadsheet may have columns of
    one's own. A file ending in ``.txt`` has a name on each line.

    Args:
        source: As for ``load_longlist``, or a ``.txt`` file.
        programme: Whose names of provinces and themes may stand in a table.
        where: What to call the list; left out: an entry does not say where it stands.
        tables: How a table is read.

    Returns:
        The entries in their order, and what to know of how the file was read.

    Raises:
        BadInput: It cannot be read, or an entry has no name; it holds all problems.
    """
    if str(source).lower().endswith(PLAIN_SUFFIX):
        return _plain(Path(str(source)), where)
    gathering = _Gathering(programme, where)
    with collector_paused():
        read_into(gathering, source, _ANY_DATE, tables)
        remarks = [each for each in gathering.warnings() if each.code in _WORTH_TELLING]
    return NamesRead(tuple(gathering.named), tuple(remarks))


def named_in(entry: Plain, where: str = "") -> Named:
    """Return the names in an ecosystem as it was written; wrong kinds are passed over."""
    said = as_mapping(entry)
    suggestions = (as_mapping(each) for each in as_list(said.get("suggested_by")))
    others = (
        *map(as_text, as_list(said.get("aliases"))),
        *(as_text(each.get("wording")) for each in suggestions),
    )
    return Named(
        id=as_text(said.get("id")) or None,
        name=as_text(said.get("name")),
        others=tuple(filter(None, others)),
        website=as_text(said.get("website")) or None,
        lists=_lists(where),
    )


def _lists(where: str) -> tuple[str, ...]:
    return (where,) if where else ()


class _Gathering(Gathering):
    """Gathers names, and minds no more than what these need."""

    def __init__(self, programme: Programme, where: str) -> None:
        super().__init__(programme)
        self.named: list[Named] = []
        self._where = where

    def add(self, document: Document, base: Place, data: Plain, text: str | None = None) -> None:
        """Keep the names of the ecosystem ``data`` that stands at ``base`` in a document."""
        del text
        self.seen += 1
        try:
            _NAMES.validate_python(data)
        except ValidationError as error:
            from kiamv_cli.formats.faults import flaws_of

            self.refuse(document, flaws_of(error, _ENTRY, base))
        else:
            self.named.append(named_in(data, self._where))
            self.refuse(document, _too_long(self.named[-1], (*base, "name")))
            here = document if base else document.without_text()
            self.refuse(document, self.repeats(here, base, as_mapping(data)))

    def note(self, problems: Iterable[Problem]) -> None:
        """Note problems, but for those of columns without names."""
        super().note(each for each in problems if each.code not in _HARMLESS)


def _too_long(entry: Named, path: Place) -> list[Flaw]:
    """Return that a name is longer than a list takes."""
    if len(entry.name) <= LONGEST_NAME:
        return []
    text = Text("K984.name-too-long", n=len(entry.name), most=LONGEST_NAME)
    return [Flaw(path=path, text=text, advice=Text("K984.shorten-before-import"))]


def _entry() -> core_schema.CoreSchema:
    # A name that is too long for a list is compared all the same, and told.
    name = {**NAME, "max_length": LONGEST_TEXT}
    keys: dict[str, Any] = {"id": ID, "name": name, "aliases": list_of(name)}
    return core_schema.typed_dict_schema(
        {
            key: core_schema.typed_dict_field(shape, required=key == "name")
            for key, shape in keys.items()
        },
        extra_behavior="ignore",
    )


_ENTRY = _entry()
_NAMES = SchemaValidator(_ENTRY)


def _plain(place: Path, where: str) -> NamesRead:
    """Read a name on each line that is not blank."""
    lines = decode(read_file(place), str(place)).splitlines()
    if not any(map(str.strip, lines)):
        raise bad_file(str(place), Text("K105.no-name"), Text("K105.write-one-each-line"))
    names = (composed(" ".join(line.split())) for line in lines if line.strip())
    long = (
        Problem(
            text=Text("K984.name-too-long", n=len(line.strip()), most=LONGEST_NAME),
            advice=Text("K984.write-one-name-each"),
            path=str(place),
            line=number,
            column=1,
        )
        for number, line in enumerate(lines, start=1)
        if len(line.strip()) > LONGEST_NAME
    )
    return NamesRead(tuple(Named(name=name, lists=_lists(where)) for name in names), tuple(long))


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
        document = read_by_ending(place)
    filled = _filled(document.data, {"by": by, "date": on.isoformat() if on else None})
    shape = identities_shape()
    try:
        decisions: tuple[Decision, ...] = SchemaValidator(shape).validate_python(filled)["answers"]
    except ValidationError as error:
        from kiamv_cli.formats.faults import flaws_of

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


def _contradiction(place: int, why: Text) -> Flaw:
    path: Place = ("answers", place) if place >= 0 else ("answers",)
    hint = Text("K420.keep-answer-holds-kiamv")
    return Flaw(path=path, text=why, advice=hint)


def _filled(data: Plain, defaults: Mapping[str, str | None]) -> Plain:
    """Put what holds for all answers into those that do not say it."""
    if not isinstance(data, dict) or not isinstance(data.get("answers"), list):
        return data
    fresh = {key: value for key, value in defaults.items() if value is not None}
    answers = as_list(data["answers"])
    return {
        **data,
        "answers": [{**fresh, **each} if isinstance(each, dict) else each for each in answers],
    }


def _table(place: Path, hidden: Hidden | None) -> Document:
    """Read the rows of a table that have an answer as such a document."""
    from kiamv_cli.longlist.reading.tables.file import read_sheets

    path = str(place)
    file = read_sheets(read_file(place), path, hidden)
    sheet = file.first
    numbered = file.rows(sheet)
    file.tell_unread(hint=Text("hints.put-answers-into-first"))
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
            told = Text(
                "K702.columns-both-read",
                first=shown(headings[found[key]]),
                name=shown(cell),
                key=key,
            )
            raise bad_file(path, told, Text("hints.keep-one-them"))
    if missing := [key for key in _NEEDED if key not in found]:
        told = Text("K707.column-missing", n=len(missing), names=", ".join(missing))
        raise bad_file(path, told, Text("K707.kiamv-same-format-csv"))
    return {key: found[key] for key in _COLUMNS if key in found}


def _row(row: Sequence[Cell], columns: Mapping[str, int]) -> dict[str, str]:
    """The cells of the columns that count, without those that are empty."""
    cells = {key: str(row[at] or "").strip() for key, at in columns.items() if at < len(row)}
    return {key: _meant(text) if key == "answer" else text for key, text in cells.items() if text}


def _meant(answer: str) -> str:
    word = folded(answer)
    return _WORDS.get(word, word if word in get_args(Answer) else answer)
