"""A long list as one table, and as YAML, JSON and JSON Lines."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from kiamv_cli.base.spreadsheet import guarded
from kiamv_cli.display.data import render_json
from kiamv_cli.display.document import Field, Heading, table
from kiamv_cli.formats.yaml_writer import DATE_KEYS, is_other_elsewhere
from kiamv_cli.longlist.model.layout import AS_OF, MAIN_COLUMNS, SHEETS, TITLE, cells_of, heading
from kiamv_cli.longlist.model.longlist import HEADER_FILE, as_written, list_as_written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from kiamv_cli.base.value import Written
    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.longlist.model.layout import Cell, Path
    from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist

_TOPS = (*MAIN_COLUMNS, *SHEETS)


@dataclass(frozen=True, slots=True)
class LonglistView:
    """A long list as data: what its file holds, and a row for each ecosystem."""

    longlist: Longlist

    def payload(self) -> Mapping[str, object]:
        """Return the document that a file holds."""
        return list_as_written(self.longlist)

    def records(self) -> Iterator[Mapping[str, Value]]:
        """Yield the rows of a table, all with the same columns."""
        columns, rows = _cells(self.longlist)
        for row in rows:
            yield {heading(path): row.get(path) for path in columns}

    def blocks(self, symbols: Symbols) -> Iterator[Block]:
        """Yield its title, and the name, provinces and themes of each ecosystem."""
        del symbols
        yield Heading(self.longlist.title)
        ids = {
            "id": lambda each: each.id,
            "name": lambda each: each.name,
            "provinces": lambda each: each.provinces,
            "themes": lambda each: each.themes,
        }
        listed = self.longlist.ecosystems
        ids = {key: of for key, of in ids.items() if any(map(of, listed))}
        fields = [Field(key, key, value) for key, value in ids.items()]
        yield table(fields, self.longlist.ecosystems)

    def written(self, suffix: str) -> bytes | None:
        """Return the list as a file with an ending of its own formats; ``None`` of others."""
        match suffix:
            case ".yaml" | ".yml":
                return list_yaml(self.longlist).encode()
            case ".jsonl":
                return list_json_lines(self.longlist).encode()
            case ".csv":
                return list_csv(self.longlist, ",").encode("utf-8-sig")
            case _:
                return None


def _cells(
    longlist: Longlist, *, internal: bool = False
) -> tuple[list[Path], list[Mapping[Path, Cell]]]:
    """Return the columns of a table of a list, and the cells of each row by column."""
    rows: list[Mapping[Path, Cell]] = [
        cells_of(each, internal=internal) for each in longlist.ecosystems
    ]
    return in_order(path for row in rows for path in row), rows


def list_csv(longlist: Longlist, separator: str, *, internal: bool = False) -> str:
    """Write a list as CSV; title and reference date stand in the first row.

    No text can act as a formula: what a spreadsheet would take for one gets a ``'`` in front.
    ``internal`` is as for ``as_written``.
    """
    columns, rows = _cells(longlist, internal=internal)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow([*(guarded(heading(path)) for path in columns), TITLE, AS_OF])
    stated = [guarded(longlist.title), longlist.as_of.isoformat()]
    for row in rows:
        writer.writerow([*(_text(row.get(path, "")) for path in columns), *stated])
        stated = ["", ""]
    return out.getvalue()


def in_order(paths: Iterable[Path]) -> list[Path]:
    """The columns for paths: as the table of columns has them, items of a list one by one."""
    return sorted(set(paths), key=_place)


def _place(path: Path) -> tuple[int, tuple[tuple[int, str], ...]]:
    top = str(path[0])
    main = heading(path) if heading(path) in MAIN_COLUMNS else top
    sheet = SHEETS.get(top)
    steps = [(step, "") if isinstance(step, int) else (0, step) for step in path]
    if sheet and len(path) > sheet.depth:
        column = list(sheet.columns).index(heading(path[sheet.depth :]))
        steps[sheet.depth :] = [(column, "")]
    return _TOPS.index(main), tuple(steps)


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return guarded(str(cell))


_WIDTH = 88
# Lists of codes and words are short, and stand on one line.
_ON_ONE_LINE = {"provinces", "themes", "named_in_study"}
_WORD = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class _Short(list["Written"]):
    """A list that stands on one line."""


class _Date(str):
    """A date, and no text that looks like one."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Block style, items of lists indented, dates plain, nothing that needs an anchor."""

    def represent_text(self, text: str) -> yaml.ScalarNode:
        """Put what another reader takes for something else in quotes."""
        style = "'" if is_other_elsewhere(text) else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - as in PyYAML
        super().increase_indent(flow, False)  # noqa: FBT003

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - as in PyYAML
        return True


_Dumper.add_representer(str, _Dumper.represent_text)
_Dumper.add_representer(
    _Date, lambda dumper, data: dumper.represent_scalar("tag:yaml.org,2002:timestamp", data)
)
_Dumper.add_representer(
    _Short,
    lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True),
)


def ecosystem_yaml(ecosystem: Ecosystem, *, internal: bool = False) -> str:
    """Write an ecosystem as the file of its own that it has in a folder.

    Here and below, ``internal`` is as for ``as_written``.
    """
    return _dump(_styled(as_written(ecosystem, internal=internal)))


def header_yaml(title: str, as_of: date) -> str:
    """Write what a folder says of the list as a whole."""
    return _dump({"title": title, "as_of": as_of.isoformat()})


def folder_files(
    title: str, as_of: date, ecosystems: Iterable[Ecosystem], *, internal: bool = False
) -> dict[str, bytes]:
    """Write a list as the files of a folder, by their names."""
    files = {
        f"{each.id}.yaml": ecosystem_yaml(each, internal=internal).encode() for each in ecosystems
    }
    return {HEADER_FILE: header_yaml(title, as_of).encode(), **files}


def list_yaml(longlist: Longlist, *, internal: bool = False) -> str:
    """Write a list as one YAML document."""
    said = list_as_written(longlist, internal=internal)
    ecosystems = [_styled(as_written(each, internal=internal)) for each in longlist.ecosystems]
    return _dump({**said, "ecosystems": ecosystems})


def list_json(longlist: Longlist, *, internal: bool = False) -> str:
    """Write a list as one JSON document."""
    return render_json(list_as_written(longlist, internal=internal))


def list_json_lines(longlist: Longlist, *, internal: bool = False) -> str:
    """Write a list as JSON Lines: first title and reference date, then a line per ecosystem."""
    header = {"title": longlist.title, "as_of": longlist.as_of.isoformat()}
    lines = [header, *(as_written(each, internal=internal) for each in longlist.ecosystems)]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _dump(data: object) -> str:
    text: str = yaml.dump(
        _dated(data), Dumper=_Dumper, sort_keys=False, width=_WIDTH, allow_unicode=True
    )
    return text


def _dated(value: Any, key: str = "") -> Any:  # noqa: ANN401 - any plain value
    """Mark the dates among plain values."""
    if isinstance(value, dict):
        return {name: _dated(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return type(value)(_dated(each) for each in value)
    return _Date(value) if key in DATE_KEYS and isinstance(value, str) else value


def _styled(values: dict[str, Written]) -> dict[str, Written]:
    styled = dict(values)
    for key, value in values.items():
        if isinstance(value, list) and (key in _ON_ONE_LINE or _are_words(key, value)):
            styled[key] = _Short(value)
    return styled


def _are_words(key: str, value: list[Written]) -> bool:
    return key == "suggested_by" and all(
        isinstance(each, str) and _WORD.fullmatch(each) for each in value
    )
