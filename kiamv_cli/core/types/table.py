"""How many ecosystems are of which type, on one dimension or across two; unknown kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.core.types.derive import typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kiamv_cli.core.longlist import Longlist
    from kiamv_cli.core.types.derive import Answered, Typed
    from kiamv_cli.core.types.dimension import TypeDimension


@dataclass(frozen=True, slots=True, kw_only=True)
class Types:
    """Every ecosystem of a long list on one dimension, in the order of the list."""

    dimension: TypeDimension
    typed: tuple[Typed, ...]

    @property
    def known(self) -> tuple[str, ...]:
        """The ids of those of which it is known: the base of all shares."""
        return tuple(each.ecosystem for each in self.typed if each.categories is not None)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The ids of the others."""
        return tuple(each.ecosystem for each in self.typed if each.categories is None)

    def of(self, category: str) -> tuple[str, ...]:
        """The ids of those that are of a category."""
        return tuple(each.ecosystem for each in self.typed if category in (each.categories or ()))

    def at_least(self, category: str) -> tuple[str, ...]:
        """The ids of those of which it is certain so far, though it is unknown as a whole."""
        return tuple(each.ecosystem for each in self.typed if category in each.at_least)

    @property
    def open_ended(self) -> bool:
        """Whether some are unknown only because further facts could add to them.

        Then the known are no fair sample: most of them are complete because they have everything.
        """
        return any(each.at_least for each in self.typed)

    def bounds(self, category: str) -> tuple[Fraction, Fraction] | None:
        """The least and the most share of a category among all, whatever the unknown turn out.

        Returns:
            Two shares from 0 to 1; ``None`` where there are no ecosystems.
        """
        if not self.typed:
            return None
        least = sum(self._is(each, category) for each in self.typed)
        most = sum(self._is(each, category) or self._may(each, category) for each in self.typed)
        return Fraction(least, len(self.typed)), Fraction(most, len(self.typed))

    def _is(self, each: Typed, category: str) -> bool:
        certain = each.at_least if self.dimension.answer == "multiple" else ()
        return category in (certain if each.categories is None else each.categories)

    def _may(self, each: Typed, category: str) -> bool:
        """Whether an unknown one may be of it: where sides open, it can only rise."""
        if each.categories is not None:
            return False
        if self.dimension.answer == "multiple" or not each.at_least:
            return True
        order = [one.id for one in self.dimension.categories]
        return order.index(category) <= order.index(each.at_least[0])

    def share(self, category: str) -> Fraction | None:
        """Those of a category among the known, from 0 to 1; ``None`` where nothing is known."""
        known = len(self.known)
        return Fraction(len(self.of(category)), known) if known else None

    def parts(self) -> Mapping[str | None, frozenset[str]]:
        """The ids by category, and under ``None`` those of which it is unknown."""
        found: dict[str | None, frozenset[str]] = {
            each.id: frozenset(self.of(each.id)) for each in self.dimension.categories
        }
        return {**found, None: frozenset(self.unknown)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified:
    """The types of a long list on each of the dimensions asked for; two give a cross-tab.

    ``made_up`` marks answers of a demonstration, which nobody gave.
    """

    longlist: Longlist
    as_of: date
    by: tuple[Types, ...]
    made_up: bool = False

    def cell(self, row: str | None, column: str | None) -> tuple[str, ...]:
        """The ids of those of both categories of the first two dimensions; ``None``: unknown."""
        first, second = self.by
        return tuple(sorted(first.parts()[row] & second.parts()[column]))


def classify(
    longlist: Longlist,
    dimensions: Sequence[TypeDimension],
    as_of: date | None = None,
    answers: Answered | None = None,
) -> Classified:
    """Find the type of each ecosystem on each of the dimensions.

    Args:
        longlist: The ecosystems with their facts; what is absent is unknown, never a category.
        dimensions: By which to classify.
        as_of: Only facts that hold in its year count; left out: that of the long list.
        answers: What was answered to the survey, for the dimensions that follow from it.
    """
    day = as_of or longlist.as_of
    return Classified(
        made_up=bool(answers and answers.made_up),
        longlist=longlist,
        as_of=day,
        by=tuple(
            Types(
                dimension=each,
                typed=tuple(typed(one, each, day.year, answers) for one in longlist.ecosystems),
            )
            for each in dimensions
        ),
    )
