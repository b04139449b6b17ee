"""A mapping file: what the columns and values of a table are, in the words of kiamv."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, cast

from pydantic_core import core_schema

from kiamv_cli.base.labels import folded
from kiamv_cli.base.text import Text, joined
from kiamv_cli.formats.hints import near
from kiamv_cli.formats.plain import Flaw, shown
from kiamv_cli.formats.records import read_stated, refuse_if, stated
from kiamv_cli.formats.shapes import (
    COUNT,
    DATE,
    NAME,
    TEXT,
    YES_NO,
    by_type,
    keyed,
    list_of,
    mapping_of,
    one_of,
)
from kiamv_cli.longlist.model.mapping import UNUSED, ColumnUse, TableMapping, folded_values
from kiamv_cli.longlist.reading.tables.columns import is_target, targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.formats.plain import Path, Plain
    from kiamv_cli.programme.model.programme import Programme

KIND = "mapping"


def mapping_shape(programme: Programme | None = None) -> CoreSchema:
    """Return what a mapping file looks like; with a programme, which targets there are."""
    target = TEXT if programme is None else _or_text(targets(programme))
    values = mapping_of(core_schema.str_schema(), _value())
    several = list_of(target, at_least=1)
    full = keyed({"is": by_type(list=several, str=target)}, {"values": values, "split": TEXT})
    return keyed(
        stated(KIND),
        {
            "title": NAME,
            "as_of": DATE,
            "sheet": TEXT,
            "headings": by_type(list=list_of(COUNT, at_least=1), str=COUNT),
            "hidden": one_of(["keep", "skip"]),
            "source": TEXT,
            "by": NAME,
            "on": DATE,
            "verdicts": values,
            "columns": mapping_of(TEXT, by_type(dict=full, list=several, str=target)),
            "leave_out": mapping_of(TEXT, list_of(TEXT)),
            "always": mapping_of(target, _value()),
        },
    )


def _or_text(choices: list[str]) -> CoreSchema:
    """A text; editors offer the choices, of which numbers and dots can make more."""
    offered = [{"enum": choices}, {"type": "string"}]
    return core_schema.str_schema(
        strict=True, min_length=1, metadata={"pydantic_js_updates": {"anyOf": offered}}
    )


def _value() -> CoreSchema:
    return core_schema.nullable_schema(
        by_type(
            bool=YES_NO,
            int=core_schema.int_schema(strict=True),
            float=core_schema.float_schema(strict=True, allow_inf_nan=False),
            list=list_of(TEXT),
            str=core_schema.str_schema(strict=True),
        )
    )


def load_mapping(path: str | FilePath, programme: Programme) -> TableMapping:
    """Read a mapping file.

    Raises:
        BadInput: Something is wrong with it; it holds all problems.
    """
    document, data = read_stated(FilePath(path), mapping_shape())
    columns = {name: _use(each) for name, each in data.get("columns", {}).items()}
    refuse_if(document, [*_unknown(columns, data, programme), *_twice(columns)])
    rows = data.get("headings", ())
    days = {key: data[key].isoformat() for key in ("as_of", "on") if key in data}
    return TableMapping(
        path=str(path),
        **{key: data.get(key) for key in ("title", "sheet", "hidden", "source", "by")},
        **days,
        headings=(rows, rows) if isinstance(rows, int) else (min(rows), max(rows)) if rows else (),
        verdicts=folded_values(_texts(data.get("verdicts", {}))),
        columns={folded(name): use for name, use in columns.items()},
        leave_out={
            folded(name): tuple(map(folded, each))
            for name, each in data.get("leave_out", {}).items()
        },
        always={
            target: text
            for target, text in _texts(data.get("always", {})).items()
            if text is not None
        },
    )


def _use(column: Any) -> ColumnUse:  # noqa: ANN401 - a target, several, or a mapping
    said = column if isinstance(column, dict) else {"is": column}
    named = [said["is"]] if isinstance(said["is"], str) else said["is"]
    return ColumnUse(
        targets=tuple(each for each in named if each != UNUSED),
        values=folded_values(_texts(said.get("values", {}))),
        split=said.get("split", ""),
    )


def _texts(values: Mapping[str, Plain]) -> dict[str, str | None]:
    """Return values as cells would hold them."""
    return {text: _text(value) for text, value in values.items()}


def _text(value: Plain) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    return None if value is None else str(value)


def _unknown(
    columns: Mapping[str, ColumnUse], data: Mapping[str, Any], programme: Programme
) -> Iterator[Flaw]:
    named = [(("columns", name), target) for name, use in columns.items() for target in use.targets]
    named += [(("always", target), target) for target in data.get("always", {})]
    known = targets(programme)
    for path, target in named:
        if not is_target(target, programme):
            hint = near(target, known) or Text("K731.there-are", names=joined(known[:_SHOWN]))
            text = Text("K731.no-target", name=shown(target))
            yield Flaw(path=cast("Path", path), text=text, advice=hint)


_SHOWN = 12


def _twice(columns: Mapping[str, ColumnUse]) -> Iterator[Flaw]:
    first: dict[str, str] = {}
    for name in columns:
        before = first.setdefault(folded(name), name)
        if before != name:
            text = Text("K731.not-told-apart", before=shown(before), name=shown(name))
            yield Flaw(path=("columns", name), text=text, advice=Text("K731.number-them"))
