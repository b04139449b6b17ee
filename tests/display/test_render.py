"""How results look, and that no text of theirs is ever acted on."""

from __future__ import annotations

import csv
import io
import unicodedata
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiamv_cli.display import terminal
from kiamv_cli.display.data import render_csv, render_json
from kiamv_cli.display.document import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Picture,
    Screen,
    Table,
)
from kiamv_cli.display.formats import markdown
from kiamv_cli.display.terminal import broken
from kiamv_cli.display.text import (
    ASCII,
    UNICODE,
    clean,
    count,
    decimal,
    difference,
    listing,
    number,
    seats,
)

TABLE = Table(
    (Column("name", wraps=True), Column("n", "right")),
    ((Cell("a long name of words"), Cell("1", "met")), (Cell("b"), Cell("22"))),
)
HOSTILE = [
    "[red]x[/red]",
    "[/]",
    ":smile:",
    "\x1b[31mred",
    "\x1b]0;title\x07",
    "\x9b31m",
    "a\u202eb",
]


def on_screen(*cells: str, width: int | None = None, colour: bool = False) -> str:
    rows = tuple((Cell(text),) for text in cells)
    return terminal.render([Table((Column("x"),), rows)], Screen(width=width, colour=colour))


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_printed_and_never_acted_on(text: str) -> None:
    shown = on_screen(text)
    assert clean(text) in shown
    assert not any(unicodedata.category(sign) in {"Cc", "Cf"} for sign in shown.replace("\n", ""))


@given(st.text(max_size=30))
def test_no_text_breaks_or_steers_a_table(text: str) -> None:
    shown = on_screen(text, width=80, colour=True).replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert "\x1b" not in shown


@given(st.text(max_size=30))
def test_cleaning_leaves_no_control_and_loses_no_letter(text: str) -> None:
    cleaned = clean(text)
    assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in cleaned)
    assert all(sign in cleaned for sign in text if sign.isalnum())


def test_a_pipe_gets_the_whole_table_and_a_terminal_wraps_it() -> None:
    name = "word " * 60
    piped = terminal.render([Table((Column("x", wraps=True),), ((Cell(name),),))], Screen())
    assert name.strip() in piped
    wrapped = terminal.render(
        [Table((Column("x", wraps=True),), ((Cell(name),),))], Screen(width=40)
    )
    assert max(map(len, wrapped.splitlines())) <= 40


def test_without_unicode_a_table_is_ascii() -> None:
    assert terminal.render([TABLE], Screen(unicode=False)).isascii()
    assert terminal.render([TABLE], Screen(unicode=False)).isascii()


def test_a_table_in_a_pipe() -> None:
    assert terminal.render([Heading("Title"), TABLE], Screen()) == (
        "Title\n"
        "name                  n\n"
        "───────────────────────\n"
        "a long name of words  1\n"
        "b                    22\n"
    )


def test_a_pipe_shows_what_a_wide_terminal_shows() -> None:
    blocks: list[Block] = [
        Heading("T"),
        Paragraph("words " * 40),
        TABLE,
        Picture(((Cell("NH "), Cell("█")),)),
    ]
    assert terminal.render(blocks, Screen()) == terminal.render(blocks, Screen())


def test_an_item_of_a_list_hangs_and_what_belongs_together_stays_together() -> None:
    said = Paragraph("• " + "some words " * 5 + "4\u00a0words")
    for shown in (terminal.render([said], Screen(width=30)), terminal.render([said], Screen())):
        first, *others = shown.splitlines()
        assert first.startswith("• some")
        assert all(line[:2] == "  " != line[2:4] for line in others)
        assert "\u00a0" not in shown
        assert "4 words" in shown


def test_wide_and_combining_signs_keep_the_columns() -> None:
    rows = ((Cell("日本"), Cell("1")), (Cell("e\u0301"), Cell("2")))
    shown = terminal.render([Table((Column("x"), Column("n")), rows)], Screen()).splitlines()
    assert shown[2:] == ["日本 1", "e\u0301    2"]


def test_colour_only_where_asked_for() -> None:
    assert "\x1b[" in terminal.render([TABLE], Screen(colour=True))
    assert "\x1b[" not in terminal.render([TABLE], Screen())


def test_markdown_escapes_and_keeps_pictures() -> None:
    blocks: list[Block] = [
        Heading("Title"),
        Paragraph("a *b*"),
        Table((Column("x", "right"),), ((Cell("a|b"),),)),
        Picture(((Cell("NH "), Cell("██")),)),
    ]
    assert markdown(blocks) == (
        "## Title\n\na \\*b\\*\n\n| x |\n| --: |\n| a\\|b |\n\n```text\nNH ██\n```\n"
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_of_a_csv_file_starts_a_formula(text: str) -> None:
    (row,) = csv.DictReader(io.StringIO(render_csv([{"name": text, "n": -5}]), newline=""))
    assert row == {"name": "'" + text, "n": "-5"}


@given(st.text().filter(lambda text: not text.startswith(("=", "+", "-", "@", "\t", "\r"))))
def test_other_text_comes_back_from_csv_as_it_was(text: str) -> None:
    (row,) = csv.DictReader(io.StringIO(render_csv([{"name": text, "n": 1}]), newline=""))
    assert row["name"] == text


def test_json_has_at_most_six_decimals() -> None:
    assert render_json({"n": number(F(1, 3))}) == '{\n  "n": 0.333333\n}\n'


@pytest.mark.parametrize(
    ("value", "shown"),
    [(F(2), "2"), (F(3, 2), "1.5"), (F(5, 3), "1.67"), (F(0), "0"), (F(10), "10")],
)
def test_seats_show_no_needless_decimals(value: F, shown: str) -> None:
    assert seats(value) == shown


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (F(1, 8), 2, "0.13"),  # as spreadsheets do, where Python gives 0.12
        (F(-1, 8), 2, "-0.13"),
        (F(-1, 1000), 2, "0.00"),
        (F(5, 2), 0, "3"),
        (F(999, 1000), 2, "1.00"),
        (F(-1001, 1000), 1, "-1.0"),
    ],
)
def test_a_half_is_rounded_away_from_zero(value: F, places: int, shown: str) -> None:
    assert decimal(value, places) == shown


@given(st.fractions(0, 30, max_denominator=60), st.fractions(0, 30, max_denominator=60))
def test_numbers_and_their_difference_agree(one: F, other: F) -> None:
    larger, smaller, apart = difference(max(one, other), min(one, other))
    assert F(larger) - F(smaller) == F(apart)
    assert abs(F(apart) - abs(one - other)) < F(1, 1000) or len(apart.partition(".")[2]) == 2


@pytest.mark.parametrize(
    ("larger", "smaller", "shown"),
    [
        (F(3, 2), F(1, 2), ("1.50", "0.50", "1.00")),
        (F(35, 2), F(129, 8), ("17.500", "16.125", "1.375")),
        (F(1, 3), F(1, 6), ("0.333", "0.167", "0.166")),
    ],
)
def test_no_more_digits_than_it_takes(larger: F, smaller: F, shown: tuple[str, ...]) -> None:
    assert difference(larger, smaller) == shown


def test_words() -> None:
    assert decimal(F(11, 12)) == "0.92"
    assert listing(["a"]) == "a"
    assert listing(["a", "b", "c"]) == "a, b and c"
    assert (count(1, "fact", "facts"), count(2, "fact", "facts")) == ("1 fact", "2 facts")
    assert count(2, "country", "countries") == "2 countries"


def test_bars_and_marks_are_told_apart_without_colour() -> None:
    assert UNICODE.bar(F(1, 2), F(1)) == "█████░░░░░"
    assert ASCII.bar(F(1, 2), F(3, 4)) == "#####..."
    for symbols in (UNICODE, ASCII):
        marks = [symbols.mark(v) for v in ("met", "partly", "not-met", "unknown")]
        assert len(set(marks)) == 4


def test_a_word_that_does_not_fit_is_parted_where_people_can_follow() -> None:
    shown = on_screen_of(
        ("Samen tegen Voedselverspilling", "brightlands-greenport-venlo"), width=35
    )
    assert "Voedselverspilling" in shown
    copied = "de3629d1fb8d8a3d5f88"
    narrow = on_screen_of((copied,), width=12)
    assert "".join(narrow.replace("─", "").split()) == copied  # with no sign that is not in it
    assert "-\n" in on_screen_of(("Voedselverspilling",), width=12)


def test_a_table_too_wide_for_the_screen_goes_on_below_with_its_first_column() -> None:
    columns = (Column("who"), *(Column(f"c{place:02}", "right") for place in range(12)))
    row = (Cell("anna"), *(Cell(f"{place + 10},5") for place in range(12)))
    shown = terminal.render([Table(columns, (row,))], Screen(width=40))
    assert all(cell.text in shown for cell in row)
    assert max(map(len, shown.splitlines())) <= 40
    assert shown.count("anna") > 1


def test_a_cell_wider_than_the_screen_is_shown_whole_all_the_same() -> None:
    seal = "0123456789" * 9
    table = Table((Column("who"), Column("seal")), ((Cell("anna"), Cell(seal)),))
    shown = terminal.render([table], Screen(width=40))
    assert max(map(len, shown.splitlines())) <= 40
    assert seal in "".join(shown.partition("anna")[2].split())


@pytest.mark.parametrize("width", range(2, 9))
def test_wide_signs_are_broken_by_what_they_take(width: int) -> None:
    lines = broken("日本語日本語", width)
    assert "".join(lines).replace("-", "") == "日本語日本語"
    assert max(2 * len(line.replace("-", "")) + line.count("-") for line in lines) <= width


@given(st.lists(st.text("ab1-/.,", max_size=40), min_size=1), st.integers(1, 50))
def test_breaking_a_text_into_lines_loses_no_sign(words: list[str], width: int) -> None:
    text = " ".join(words)
    lines = broken(text, width)
    assert max(map(len, lines)) <= width
    kept = [sign for sign in text if not sign.isspace() and sign != "-"]
    assert [sign for sign in "".join(lines) if not sign.isspace() and sign != "-"] == kept


@given(st.lists(st.integers(0, 40), min_size=2, max_size=9), st.integers(30, 120))
def test_no_table_is_wider_than_the_screen(sizes: list[int], width: int) -> None:
    columns = tuple(Column(f"H {place}", wraps=place % 2 == 0) for place in range(len(sizes)))
    signs = "bcdefjklm"  # one for each column
    row = tuple(
        Cell((sign * size)[: width // 2 - 2]) for sign, size in zip(signs, sizes, strict=False)
    )
    shown = terminal.render([Table(columns, (row,))], Screen(width=width))
    assert max(map(len, shown.splitlines())) <= width
    assert all(shown.count(cell.text[0]) >= len(cell.text) for cell in row if cell.text)


def on_screen_of(row: tuple[str, ...], width: int) -> str:
    columns = tuple(Column("", wraps=True) for _ in row)
    return terminal.render([Table(columns, (tuple(map(Cell, row)),))], Screen(width=width))


@pytest.mark.slow
def test_a_word_of_any_length_is_broken_into_any_width() -> None:
    lines = broken("x" * 2_000, 10)
    assert "".join(line.removesuffix("-") for line in lines) == "x" * 2_000
    assert max(map(len, lines)) == 10
    assert broken("abc", 0) == ["a", "b", "c"]
