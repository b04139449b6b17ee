"""JSON and CSV: stable formats for scripts and spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from kiamv_cli.core.formula import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kiamv_cli.render.document import Value


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
