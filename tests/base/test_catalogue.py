"""The catalogue of Dutch texts: whole, current, and true to the English."""

from __future__ import annotations

import ast
import importlib.util
import re
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message

ROOT = Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location("catalogue", ROOT / "docs" / "make_catalogue.py")
assert _spec is not None
assert _spec.loader is not None
make: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)
MESSAGES: list[Message] = make.read(make.CATALOGUE)


def pairs(message: Message) -> list[tuple[str, str]]:
    """Each English form with the Dutch one."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return list(zip(message.id, message.string or (), strict=True))


PAIRS = [pair for message in MESSAGES for pair in pairs(message)]


def names(text: str) -> set[str]:
    """What is filled in; of a text that only looks as if something were, nothing."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return set()


@pytest.mark.slow
def test_it_has_every_text_and_no_other() -> None:
    made = make.catalogue(MESSAGES)
    assert make.missing(made) == []
    assert make.po_bytes(made).decode() == make.CATALOGUE.read_text(encoding="utf-8")


@pytest.mark.slow
def test_no_text_hides_where_it_would_not_be_found() -> None:
    """Such as within an f-string, which Babel does not look into."""
    said = set()
    for file in make.PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in make.KEYWORDS:
                said |= {each.value for each in node.args if isinstance(each, ast.Constant)}
    assert len(said) > 300
    known = {form for text in make.texts().values() for form in forms(text)}
    assert {text for text in said if isinstance(text, str)} - known == set()


# Phrases that are never shown to people, or are no phrases: data, codes, styles, types.
UNSPOKEN = {
    "# What is left behind if kiamv is killed while it writes.\n.kiamv-*\n",
    "Demonstration data, made up",
    "the base is a random sample of all invited",
    "no shortlist was found in time",
    "met, partly, not-met, unknown.",
    "rule, person, review, adjudicated.",
    "number out of range",
    "Input should be a number",
    "Input should be a year or 'open'",
    "Input should be a count or 'unknown'",
    "Input should be true, false or 'unknown'",
}
UNSPOKEN_IN = (
    "base/names",
    "cli/status",
    "selection/model/integer_program",
    "selection/model/check_proof",
    "selection/model/prove",
    "selection/solving/refuting",
    "survey/reading/headings",
    "survey/reading/wordings",
    "display/figure",
    "display/marks",
    "selection/view/charts",
    "selection/view/maps",
    "scoring/view/heat",
    "flows/view/picture",
    "display/html",
)
NO_PHRASE = re.compile(r"[|{}#\\]|-->")


def phrases(tree: ast.Module) -> Iterator[str]:
    """Texts of three words and more that are not errors of the program, nor docstrings."""
    parents = {each: node for node in ast.walk(tree) for each in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        inside, within = parents.get(node), set[str]()
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                str(getattr(each, "value", "") if isinstance(each, ast.Constant) else "_")
                for each in node.values
            )
        elif isinstance(node, ast.Constant) and not isinstance(inside, ast.JoinedStr | ast.Expr):
            text = str(node.value)
        else:
            continue
        while inside is not None:
            within.add(type(inside).__name__)
            within.add(getattr(getattr(inside, "func", None), "id", ""))
            within.add(getattr(inside, "name", "") or "")
            inside = parents.get(inside)
        # What tells values apart in a repr is for programmers.
        spoken = within & {"Raise", "Assert", "consistent", "figures", *make.KEYWORDS}
        words = [word for word in text.split() if word.strip(".,:;'?").isalpha()]
        if len(words) > 2 and not spoken:
            yield text


@pytest.mark.slow
def test_no_phrase_is_left_in_one_language() -> None:
    known = {form for text in make.texts().values() for form in forms(text)} | UNSPOKEN
    known |= {" ".join(text.split()) for text in known}
    left = {
        f"{place}: {text}"
        for file in make.PACKAGE.rglob("*.py")
        if not (place := file.relative_to(make.PACKAGE).as_posix()).startswith(UNSPOKEN_IN)
        for text in phrases(ast.parse(file.read_text(encoding="utf-8")))
        if text not in known and not NO_PHRASE.search(text)
    }
    assert left == set()


def forms(text: str | tuple[str, str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else text


def test_what_the_build_compiles_is_what_is_written() -> None:
    with make.CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for message in MESSAGES:
        for number, (english, dutch) in enumerate(pairs(message), start=1):
            if isinstance(message.id, str):
                assert compiled.gettext(english) == dutch
            else:
                single, several = message.id
                assert compiled.ngettext(single, several, number) == dutch


def test_nothing_is_doubtful() -> None:
    assert [message.id for message in MESSAGES if message.fuzzy] == []


def test_the_same_is_filled_in() -> None:
    assert len(PAIRS) > 500
    assert [pair for pair in PAIRS if names(pair[0]) != names(pair[1])] == []


def test_one_and_many_are_told_apart() -> None:
    """Such as "feit" and "feiten", for which a translation of "fact" alone is not enough."""
    numbered = [each for each in MESSAGES if not isinstance(each.id, str)]
    assert len(numbered) > 50
    alike = [
        each.id
        for each in numbered
        if each.id[0] != each.id[1] and len(set(each.string or ())) == 1
    ]
    assert alike == []


def test_blanks_and_full_stops_at_the_ends_are_the_same() -> None:
    ends = re.compile(r"^(\s*).*?(\.?\s*)$", re.DOTALL)

    def edges(text: str) -> tuple[str, ...]:
        found = ends.match(text)
        assert found
        return found.groups()

    assert [pair for pair in PAIRS if edges(pair[0]) != edges(pair[1])] == []


@pytest.mark.parametrize("sign", ["--[a-z-]+", r"\bK\d{3}\b", r"\bkiamv [a-z]+ (?=-)"])
def test_options_and_codes_stay_as_they_are(sign: str) -> None:
    for english, dutch in PAIRS:
        assert sorted(re.findall(sign, english)) == sorted(re.findall(sign, dutch)), english


@pytest.mark.slow
def test_a_part_gives_its_translations_with_any_line_breaks() -> None:
    part = [
        make.Message("Show the\n  version.", "De versie."),
        make.Message("Rank it.\n\nShow this message and exit.", "Zet op rij.\n\nToon dit."),
    ]
    made = {message.id: message.string for message in make.catalogue(part)}
    assert made["Show the version."] == "De versie."
    assert made["Show this message and exit."] == "Toon dit."
    assert "Rank it." not in made
