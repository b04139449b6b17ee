"""A long list as a workbook: a row per ecosystem, a sheet per kind of fact, drop-down lists."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, get_args

from kiamv_cli.base.language import N_, _, label_in
from kiamv_cli.display.workbook import new_workbook
from kiamv_cli.longlist.model.layout import (
    ABOUT_SHEET,
    AS_OF,
    ATTRIBUTES,
    CHOICES_SHEET,
    LIST_SHEET,
    MAIN_COLUMNS,
    MAIN_SHEET,
    NUMBERED,
    SELDOM,
    SHEETS,
    SIDES,
    TITLE,
    cells_of,
    heading,
    kind_of,
    spelled,
)
from kiamv_cli.programme.model.dimensions import PLAIN_DIMENSIONS
from kiamv_cli.programme.model.facts import Scope, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.longlist.model.layout import Cell, Path, SheetLayout
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme

    Row = Sequence[Cell | None]
    Rows = Sequence[Mapping[Path, Cell]]

_FEWEST = {"provinces": 3, "themes": 2}
_ROOM = 500  # rows below the last one that have drop-down lists as well
_WIDTHS = {
    "id": 38,
    "sheet": 24,
    "name": 40,
    "what": 60,
    "note": 40,
    "title": 50,
    "url": 40,
    "reason": 50,
}
_WIDTH = 16
_FOLDED = {"partners.industry", "partners.government", "partners.research", "partners.citizens"}


def list_workbook(
    longlist: Longlist, programme: Programme, meanings: Mapping[str, str], *, internal: bool = False
) -> bytes:
    """Write a list as an XLSX file. The same list gives the same bytes.

    Args:
        longlist: The list.
        programme: Whose codes the drop-down lists offer.
        meanings: What each key of an ecosystem means, by its path (``challenges.what``).
        internal: With what is for the team alone.
    """
    file = BytesIO()
    book = new_workbook(file)
    rows = [cells_of(each, internal=internal) for each in longlist.ecosystems]
    choices = _choices(programme)
    writer = _Writer(book, choices, book.add_format({"bold": True, "bottom": 1}))
    writer.sheet(MAIN_SHEET, *_main(rows, programme), frozen=2)
    for sheet in _sheets(programme):
        writer.sheet(sheet.name, *_facts(sheet, rows), frozen=1)
    stated = ((spelled(TITLE), longlist.title), (spelled(AS_OF), longlist.as_of.isoformat()))
    writer.sheet(LIST_SHEET, ("key", "value"), stated)
    heads = (_("sheet"), _("column"), _("what it holds"))
    writer.sheet(ABOUT_SHEET, heads, _about(rows, programme, meanings))
    longest = max(map(len, choices.values()))
    columns = (
        [values[at] if at < len(values) else None for values in choices.values()]
        for at in range(longest)
    )
    writer.sheet(CHOICES_SHEET, tuple(choices), columns)
    book.close()
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes sheets with a head that stays, filters, and drop-down lists."""

    book: Any
    choices: Mapping[str, Sequence[str]]
    bold: Any

    def sheet(
        self, name: str, columns: Sequence[str], rows: Iterable[Row], frozen: int = 0
    ) -> None:
        """Write a sheet; ``frozen`` columns stay in sight."""
        sheet = self.book.add_worksheet(spelled(name))
        last = 0
        for place, column in enumerate(columns):
            sheet.set_column(place, place, _width(name, column))
            sheet.write_string(0, place, spelled(column), self.bold)
        for last, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _write(sheet, last, place, cell)
        for place, column in enumerate(columns):
            offered = _offered(name, column)
            if offered in self.choices:
                sheet.data_validation(1, place, last + _ROOM, place, self._drop_down(offered))
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)

    def _drop_down(self, name: str) -> dict[str, object]:
        sheet, column = spelled(CHOICES_SHEET), chr(ord("A") + list(self.choices).index(name))
        return {
            "validate": "list",
            "source": f"={sheet}!${column}$2:${column}${len(self.choices[name]) + 1}",
            "error_title": _("Not in the list"),
            "error_message": _("Choose one from the list, or leave it empty if it is not known."),
        }


def _write(sheet: Any, row: int, place: int, cell: Cell | None) -> None:  # noqa: ANN401 - no types
    if isinstance(cell, bool):
        sheet.write_string(row, place, _("yes") if cell else _("no"))
    elif isinstance(cell, int):
        sheet.write_number(row, place, cell)
    elif cell is not None:
        sheet.write_string(row, place, cell)


def _width(sheet: str, column: str) -> int:
    return (
        100
        if sheet == ABOUT_SHEET and column == _("what it holds")
        else _WIDTHS.get(column, _WIDTH)
    )


def _choices(programme: Programme) -> dict[str, list[str]]:
    return {
        **{
            name: [each.id for each in programme.dimensions[name].categories]
            for name in programme.plain_dimensions
        },
        "scope": list(get_args(Scope)),
        "verdict": list(get_args(Verdict)),
        "criterion": [each.id for each in programme.criteria],
        "side": list(SIDES),
        "kind": ["business", "research", "government", "citizens", "intermediary"],
        "domain": ["living", "working", "housing"],
        "own": [_("yes"), _("no")],
    }


def _offered(sheet: str, column: str) -> str:
    """Which choices a column offers; a name of none if it takes any text."""
    if sheet in {ABOUT_SHEET, CHOICES_SHEET, LIST_SHEET}:
        return ""
    if column.startswith("parts."):
        return "verdict"
    top = column.partition(".")[0]
    return {"theme": "themes", "lead.kind": "kind"}.get(column, top if top in NUMBERED else column)


def _sheets(programme: Programme) -> list[SheetLayout]:
    """The sheets of facts; that of attributes only where a programme has any."""
    return [each for each in SHEETS.values() if each.name != ATTRIBUTES or programme.attributes]


def _attribute_columns(programme: Programme) -> Iterator[Path]:
    return ((ATTRIBUTES, each.id) for each in programme.attributes if each.kind != "facts")


def _main(rows: Rows, programme: Programme) -> tuple[list[str], Iterator[Row]]:
    paths: list[Path] = []
    for column in MAIN_COLUMNS:
        if column in PLAIN_DIMENSIONS and column not in programme.dimensions:
            continue
        if column in NUMBERED:
            used = [path[1] for row in rows for path in row if path[0] == column]
            most = max([int(place) + 1 for place in used], default=0)
            paths += [(column, place) for place in range(max(most, _FEWEST[column]))]
        elif _is_main(column, rows):
            paths.append(tuple(column.split(".")))
    paths += _attribute_columns(programme)
    return [heading(path) for path in paths], ([row.get(path) for path in paths] for row in rows)


def _is_main(column: str, rows: Rows) -> bool:
    """Whether the main sheet has a column that is none of several of a kind."""
    if column in SELDOM:
        return any(tuple(column.split(".")) in row for row in rows)
    return column not in SHEETS and column not in _FOLDED


def _columns_of(sheet: SheetLayout, rows: Rows) -> list[str]:
    """The columns of a sheet of facts, those that stand there seldom only where they are used."""
    used = {path[-1] for row in rows for path in row if path[0] == sheet.name}
    return [name for name in sheet.columns if name not in SELDOM or name in used]


def _facts(sheet: SheetLayout, rows: Rows) -> tuple[tuple[str, ...], Iterator[Row]]:
    columns = _columns_of(sheet, rows)
    return ("id", *sheet.keys, *columns), (
        fact for row in rows for fact in _facts_of(sheet, columns, row)
    )


def _facts_of(
    sheet: SheetLayout, columns: Sequence[str], row: Mapping[Path, Cell]
) -> Iterator[Row]:
    for start in dict.fromkeys(
        path[: sheet.depth] for path in row if path[0] == sheet.name and len(path) > sheet.depth
    ):
        said = (row.get((*start, *column.split("."))) for column in columns)
        keys = [str(step) for step in start[1 : 1 + len(sheet.keys)]]
        yield [row["id",], *keys, *said]


def _about(
    rows: Rows, programme: Programme, meanings: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    for sheet, column, meaning in _columns(rows, programme, meanings):
        yield spelled(sheet), column, meaning
    for dimension in programme.dimensions.values():
        for each in dimension.categories:
            yield spelled(CHOICES_SHEET), each.id, label_in(each.label)


def _columns(
    rows: Rows, programme: Programme, meanings: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Each column of each sheet, as people see it, and what it holds."""
    for column in MAIN_COLUMNS:
        if _is_main(column, rows):
            name = spelled(column)
            shown = f"{name}.1, {name}.2 …" if column in NUMBERED else name
            yield MAIN_SHEET, shown, _meaning(column, meanings)
    for each in programme.attributes:
        if each.kind != "facts":
            yield MAIN_SHEET, spelled(heading((ATTRIBUTES, each.id))), label_in(each.label)
    text = _("The ecosystem that the row belongs to, as in the sheet ecosystems.")
    for sheet in _sheets(programme):
        yield sheet.name, spelled("id"), text
        for column in (*sheet.keys, *_columns_of(sheet, rows)):
            yield sheet.name, spelled(column), _meaning(f"{sheet.name}.{column}", meanings)


_OWN_MEANINGS = {
    "absent": N_(
        "What somebody looked for and did not find: challenges, budget, partners.citizens … "
        "An empty cell only says that it is not known."
    ),
    "attributes.attribute": N_("The attribute that the value, or the fact, belongs to."),
    "partners.side": N_("Which side of the helix the partner is on."),
    "verdicts.criterion": N_("The criterion that was judged."),
    "sources.key": N_("The short name under which facts refer to the source."),
}
_HELD = {
    "list": N_("Separate several with ;"),
    "words": N_("Separate several with ;"),
    "yes-no": N_("yes or no."),
}


def _meaning(column: str, meanings: Mapping[str, str]) -> str:
    sheet, _dot, key = column.partition(".")
    known = (
        _OWN_MEANINGS.get(column),
        meanings.get(column),
        meanings.get(f"{sheet}.*.{key}"),
        meanings.get(f"{sheet}.*.{key.partition('.')[0]}"),
        meanings.get(key),
    )
    kind = kind_of(tuple(column.split("."))) or (
        SHEETS[sheet].columns.get(key) if sheet in SHEETS else None
    )
    told = [each for each in (next(filter(None, known), None), _HELD.get(kind or "")) if each]
    return " ".join(map(_, told))
