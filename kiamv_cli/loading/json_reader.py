"""One JSON document, or one line of JSON Lines, to plain values.

As strict as YAML is read here: keys given twice, NaN, Infinity, lone surrogates and control
characters are refused; text is in Unicode NFC.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic_core import from_json

from kiamv_cli.core.problem import BadInput, Problem
from kiamv_cli.language import _
from kiamv_cli.loading.fingerprint import canonical
from kiamv_cli.loading.json_marks import json_marks
from kiamv_cli.loading.marks import repeated_keys
from kiamv_cli.loading.plain import Plain, Reading
from kiamv_cli.loading.text import composed, forbidden_in, is_clean

if TYPE_CHECKING:
    from kiamv_cli.loading.marks import Mark

_PLACE = re.compile(r"(.*) at line (\d+) column (\d+)", re.DOTALL)
_TELLING_ESCAPE = re.compile(r"\\[ubfr]")


def read_json(text: str, path: str, first_line: int = 1) -> Reading:
    """Read a document.

    Args:
        text: The document, decoded and free of forbidden characters.
        path: The name of the file, for problems.
        first_line: The number of its first line, where the text is a line of a file.

    Raises:
        BadInput: The syntax is broken.
    """
    try:
        data: Plain = from_json(text, allow_inf_nan=False)
    except ValueError as error:
        raise BadInput([_broken(str(error), text, path, first_line)]) from None
    problems: list[Problem] = []
    if "\\" in text and _TELLING_ESCAPE.search(text):
        problems += _forbidden(text, path, first_line)
        data = _composed(data)
    elif composed(text) is not text:
        data = _composed(data)
    plain_text = canonical(data)
    # Every string takes two quotes, and a quote in a string its own (unless written as
    # \u0022), so fewer of them than were read tell of a key that was given twice.
    if plain_text.count('"') != text.count('"') or "\\u0022" in text:
        problems += _repeated(text, path, first_line)
    return Reading(data, problems, plain_text)


def _composed(data: Plain) -> Plain:
    if isinstance(data, dict):
        return {composed(key): _composed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_composed(item) for item in data]
    return composed(data) if isinstance(data, str) else data


def _forbidden(text: str, path: str, first_line: int) -> list[Problem]:
    return [
        _problem(
            "K202",
            _("{sign} is not allowed", sign=forbidden_in(mark.text)),
            _("Remove it"),
            path,
            mark,
        )
        for mark in json_marks(text, first_line)
        if not is_clean(mark.text)
    ]


def _repeated(text: str, path: str, first_line: int) -> list[Problem]:
    return [
        _problem(
            "K205",
            _(
                "the key '{key}' is given twice, first at line {line}",
                key=again.text,
                line=first.line,
            ),
            _("Keep one of the two"),
            path,
            again,
        )
        for again, first in repeated_keys(json_marks(text, first_line))
    ]


def _problem(code: str, message: str, hint: str, path: str, mark: Mark) -> Problem:
    return Problem(
        code=code, message=message, hint=hint, path=path, line=mark.line, column=mark.column
    )


def _broken(error: str, text: str, path: str, first_line: int) -> Problem:
    found = _PLACE.fullmatch(error)
    assert found
    what, line, column = found[1], int(found[2]), int(found[3])
    # The parser counts lines at line feeds only, and columns in bytes; people count characters.
    before = text.encode().split(b"\n")[line - 1][: max(column - 1, 0)]
    code, message, hint = _explain(what)
    return Problem(
        code=code,
        message=message,
        hint=hint,
        path=path,
        line=first_line + line - 1,
        column=len(before.decode(errors="ignore")) + 1,
    )


def _explain(what: str) -> tuple[str, str, str]:
    if what.startswith("recursion limit"):
        return "K208", _("nested too deep"), _("Look for stray [ or {")
    if what.startswith("number out of range"):
        return (
            "K210",
            _("a number too long to be one"),
            _("Correct it, or put it in quotes if it is text"),
        )
    if what in {"expected value", "expected ident"}:
        hint = _("Put text in quotes; NaN and Infinity are no numbers here")
        return "K203", _("broken JSON: this is no value"), hint
    return (
        "K203",
        _("broken JSON: {what}", what=what),
        _("Check the quotes, brackets and commas up to here"),
    )
