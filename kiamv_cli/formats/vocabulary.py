"""Words that say little in a name or are written in several ways, all in ``vocabulary.yaml``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from kiamv_cli.formats.package_data import yaml_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    _Texts = Mapping[str, str]

Means = Literal["form", "word"]
# Shorter words, and initials, are no names.
SHORTEST_INITIALS = 3


class Spelling(NamedTuple):
    """A word, or several in a row, and what it means: a legal form, or the same as a word."""

    words: tuple[str, ...]
    means: Means
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What the words of names mean.

    ``spellings`` are by their first word, the longest first. A legal form that is ``named`` is
    left out of a name less easily, one that is ``last`` is none elsewhere, and of a ``local`` one
    there are many of one name.
    """

    small: frozenset[str]
    common: frozenset[str]
    spellings: Mapping[str, Sequence[Spelling]]
    named: frozenset[str]
    last: frozenset[str]
    local: frozenset[str]
    joining: frozenset[str]
    translations: Mapping[str, str]
    countries: frozenset[str]

    def is_distinctive(self, word: str) -> bool:
        """Return whether it says something that two names both have this word."""
        return (
            len(word) >= SHORTEST_INITIALS
            and not (word in self.common or word in self.small or word in self.countries)
            and not word.isdigit()
        )


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary of the package."""
    table = cast("dict[str, _Texts]", yaml_table("vocabulary.yaml"))
    words = cast("_Texts", table)
    return Vocabulary(
        small=frozenset(" ".join(table["small"].values()).split()),
        common=frozenset(" ".join(table["common"].values()).split()),
        spellings=_by_first_word(_spellings(table)),
        named=frozenset(words["named"].split()),
        last=frozenset(words["last"].split()),
        local=frozenset(words["local"].split()),
        joining=frozenset(words["joining"].split()),
        translations={word: key for word, key in _listed(table["translations"]) if word != key},
        countries=frozenset(_country(code) for code in table["countries"]),
    )


def _spellings(table: Mapping[str, _Texts]) -> Iterator[Spelling]:
    for text, form in _listed(table["legal"]):
        yield Spelling(tuple(text.split()), "form", form)
    for text, word in _listed(table["spellings"]):
        yield Spelling(tuple(text.split()), "word", word)
    for text, code in _listed(table["countries"]):
        yield Spelling(tuple(text.split()), "word", _country(code))
    for language in cast("Mapping[str, _Texts]", table["numbers"]).values():
        for text, number in _numbers(language):
            yield Spelling(tuple(text.split()), "word", str(number))


def _listed(table: _Texts) -> Iterator[tuple[str, str]]:
    """Yield each spelling of a table with its meaning."""
    for meaning, texts in table.items():
        yield from ((text.strip(), meaning) for text in texts.split(","))


def _country(code: str) -> str:
    """Return what no word of a name is."""
    return f"={code}"


def _numbers(language: _Texts) -> Iterator[tuple[str, int]]:
    """Yield the numbers below a hundred in words: of ``five`` and ``twenty``, as people say it."""
    units = list(enumerate(language["units"].split(), 1))
    yield from ((word, number) for number, word in units if word != "_")
    for ten, word in enumerate(language["tens"].split(), 2):
        yield word, 10 * ten
        for number, unit in units[:9]:
            if joined := language["joined"]:
                first = unit if unit != "_" else language["one"]
                yield f"{first}{joined}{word}", 10 * ten + number
            else:
                yield f"{word} {unit if unit != '_' else 'one'}", 10 * ten + number


def _by_first_word(spellings: Iterable[Spelling]) -> Mapping[str, Sequence[Spelling]]:
    found: defaultdict[str, list[Spelling]] = defaultdict(list)
    for each in spellings:
        found[each.words[0]].append(each)
    return {
        word: sorted(several, key=lambda each: -len(each.words)) for word, several in found.items()
    }
