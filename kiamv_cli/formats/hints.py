"""Hints for people who wrote something that is nearly right."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from kiamv_cli.base.files import describe
from kiamv_cli.base.labels import loosely, similar
from kiamv_cli.base.text import Text, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from pydantic_core.core_schema import CoreSchema

# Of a text without double blanks; so no text takes more than one look at each of its signs.
_BETWEEN = re.compile(r"[;,/&\n]| (?:en|and) ", re.IGNORECASE)

_BLANKS = re.compile(r"[^\S\n]+")

# Initials: P&G, R&D.
_SHORT = 2


def parts_of(text: str, names: Iterable[str], is_known: Callable[[str], bool]) -> list[str]:
    """Part a text into the values in it; a value that holds such a sign itself stays whole.

    Args:
        text: What was written.
        names: All names of values; they tell how many such signs a name can hold.
        is_known: Whether a text is one value.
    """
    text = _BLANKS.sub(" ", text)
    ends = [(found.start(), found.end()) for found in _BETWEEN.finditer(text)]
    starts = [0, *(end for _start, end in ends)]
    stops = [*(start for start, _end in ends), len(text)]
    longest = 1 + max((len(_BETWEEN.findall(name)) for name in names), default=0)
    parts, at = list[str](), 0
    while at < len(starts):
        lengths = range(min(longest, len(starts) - at), 1, -1)
        wholes = ((length, text[starts[at] : stops[at + length - 1]]) for length in lengths)
        length, part = next(
            (each for each in wholes if is_known(each[1].strip())),
            (1, text[starts[at] : stops[at]]),
        )
        parts += [part.strip()] if part.strip() else []
        at += length
    return parts


def may_be_several(name: str, *, commas_only: bool = False) -> bool:
    """Return whether what is read as one name may be several: each part begins like a name."""
    name = _BLANKS.sub(" ", name)
    parts = [part.strip() for part in (name.split(",") if commas_only else _BETWEEN.split(name))]
    if len(parts) == 1 or all(len(part) <= _SHORT for part in parts):
        return False
    return not any(part[:1].islower() or not part for part in parts)


_WRAPPERS = frozenset({"default", "nullable", "function-after", "dataclass"})


def keys_at(shape: CoreSchema, location: Iterable[str | int]) -> list[str]:
    """Return the keys of the mapping at a location, as validation errors write locations."""
    here = _unwrapped(shape)
    for step in location:
        here = _unwrapped(_inside(here, step))
    return list(_fields(here))


def _unwrapped(shape: Mapping[str, Any]) -> Mapping[str, Any]:
    while shape["type"] in _WRAPPERS:
        shape = shape["schema"]
    return shape


def _inside(shape: Mapping[str, Any], step: str | int) -> Mapping[str, Any]:
    match shape["type"]:
        case "tuple":
            inside = shape["items_schema"][0]
        case "dict":
            inside = shape["values_schema"]
        case "tagged-union":
            inside = shape["choices"][step]
        case _:
            inside = _fields(shape)[str(step)]
    known: Mapping[str, Any] = inside
    return known


def _fields(shape: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    if shape["type"] == "typed-dict":
        return {key: each["schema"] for key, each in shape["fields"].items()}
    return {
        each.get("validation_alias") or each["name"]: each["schema"]
        for each in shape["fields"]
        if each.get("init", True)  # others are no keys: kiamv sets them itself
    }


_MOST_LISTED = 24

_LONGEST_LOOKED_AT = 200

_DASHES = re.compile("[\u2010-\u2015\u2212\u00ad]")


def closest(
    written: str, allowed: Iterable[str], names: Mapping[str, str] | None = None
) -> Text | None:
    """Say which of the allowed values is most likely meant, or list them all if they are few.

    Args:
        written: What was written.
        allowed: What may be written.
        names: Other names of allowed values, in lower case.
    """
    choices = list(allowed)
    odd = _DASHES.search(written)
    plain = normalize("NFKC", _DASHES.sub("-", written)).strip()
    if odd and plain in choices:
        return Text("hints.holds-write", sign=describe(odd[0]), plain=plain)
    named = (names or {}).get(loosely(plain))
    if named in choices:
        return Text("hints.write-value", value=named)
    return (
        _several(plain, choices, names or {})
        or near(plain, choices, names)
        or (
            Text("hints.choose-from", values=", ".join(choices))
            if 0 < len(choices) <= _MOST_LISTED
            else None
        )
    )


def _several(written: str, choices: list[str], names: Mapping[str, str]) -> Text | None:
    """Say that it is several values, so that nobody takes one of them for all of it."""
    if len(written) > _LONGEST_LOOKED_AT:
        return None
    known = {**{choice.casefold(): choice for choice in choices}, **names}
    known = {name: code for name, code in known.items() if code in choices}

    def is_known(text: str) -> bool:
        return text.casefold() in known

    parts = parts_of(written, known, is_known)
    if len(parts) == 1:
        parts = _side_by_side(written, known)
    meant = [known.get(part.casefold()) or _only(part, choices, names) for part in parts]
    found = list(dict.fromkeys(filter(None, meant)))
    if len(parts) == 1 or not found:
        return None
    if all(meant):
        return Text("hints.several-values-write-each", values=", ".join(found))
    return Text("hints.seems-several-values-write", values=", ".join(found))


def _only(written: str, choices: list[str], names: Mapping[str, str]) -> str | None:
    found = _similar(written, choices, names)
    return found[0] if len(found) == 1 else None


def _side_by_side(written: str, known: Container[str]) -> list[str]:
    """Part a text that is nothing but known names, with blanks between."""
    words, parts = written.split(), list[str]()
    while words:
        lengths = range(len(words), 0, -1)
        length = next((n for n in lengths if " ".join(words[:n]).casefold() in known), 0)
        if not length:
            return [written]
        parts.append(" ".join(words[:length]))
        words = words[length:]
    return parts or [written]


def near(written: str, choices: list[str], names: Mapping[str, str] | None = None) -> Text | None:
    """Return which of the choices is most likely meant; ``None`` if none is near."""
    found = _similar(written, choices, names or {})
    return Text("hints.did-you-mean", meant=joined(found, Text("parts.or"))) if found else None


def _similar(written: str, choices: list[str], names: Mapping[str, str]) -> list[str]:
    folded = {choice.casefold(): choice for choice in choices}
    folded |= {name: code for name, code in names.items() if code in choices}
    matches = similar(written.casefold(), folded)
    return list(dict.fromkeys(folded[match] for match in matches))


# Not the thousands of either language, which have three digits behind the sign.
_DECIMALS = re.compile(r"\d{1,4}[.,](\d{1,2}|\d{4,6})")

_NUMBER_HINTS = (
    (r"[-+]?0\d+", Text("hints.leave-leading-zeros-out")),
    (r"\d{4}-\d\d?-\d\d?", Text("hints.write-year-only")),
    (r"\d+(:\d+)+", Text("hints.not-time-but-number")),
    (r"\d{1,3}(\.\d{3})+(,\d+)?", Text("hints.write-thousands-without-dots")),
    (r"\d{1,3}(,\d{3})+(\.\d+)?", Text("hints.write-thousands-without-commas")),
    (r"\d+,\d+", Text("hints.write-whole-number-without")),
    (r"\d+(_\d+)+|\d{1,3}( \d{3})+", Text("hints.write-thousands-without-spaces")),
    (r"[-+]?\.(inf|nan)|[-+]?(inf|nan|Infinity|NaN)", Text("hints.no-number-leave-out")),
    (r"[-+]?\d*\.\d*([eE].*)?|\d+[eE][-+]?\d+", Text("hints.write-whole-number-without")),
    (r".*(€|(?i:eur|mln|mio|mrd|miljoen|million|k)\b).*", Text("hints.write-all-digits-nothing")),
)


def amount_hint(written: str) -> Text:
    """Say how to write the amount in euros that is most likely meant: 2,5 is millions."""
    if _DECIMALS.fullmatch(written.strip()):
        millions = Fraction(written.strip().replace(",", "."))
        euros = int(millions * 1_000_000)
        return Text("hints.write-euros-full-such", euros=euros, written=written.strip())
    return number_hint(written)


def number_hint(written: str) -> Text:
    """Say how to write the whole number that is most likely meant."""
    for pattern, hint in _NUMBER_HINTS:
        if re.fullmatch(pattern, written.strip()):
            whole = written.split(",", maxsplit=1)[0] if "." in written else written
            return hint.filled(plain=re.sub(r"[._ ]", "", whole))
    if written.strip().isdigit():
        return Text("hints.write-without-quotes")
    return Text("hints.write-digits-only")


def text_hint(value: object, written: str) -> Text:
    """Say how to write what was read as no text."""
    if value is None:
        return Text("hints.leave-key-out-if-not")
    if isinstance(value, (dict, list)):
        return Text("hints.put-text-quotes-if")
    return Text("hints.put-quotes", written=written)
