"""Targets of one's own from a file: shares per category, for one dimension or several."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic_core import SchemaValidator, ValidationError

from kiamv_cli.base.problem import BadInput
from kiamv_cli.base.text import Text
from kiamv_cli.formats.document import read_by_ending
from kiamv_cli.formats.faults import flaws_of
from kiamv_cli.formats.plain import Flaw
from kiamv_cli.formats.shapes import exact, keyed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.programme.model.dimensions import Dimension, DimensionId

Shares = dict["DimensionId", dict[str, "Fraction"]]


def load_targets(
    path: str | Path,
    dimensions: Mapping[DimensionId, Dimension],
    dimension: DimensionId | None = None,
) -> Shares:
    """Read shares such as ``themes: {energy: 2, health: 1.5}`` from a YAML or JSON file.

    Args:
        path: The file.
        dimensions: They and their categories are the only keys; what is left out gets 0.
        dimension: Only the shares of this one are wanted. Then a file may also hold nothing but
            these, such as ``{energy: 2, health: 1.5}``.

    Returns:
        For each dimension in the file the share per category, exact, from 0.

    Raises:
        BadInput: Something is wrong with it; it holds all problems that were found.
    """
    place = Path(path)
    document = read_by_ending(place)
    bare = dimension if dimension and not _names_dimensions(document.data, dimensions) else None
    shape = _shares(dimensions[bare]) if bare else targets_shape(dimensions)
    shares: Shares = {}
    try:
        given = SchemaValidator(shape).validate_python(document.data)
        shares = {bare: given} if bare else given
        flaws = list(_flaws(shares, dimension, bare))
    except ValidationError as error:
        flaws = flaws_of(error, shape)
    found = [*document.problems, *document.place(flaws)]
    if any(problem.severity == "error" for problem in found):
        raise BadInput(found)
    return shares


def _names_dimensions(data: object, dimensions: Mapping[DimensionId, Dimension]) -> bool:
    return isinstance(data, dict) and any(name in data for name in dimensions)


def _flaws(
    shares: Shares, dimension: DimensionId | None, bare: DimensionId | None
) -> Iterator[Flaw]:
    if dimension and dimension not in shares:
        message = Text("K840.no-shares", name=dimension)
        yield Flaw(path=(), text=message)
    for name, found in shares.items():
        if not any(found.values()):
            yield Flaw(
                path=() if bare else (name,),
                text=Text("K502.shares-add-up-nothing", name=name),
            )


def targets_shape(dimensions: Mapping[DimensionId, Dimension]) -> CoreSchema:
    """What a file of targets looks like."""
    return keyed({}, {name: _shares(each) for name, each in dimensions.items()})


def _shares(dimension: Dimension) -> CoreSchema:
    return keyed({}, {category.id: exact() for category in dimension.categories})
