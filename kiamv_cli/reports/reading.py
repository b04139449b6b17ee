"""Templates of letters, read and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.files import decode, read_file
from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.base.text import Text
from kiamv_cli.formats.package_data import template
from kiamv_cli.reports.model import LETTER_PARTS, PART

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read_template(place: Path | None) -> str:
    """Read the template of a letter, Markdown; ``None`` for kiamv's own in the current language.

    Raises:
        BadInput: It cannot be read, or asks for parts that no letter has.
    """
    if place is None:
        return template("letter.md")
    text = decode(read_file(place), str(place))
    if problems := [*_unknown_parts(text, str(place))]:
        raise BadInput(problems)
    return text


def _unknown_parts(text: str, path: str) -> Iterator[Problem]:
    known = ", ".join(f"{{{each}}}" for each in LETTER_PARTS)
    for number, line in enumerate(text.splitlines(), 1):
        for each in PART.finditer(line):
            if each[1] not in LETTER_PARTS:
                yield Problem(
                    path=path,
                    text=Text("K191.unknown-part", name=each[0]),
                    advice=Text("K191.parts", known=known),
                    line=number,
                    column=each.start() + 1,
                )
