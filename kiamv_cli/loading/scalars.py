"""Plain YAML scalars to values, by the core schema of YAML 1.2 (section 10.3.2).

Two deliberate differences, so that nothing is read as a number by surprise: a number with
leading zeros (a postcode, a year mistyped) and ``.inf`` and ``.nan`` stay text.
"""

from __future__ import annotations

import re
from math import isinf

_CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMBER = re.compile(
    r"(?P<decimal>[-+]?(?:0|[1-9][0-9]*))"
    r"|0o(?P<octal>[0-7]+)"
    r"|0x(?P<hex>[0-9a-fA-F]+)"
    r"|[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
)
_STARTS = frozenset("+-.0123456789")
MOST_DIGITS = 300


class TooLongError(ValueError):
    """The number has more digits than any number that is meant."""


def resolve(text: str) -> str | float | bool | None:
    """Give the value of a plain scalar.

    Raises:
        TooLongError: It is a number of more than 300 digits, or beyond what a float holds.
    """
    if text[:1] not in _STARTS:
        return _CONSTANTS.get(text, text)
    found = _NUMBER.fullmatch(text)
    if not found:
        return text
    if len(text) > MOST_DIGITS:
        raise TooLongError
    return _number(found)


def _number(found: re.Match[str]) -> float:
    match found.lastgroup:
        case "decimal":
            return int(found[0])
        case "octal":
            return int(found["octal"], 8)
        case "hex":
            return int(found["hex"], 16)
    number = float(found[0])
    if isinf(number):
        raise TooLongError
    return number
