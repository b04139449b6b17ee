"""The tables of texts and the code hold each other; both languages say the same."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import kiamv_cli
from kiamv_cli.base.labels import LANGUAGES
from kiamv_cli.base.language import in_language
from kiamv_cli.base.problem import codes
from kiamv_cli.base.text import CODES, FIELD, OTHERS, Text, in_python, joined, table
from kiamv_cli.longlist.model.layout import (
    ABOUT_SHEET,
    AS_OF,
    CHOICES_SHEET,
    LIST_SHEET,
    MAIN_COLUMNS,
    MAIN_SHEET,
    SHEETS,
    TITLE,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.base.labels import Language

PACKAGE = Path(kiamv_cli.__file__).parent
OF_A_CODE = ("title", "why", "fix", "example")
# Filled in where a text gets its place, its field or its value.
LATER = {"field", "value", "other", "meant", "first", "others", "plain", "kept"}


def tables() -> Iterator[tuple[str, Any]]:
    """Yield the key of each text with its forms by language."""
    for name in CODES:
        for code, texts in table(name).items():
            for kind in ("messages", "hints"):
                yield from ((f"{code}.{key}", each) for key, each in texts.get(kind, {}).items())
    for name in OTHERS:
        yield from ((f"{name}.{key}", each) for key, each in table(name).items())


TEXTS = dict(tables())


def forms(text: str | dict[str, str]) -> list[str]:
    return [text] if isinstance(text, str) else [text["one"], text["other"]]


def fields(text: str) -> set[str]:
    return set(FIELD.findall(text))


@cache
def uses() -> dict[str, list[set[str]]]:
    """Find the texts that the code makes, with the values that it gives to each."""
    found: dict[str, list[set[str]]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "Text":
                continue
            name = node.args[0]
            key = str(name.value) if isinstance(name, ast.Constant) else ""
            if "." in key and key.partition(".")[2] not in OF_A_CODE:  # else a text of Rich
                # ``None`` stands for **values.
                found.setdefault(key, []).append({str(each.arg) for each in node.keywords})
    return found


@pytest.mark.slow
def test_each_text_in_the_code_stands_in_the_tables_and_the_other_way_round() -> None:
    assert set(uses()) == set(TEXTS)


def test_both_languages_and_the_code_fill_in_the_same() -> None:
    for key, text in TEXTS.items():
        english, dutch = (set().union(*map(fields, forms(text[each]))) for each in LANGUAGES)
        assert english == dutch, key
        assert isinstance(text["en"], str) == isinstance(text["nl"], str), key
        for values in uses()[key]:
            if "None" not in values:
                assert english - LATER <= values, key
                assert values - {"n"} <= english, key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("n", [1, 2])
def test_each_text_is_made_in_each_language(language: Language, n: int) -> None:
    for key, text in TEXTS.items():
        parts = forms(text[language])
        names = set().union(*map(fields, parts)) - {"n"}
        values: dict[str, object] = {name: f"<{name}>" for name in names}
        with in_language(language):
            made = str(Text(key, **values, n=n))
        expected = in_python(parts[0 if n == 1 else -1])
        for name, value in {**values, "n": n}.items():
            expected = expected.replace(f"{{{name}}}", str(value))
        assert made == expected, key


def test_each_code_is_explained_in_each_language() -> None:
    for key in (f"{code}.{name}" for code in codes() for name in OF_A_CODE):
        shown = set()
        for language in LANGUAGES:
            with in_language(language):
                shown.add(str(Text(key)))
        assert all(shown)
        assert len(shown) == len(LANGUAGES) or key.endswith("example"), key


def test_messages_and_hints_are_of_one_form() -> None:
    """A message is a clause without a full stop; a hint begins with a capital."""
    for key, forms_of in TEXTS.items():
        kind = key.partition(".")[0]
        for language in LANGUAGES:
            for text in forms(forms_of[language]):
                if kind not in {"parts", "requests"}:
                    assert not text.endswith("."), key


def test_a_text_holds_texts_in_the_language_of_the_moment() -> None:
    text = Text("K420.one-name", one=joined(["a", "b"], Text("parts.or")), other="c")
    assert str(text) == "'a or b' and 'c' are one name"
    with in_language("nl"):
        assert str(text) == "'a of b' en 'c' zijn dezelfde naam"


def test_the_headings_of_tables_are_called_something_in_each_language() -> None:
    paths = [*MAIN_COLUMNS, TITLE, AS_OF, MAIN_SHEET, LIST_SHEET, ABOUT_SHEET, CHOICES_SHEET]
    paths += [key for each in SHEETS.values() for key in (each.name, *each.keys, *each.columns)]
    steps = {step for path in paths for step in path.split(".")} | {"key", "value"}
    words = table("headings")
    assert set(words) == steps
    assert all(each == {**each, "en": step} and each["nl"] for step, each in words.items())


@pytest.mark.slow
def test_a_good_run_reads_no_table() -> None:
    code = (
        "from kiamv_cli import load_criteria, load_longlist, score, shortlist\n"
        "from kiamv_cli.base.text import table\n"
        "criteria = load_criteria()\n"
        "shortlist(score(load_longlist().longlist, criteria))\n"
        "print(table.cache_info().currsize)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"
