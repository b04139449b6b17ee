"""Targets of one's own from a file: shares per category, for one dimension or both."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic_core import SchemaValidator, ValidationError

from kiamv_cli.core.problem import BadInput
from kiamv_cli.language import _
from kiamv_cli.loading.document import read_document
from kiamv_cli.loading.faults import flaws_of
from kiamv_cli.loading.files import read_file
from kiamv_cli.loading.flaw import Flaw
from kiamv_cli.loading.shapes import exact, keyed

if TYPE_CHECKING:
    from fractions import Fraction

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.core.programme import Dimension, DimensionId, Programme
    from kiamv_cli.loading.document import Syntax

Shares = dict["DimensionId", dict[str, "Fraction"]]


def load_targets(path: str | Path, programme: Programme) -> Shares:
    """Read shares such as ``themes: {energy: 2, health: 1.5}`` from a YAML or JSON file.

    Args:
        path: The file.
        programme: Its dimensions and categories are the only keys; what is left out gets 0.

    Returns:
        For each dimension in the file the share per category, exact, from 0.

    Raises:
        BadInput: Something is wrong with it; it holds all problems that were found.
    """
    place = Path(path)
    syntax: Syntax = "json" if place.suffix.lower() == ".json" else "yaml"
    document = read_document(read_file(place), str(place), syntax)
    shape = targets_shape(programme)
    try:
        shares: Shares = SchemaValidator(shape).validate_python(document.data)
        flaws = [
            Flaw(
                code="K502",
                path=(name,),
                message=_("the shares of {name} add up to nothing", name=name),
            )
            for name, found in shares.items()
            if not any(found.values())
        ]
    except ValidationError as error:
        flaws = flaws_of(error, shape)
    found = [*document.problems, *document.place(flaws)]
    if any(problem.severity == "error" for problem in found):
        raise BadInput(found)
    return shares


def targets_shape(programme: Programme) -> CoreSchema:
    """What a file of targets looks like."""
    return keyed({}, {name: _shares(d) for name, d in programme.dimensions.items()})


def _shares(dimension: Dimension) -> CoreSchema:
    return keyed({}, {category.id: exact() for category in dimension.categories})
