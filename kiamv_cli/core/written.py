"""A long list as plain values again, in the one form in which kiamv writes it.

What says nothing is left out: a key without a value, a list of names or of words that is empty.
Sources and verdicts are in the order of their keys. A list of facts that is empty says that there
is none, and stays.
"""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias

from kiamv_cli.core.facts import BudgetLine, Challenge, Partners
from kiamv_cli.core.longlist import Ecosystem, Suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from kiamv_cli.core.longlist import Longlist

    Written: TypeAlias = "dict[str, Written] | list[Written] | str | int | bool | None"

# Empty, these say "looked, there is none".
FACT_LISTS = ("challenges", "life_domains", "comparable_elsewhere", "maturity", "budget")
# The order in which people read an ecosystem.
ORDER = (
    "id",
    "name",
    "aliases",
    "named_in_study",
    "seat",
    "provinces",
    "scope",
    "themes",
    "founded",
    "website",
    "challenges",
    "life_domains",
    "comparable_elsewhere",
    "budget",
    "partners",
    "maturity",
    "lead",
    "end_date",
    "suggested_by",
    "verdicts",
    "note",
    "internal",
    "literal",
    "sources",
)
_BUDGET = (
    *("own", "amount_eur", "start", "until", "funders", "note"),
    *("source", "confirmed_by", "since", "literal"),
)
_FACT = ("source", "confirmed_by", "since", "until", "literal")
_KEYS = {"start": "from"}
# What a review adds to a verdict.
_NOT_WRITTEN = {"basis", "reviewed", "overruled"}


def as_written(ecosystem: Ecosystem, *, internal: bool = False) -> dict[str, Written]:
    """Give an ecosystem as the mapping that a file holds; reading it gives it back.

    Args:
        ecosystem: The ecosystem.
        internal: With what is for the team alone, which is left out of all that others see.
    """
    said: dict[str, Written] = {}
    for key in ORDER:
        if key == "internal" and not internal:
            continue
        value = getattr(ecosystem, key)
        if key == "suggested_by":
            value = [_suggestion(each) for each in value]
        if value is None or (key not in FACT_LISTS and not value):
            continue
        plain = _plain(value)
        if plain != {}:
            said[key] = plain
    return said


def list_as_written(longlist: Longlist, *, internal: bool = False) -> dict[str, Written]:
    """Give a whole list as the mapping that a file holds; ``internal`` as for ``as_written``."""
    return {
        "title": longlist.title,
        "as_of": longlist.as_of.isoformat(),
        "ecosystems": [as_written(each, internal=internal) for each in longlist.ecosystems],
    }


def _suggestion(suggestion: Suggestion) -> object:
    return suggestion.by if suggestion == Suggestion(by=suggestion.by) else suggestion


def _plain(value: Any) -> Written:  # noqa: ANN401 - any value of the long list
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    if hasattr(value, "items"):
        return _mapping({key: value[key] for key in sorted(value, key=_natural)})
    keys = _order(type(value))  # type: ignore[arg-type] # a class can be hashed
    return _mapping({key: getattr(value, key) for key in keys}, value)


def _mapping(
    values: Mapping[str, Any],
    of: object = None,
) -> dict[str, Written]:
    """Leave out what says nothing; but a challenge always says whether it has a theme."""
    said = {}
    for key, value in values.items():
        if (
            (key == "literal" and not value)
            or (value is None and not (key == "theme" and isinstance(of, Challenge)))
            or (value == () and not isinstance(of, Partners))
            or (value == {})
        ):
            continue
        said[_KEYS.get(key, key)] = _plain(value)
    return said


@lru_cache(maxsize=1024)
def _natural(key: str) -> list[tuple[int, str]]:
    """Sort s2 before s10."""
    parts = re.split("([0-9]+)", key)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


@cache
def _order(of: type) -> tuple[str, ...]:
    """The keys of a dataclass of the long list in their order."""
    if of is BudgetLine:
        return _BUDGET
    names = tuple(each.name for each in fields(of) if each.name not in _NOT_WRITTEN)
    own = tuple(name for name in names if name not in _FACT)
    return (*own, *(name for name in _FACT if name in names))
