"""Results as JSON and CSV for scripts and spreadsheets; problems as annotations of GitHub."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.spreadsheet import guarded
from kiamv_cli.display.document import NamedRecords, Records
from kiamv_cli.display.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kiamv_cli.display.document import Value


def render_annotations(records: Iterable[Mapping[str, Value]]) -> str:
    """Write a workflow command per problem.

    Source: docs.github.com, "Workflow commands for GitHub Actions"; how text is escaped is as in
    GitHub's own toolkit (actions/toolkit, packages/core/src/command.ts).

    Args:
        records: Rows with ``severity``, ``path``, ``line``, ``column``, ``code``, ``message`` and
            ``hint``; ``line`` and ``column`` may be ``None``.
    """
    return "".join(f"{_annotation(record)}\n" for record in records)


def _annotation(record: Mapping[str, Value]) -> str:
    properties = {
        "file": record["path"],
        "line": record["line"],
        "col": record["column"],
        "title": record["code"],
    }
    placed = ",".join(
        f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None
    )
    text = f"{record['message']}. {record['hint']}".rstrip()
    return f"::{record['severity']} {placed}::{_data(text)}"


def _data(text: str) -> str:
    return clean(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def render_json(payload: Mapping[str, object]) -> str:
    """Write a JSON document; keys keep their order."""
    out = io.StringIO()  # piece by piece: held all at once, they take five times the text
    json.dump(payload, out, ensure_ascii=False, indent=2, allow_nan=False)
    out.write("\n")
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Dialect:
    """What CSV looks like: the separator, and whether it is for Excel where a comma is decimal.

    That Excel wants a byte order mark, and numbers with a decimal comma; else it reads dates.
    """

    separator: str = ","
    excel: bool = False


def render_csv(records: Iterable[Mapping[str, Value]], dialect: Dialect | None = None) -> str:
    """Write rows as CSV (RFC 4180, UTF-8); no text can act as a formula.

    Text that a spreadsheet would take for a formula gets a ``'`` in front; numbers do not. Names
    of columns can be used as they are in programs and databases: a hyphen in an id of a criterion
    or a person is written ``_``. There is a header also where there are no rows.

    Args:
        records: The rows.
        dialect: How it is written; left out: with commas, for scripts.
    """
    how = dialect or Dialect()
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=how.separator, lineterminator="\r\n")
    names = records.names if isinstance(records, Records | NamedRecords) else None
    for record in records:
        if names is None:
            names = tuple(record)
        if not out.tell():
            writer.writerow(map(column_name, names))
        writer.writerow(_written(record[name], how) for name in names)
    if names is not None and not out.tell():
        writer.writerow(map(column_name, names))
    return f"\ufeff{out.getvalue()}" if how.excel else out.getvalue()


def column_name(key: str) -> str:
    """Return the name of a column in data: one that programs and databases take as it is."""
    return key.replace("-", "_")


def _written(value: Value, dialect: Dialect) -> Value:
    if isinstance(value, float) and dialect.excel:
        return str(value).replace(".", ",")
    return guarded(value) if isinstance(value, str) else value
