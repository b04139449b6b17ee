"""Problems as annotations of a GitHub workflow: they show on the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.render.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kiamv_cli.render.document import Value


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
