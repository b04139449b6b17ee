"""What people call the codes of a column: labels in all languages, other words, near spellings."""

from __future__ import annotations

import re
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, assert_never, cast
from unicodedata import combining, normalize

from kiamv_cli.base.labels import LANGUAGES, distinct_labels, loosely
from kiamv_cli.base.language import in_language
from kiamv_cli.formats.package_data import placeholder
from kiamv_cli.formats.yaml_reader import read_yaml
from kiamv_cli.longlist.model.layout import ATTRIBUTES, kind_of, spelled
from kiamv_cli.programme.model.dimensions import PLAIN_DIMENSIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kiamv_cli.formats.plain import Path
    from kiamv_cli.longlist.model.layout import Kind
    from kiamv_cli.longlist.reading.tables.cells import Near
    from kiamv_cli.programme.model.programme import Programme

_TABLE = "words.yaml"
_SIGNS, _GRADES = "signs", "grades"
_BARE = 2  # steps to the column of an attribute: attributes.phase

# Earlier and shorter ways to write a province, without blanks and hyphens.
_SPELLINGS: Mapping[str, str] = {
    "drente": "drenthe",
    "overijsel": "overijssel",
    "brabant": "noordbrabant",
    "nbrabant": "noordbrabant",
    "nholland": "noordholland",
    "zholland": "zuidholland",
}

_BEFORE = re.compile(r"(provincie|prov\.?|province of) ", re.IGNORECASE)

# Shorter words (and, the) tell no theme from another.
_WORD = re.compile(r"[^\W\d_]{4,}")


def by_spelling(text: str, names: Mapping[str, str]) -> str | None:
    """Find a code by its name without hyphens and accents, in an earlier spelling, or by its end.

    Args:
        text: What was written.
        names: Codes by their names, in lower case.
    """
    plain = _plain(_BEFORE.sub("", text, count=1))
    found = {code for name, code in names.items() if _plain(name) == _SPELLINGS.get(plain, plain)}
    # What follows the country in a code of ISO 3166-2: ZH for NL-ZH.
    found |= {code for code in names.values() if plain and _plain(code.partition("-")[2]) == plain}
    return found.pop() if len(found) == 1 else None


def by_part(text: str, names: Mapping[str, str]) -> str | None:
    """Find the one code in whose name each longer word of a text stands, or begins a word.

    Args:
        text: What was written; ``None`` if it has no such word.
        names: Codes by their names, in lower case.
    """
    words = _WORD.findall(text.casefold())
    found = {
        code
        for name, code in names.items()
        if words and all(any(own.startswith(word) for own in _WORD.findall(name)) for word in words)
    }
    return found.pop() if len(found) == 1 else None


NEAR: Mapping[str, Near] = {"provinces": by_spelling, "themes": by_part}


def vocabulary_of(path: Path) -> str:
    """Return the vocabulary of which the codes in a column are; empty if they are of none."""
    if path[0] == ATTRIBUTES:
        return ""
    last = str(next((step for step in reversed(path) if isinstance(step, str)), ""))
    if path[0] == "verdicts" and (last == "verdict" or "parts" in path):
        return "verdict"
    name = {"theme": "themes"}.get(last, last)
    return name if name in {*PLAIN_DIMENSIONS, "criterion", *_words()} else ""


def kind_at(path: Path, programme: Programme) -> Kind | None:
    """Return what a cell at a path holds; of an attribute what the programme says."""
    kind, bare = kind_of(path), len(path) == _BARE
    attribute = programme.attribute(str(path[1])) if kind and path[0] == ATTRIBUTES else None
    if attribute is None or not (bare or path[-1] in {"value", "low", "high"}):
        return kind
    match attribute.kind:
        case "yes-no":
            return "yes-no"
        case "organisation":
            return "name"
        case "choice":
            return "words" if attribute.answer == "multiple" and bare else kind
        case "number" | "facts":
            return kind
        case _:
            assert_never(attribute.kind)


def codes_at(path: Path, programme: Programme) -> Mapping[str, str]:
    """Return the codes that a cell at a path may hold, by what people call them, folded."""
    if path[0] == ATTRIBUTES:
        attribute = programme.attribute(str(path[1]))
        categories = attribute.categories if attribute and attribute.kind == "choice" else ()
        return distinct_labels((each.id, each.label.values()) for each in categories)
    return codes_by_name(vocabulary_of(path), programme)


def codes_by_name(vocabulary: str, programme: Programme) -> Mapping[str, str]:
    """Return the codes of a vocabulary by their labels and what else people call them, folded."""
    if vocabulary in PLAIN_DIMENSIONS:
        dimension = programme.dimensions.get(vocabulary)
        categories = dimension.categories if dimension else ()
        return distinct_labels((each.id, each.label.values()) for each in categories)
    if vocabulary == "criterion":
        return distinct_labels((each.id, each.label.values()) for each in programme.criteria)
    return _named(vocabulary) if vocabulary in _words() else {}


def verdict_words(texts: Collection[str]) -> Mapping[str, str]:
    """Return what texts in columns of criteria mean: words, and signs or grades by their company.

    Args:
        texts: All texts in these columns, folded. A 0 is partly beside a +, and not met below a 2.
    """
    table = _words()
    known = {**_named("verdict")}
    if {"+", "++"} & {*texts}:
        known |= table[_SIGNS]
    others = {text for text in texts if text not in known and placeholder(text) != "unknown"}
    if "2" in texts and others <= {*table[_GRADES]}:
        known |= table[_GRADES]
    return known


@cache
def _named(vocabulary: str) -> Mapping[str, str]:
    words = {code: [*names] for code, names in _words()[vocabulary].items()}
    for language in LANGUAGES:
        with in_language(language):
            for code, names in words.items():
                names.append(spelled(code))
    return {loosely(name): code for code, names in words.items() for name in (*names, code)}


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    raw = get_data(__package__, _TABLE)
    assert raw is not None
    return cast("Mapping[str, Mapping[str, str]]", read_yaml(raw.decode(), _TABLE).data)


def _plain(name: str) -> str:
    signs = normalize("NFKD", name.casefold())
    return "".join(sign for sign in signs if sign.isalnum() and not combining(sign))
