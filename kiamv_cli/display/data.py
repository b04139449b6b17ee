"""Results as JSON and CSV for scripts and spreadsheets; problems as annotations of GitHub."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from kiamv_cli.base.spreadsheet import guarded
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


def render_csv(records: Iterable[Mapping[str, Value]]) -> str:
    """Write rows as CSV (RFC 4180, comma, UTF-8); no text can act as a formula.

    Text that a spreadsheet would take for a formula gets a ``'`` in front; numbers do not.
    """
    out = io.StringIO(newline="")
    writer: csv.DictWriter[str] | None = None
    for record in records:
        if writer is None:
            writer = csv.DictWriter(out, fieldnames=list(record), lineterminator="\r\n")
            writer.writeheader()
        writer.writerow(
            {
                key: guarded(value) if isinstance(value, str) else value
                for key, value in record.items()
            }
        )
    return out.getvalue()
