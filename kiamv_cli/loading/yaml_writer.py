"""Plain values as YAML that reads back as the same values: block style, one fact on a line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiamv_cli.loading.plain import Plain

_WORD = re.compile(r"[a-z][a-z0-9]*([-.][a-z0-9]+)*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NO_WORDS = {"null", "true", "false"}


def yaml_text(data: Mapping[str, Plain]) -> str:
    """Write a document.

    Args:
        data: Keys that are ids, and any plain values.
    """
    return "".join(f"{line}\n" for line in _mapping(data, ""))


def yaml_scalar(value: str | float | None) -> str:
    """Write one value: text in quotes unless it is a plain word or a date."""
    if value is None:
        return "null"
    if isinstance(value, str) and _is_plain(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _is_plain(text: str) -> bool:
    return text not in _NO_WORDS and bool(_WORD.fullmatch(text) or _DATE.fullmatch(text))


def _mapping(data: Mapping[str, Plain], indent: str) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, dict) and any(isinstance(each, dict) for each in value.values()):
            yield f"{indent}{yaml_scalar(key)}:"
            yield from _mapping(value, f"{indent}  ")
        else:
            yield f"{indent}{yaml_scalar(key)}: {_flow(value)}"


def _flow(value: Plain) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{yaml_scalar(k)}: {_flow(v)}' for k, v in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return yaml_scalar(value)
