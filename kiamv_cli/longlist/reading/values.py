"""A long list from values in memory: read, checked and told of as one from a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

from kiamv_cli.base.problem import Misfit
from kiamv_cli.base.text import Text
from kiamv_cli.formats.document import Document
from kiamv_cli.formats.marks import Mark, Spot
from kiamv_cli.formats.sheets.sheet import Sheet
from kiamv_cli.longlist.model.layout import AS_OF, TITLE
from kiamv_cli.longlist.model.longlist import USUAL, TableOptions, as_written
from kiamv_cli.longlist.model.lookup import find
from kiamv_cli.longlist.reading.gathering import Gathering
from kiamv_cli.longlist.reading.longlist import ListReader, loaded_from
from kiamv_cli.longlist.reading.tables.book import table_of
from kiamv_cli.longlist.reading.tables.file import SheetFile

if TYPE_CHECKING:
    from kiamv_cli.formats.plain import Cell, Path, Plain
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.longlist.reading.longlist import Loaded
    from kiamv_cli.programme.model.programme import Programme

_PATH = "values"
_HEADINGS = {"title": TITLE, "as_of": AS_OF}


@dataclass(slots=True)
class _Values(Document):
    """Values in memory: the line is the number of the ecosystem, the column that of its key."""

    def _spots(self, paths: Iterable[Path]) -> dict[Path, Spot]:
        marks = {path: self._mark(path) for path in paths}
        return {path: Spot(mark, mark) for path, mark in marks.items()}

    def _mark(self, path: Path) -> Mark:
        if len(path) < 2 or not isinstance(path[1], int):  # noqa: PLR2004 - ecosystems, number
            return Mark(".", 1, 1)
        data = cast("dict[str, list[Plain]]", self.data)
        entry = data["ecosystems"][path[1]]
        keys = [*entry] if isinstance(entry, dict) else []
        column = keys.index(str(path[2])) + 1 if path[2:] and path[2] in keys else 1
        return Mark(".", path[1] + 1, column)


def longlist_of_values(
    values: object,
    programme: Programme,
    title: str | None,
    as_of: date | str | None,
    tables: TableOptions = USUAL,
) -> Loaded:
    """Read values as ``results.longlist_from`` does."""
    records, stated = _records(values)
    stated |= {"title": title} if title is not None else {}
    stated |= {"as_of": as_of} if as_of is not None else {}
    document = (
        _whole(records, stated)
        if any(_is_nested(each) for each in records) or "ecosystems" in stated
        else _table(records, stated, programme, tables)
    )
    gathering = Gathering(programme)
    header = ListReader(gathering, None).whole(document)
    loaded = loaded_from(header, gathering, _PATH)
    return replace(loaded, longlist=replace(loaded.longlist, origin=None))


def edited(
    longlist: Longlist, name: str, changes: Mapping[str, object], programme: Programme
) -> Longlist:
    """Change an ecosystem as ``results.edit`` does."""
    before = find(longlist, name)
    if "id" in changes:
        raise Misfit("id", changes["id"], Text("requests.id-not-edited"))
    entry: dict[str, object] = {**as_written(before, internal=True), **changes}
    # No value: nothing is known, as where a file lacks the key.
    kept = {key: value for key, value in entry.items() if value is not None}
    stated = {"title": longlist.title, "as_of": longlist.as_of.isoformat(), "ecosystems": [kept]}
    after = longlist_of_values(stated, programme, None, None).longlist.ecosystems[0]
    reviewed = {
        key: each
        for key, each in before.verdicts.items()
        if each.listed is not each and "verdicts" not in changes
    }
    after = replace(after, verdicts={**after.verdicts, **reviewed})
    ecosystems = tuple(after if each.id == before.id else each for each in longlist.ecosystems)
    return replace(longlist, ecosystems=ecosystems)


def _records(values: object) -> tuple[list[Mapping[str, object]], dict[str, object]]:
    """Return the ecosystems of values, and what they state of the list."""
    if isinstance(values, Mapping):
        stated = {str(key): each for key, each in values.items()}
        listed = stated.get("ecosystems")
        return [*listed] if isinstance(listed, Iterable) else [], {"ecosystems": [], **stated}
    frame: Any = values
    if hasattr(values, "to_dicts"):  # polars
        return frame.to_dicts(), {}
    if hasattr(values, "columns") and hasattr(values, "to_dict"):  # pandas
        return frame.to_dict("records"), {}
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise Misfit("values", values, Text("requests.no-records"))
    records = [*values]
    for each in records:
        if not isinstance(each, Mapping):
            raise Misfit("values", each, Text("requests.no-records"))
    return records, {}


def _is_nested(record: object) -> bool:
    values = record.values() if isinstance(record, Mapping) else ()
    return any(isinstance(each, Mapping | list | tuple | set | frozenset) for each in values)


def _whole(records: Iterable[object], stated: Mapping[str, object]) -> Document:
    data = {**stated, "ecosystems": [*records]}
    return _Values(_PATH, "json", "", data=plain(data))


def _table(
    records: list[Mapping[str, object]],
    stated: Mapping[str, object],
    programme: Programme,
    tables: TableOptions,
) -> Document:
    """Read records as the rows of a table below a row of headings."""
    keys = [*dict.fromkeys(str(key) for each in records for key in each)]
    stated = {_HEADINGS[key]: value for key, value in stated.items()}
    own = [key for key in stated if key not in keys]
    heads: list[Cell] = [*keys, *own]
    rows: list[tuple[int, list[Cell]]] = [(1, heads)]
    for number, each in enumerate(records):
        named = {str(key): value for key, value in each.items()}
        # The title and the date of a table stand in its first row.
        whole = {**named, **{key: stated[key] for key in own if number == 0}}
        rows.append((number + 2, [_cell(whole.get(str(key))) for key in heads]))
    file = SheetFile(_PATH, {"": Sheet("", rows)})
    return table_of(file, _PATH, programme, tables)


def _cell(value: object) -> Cell:
    cell = plain(value)
    if isinstance(cell, bool) or not isinstance(cell, int):
        return cast("Cell", cell if cell != "" else None)
    return str(cell)


def plain(value: object) -> Plain:
    """Return what JSON would hold of a value; what says that nothing is there is ``None``.

    Raises:
        Misfit: A file could not hold it.
    """
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if hasattr(value, "item"):  # a number of numpy
        return plain(value.item())
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [plain(each) for each in value]
    return _scalar(value)


def _scalar(value: object) -> Plain:
    if value is None or value != value:  # noqa: PLR0124 - NaN, NaT, NA
        return None
    if isinstance(value, bool | str | int | float):
        return value
    if isinstance(value, Fraction | Decimal):
        return str(value)
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    raise Misfit("values", value, Text("requests.no-records"))
