"""Attributes: what a programme wants to know of ecosystems beside what every list has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from kiamv_cli.base.value import Value
from kiamv_cli.programme.model.facts import Fact, holding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from kiamv_cli.base.labels import Language
    from kiamv_cli.base.value import Written

AttributeKind = Literal["choice", "number", "yes-no", "facts", "organisation"]
ATTRIBUTE_KINDS: tuple[AttributeKind, ...] = get_args(AttributeKind)
YES, NO = "yes", "no"
Words: TypeAlias = "Mapping[Language, str]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(Value):
    """One value of a dimension or a choice: a province, a theme.

    ``tile`` is its place (column, row) on the tile map, ``area`` its code on the real one.
    """

    id: str
    label: Words
    population: int | None = None
    tile: tuple[int, int] | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute(Value):
    """A property of ecosystems that a programme declares.

    A ``choice`` (``single`` or ``multiple``) and a ``yes-no`` have ``categories``; a ``number`` may
    have a ``unit``, and lies between ``least`` and ``most`` where these are given, with so many
    ``decimals`` at most; ``facts`` are statements that a rule can count; an ``organisation`` is a
    name.
    """

    id: str
    label: Words
    kind: AttributeKind
    answer: Literal["single", "multiple"] = "single"
    categories: tuple[Category, ...] = ()
    unit: Words | None = None
    least: Fraction | None = None
    most: Fraction | None = None
    decimals: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeValue(Fact):
    """A value of an attribute with the years in which it holds.

    Of a number perhaps only ``low`` and ``high`` are known: a bound that is ``None`` is not.
    """

    value: str | bool | Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None

    @property
    def category(self) -> str:
        """Return the category of a choice, a yes-no or an organisation."""
        if isinstance(self.value, bool):
            return YES if self.value else NO
        return str(self.value)


Values: TypeAlias = tuple[Fact, ...]


def categories_held(values: Iterable[Fact], year: int) -> tuple[str, ...]:
    """Return the categories of the values that hold in a year, each once."""
    held = (each for each in holding(values, year) if isinstance(each, AttributeValue))
    return tuple(dict.fromkeys(each.category for each in held))


def interval_held(
    values: Iterable[Fact], attribute: Attribute, year: int
) -> tuple[Fraction | None, Fraction | None]:
    """Return between which numbers an attribute lies in a year, as far as that is known."""
    low, high = attribute.least, attribute.most
    for each in holding(values, year):
        assert isinstance(each, AttributeValue)
        exact = each.value if not isinstance(each.value, (str, bool)) else None
        ends = (each.low if exact is None else exact), (each.high if exact is None else exact)
        low = ends[0] if ends[0] is not None else low
        high = ends[1] if ends[1] is not None else high
    return low, high


def number_as_written(number: Fraction) -> Written:
    """Return a number as files hold it: whole, as the text of a decimal, or as ``1/3``."""
    if number.denominator == 1:
        return number.numerator
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return str(number)
    places = max(twos, fives)
    digits = str(abs(number.numerator) * 10**places // number.denominator).zfill(places + 1)
    return f"{'-' if number < 0 else ''}{digits[:-places]}.{digits[-places:]}"
