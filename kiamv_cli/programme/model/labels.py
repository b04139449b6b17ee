"""What people type for something of a programme: its id, or its label in any of its languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from kiamv_cli.base.labels import Labels, meant, similar
from kiamv_cli.base.problem import Misfit, unknown
from kiamv_cli.base.text import Text, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from kiamv_cli.base.labels import Language
    from kiamv_cli.programme.model.programme import DimensionId, Programme

Thing = TypeVar("Thing")
_EACH = "each"
_STRICT = (0, 1)  # as it is written, and folded


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
    field: str, text: str, programme: Programme, balanced: Collection[DimensionId]
) -> list[tuple[DimensionId, str]]:
    """Return the category that a text means, with its dimension; of ``DIM:each`` all there are.

    ``DIM:CAT`` is a category of that dimension. Else an id of a balanced dimension goes before a
    label there, and both before those of other dimensions.

    Raises:
        Misfit: It means nothing, or several categories.
    """
    name, colon, rest = text.partition(":")
    if colon:
        dimension = id_meant(field, name, programme.dimensions.values())
        categories = programme.dimensions[dimension].categories
        if rest.strip() == _EACH:
            return [(dimension, each.id) for each in categories]
        return [(dimension, id_meant(field, rest, categories))]
    layers = []
    for is_first in (True, False):
        of = [name for name in programme.dimensions if (name in balanced) is is_first]
        there = [(name, each) for name in of for each in programme.dimensions[name].categories]
        layers.append([(each.id, (name, each.id)) for name, each in there])
        layers.append(
            [(label, (name, each.id)) for name, each in there for label in each.label.values()]
        )
    return [_only(field, text, layers, ":".join)]


def split_labels(texts: Iterable[str] | None, things: Iterable[Labelled]) -> list[str]:
    """Return the values that stand in an option, separated by commas that are not in a label."""
    known = Labels([(label, each.id) for each in things for label in each.label.values()])
    found: list[str] = []
    for text in texts or ():
        parts = [text] if known.at(_STRICT[-1], text) else text.split(",")
        found += [part.strip() for part in parts if part.strip()]
    return found


def _only(
    field: str,
    text: str,
    layers: Sequence[Sequence[tuple[str, Thing]]],
    written: Callable[[Thing], str],
) -> Thing:
    labels = [Labels(layer) for layer in layers]
    strict = (found for each in labels for step in _STRICT if (found := each.at(step, text)))
    things = next(strict, ()) or meant(text, *labels)
    if len(things) == 1:
        return things[0]
    if things:
        known = joined(map(written, things))
        raise Misfit(field, text, Text("requests.several-meanings", known=known))
    names = {called: thing for layer in reversed(layers) for called, thing in reversed(layer)}
    near = {names[name]: name for name in reversed(similar(text, names))}
    ids = dict.fromkeys(written(thing) for layer in layers for _called, thing in layer)
    raise unknown(field, text, [*near.values()][::-1] or ids)
