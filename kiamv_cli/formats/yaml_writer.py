"""Plain values as YAML that every reader takes for the same values.

Readers of YAML 1.1 and 1.2 differ on what is a number, a date, true or nothing: ``no``, ``1e3``,
``22:22``, ``0o17``, ``2020-01-01``, ``=``. A text that any of them takes for something else than a
text stands in quotes, as a value and as a key. Only what is a date stands without quotes as one.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Value: TypeAlias = "Mapping[str, Value] | Sequence[Value] | str | int | float | bool | None"

DATE_KEYS = frozenset({"as_of", "date", "on"})
"""The keys in files of kiamv whose values are dates, and no texts."""

_WORD = re.compile(r"[a-z][a-z0-9]*([-.][a-z0-9]+)*")
_CODE = re.compile(r"[A-Za-z]+-[A-Za-z0-9-]+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
# Section 10.3.2 of YAML 1.2; the types of YAML 1.1 (yaml.org/type); Ruby reads 1,000 as well.
_OTHERS = re.compile(
    r"~?|null|y|n|yes|no|on|off|true|false|=|<<"
    r"|[-+]?(\.[\d_]+|\d[\d_,]*(\.[\d_]*)?)(e[-+]?\d+)?|[-+]?[\d_]*\.[\d._]*"
    r"|[-+]?\.(inf|nan)"
    r"|[-+]?0(x[\da-f_]+|o[0-7_]+|b[01_]+)"
    r"|[-+]?\d[\d_]*(:\d{1,2})+(\.[\d_]*)?"
    r"|\d{4}-\d{1,2}-\d{1,2}([t\s].*)?|:.*",
    re.IGNORECASE | re.DOTALL,
)


def is_other_elsewhere(text: str) -> bool:
    """Return whether any reader takes a text without quotes for something else than a text."""
    return bool(_OTHERS.fullmatch(text.strip()))


def yaml_text(data: Mapping[str, Value]) -> str:
    """Write a document: a line for each key, what is within in brackets."""
    return "".join(f"{line}\n" for line in _mapping(data, ""))


def yaml_scalar(value: str | float | None) -> str:
    """Write one value: text in quotes unless it is a plain word."""
    if isinstance(value, str) and _WORD.fullmatch(value) and not is_other_elsewhere(value):
        return value
    text = json.dumps(value, ensure_ascii=False)
    # YAML 1.1 wants a point in 1e+16.
    return text.replace("e", ".0e") if isinstance(value, float) and "." not in text else text


def yaml_pair(key: str, value: str | float | None) -> str:
    """Write a key with its value, a date without quotes where the key is that of a date."""
    is_date = key in DATE_KEYS and isinstance(value, str) and _DATE.fullmatch(value)
    return f"{yaml_scalar(key)}: {value if is_date else yaml_scalar(value)}"


def yaml_code(code: str) -> str:
    """Write a code, such as NL-GR, which needs no quotes; else as ``yaml_scalar``."""
    return code if _CODE.fullmatch(code) and not is_other_elsewhere(code) else yaml_scalar(code)


def _mapping(data: Mapping[str, Value], indent: str) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, dict) and any(isinstance(each, dict) for each in value.values()):
            yield f"{indent}{yaml_scalar(key)}:"
            yield from _mapping(value, f"{indent}  ")
        else:
            yield f"{indent}{_pair(key, value)}"


def _pair(key: str, value: Value) -> str:
    if isinstance(value, dict):
        return f"{yaml_scalar(key)}: {{{', '.join(_pair(*each) for each in value.items())}}}"
    if isinstance(value, list):
        return f"{yaml_scalar(key)}: {_list(value)}"
    return yaml_pair(key, value)  # type: ignore[arg-type]


def _list(values: Sequence[Value]) -> str:
    return f"[{', '.join(map(_flow, values))}]"


def _flow(value: Value) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(_pair(*each) for each in value.items())}}}"
    return _list(value) if isinstance(value, list) else yaml_scalar(value)  # type: ignore[arg-type]
