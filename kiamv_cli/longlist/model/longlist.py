"""The long list: ecosystems and their sourced facts; and the one form in which kiamv writes it.

A list of facts that is ``None`` is unknown; an empty one says "looked, there is none".

What says nothing is left out: a key without a value, a list of names or of words that is empty.
Sources and verdicts are in the order of their keys. A list of facts that is empty says that there
is none, and stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from datetime import date
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.value import Result, Value, canonical, digest, longlist_sha256
from kiamv_cli.programme.model.attributes import (
    AttributeValue,
    categories_held,
    number_as_written,
)
from kiamv_cli.programme.model.facts import (
    BudgetLine,
    Challenge,
    Judgement,
    LifeDomain,
    Partners,
    Scope,
    Source,
    Statement,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from typing import Any

    from kiamv_cli.base.value import Written
    from kiamv_cli.longlist.model.mapping import TableMapping
    from kiamv_cli.programme.model.facts import Fact

# In a folder, the file that holds what is said of the list itself.
HEADER_FILE = "longlist.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Who took the initiative; ``kind`` is what kind of organisation that is, if it is known."""

    who: str
    kind: str | None = None
    source: str | None = None
    literal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Who or which overview put the ecosystem on the list."""

    by: str
    via: str | None = None
    date: date | None = None
    wording: str | None = None
    literal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecosystem(Value):
    """One entry of the long list. Provinces and themes are codes, the main one first.

    There are none where a programme has none.

    ``internal`` is for the team alone: it is in no hash, and nothing that is shown or kept holds
    it. ``literal`` is for its name, aliases, seat and who suggested it.
    """

    id: str
    name: str
    provinces: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    scope: Scope | None = None
    seat: str | None = None
    founded: int | None = None
    end_date: int | Literal["open"] | None = None
    website: str | None = None
    lead: Lead | None = None
    named_in_study: tuple[str, ...] = ()
    suggested_by: tuple[Suggestion, ...] = ()
    challenges: tuple[Challenge, ...] | None = None
    life_domains: tuple[LifeDomain, ...] | None = None
    comparable_elsewhere: tuple[Statement, ...] | None = None
    maturity: tuple[Statement, ...] | None = None
    budget: tuple[BudgetLine, ...] | None = None
    partners: Partners = field(default_factory=Partners)
    attributes: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    verdicts: Mapping[str, Judgement] = field(default_factory=dict)
    note: str | None = None
    internal: str | None = field(default=None, compare=False, repr=False)
    literal: bool = False
    sources: Mapping[str, Source] = field(default_factory=dict)

    def categories(self, dimension: str, year: int) -> tuple[str, ...]:
        """Return its categories in a dimension in a year, the main one first; none is unknown."""
        match dimension:
            case "provinces":
                return self.provinces
            case "themes":
                return self.themes
            case _:
                return categories_held(self.attributes.get(dimension, ()), year)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOrigin:
    """Where a long list was read, and what stood there.

    ``source`` is the path as it was given, ``None`` for the bundled list. ``title`` and ``as_of``
    are what the list states of itself, ``None`` where it states nothing and gets a title or a
    reference date from elsewhere. ``as_read`` is the list as it was when it had been read, by the
    file of ``mapping`` if there was one.
    """

    source: str | None
    title: str | None
    as_of: date | None
    as_read: Longlist
    mapping: str | None = None


@dataclass(frozen=True, kw_only=True)  # no slots: its hash is kept once somebody asked for it
class Longlist(Result):
    """All suggested ecosystems, as of a reference date, in the order of their ids.

    ``origin`` is where it was read, ``None`` for a list that was made in Python.
    """

    title: str
    as_of: date
    ecosystems: tuple[Ecosystem, ...]
    origin: ListOrigin | None = field(default=None, compare=False, repr=False)

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield self.title
        yield f"{len(self.ecosystems)} ecosystems"
        yield f"as of {self.as_of}"

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of what it says, in whatever form; see ``fingerprint``.

        What does not stand in the list plays no part: a title or a reference date from
        elsewhere, and verdicts of a review.
        """
        title, as_of = self._stated()
        digests = {each.id: ecosystem_sha256(each) for each in self.unreviewed().ecosystems}
        return longlist_sha256(title, None if as_of is None else as_of.isoformat(), digests)

    @cached_property
    def names(self) -> dict[str, str]:
        """What each ecosystem is called, by its id."""
        return {each.id: each.name for each in self.ecosystems}

    @property
    def as_read(self) -> bool:
        """Whether it still says what was read from its origin, but for verdicts of a review."""
        if self.origin is None:
            return False
        read = self.origin.as_read
        return self.unreviewed() == read or self.sha256 == replace(read, origin=self.origin).sha256

    def unreviewed(self) -> Longlist:
        """Return the list without the verdicts of a review, itself if it has none."""
        ecosystems = tuple(map(_unreviewed, self.ecosystems))
        if all(one is other for one, other in zip(ecosystems, self.ecosystems, strict=True)):
            return self
        return replace(self, ecosystems=ecosystems)

    def _stated(self) -> tuple[str | None, date | None]:
        origin = self.origin
        if origin is None:
            return self.title, self.as_of
        read = origin.as_read
        title = origin.title if self.title == read.title else self.title
        return title, origin.as_of if self.as_of == read.as_of else self.as_of


def ecosystem_sha256(ecosystem: Ecosystem) -> str:
    """Compute the SHA-256 of what a list says of an ecosystem."""
    said = as_written(ecosystem)
    # What the team keeps for itself can be changed or left out, and it is the same list.
    said.pop("internal", None)
    return digest(canonical(said))


def _unreviewed(ecosystem: Ecosystem) -> Ecosystem:
    if all(each.listed is each for each in ecosystem.verdicts.values()):
        return ecosystem
    listed = {name: each.listed for name, each in ecosystem.verdicts.items()}
    return replace(ecosystem, verdicts={name: each for name, each in listed.items() if each})


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
    "attributes",
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
_NOT_WRITTEN = {"basis", "reviewed", "overruled", "cited", "decided", "pending"}


def as_written(ecosystem: Ecosystem, *, internal: bool = False) -> dict[str, Written]:
    """Return an ecosystem as the mapping that a file holds; reading it gives it back.

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
        if key == "attributes":
            said |= {key: attributes_as_written(ecosystem)} if value else {}
            continue
        if value is None or (key not in FACT_LISTS and not value):
            continue
        plain = _plain(value)
        if plain != {}:
            said[key] = plain
    return said


def attributes_as_written(ecosystem: Ecosystem) -> dict[str, Written]:
    """Return what a file holds of the attributes of an ecosystem."""
    values = ecosystem.attributes
    return {name: _attribute(values[name]) for name in sorted(values, key=_natural)}


def list_as_written(longlist: Longlist, *, internal: bool = False) -> dict[str, Written]:
    """Return a whole list as the mapping that a file holds; ``internal`` as for ``as_written``."""
    return {
        "title": longlist.title,
        "as_of": longlist.as_of.isoformat(),
        "ecosystems": [as_written(each, internal=internal) for each in longlist.ecosystems],
    }


def _attribute(values: tuple[Fact, ...]) -> Written:
    """A value alone stands bare; several, and facts, are a list."""
    items = [_value(each) if isinstance(each, AttributeValue) else _plain(each) for each in values]
    alone = len(items) == 1 and isinstance(values[0], AttributeValue)
    return items[0] if alone else items


def _value(value: AttributeValue) -> Written:
    numbers = {
        name: number_as_written(number) if isinstance(number, Fraction) else number
        for name in ("value", "low", "high")
        if (number := getattr(value, name)) is not None
    }
    if value == AttributeValue(value=value.value):
        return numbers["value"]
    return {**numbers, **_mapping({name: getattr(value, name) for name in _FACT})}


def _suggestion(suggestion: Suggestion) -> object:
    return suggestion.by if suggestion == Suggestion(by=suggestion.by) else suggestion


def _plain(value: Any) -> Written:  # noqa: ANN401 - any value of the long list
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, Fraction):
        return number_as_written(value)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOptions(Value):
    """How a table is read, as the caller asks.

    Attributes:
        ignored: Headings of columns that are not read.
        literal: Texts that are names after all, though they look like no answer.
        hidden: What becomes of hidden and struck-through parts; left out: they are errors.
        sheet: The sheet of a workbook to read; left out: see docs/tables.md.
        by: Whose verdicts columns of criteria hold.
        on: The date of these.
        mapping: What the columns are.
    """

    ignored: Collection[str] = ()
    literal: Collection[str] = ()
    hidden: Literal["keep", "skip"] | None = None
    sheet: str | None = None
    by: str | None = None
    on: str | None = None
    mapping: TableMapping | None = None


USUAL = TableOptions()
"""How a table is read where the caller asks for nothing."""
