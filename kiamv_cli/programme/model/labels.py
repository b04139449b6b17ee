"""What people type for something of a programme: its id, or its label in any of its languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from kiamv_cli.base.labels import Labels, meant, similar
from kiamv_cli.base.problem import Misfit, unknown
from kiamv_cli.base.text import Text, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.base.labels import Language
    from kiamv_cli.programme.model.dimensions import Dimension, DimensionId

Thing = TypeVar("Thing")
_EACH = "each"
_STRICT = (0, 1)  # as it is written, and folded


class Spreadable(Protocol):
    """Dimensions by id, of which some are ``declared`` by the programme."""

    declared: Mapping[DimensionId, Dimension]

    def __getitem__(self, name: DimensionId, /) -> Dimension:
        """Return a dimension."""

    def __iter__(self) -> Iterator[DimensionId]:
        """Yield all ids."""

    def __contains__(self, name: object, /) -> bool:
        """Return whether there is such a dimension."""

    def values(self) -> Iterable[Dimension]:
        """Return all dimensions."""


class Labelled(Protocol):
    """Something that has an id and labels."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def label(self) -> Mapping[Language, str]:
        """Its label by language."""


def id_meant(field: str, text: str, things: Iterable[Labelled]) -> str:
    """Return the id of the thing that a text means.

    Raises:
        Misfit: It means nothing, or several things.
    """
    known = [*things]
    ids = [(each.id, each.id) for each in known]
    labels = [(label, each.id) for each in known for label in each.label.values()]
    return _only(field, text, (ids, labels), str)


def categories_meant(
    field: str, text: str, dimensions: Spreadable, balanced: Collection[DimensionId]
) -> list[tuple[DimensionId, str]]:
    """Return the category that a text means, with its dimension; of ``DIM:each`` all there are.

    ``DIM:CAT`` is a category of that dimension. Else an id of a balanced dimension goes before a
    label there, both before those of other dimensions of the programme, and these before the rest.

    Raises:
        Misfit: It means nothing, or several categories.
    """
    name, colon, rest = text.partition(":")
    if colon:
        dimension = dimension_meant(field, name, dimensions)
        categories = dimensions[dimension].categories
        if rest.strip() == _EACH:
            return [(dimension, each.id) for each in categories]
        return [(dimension, id_meant(field, rest, categories))]
    first = [name for name in balanced if name in dimensions]
    then = [name for name in dimensions.declared if name not in first]
    layers = [*_layers(dimensions, first), *_layers(dimensions, then)]

    def further() -> tuple[DimensionId, str]:
        last = [name for name in dimensions if name not in {*first, *then}]
        return _only(field, text, [*layers, *_layers(dimensions, last)], ":".join)

    return [_or_else(lambda: _only(field, text, layers, ":".join), further)]


def _layers(
    dimensions: Spreadable, names: Iterable[DimensionId]
) -> list[list[tuple[str, tuple[DimensionId, str]]]]:
    """Return the ids of categories, then their labels, each with what it stands for."""
    there = [(name, each) for name in names for each in dimensions[name].categories]
    return [
        [(each.id, (name, each.id)) for name, each in there],
        [(label, (name, each.id)) for name, each in there for label in each.label.values()],
    ]


def dimension_meant(field: str, text: str, dimensions: Spreadable) -> DimensionId:
    """Return the id of the dimension that a text means, those of the programme first.

    Raises:
        Misfit: It means nothing, or several dimensions.
    """
    declared = dimensions.declared.values()
    return _or_else(
        lambda: id_meant(field, text, declared),
        lambda: id_meant(field, text, dimensions.values()),
    )


def _or_else(first: Callable[[], Thing], then: Callable[[], Thing]) -> Thing:
    """Return what a text means first, or else then; the nearest is named where it is nothing."""
    try:
        return first()
    except Misfit as misfit:
        try:
            return then()
        except Misfit as other:
            raise misfit if misfit.suggestions or not other.suggestions else other from None


def split_labels(texts: Iterable[str] | None, things: Iterable[Labelled]) -> list[str]:
    """Return the values that stand in an option, separated by commas that are not in a label."""
    known = Labels([(label, each.id) for each in things for label in each.label.values()])
    found: list[str] = []
    for text in texts or ():
        parts = [text] if known.at(_STRICT[-1], text) else text.split(",")
        found += [part.strip() for part in parts if part.strip()]
    return found


def _strictly(layers: Iterable[Sequence[tuple[str, Thing]]], text: str) -> Sequence[Thing]:
    """Return what a text means as it is written, or folded, in the first layer that knows it."""
    labels = map(Labels, layers)
    return next((found for each in labels for at in _STRICT if (found := each.at(at, text))), ())


def _only(
    field: str,
    text: str,
    layers: Sequence[Sequence[tuple[str, Thing]]],
    written: Callable[[Thing], str],
) -> Thing:
    things = _strictly(layers, text) or meant(text, *map(Labels, layers))
    if len(things) == 1:
        return things[0]
    if things:
        several = tuple(map(written, things))
        raise Misfit(field, text, Text("requests.several-meanings", known=joined(several)), several)
    names = {called: thing for layer in reversed(layers) for called, thing in reversed(layer)}
    near = {names[name]: name for name in reversed(similar(text, names))}
    ids = dict.fromkeys(written(thing) for layer in layers for _called, thing in layer)
    raise unknown(field, text, [*near.values()][::-1] or ids)
