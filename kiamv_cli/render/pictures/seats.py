"""What the pictures of a spread share: categories with their seats, and what to say of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.core.spread import out_of_place
from kiamv_cli.language import _, label_in
from kiamv_cli.render.pictures.colours import step
from kiamv_cli.render.text import UNICODE, count, listing, seats, seats_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiamv_cli.core.programme import Category, Dimension
    from kiamv_cli.core.spread import CategorySpread


@dataclass(frozen=True, slots=True)
class Place:
    """A category with its seats, and its step on the ramp of colours."""

    category: Category
    spread: CategorySpread
    step: int

    @property
    def name(self) -> str:
        """Its name in the current language."""
        return label_in(self.category.label)

    @property
    def short(self) -> str:
        """The telling part of its code."""
        return self.category.id.rpartition("-")[2]

    @property
    def seats(self) -> str:
        """Its seats."""
        return seats(self.spread.seats)

    @property
    def range(self) -> str:
        """The seats between which it is in balance."""
        return f"{seats(self.spread.low)}{UNICODE.dash}{seats(self.spread.high)}"

    @property
    def moved(self) -> str:
        """By how much it is out of place; empty if it is not."""
        if not self.spread.out_of_place:
            return ""
        away = seats(self.spread.out_of_place)
        if self.spread.seats < self.spread.low:
            return _("{seats} too few", seats=away)
        return _("{seats} too many", seats=away)


def placed(dimension: Dimension, found: Sequence[CategorySpread]) -> list[Place]:
    """Put each category beside its seats."""
    most = max(one.seats for one in found) or Fraction(1)
    pairs = zip(dimension.categories, found, strict=True)
    return [Place(category, one, step(float(one.seats / most))) for category, one in pairs]


def heading(dimension: Dimension, found: Sequence[CategorySpread]) -> str:
    """Say of what and of how many the seats are."""
    members = int(sum((one.seats for one in found), Fraction(0)))
    of = count(members, "ecosystem", "ecosystems")
    return _(
        "{dimension}: seats of {ecosystems}", dimension=label_in(dimension.label), ecosystems=of
    )


def summary(places: Sequence[Place]) -> Iterator[str]:
    """Say what is out of place, and which categories have nothing."""
    moved = out_of_place(each.spread for each in places)
    yield _("{seats} out of place.", seats=seats_text(moved))
    if empty := [each.name for each in places if not each.spread.seats]:
        yield _("No seat in {places}.", places=listing(empty))


def told(places: Sequence[Place]) -> Iterator[str]:
    """Say all numbers, then the summary: the text alternative."""
    numbers = (f"{each.name} {each.seats} ({each.range})" for each in places)
    yield _("Seats, and within which they are in balance: {numbers}.", numbers="; ".join(numbers))
    yield from summary(places)
