"""What a shortlist is spread over, and what is asked of it where nobody says otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from kiamv_cli.base.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.base.labels import Language
    from kiamv_cli.base.value import Written
    from kiamv_cli.programme.model.attributes import Category

    Said: TypeAlias = dict[str, Written]

# The id of what can be spread over: any that the programme has.
DimensionId: TypeAlias = str
# Organisations that lead: what every list may have.
LEAD: DimensionId = "lead.who"
# Those with a file: of these every ecosystem lists a category, whose name says of which it is.
PLAIN_DIMENSIONS: tuple[DimensionId, ...] = ("provinces", "themes")
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Map(Value):
    """The borders of the categories of a dimension, and who is to be named for them.

    ``areas`` holds the rings of each category by its id: points of longitude and latitude in
    degrees, the last like the first. A ring within another is a hole in it. ``file`` and ``code``
    say where they were read: the file beside the programme's, and the property with the areas.
    """

    file: str
    code: str
    attribution: str
    areas: Mapping[str, tuple[Ring, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension(Value):
    """What a shortlist is spread over, with all its categories in their order.

    ``map`` is for drawing only: nothing is decided by it. A coarser dimension is ``of`` another,
    of which each category is in one of its ``groups``.
    """

    id: DimensionId
    label: Mapping[Language, str]
    categories: tuple[Category, ...]
    map: Map | None = None
    of: DimensionId | None = None
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def labels(self) -> dict[str, Mapping[Language, str]]:
        """Return what the categories are called, by their ids."""
        return {each.id: each.label for each in self.categories}


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What is asked of a shortlist where nobody says otherwise; ``None`` is not said either."""

    size: int | None = None
    balance: tuple[DimensionId, ...] | None = None


def words_as_written(text: Mapping[Language, str]) -> Said:
    """Return a label as a file holds it."""
    return {str(language): words for language, words in text.items()}


def dimension_as_written(dimension: Dimension) -> Written:
    """Return what the file of a dimension holds."""
    drawn = dimension.map
    borders: Said = {}
    if drawn is not None:
        borders["map"] = {
            "file": drawn.file,
            "code": drawn.code,
            "attribution": drawn.attribution,
        }
    categories: list[Written] = [category_as_written(each) for each in dimension.categories]
    return {"label": words_as_written(dimension.label), **borders, "categories": categories}


def category_as_written(category: Category) -> Written:
    """Return a category as a file holds it."""
    said: Said = {
        "population": category.population,
        "tile": None if category.tile is None else list(category.tile),
        "area": category.area,
    }
    known = {name: value for name, value in said.items() if value is not None}
    return {"id": category.id, "label": words_as_written(category.label), **known}


def groups_as_written(dimension: Dimension) -> Said:
    """Return what a programme says of a coarser dimension."""
    labels = dimension.labels
    groups: Said = {
        name: {"label": words_as_written(labels[name]), "categories": list(categories)}
        for name, categories in dimension.groups.items()
    }
    label = words_as_written(dimension.label)
    return {"id": dimension.id, "label": label, "of": dimension.of, "groups": groups}


def usual_as_written(usual: Usual) -> Said:
    """Return what a programme asks of a shortlist where nobody says otherwise."""
    balance = usual.balance
    return {
        **({} if usual.size is None else {"size": usual.size}),
        **({} if balance is None else {"balance": list(balance) or "none"}),
    }
