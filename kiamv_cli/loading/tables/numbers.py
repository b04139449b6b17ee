"""Amounts and years in cells, in the ways in which people write them."""

from __future__ import annotations

import re
from fractions import Fraction

from kiamv_cli.loading.placeholders import placeholder
from kiamv_cli.loading.tables.cell import Read, not_known, shortened, taken

_WHOLE = re.compile(r"-?(0|[1-9]\d{0,17})")
# 1.250.000 or 1 250 000, then perhaps ,00 or ,-; and the same with dot and comma changed round.
_DUTCH = re.compile(r"(\d{1,3}(?:[. ]\d{3}){1,5}|\d{1,18})(?:,(\d\d?|-+|=))?")
_ENGLISH = re.compile(r"(\d{1,3}(?:[, ]\d{3}){1,5}|\d{1,18})(?:\.(\d\d?))?")
_UNITS = {"k": 1_000, "duizend": 1_000, "thousand": 1_000}
_UNITS |= dict.fromkeys(("m", "mln", "mio", "miljoen", "million", "mn"), 1_000_000)
_UNITS |= dict.fromkeys(("mld", "mrd", "miljard", "billion", "bn"), 1_000_000_000)
_IN_UNITS = re.compile(r"(\d{1,6})([.,]\d{1,6})? ?([a-z]+)\.?")
_CURRENCY = re.compile(r"^(€|eur[ .]|euro )\s*|\s*(€|eur\.?|euro'?s?)$", re.IGNORECASE)
# Below this, 12,50 may as well be millions.
_SURE_OF_CENTS = 1_000
_MONTHS = (
    *("jan", "feb", "mar", "mrt", "maa", "apr", "mei", "may", "jun", "jul", "aug", "sep", "okt"),
    *("oct", "nov", "dec"),
)
_YEAR_FIRST = re.compile(r"([12]\d{3})[-/.]\d{1,2}([-/.]\d{1,2}([ T]\d{2}:\d{2}(:\d{2})?)?)?")
_YEAR_LAST = re.compile(r"(\d{1,2}[-/. ])?\d{1,2}[-/. ]([12]\d{3})( \d{1,2}:\d{2}(:\d{2})?)?")
_IN_WORDS = re.compile(r"(\d{1,2}\.?[- ])?([a-z]{3,9})\.?[- ]([12]\d{3})")


def amount(text: str) -> Read:
    """Read a whole number; 1,25 million is one as well, and p.m. is none."""
    if placeholder(text) == "unknown":
        return not_known(text)
    return Read(int(text)) if _WHOLE.fullmatch(text) else _as_people_write(text)


def amount_of(number: float) -> Read:
    """Read the number of a cell; the cents of an amount are left out."""
    if number.is_integer():
        return Read(int(number))
    return _rounded(str(number), Fraction(str(number))) or Read(number)


def year(text: str) -> Read:
    """Read a year, or that of a full date."""
    plain = " ".join(text.split())
    for pattern, group in ((_YEAR_FIRST, 1), (_YEAR_LAST, 2)):
        if found := pattern.fullmatch(plain):
            return shortened(text, int(found[group]))
    words = _IN_WORDS.fullmatch(plain.casefold())
    if words and words[2].startswith(_MONTHS):
        return shortened(text, int(words[3]))
    return amount(text)


def year_or_open(text: str) -> Read:
    """Read a year, or the word that there is no end."""
    if text.casefold() in {"open", "doorlopend", "ongoing", "onbepaald"}:
        return Read("open") if text.casefold() == "open" else taken(text, "open")
    return year(text)


def _as_people_write(text: str) -> Read:
    plain = _CURRENCY.sub("", " ".join(text.split())).strip()
    if _WHOLE.fullmatch(plain):
        return taken(text, int(plain))
    units = _IN_UNITS.fullmatch(plain.casefold())
    if units and units[3] in _UNITS:
        number = Fraction((units[1] + (units[2] or "")).replace(",", ".")) * _UNITS[units[3]]
        return taken(text, int(number)) if number.denominator == 1 else Read(text)
    for pattern in (_DUTCH, _ENGLISH):
        if found := pattern.fullmatch(plain):
            whole, cents = re.sub("[., ]", "", found[1]), re.sub(r"\D", "", found[2] or "")
            exact = Fraction(int(whole)) + Fraction(int(cents or 0), 10 ** len(cents))
            is_sure = len(cents) != 1 or exact.denominator == 1
            return (_rounded(text, exact) if is_sure else None) or Read(text)
    return Read(text)


def _rounded(text: str, exact: Fraction) -> Read | None:
    """Take a number; one with a part of a euro only where nothing else can be meant."""
    if exact.denominator == 1:
        return taken(text, int(exact))
    if exact < _SURE_OF_CENTS:
        return None
    euros = int(exact + Fraction(1, 2))
    return shortened(text, euros)
