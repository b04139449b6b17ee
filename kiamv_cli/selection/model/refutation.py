"""What is to be refuted, and what came of it: values that go to the solver's process and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from kiamv_cli.selection.model.integer_program import Row


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
