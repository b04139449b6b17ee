"""How tables that people keep are read: what a mapping file says of their columns and values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.labels import folded
from kiamv_cli.base.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping


UNUSED, SOURCE, PARTNERS = "unused", "source", "partners"
"""Targets that are no key of an ecosystem: nothing; where the facts of a row were read; names of
partners of which the values say on which side they are."""

REST = "*"
"""Among the values of a column: all texts that are not among them."""

WHOLE: Mapping[str, str] = {
    "challenges": "what",
    "life_domains": "domain",
    "comparable_elsewhere": "what",
    "maturity": "what",
    "budget": "amount_eur",
    "verdicts": "verdict",
}
"""What a column holds that is said to be facts of a kind, and no more."""

# More facts than one cell can hold, so that those of a column stay together and in order.
_ROOM = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnUse(Value):
    """What a column is for; without ``targets`` it is not used.

    ``values`` says what cells mean, by their folded text (empty: what an empty cell means; ``*``:
    all others), in the words of kiamv; ``None`` is not known. ``split`` parts values beside ``;``
    and line breaks.
    """

    targets: tuple[str, ...] = ()
    values: Mapping[str, str | None] = field(default_factory=dict)
    split: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping(Value):
    """What a mapping file says of a table; ``columns`` and ``leave_out`` are by folded heading.

    Attributes:
        path: The file itself.
        title: The title of the list.
        as_of: Its reference date.
        sheet: The sheet to read.
        headings: The first row of headings and the last one; none: they are looked for.
        hidden: What becomes of what is hidden or struck through.
        source: The title of the source of each fact, with ``{file}``, ``{sheet}`` and ``{row}``.
        by: Whose verdicts the columns of criteria hold.
        on: The date of these, and of the sources.
        verdicts: What the values in all columns of criteria mean.
        columns: What each column is for.
        leave_out: Values of a column by which a row is not read.
        always: What holds of every row that does not say otherwise, by target.
    """

    path: str = ""
    title: str | None = None
    as_of: str | None = None
    sheet: str | None = None
    headings: tuple[int, ...] = ()
    hidden: Literal["keep", "skip"] | None = None
    source: str | None = None
    by: str | None = None
    on: str | None = None
    verdicts: Mapping[str, str | None] = field(default_factory=dict)
    columns: Mapping[str, ColumnUse] = field(default_factory=dict)
    leave_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    always: Mapping[str, str] = field(default_factory=dict)


def folded_values(values: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return what values mean by their folded texts."""
    return {folded(text): meant for text, meant in values.items()}


def fact_path(target: str, column: int) -> tuple[str | int, ...]:
    """Return where the values of a target without numbers belong, ``challenges.theme``.

    Args:
        target: The kind of facts, and the key within them; left out: the one without which there
            is no fact.
        column: The column, from 0, that its facts are told apart by; all of a budget are one line.
    """
    top, *rest = target.split(".")
    if top == "verdicts":
        return (top, *rest[:1], *(rest[1:] or [WHOLE[top]]))
    number = 0 if top == "budget" else column * _ROOM
    return (top, number, *(rest or [WHOLE[top]]))
