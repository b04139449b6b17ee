"""PDF and PNG of any text: line breaks are that, what no typeface shows is a square, told once."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiamv_cli.display.figure import Figure, printable
from kiamv_cli.display.html import el, markup
from kiamv_cli.display.marks import words
from kiamv_cli.display.text import clean
from kiamv_cli.display.typesetting import STAND_IN, all_shown, drawn, png, shown, typeset
from kiamv_cli.reports.view.pdf import tree

PAGE = b"""\
#set document(title: "t")
#set text(font: ("Inter", "Libertinus Serif", "DejaVu Sans Mono"), lang: "en")
#for each in json(bytes(sys.inputs.texts)) [#each #strong(each) #raw(each) #parbreak()]
"""


def on_paper(texts: list[str]) -> bytes:
    return typeset(PAGE, {"texts": json.dumps(texts)}, format="pdf", pdf_standards=["ua-1"])


def replaced(text: str) -> tuple[str, list[str]]:
    lacking: dict[str, None] = {}
    return shown(text, lacking), [*lacking]


@pytest.mark.parametrize(
    ("text", "there", "lacking"),
    [
        ("CO₂ Lab ⅓ ★ 中文", "CO₂ Lab ⅓ ★ □□", ["中", "文"]),
        ("🚀 and 🚀", "□ and □", ["🚀"]),
        ("👨\u200d👩\u200d👧 family", "□ family", ["👨\u200d👩\u200d👧"]),
        ("\u0e17\u0e35\u0e48", "□", ["\u0e17\u0e35\u0e48"]),
        ("Bullets of Word: \uf0b7 \u2022 \u25aa", "Bullets of Word: □ \u2022 \u25aa", ["\uf0b7"]),
        ("one\ntwo\tthree", "one\ntwo\tthree", []),
        ("Fryslân, Ångström, Łódź, Ελλάδα, Київ, עברית", None, []),
        ("soft\u00adhyphen zero\u200bwidth", None, []),
        ("ESC \u241b", "ESC □", ["\u241b"]),
    ],
)
def test_what_no_typeface_shows_is_a_square(
    text: str, there: str | None, lacking: list[str]
) -> None:
    made, gone = replaced(text)
    assert (made, gone) == (text if there is None else there, lacking)
    on_paper([made])


def test_the_stand_in_itself_is_shown() -> None:
    assert replaced(STAND_IN) == (STAND_IN, [])


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=12))
def test_no_text_stops_the_paper(texts: list[str]) -> None:
    on_paper([replaced(clean(each))[0] for each in texts])


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(categories=["Mn", "Mc", "Lo", "Ll", "So", "Sk"]), max_size=40))
def test_no_marks_and_no_script_stop_the_paper(text: str) -> None:
    on_paper([replaced(text)[0]])


@pytest.mark.slow
def test_all_that_is_said_to_be_shown_is_shown() -> None:
    signs = [chr(code) for code in range(0x20, 0x20000) if replaced(chr(code))[1] == []]
    assert len(signs) > 3_600
    on_paper(["".join(signs[start : start + 500]) for start in range(0, len(signs), 500)])


def test_lists_and_mappings_are_gone_through() -> None:
    lacking: dict[str, None] = {}
    made = all_shown({"a": ["\u4e2d", 1, None, {"b": "x\u6587"}], "c": True}, lacking)
    assert made == {"a": [STAND_IN, 1, None, {"b": f"x{STAND_IN}"}], "c": True}
    assert [*lacking] == ["\u4e2d", "\u6587"]


def picture(text: str) -> Figure:
    return Figure(id="x", title="t", description="d", width=200, height=40, body=words(5, 20, text))


def test_a_picture_shows_a_square_for_what_it_lacks_and_says_so_once() -> None:
    told: list[list[str]] = []
    made = png(picture("a \u4e2d\u6587\u4e2d"), lambda signs: told.append([*signs]))
    assert told == [["\u4e2d", "\u6587"]]
    assert made == png(picture(f"a {STAND_IN * 3}"))
    png(picture("Fryslân"), lambda signs: told.append([*signs]))
    assert len(told) == 1


IN_PICTURE = """\
#set document(title: "t")
#set text(font: ("Inter", "Libertinus Serif", "DejaVu Sans Mono"))
#figure(image(bytes(sys.inputs.svg), format: "svg", alt: "a"))
"""


def picture_on_paper(text: str) -> list[str]:
    """Put a picture of a text in a PDF as reports are; return the signs it lacks."""
    lacking: dict[str, None] = {}
    svg = drawn(printable(picture(text)), lacking)
    typeset(IN_PICTURE.encode(), {"svg": svg}, format="pdf", pdf_standards=["ua-1"])
    return [*lacking]


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Z\u0300algo", ["Z\u0300"]),
        ("zi\u0301j\u0301", ["j\u0301"]),
        ("Cafe\u0301 \u2605", []),
        ("Heart \u2764\ufe0f", []),
        ("\u0338x & \u0337 &\u0337", ["\u0338", " \u0337", "\u0337"]),
        ("\u05d0\u05b0", ["\u05d0\u05b0"]),
        ("soft\u00adhyphen zero\u200bwidth", []),
    ],
)
def test_marks_in_a_picture_do_not_stop_the_paper(text: str, lacking: list[str]) -> None:
    assert picture_on_paper(text) == lacking


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30) | st.text(st.characters(categories=["Mn", "Mc", "Ll"]), max_size=30))
def test_no_text_in_a_picture_stops_the_paper(text: str) -> None:
    picture_on_paper(clean(text))


def test_a_line_break_in_a_picture_is_a_blank() -> None:
    assert png(picture("one\ntwo")) == png(picture("one two")) == png(picture("one\r\ntwo"))


@pytest.mark.parametrize("text", ["one\ntwo", "one\r\ntwo"])
def test_a_line_break_on_the_page_is_one_on_paper(text: str) -> None:
    assert "one<br>two" in markup(el("p", text))
    assert tree(el("p", text))["inside"] == ["one\ntwo"]


def test_breaks_in_attributes_are_blanks() -> None:
    assert markup(el("p", "x", title="one\ntwo")) == '<p title="one two">x</p>'
