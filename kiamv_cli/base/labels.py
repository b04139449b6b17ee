"""Which of many labels a text means: as written first, then ever more loosely, if only one can be.

One place for all that is looked up by what people call it. Two labels that differ in nothing but
what a looser comparison passes over are still told apart by the stricter one, and a text that
could mean several of them means none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Generic, Literal, TypeVar
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

# Those in which labels, messages and pages are written.
Language = Literal["en", "nl"]
LANGUAGES: tuple[Language, ...] = ("en", "nl")

Meant = TypeVar("Meant", bound="Hashable")

Other = TypeVar("Other", bound="Hashable")

# A number before a text, as survey tools put it: "3. ", "Q3: ", "vraag 3)"; never that of 1.5.
_NUMBERED = re.compile(r"(?:(?:question|q|vraag|v)\s*)?0*(\d+)\s*[.):](?!\d)\s*(?=\S)")

_SIGNS = " ?:.*"

# Signs of which people, keyboards and word processors write now one, now another. They are made
# one before NFKC, which would make blanks of some of them.
_ALIKE = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d", "-")
    | dict.fromkeys("\u2018\u2019\u201b\u02bc\u00b4", "'")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060", "")
)
_DOUBLE_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d", '"'))
# From here on (of 1) two texts are so much alike that one may be a slip for the other. One slip is
# a larger part of a short text.
_LIKE, _LIKE_IF_SHORT, _SHORT = 0.7, 0.66, 5


def as_written(text: str) -> str:
    """Return a text as it can be told from others by eye: composed, with single blanks."""
    return " ".join(normalize("NFC", text).split())


def loosely(text: str) -> str:
    """Return a text without case and compatibility forms, with plain dashes and quotes."""
    return folded(text).translate(_DOUBLE_QUOTES)


def bare(text: str) -> str:
    """Return a text as ``loosely`` does, also without the signs around it."""
    return loosely(text).strip(_SIGNS)


class Labels(Generic[Meant]):
    """Labels, each with what it stands for; several labels may stand for the same."""

    def __init__(self, labels: Iterable[tuple[str, Meant]]) -> None:
        pairs = tuple(labels)
        self._steps: tuple[Mapping[object, tuple[Meant, ...]], ...] = tuple(
            _grouped(pairs, keys) for keys in _KEYS
        )

    def at(self, step: int, text: str) -> tuple[Meant, ...]:
        """Return all that a text can mean at one step, the strictest of which is 0."""
        known = self._steps[step]
        return tuple(
            dict.fromkeys(each for key in _ASKED[step](text) for each in known.get(key, ()))
        )

    def meant(self, text: str) -> tuple[Meant, ...]:
        """Return what a text can mean at the first step at which it means anything."""
        return meant(text, self)

    def get(self, text: str) -> Meant | None:
        """Return the only thing that a text can mean; ``None`` if there is none, or several."""
        found = self.meant(text)
        return found[0] if len(found) == 1 else None


def meant(text: str, *layers: Labels[Meant]) -> tuple[Meant, ...]:
    """Return what a text can mean by several sets of labels.

    Args:
        text: What was written.
        layers: The labels; at each step the first set that knows the text decides.
    """
    for step in range(len(_KEYS)):
        for labels in layers:
            if found := labels.at(step, text):
                return found
    return ()


def distinct(labels: Iterable[tuple[str, Meant]]) -> dict[str, Meant]:
    """Return what labels stand for by their folded form, without those that mean several things."""
    return {
        str(key): found[0]
        for key, found in _grouped(tuple(labels), _folded_keys).items()
        if len(found) == 1
    }


def distinct_labels(labels: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Return the code that each label stands for, by its folded form.

    Args:
        labels: Codes, each with its labels in any language.

    Returns:
        No label that stands for several codes, or that is the code of another.
    """
    pairs = [(label, code) for code, names in labels for label in names]
    codes = {code for _label, code in pairs}
    known = distinct([*pairs, *((code, code) for code in codes)])
    return {key: known[key] for label, _code in pairs if (key := loosely(label)) in known}


def not_told_apart(
    labels: Iterable[tuple[str, Meant, Other]],
) -> Iterator[tuple[str, Other, Other]]:
    """Find labels that are written the same and stand for different things.

    Args:
        labels: Each label with what it stands for, and where it stands.

    Returns:
        For each but the first: the label, where it stands, and where the first stands.
    """
    first: dict[str, tuple[Meant, Other]] = {}
    for label, means, where in labels:
        key = as_written(label)
        known, place = first.setdefault(key, (means, where))
        if known != means:
            yield label, where, place


def _grouped(
    pairs: Iterable[tuple[str, Meant]], keys: Callable[[str], Iterable[object]]
) -> dict[object, tuple[Meant, ...]]:
    found: dict[object, dict[Meant, None]] = defaultdict(dict)
    for label, means in pairs:
        for key in keys(label):
            found[key][means] = None
    return {key: tuple(all_) for key, all_ in found.items()}


def _written_keys(text: str) -> Iterator[object]:
    yield as_written(text)


def _folded_keys(text: str) -> Iterator[object]:
    yield loosely(text)


def _bare_keys(text: str) -> Iterator[object]:
    if short := bare(text):
        yield short


def _numbered(text: str) -> tuple[str, str]:
    """Part the number before a text from it; a number and nothing else is a text."""
    whole = loosely(text)
    number = _NUMBERED.match(whole)
    return (number[1], bare(whole[number.end() :])) if number else ("", bare(whole))


def _numbered_keys(text: str) -> Iterator[object]:
    """The text with its number, so that another number before it is another text."""
    number, rest = _numbered(text)
    if rest:
        yield number, rest


def _loosest_keys(text: str) -> Iterator[object]:
    """As a label: what a text without a number, or one with any number, is held against."""
    number, rest = _numbered(text)
    if rest:
        yield ("numbered", rest) if number else ("plain", rest)


def _loosest_asked(text: str) -> Iterator[object]:
    """As a text: a number that it has is no matter if the label has none, and the other way."""
    number, rest = _numbered(text)
    if rest:
        yield ("plain", rest) if number else ("numbered", rest)


_KEYS = (_written_keys, _folded_keys, _bare_keys, _numbered_keys, _loosest_keys)

_ASKED = (_written_keys, _folded_keys, _bare_keys, _numbered_keys, _loosest_asked)

_AROUND_DASH = re.compile(r"[ -]*-[ -]*")


def folded(name: str) -> str:
    """Return the form in which equal names of ecosystems, sources and people are equal.

    Neither case, compatibility forms (NFKC), blanks, signs that nobody sees, nor the kind of a
    dash or an apostrophe makes a difference.
    """
    text = name if name.isascii() else normalize("NFKC", name.translate(_ALIKE)).translate(_ALIKE)
    text = text.casefold()
    text = " ".join((text if text.isascii() else normalize("NFKC", text)).split())
    return _AROUND_DASH.sub("-", text) if "-" in text else text


def similar(text: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return the texts for which one may be a slip, the most alike first, at most so many."""
    from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

    cutoff = _LIKE_IF_SHORT if len(text) <= _SHORT else _LIKE
    return get_close_matches(text, list(known), n=most, cutoff=cutoff)
