"""What a long list can be spread over, and where each ecosystem stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from kiamv_cli.base.labels import folded
from kiamv_cli.programme.model.attributes import AttributeValue, Category, categories_held
from kiamv_cli.programme.model.dimensions import LEAD, Dimension

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kiamv_cli.base.labels import Language
    from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist
    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.programme.model.types import TypeDimension

_LEAD_LABEL: Mapping[Language, str] = {"en": "Lead organisation", "nl": "Trekker"}


class Dimensions(Mapping["DimensionId", Dimension]):
    """Everything that the ecosystems of a list can be spread over, by id.

    ``declared`` are those of the programme, which are always reported. The others only count where
    somebody names them, and are worked out then: organisations, which the list names, and the
    types of the programme, as far as they follow from facts.
    """

    def __init__(self, programme: Programme, longlist: Callable[[], Longlist], year: int) -> None:
        """Take a programme, a list that is read where it matters, and the year of its date."""
        self.declared = programme.dimensions
        self._programme, self._longlist, self._year = programme, longlist, year

    def __getitem__(self, name: DimensionId) -> Dimension:
        """Return a dimension.

        Raises:
            KeyError: There is no such dimension.
        """
        return self.declared[name] if name in self.declared else self._further[name]

    def __iter__(self) -> Iterator[DimensionId]:
        """Yield all ids, those of the programme first."""
        yield from self.declared
        yield from self._further

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.declared) + len(self._further)

    def reported(self, ids: Iterable[DimensionId]) -> dict[DimensionId, Dimension]:
        """Return those of the programme, and those that somebody named, in their order."""
        others = [each for each in dict.fromkeys(ids) if each not in self.declared]
        return {**self.declared, **{each: self[each] for each in others}}

    def categories(self, ecosystem: Ecosystem, name: DimensionId) -> tuple[str, ...]:
        """Return the categories of an ecosystem, the main one first; none is unknown.

        In a coarser dimension a group stands as often as the ecosystem lists categories of it.
        """
        if name in self._groups:
            of, groups = self._groups[name]
            return tuple(groups[each] for each in self.categories(ecosystem, of))
        if name in self.declared:
            return ecosystem.categories(name, self._year)
        if name in self._types:
            from kiamv_cli.scoring.model.types import typed  # noqa: PLC0415 - seldom named

            found = typed(ecosystem, self._types[name], self._year).categories
            return found or ()
        ids, called = self._organisations[name], _organisations(ecosystem, name, self._year)
        return tuple(dict.fromkeys(ids[folded(each)] for each in called))

    @cached_property
    def _groups(self) -> dict[DimensionId, tuple[DimensionId, dict[str, str]]]:
        return {
            name: (each.of, {one: group for group, of in each.groups.items() for one in of})
            for name, each in self.declared.items()
            if each.of
        }

    @cached_property
    def _types(self) -> dict[DimensionId, TypeDimension]:
        return {each.id: each for each in self._programme.types()}

    @cached_property
    def _further(self) -> dict[DimensionId, Dimension]:
        from kiamv_cli.programme.model.types import type_dimension  # noqa: PLC0415 - seldom named

        attributes = {each.id: each.label for each in self._programme.attributes}
        labels = {**attributes, LEAD: _LEAD_LABEL}
        found = {name: _named(name, labels[name], ids) for name, ids in self._organisations.items()}
        return found | {name: type_dimension(each) for name, each in self._types.items()}

    @cached_property
    def _organisations(self) -> dict[DimensionId, dict[str, str]]:
        """Those that the list names in each dimension of organisations, as first spelled."""
        attributes = [e.id for e in self._programme.attributes if e.kind == "organisation"]
        found: dict[DimensionId, dict[str, str]] = {name: {} for name in (*attributes, LEAD)}
        for ecosystem in self._longlist().ecosystems:
            for name, ids in found.items():
                for each in _organisations(ecosystem, name, None):
                    ids.setdefault(folded(each), each)
        return found


def _named(name: DimensionId, label: Mapping[Language, str], ids: Mapping[str, str]) -> Dimension:
    categories = tuple(Category(id=each, label={"en": each}) for each in ids.values())
    return Dimension(id=name, label=label, categories=categories)


def _organisations(ecosystem: Ecosystem, name: DimensionId, year: int | None) -> tuple[str, ...]:
    """Return the names that hold in a year; ``None`` is any year."""
    if name == LEAD:
        return (ecosystem.lead.who,) if ecosystem.lead else ()
    values = ecosystem.attributes.get(name, ())
    if year is not None:
        return categories_held(values, year)
    return tuple(each.category for each in values if isinstance(each, AttributeValue))
