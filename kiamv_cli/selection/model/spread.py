"""Seats over categories, and how many each should have: exactly.

A member that lists m categories gives 1/m seat to each, so seats add up to the number of members.
In balance means the quota rule (Balinski & Young, Fair Representation, 2nd ed., 2001): the seats
of a category lie between its target rounded down and its target rounded up. No way of dividing
seats keeps to it and is also free of paradoxes when numbers change (theirs too); but here the size
is given, and the rule only says what is near enough: within it a higher score decides, beyond it
seats count. A sum of distances to the targets themselves would chase fractions of a seat that no
member can fill, and pay for them in score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, lcm
from typing import TYPE_CHECKING, Literal, assert_never, get_args

from kiamv_cli.base.problem import Refusal
from kiamv_cli.base.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kiamv_cli.longlist.model.longlist import Ecosystem
    from kiamv_cli.programme.model.attributes import Category
    from kiamv_cli.programme.model.dimensions import Dimension, DimensionId
    from kiamv_cli.scoring.model.dimensions import Dimensions
    from kiamv_cli.selection.model.question import Cell, Pool, Question

_HALF = Fraction(1, 2)
_NONE = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CategorySpread:
    """The seats of one category beside its target and the bounds within which it is in balance."""

    id: str
    seats: Fraction
    target: Fraction
    low: Fraction
    high: Fraction

    @property
    def out_of_place(self) -> Fraction:
        """Seats to move to get within the bounds, never negative."""
        return max(self.low - self.seats, self.seats - self.high, _NONE)


def bounds(target: Fraction) -> tuple[Fraction, Fraction]:
    """Return the fewest and the most seats that are in balance with ``target`` seats.

    A target that is not whole is rounded down and up. Around a whole one half a seat either way
    is allowed, never below 0: shares of halves and thirds seldom add up to a whole.

    Raises:
        ValueError: ``target`` is negative.
    """
    if target < 0:
        raise ValueError(f"a target of {target} seats is negative")
    if target.denominator == 1:
        return max(target - _HALF, _NONE), target + _HALF
    return Fraction(floor(target)), Fraction(ceil(target))


def spread(
    places: Iterable[tuple[str, ...]], targets: Mapping[str, Fraction]
) -> tuple[CategorySpread, ...]:
    """Count the seats of a set of members in one dimension.

    Args:
        places: For each member the categories it lists; a group as often as it lists parts of it.
        targets: For each category of the dimension, in the order to report, the seats wanted.

    Returns:
        One record per category of ``targets``, in their order.

    Raises:
        KeyError: A member lists a category that has no target.
    """
    seats = dict.fromkeys(targets, _NONE)
    for listed in places:
        for category in listed:
            seats[category] += Fraction(1, len(listed))
    return tuple(_category(name, seats[name], target) for name, target in targets.items())


def out_of_place(categories: Iterable[CategorySpread]) -> Fraction:
    """Add up the seats that a dimension has out of place."""
    return sum((category.out_of_place for category in categories), _NONE)


def unknown_seats(categories: Iterable[CategorySpread]) -> Fraction:
    """Compute the seats of members of which the category is not known."""
    return sum((category.target - category.seats for category in categories), _NONE)


def _category(name: str, seats: Fraction, target: Fraction) -> CategorySpread:
    low, high = bounds(target)
    return CategorySpread(id=name, seats=seats, target=target, low=low, high=high)


TargetRule = Literal["even", "longlist", "population"]
TARGET_RULES: tuple[TargetRule, ...] = get_args(TargetRule)


def has_population(dimensions: Dimensions, name: DimensionId) -> bool:
    """Return whether the population of each category is known, of groups that of their parts."""
    dimension = dimensions[name]
    if dimension.of:
        return has_population(dimensions, dimension.of)
    return all(each.population is not None for each in dimension.categories)


def targets(
    rules: Mapping[DimensionId, TargetRule | Mapping[str, Fraction]],
    name: DimensionId,
    dimensions: Dimensions,
    ecosystems: Iterable[Ecosystem],
    size: int,
) -> dict[str, Fraction]:
    """Divide ``size`` seats over the categories of a dimension: exactly, in their order.

    Args:
        rules: By dimension ``even``, where nothing is said; ``longlist``: as the seats of
            ``ecosystems`` themselves lie; ``population``: by inhabitants; or shares of one's own by
            category (what is left out gets 0), scaled to add up to ``size``. Groups get what their
            parts get, unless shares are given for the groups themselves.
        name: The dimension.
        dimensions: All there are.
        ecosystems: The long list, of which only the places are used.
        size: Seats to divide.

    Raises:
        Refusal: ``population`` where a category has none, or shares that are all 0.
    """
    shares = _shares(rule_for(rules, name, dimensions), name, dimensions, ecosystems)
    total = sum(shares.values(), Fraction(0))
    if not total:
        raise Refusal(Text("requests.shares-add-up-to-0", dimension=name))
    return {category: size * share / total for category, share in shares.items()}


def rule_for(
    rules: Mapping[DimensionId, TargetRule | Mapping[str, Fraction]],
    name: DimensionId,
    dimensions: Mapping[DimensionId, Dimension],
) -> TargetRule | Mapping[str, Fraction]:
    """Return by which rule seats are divided: its own, that of the finer dimension, or even."""
    rule, dimension = rules.get(name), dimensions.get(name)
    if rule is not None or dimension is None or dimension.of is None:
        return "even" if rule is None else rule
    finer = rule_for(rules, dimension.of, dimensions)
    if isinstance(finer, str):
        return finer
    return {
        group: sum((finer.get(each, _NONE) for each in of), _NONE)
        for group, of in dimension.groups.items()
    }


def _shares(
    rule: TargetRule | Mapping[str, Fraction],
    name: DimensionId,
    dimensions: Dimensions,
    ecosystems: Iterable[Ecosystem],
) -> dict[str, Fraction]:
    dimension = dimensions[name]
    ids = [category.id for category in dimension.categories]
    if isinstance(rule, Mapping):
        return {category: rule.get(category, _NONE) for category in ids}
    if dimension.of:
        parts = _shares(rule, dimension.of, dimensions, ecosystems)
        groups = dimension.groups.items()
        return {group: sum((parts[each] for each in of), _NONE) for group, of in groups}
    match rule:
        case "population":
            return {each.id: Fraction(_population(each)) for each in dimension.categories}
        case "longlist":
            return _seats_of_all(ids, name, dimensions, ecosystems)
        case "even":
            return dict.fromkeys(ids, Fraction(1))
        case _:
            assert_never(rule)


def _population(category: Category) -> int:
    if category.population is None:
        raise Refusal(Text("requests.category-without-population", category=category.id))
    return category.population


def _seats_of_all(
    ids: Iterable[str], name: DimensionId, dimensions: Dimensions, ecosystems: Iterable[Ecosystem]
) -> dict[str, Fraction]:
    # Counting by length of list first keeps 100,000 ecosystems from 100,000 fraction sums.
    counts = Counter(
        (category, len(listed))
        for listed in (dimensions.categories(ecosystem, name) for ecosystem in ecosystems)
        for category in listed
    )
    seats = dict.fromkeys(ids, Fraction(0))
    for (category, length), count in counts.items():
        seats[category] += Fraction(count, length)
    return seats


@dataclass(frozen=True, slots=True)
class Band:
    """The seats that the free members may take in one category, in whole seat units.

    ``terms`` are (cell, seat units that one member of it gives). What the pins take is already
    off ``low`` and ``high``, so these may be negative.
    """

    terms: tuple[tuple[int, int], ...]
    low: int
    high: int

    def out_of_place(self, counts: Sequence[int]) -> int:
        """Return the seat units out of place when so many of each cell are in."""
        seats = sum(share * counts[cell] for cell, share in self.terms)
        return max(self.low - seats, seats - self.high, 0)


def seat_unit_of(question: Question, pool: Pool) -> int:
    """Return the parts into which to cut a seat: by every list length, and in halves."""
    balanced = [pool.dimensions.index(dimension) for dimension in question.balance]
    cells = (*pool.cells, *pool.pinned)
    return lcm(2, *{len(cell.places[number]) or 1 for cell in cells for number in balanced})


def band_of(pool: Pool, unit: int, dimension: str, category: str, target: Fraction) -> Band:
    """Return the seats that those in a pool may take in a category, by the quota rule."""
    number = pool.dimensions.index(dimension)

    def share(cell: Cell) -> int:
        listed = cell.places[number]
        return unit * listed.count(category) // (len(listed) or 1)

    taken = sum(share(cell) for cell in pool.pinned)
    low, high = (int(bound * unit) - taken for bound in bounds(target))
    terms = tuple((i, share(cell)) for i, cell in enumerate(pool.cells) if share(cell))
    return Band(terms, low, high)
