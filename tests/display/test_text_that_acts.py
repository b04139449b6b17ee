"""Text from files is data in every format: nothing in it is markup, a link or a formula."""

from __future__ import annotations

import pytest

from kiamv_cli import BadInput
from kiamv_cli.base.spreadsheet import guarded, unguarded
from kiamv_cli.display.data import render_annotations
from kiamv_cli.display.document import Cell, Column, Paragraph, Table
from kiamv_cli.display.formats import markdown
from kiamv_cli.formats.yaml_reader import read_yaml


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("R&amp;D", r"R\&amp;D"),
        ("&lt;b&gt;", r"\&lt;b\&gt;"),
        ("R&D & more", "R&D & more"),
        ("@team", "@&#8203;team"),
        ("info@example.nl", "info@&#8203;example.nl"),
        ("https://example.nl/a", r"https\://example.nl/a"),
        ("HTTP://example.nl", r"HTTP\://example.nl"),
        ("www.example.nl", r"www\.example.nl"),
        ("ftp://example.nl", r"ftp\://example.nl"),
        ("note: this", "note: this"),
    ],
)
def test_nothing_in_markdown_is_live(text: str, written: str) -> None:
    assert markdown([Paragraph(text)]) == f"{written}\n"
    assert f"| {written} |" in markdown([Table((Column("x"),), ((Cell(text),),))])


@pytest.mark.parametrize("sign", "=+-@\uff1d\uff0b\uff0d\uff20\t\r")
def test_no_cell_is_a_formula_whatever_its_width(sign: str) -> None:
    text = f"{sign}1+1"
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text
    assert guarded(f"'{text}") == f"''{text}"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\tb", "a\u2409b"),
        ("a\nb%", "a%0Ab%25"),
        ("a\x1b[31m", "a\u241b[31m"),
        ("a\u202eb", "a<U+202E>b"),
    ],
)
def test_an_annotation_has_no_control_characters(text: str, written: str) -> None:
    row: dict[str, str | int | float | bool | None] = {
        "severity": "error",
        "path": text,
        "line": 1,
        "column": 2,
        "code": "K1",
        "message": text,
        "hint": "",
    }
    made = render_annotations([row])
    assert made == f"::error file={written},line=1,col=2,title=K1::{written}.\n"


@pytest.mark.parametrize("blank", "\u00a0\u2003\u202f\u3000")
@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a:\n_ b: c\n", 2, 1),
        ("a:\n  - b: c\n__  d: e\n", 3, 1),
        ("_a: b\n", 1, 1),
        ("a:\n  -_b: c\n    d: e\n", 2, 4),
        ("a:_[b]\nc: d\n", 1, 3),
        ("a:\n  b: c\n _ d: e: f\n", 3, 2),
    ],
)
def test_a_blank_that_is_no_space_is_named_at_its_place(
    text: str, line: int, column: int, blank: str
) -> None:
    with pytest.raises(BadInput) as bad:
        read_yaml(text.replace("_", blank), "x.yaml")
    (problem,) = bad.value.problems
    assert (problem.code, problem.line, problem.column) == ("K204", line, column)
    assert f"U+{ord(blank):04X}" in problem.message


def test_such_a_blank_within_a_text_is_fine() -> None:
    read = read_yaml("a: Den\u00a0Haag\nb: |\n  \u00a0two\nc: '\u00a0'\n", "x.yaml")
    assert read[0] == {"a": "Den\u00a0Haag", "b": "\u00a0two\n", "c": "\u00a0"}
