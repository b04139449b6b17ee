"""What a broken YAML document most likely means, in words for people who write one by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kiamv_cli.core.problem import Problem
from kiamv_cli.language import _
from kiamv_cli.loading.text import describe

if TYPE_CHECKING:
    from yaml import MarkedYAMLError


# Blanks that are no spaces: what comes from web pages and word processors is indented with them.
OTHER_BLANKS = frozenset("\u00a0\u2002\u2003\u2007\u2009\u202f\u3000")
_STRUCTURE = re.compile(f"[ ]*(?:- *)?(?:[^\\s:'\"#]+: *)?([{''.join(sorted(OTHER_BLANKS))}])")


def indented_by(sign: str) -> tuple[str, str]:
    """Say that a blank stands where only a space does, and what to do."""
    return (
        _("{sign} stands where a space should", sign=describe(sign)),
        _("Replace it by a space; it looks like one"),
    )


def explain(error: MarkedYAMLError, text: str, path: str) -> Problem:
    """Turn the parser's error into a problem with a hint that helps."""
    mark = error.problem_mark or error.context_mark
    assert mark
    if blank := _other_blank(text, mark.line):
        line, column, sign = blank
        message, hint = indented_by(sign)
        return Problem(code="K204", message=message, hint=hint, path=path, line=line, column=column)
    code, message, hint = _explain(error, _line(text, mark.line), mark.column)
    return Problem(
        code=code, message=message, hint=hint, path=path, line=mark.line + 1, column=mark.column + 1
    )


def _explain(error: MarkedYAMLError, line: str, column: int) -> tuple[str, str, str]:
    what = error.problem or "broken"
    if "\t" in line[: column + 1] and ("token" in what or "tab" in what):
        return "K204", _("the line is indented with a tab"), _("Use spaces")
    if "token" in what:
        hint = _("Put the text in quotes")
        return "K203", _("text cannot start with '{sign}'", sign=line[column : column + 1]), hint
    if (error.context or "").endswith((" alias", " anchor")):
        sign = line[max(column - 1, 0) : column]
        hint = _("Put it in quotes, as in {example}", example=f'"{sign}"')
        return "K203", _("text cannot start with '{sign}'", sign=sign), hint
    if "mapping values" in what:
        return (
            "K203",
            _("a second ': ' on this line"),
            _("Put the text in quotes if ': ' belongs to it"),
        )
    since = error.context_mark
    started = (
        _(" (it began at line {line})", line=since.line + 1) if since and error.context else ""
    )
    context = f"{error.context}{started}: " if error.context else ""
    return (
        "K203",
        _("broken YAML: {context}{what}", context=context, what=what),
        _("Check the quotes, brackets and indentation up to here"),
    )


def _other_blank(text: str, last: int) -> tuple[int, int, str] | None:
    """Find the first blank that is no space in the structure of a document, up to a line."""
    for number, line in enumerate(text.split("\n")[: last + 1], start=1):
        if (found := _STRUCTURE.match(line)) and not line.isascii():
            return number, found.start(1) + 1, found[1]
    return None


def _line(text: str, index: int) -> str:
    lines = text.splitlines()
    return lines[index] if index < len(lines) else ""
