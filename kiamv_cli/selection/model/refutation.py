"""What is to be refuted, and what came of it: values that go to the solver's process and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.selection.model.integer_program import Row
    from kiamv_cli.selection.model.plain import Constraints


class Category(NamedTuple):
    """A category of a balanced dimension: its name, columns, shares and bounds.

    ``shares`` are (cell, seat units of one member). ``short`` and ``over`` are ``None`` where seats
    cannot be short of ``low``, or over ``high``.
    """

    name: str
    shares: tuple[tuple[int, int], ...]
    seats: int
    short: int | None
    over: int | None
    low: int
    high: int


class Draw(NamedTuple):
    """The lots, first drawn first, as (cell, place in it from 0), and whether each is in."""

    lots: tuple[tuple[int, int], ...]
    members: tuple[bool, ...]


class Claim(NamedTuple):
    """That nothing meets ``rows`` within bounds with a goal of ``least`` or more.

    The first ``cells`` columns decide a shortlist. ``goal`` may be ``None``: then nothing meets the
    rows at all. With ``many`` shortlists of a goal of just ``least`` do not count against it, but
    are looked for, up to so many. With a ``draw`` they do not if they lose it. ``steps`` is how
    many cases the proof may have.
    """

    rows: tuple[Row, ...]
    goal: tuple[tuple[int, int], ...] | None
    least: int
    lowers: tuple[int, ...]
    uppers: tuple[int, ...]
    sizes: tuple[int, ...]
    categories: tuple[Category, ...]
    seat_unit: int
    steps: int
    many: int = 0
    draw: Draw | None = None

    @property
    def cells(self) -> int:
        """How many columns decide a shortlist."""
        return len(self.sizes)


Case = list[Any]


class Refuted(NamedTuple):
    """What came of a claim.

    ``proven``: by ``cases``, in the order of the checker; ``equal`` holds what is just as good, as
    how many of each cell. ``wrong``: ``better`` shows it. ``many``: more are as good than were
    asked for. ``open``: out of steps; ``stopped``: out of time.
    """

    status: Literal["proven", "wrong", "many", "open", "stopped"]
    cases: tuple[Case, ...] = ()
    equal: tuple[tuple[int, ...], ...] = ()
    better: tuple[int, ...] | None = None


def seat_categories(constraints: Constraints) -> Iterator[Category]:
    """Yield the categories of which constraints count the seats."""
    at = {name: number for number, name in enumerate(constraints.columns)}
    for name, row in constraints.rows.items():
        kind, _, category = name.partition(" ")
        if kind != "seats":
            continue
        short, over = (
            constraints.rows.get(f"short {category}"),
            constraints.rows.get(f"over {category}"),
        )
        yield Category(
            name=category,
            shares=row.terms[:-1],
            seats=row.terms[-1][0],
            short=at.get(f"short {category}"),
            over=at.get(f"over {category}"),
            low=0 if short is None or short.low is None else short.low,
            high=0 if over is None or over.high is None else over.high,
        )
