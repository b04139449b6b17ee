"""One JSON document, or one line of JSON Lines, to plain values.

As strict as YAML is read here: keys given twice, NaN, Infinity, lone surrogates and control
characters are refused; text is in Unicode NFC.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic_core import from_json, to_json

from kiamv_cli.base.files import composed, forbidden_in, is_clean
from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.base.text import Text
from kiamv_cli.formats.plain import Plain, Reading

if TYPE_CHECKING:
    from kiamv_cli.formats.marks import Mark

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
    again = to_json(data)
    # Every string takes two quotes, and a quote in a string its own (unless written as
    # \u0022), so fewer of them than were read tell of a key that was given twice.
    if again.count(ord('"')) != text.count('"') or "\\u0022" in text:
        problems += _repeated(text, path, first_line)
    return Reading(data, problems, again.decode())


def _composed(data: Plain) -> Plain:
    if isinstance(data, dict):
        return {composed(key): _composed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_composed(item) for item in data]
    return composed(data) if isinstance(data, str) else data


def _forbidden(text: str, path: str, first_line: int) -> list[Problem]:
    from kiamv_cli.formats.marks import json_marks

    return [
        _problem(
            Text("K202.not-allowed", sign=forbidden_in(mark.text)), Text("hints.remove"), path, mark
        )
        for mark in json_marks(text, first_line)
        if not is_clean(mark.text)
    ]


def _repeated(text: str, path: str, first_line: int) -> list[Problem]:
    from kiamv_cli.formats.marks import json_marks, repeated_keys

    return [
        _problem(
            Text("K205.key-given-twice-first", key=again.text, line=first.line),
            Text("hints.keep-one-two"),
            path,
            again,
        )
        for again, first in repeated_keys(json_marks(text, first_line))
    ]


def _problem(message: Text, hint: Text, path: str, mark: Mark) -> Problem:
    return Problem(text=message, advice=hint, path=path, line=mark.line, column=mark.column)


def _broken(error: str, text: str, path: str, first_line: int) -> Problem:
    found = _PLACE.fullmatch(error)
    assert found
    what, line, column = found[1], int(found[2]), int(found[3])
    # The parser counts lines at line feeds only, and columns in bytes; people count characters.
    before = text.encode().split(b"\n")[line - 1][: max(column - 1, 0)]
    message, hint = _explain(what)
    return Problem(
        text=message,
        advice=hint,
        path=path,
        line=first_line + line - 1,
        column=len(before.decode(errors="ignore")) + 1,
    )


def _explain(what: str) -> tuple[Text, Text]:
    if what.startswith("recursion limit"):
        return Text("K208.nested-too-deep"), Text("K208.look-stray")
    if what.startswith("number out of range"):
        return Text("K210.number-too-long-one"), Text("hints.correct-put-quotes-if")
    if what in {"expected value", "expected ident"}:
        hint = Text("K203.put-text-quotes-nan")
        return Text("K203.broken-json-no-value"), hint
    return Text("K203.broken-json", what=what), Text("K203.check-quotes-brackets-commas")
