"""How many seats of a shortlist each category should have."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, get_args

from kiamv_cli.core.refusal import Refusal
from kiamv_cli.language import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kiamv_cli.core.longlist import Ecosystem
    from kiamv_cli.core.programme import Category, Dimension, DimensionId

TargetRule = Literal["even", "longlist", "population"]
TARGET_RULES: tuple[TargetRule, ...] = get_args(TargetRule)


def places(ecosystem: Ecosystem, dimension: DimensionId) -> tuple[str, ...]:
    """The categories of a dimension that an ecosystem lists, the main one first."""
    return ecosystem.provinces if dimension == "provinces" else ecosystem.themes


def targets(
    rule: TargetRule | Mapping[str, Fraction],
    dimension: Dimension,
    ecosystems: Iterable[Ecosystem],
    size: int,
) -> dict[str, Fraction]:
    """Divide ``size`` seats over the categories of a dimension.

    Args:
        rule: ``even``; ``longlist``: as the seats of ``ecosystems`` themselves lie;
            ``population``: by inhabitants; or shares of one's own by category (what is left
            out gets 0), scaled to add up to ``size``.
        dimension: The categories.
        ecosystems: The long list, of which only the places are used.
        size: Seats to divide.

    Returns:
        Seats wanted per category, exact, in the order of the vocabulary.

    Raises:
        ValueError: ``population`` where a category has none, or shares that are all 0.
    """
    shares = _shares(rule, dimension, ecosystems)
    total = sum(shares.values(), Fraction(0))
    if not total:
        raise Refusal(N_("the shares of {dimension} add up to 0"), dimension=dimension.id)
    return {category: size * share / total for category, share in shares.items()}


def _shares(
    rule: TargetRule | Mapping[str, Fraction],
    dimension: Dimension,
    ecosystems: Iterable[Ecosystem],
) -> dict[str, Fraction]:
    ids = [category.id for category in dimension.categories]
    if rule == "even":
        return dict.fromkeys(ids, Fraction(1))
    if rule == "population":
        return {category.id: Fraction(_population(category)) for category in dimension.categories}
    if rule == "longlist":
        return _seats_of_all(ids, dimension.id, ecosystems)
    return {category: rule.get(category, Fraction(0)) for category in ids}


def _population(category: Category) -> int:
    if category.population is None:
        raise Refusal(N_("no population is known of {category}"), category=category.id)
    return category.population


def _seats_of_all(
    ids: Iterable[str], dimension: DimensionId, ecosystems: Iterable[Ecosystem]
) -> dict[str, Fraction]:
    # Counting by length of list first keeps 100,000 ecosystems from 100,000 fraction sums.
    counts = Counter(
        (category, len(listed))
        for listed in (places(ecosystem, dimension) for ecosystem in ecosystems)
        for category in listed
    )
    seats = dict.fromkeys(ids, Fraction(0))
    for (category, length), count in counts.items():
        seats[category] += Fraction(count, length)
    return seats
