"""Whose place only the lottery decided, and what the chances were.

Equally good shortlists are known from a proof (see ``prove``). Over all seeds every order of the
ecosystems is as likely, and of two shortlists that wins which holds the first in which they differ.
So the chances follow by going through the orders: whoever comes first keeps, of the shortlists that
are left, those that hold it, if there are any.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from hashlib import sha256
from itertools import combinations, product
from math import comb, prod
from typing import TYPE_CHECKING, Any

from kiamv_cli.base.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.selection.model.prove import Proven

# Chances are exact where no more ecosystems differ, else from so many orders.
_EXACT = 8
_ORDERS = 2_000


@dataclass(frozen=True, slots=True)
class Lot:
    """Whether an ecosystem is in by the lottery, and the chance that it had of it."""

    member: bool
    chance: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Lots(Value):
    """How many shortlists are equally good, and whose place only the lottery decided.

    ``more``: there are more than ``count``, and there is no saying whose. ``exact``: the chances
    are, and not estimated.
    """

    count: int
    more: bool = False
    exact: bool = True
    ecosystems: Mapping[str, Lot]

    def fields(self) -> dict[str, Any]:
        """Return what data say of them."""
        ecosystems = {name: self.fields_of(name) for name in self.ecosystems}
        return {"count": self.count, "more": self.more, "ecosystems": ecosystems}

    def fields_of(self, name: str) -> dict[str, Any] | None:
        """Return what data say of one; ``None`` where the lottery did not decide on it."""
        lot = self.ecosystems.get(name)
        if lot is None:
            return None
        return {"in": lot.member, "chance": round(float(lot.chance), 6), "exact": self.exact}


def lots(proven: Proven, most: int) -> Lots | None:
    """Return what the lottery decided; ``None`` where that is not proven.

    Args:
        proven: The shortlist with all that are as good.
        most: How many of these are told apart.
    """
    if proven.proof is None:
        return None
    if proven.equal is None:
        return Lots(count=most, more=True, exact=False, ecosystems={})
    count = sum(
        prod(comb(len(cell), n) for cell, n in zip(proven.cells, counts, strict=True))
        for counts in proven.equal
    )
    varying = {
        name
        for cell, numbers in zip(proven.cells, zip(*proven.equal, strict=True), strict=True)
        if {*numbers} not in ({0}, {len(cell)})
        for name in cell
    }
    sets = [shortlist & varying for shortlist in _expanded(proven)]
    exact = len(varying) <= _EXACT
    chances = _exactly(frozenset(sets)) if exact else _estimated(sets, sorted(varying))
    return Lots(
        count=count,
        exact=exact,
        ecosystems={
            name: Lot(name in proven.members, chances.get(name, Fraction(0)))
            for name in sorted(varying)
        },
    )


def _expanded(proven: Proven) -> Iterator[frozenset[str]]:
    """Yield every equally good shortlist."""
    for counts in proven.equal or ():
        ways = (combinations(cell, n) for cell, n in zip(proven.cells, counts, strict=True))
        for parts in product(*ways):
            yield frozenset(name for part in parts for name in part)


def _exactly(shortlists: frozenset[frozenset[str]]) -> dict[str, Fraction]:
    """Return for each ecosystem how likely it is in, over all orders of those that differ."""

    @cache
    def chances(left: frozenset[frozenset[str]]) -> dict[str, Fraction]:
        if len(left) == 1:
            return dict.fromkeys(next(iter(left)), Fraction(1))
        open_ = sorted(frozenset.union(*left) - frozenset.intersection(*left))
        total: Counter[str] = Counter()
        for first in open_:
            for name, chance in chances(frozenset(each for each in left if first in each)).items():
                total[name] += chance  # type: ignore[assignment] # a counter of fractions
        return {name: Fraction(chance, len(open_)) for name, chance in total.items()}

    return chances(shortlists)


def _estimated(shortlists: Sequence[frozenset[str]], names: Sequence[str]) -> dict[str, Fraction]:
    """Return how often each ecosystem is in, over orders drawn as the lottery draws them."""
    times: Counter[str] = Counter()
    for number in range(_ORDERS):
        left = list(shortlists)
        for name in sorted(names, key=lambda name: sha256(f"{number}\n{name}".encode()).digest()):
            left = [each for each in left if name in each] or left
        times.update(left[0])
    return {name: Fraction(count, _ORDERS) for name, count in times.items()}
