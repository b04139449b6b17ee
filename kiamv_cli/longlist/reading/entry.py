"""An ecosystem as it was written, walked through without trust in the kinds of its values.

What has the wrong kind is passed over: it is told elsewhere, and the rest is still checked, so
that all problems come at once.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from kiamv_cli.programme.model.facts import Partners

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.formats.plain import Path, Plain


FACT_LISTS = ("challenges", "life_domains", "comparable_elsewhere", "maturity", "budget")
LEAD: Path = ("lead",)
SIDES = tuple(each.name for each in fields(Partners))


def as_mapping(value: Plain) -> dict[str, Plain]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Plain) -> list[Plain]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def as_text(value: Plain) -> str:
    """The value if it is a text, else an empty one."""
    return value if isinstance(value, str) else ""


def as_year(value: Plain) -> int | None:
    """The value if it is a whole number, else nothing."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def sourced(entry: dict[str, Plain]) -> Iterator[tuple[Path, dict[str, Plain]]]:
    """All that has a source: the facts, the partners and the lead, each with its path."""
    for key in FACT_LISTS:
        for index, fact in enumerate(as_list(entry.get(key))):
            yield (key, index), as_mapping(fact)
    yield from partners(entry)
    yield LEAD, as_mapping(entry.get("lead"))


def partners(entry: dict[str, Plain]) -> Iterator[tuple[Path, dict[str, Plain]]]:
    """The partners on all sides, each with its path."""
    named = as_mapping(entry.get("partners"))
    for side in SIDES:
        for index, partner in enumerate(as_list(named.get(side))):
            yield ("partners", side, index), as_mapping(partner)


def texts(value: Plain, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text within a value, each with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from texts(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from texts(each, (*path, index))
