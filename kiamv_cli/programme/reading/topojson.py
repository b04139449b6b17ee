"""Borders from a TopoJSON file (https://github.com/topojson/topojson-specification).

Neighbours share their border as one arc; with a transform, an arc holds whole numbers: its first
point, then the steps from each point to the next.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from pydantic_core import SchemaValidator, ValidationError, core_schema

from kiamv_cli.base.files import read_file
from kiamv_cli.base.problem import BadInput
from kiamv_cli.base.text import Text
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.plain import Flaw
from kiamv_cli.formats.shapes import list_of, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path as FilePath

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.formats.plain import Path, Plain
    from kiamv_cli.programme.model.dimensions import Ring

Point = tuple[float, float]
_FEWEST = 4  # points of a ring: three corners, and the first again
_NUMBER = core_schema.float_schema(strict=True, allow_inf_nan=False)


def read_areas(place: FilePath | Traversable, code: str) -> dict[str, tuple[Ring, ...]]:
    """Read the areas of a map.

    Args:
        place: The file.
        code: The property that holds the code of an area, or ``id``.

    Returns:
        The rings of each area by its code, in degrees; areas with the same code are one. What
        has no code, or is no area, is left out.

    Raises:
        BadInput: It is no TopoJSON, or an area does not hold together.
    """
    document = read_document(read_file(place), str(place), "json")
    shape = _shape()
    reader = None
    try:
        said = SchemaValidator(shape).validate_python(document.data)
        reader = _Reader(said, code)
        flaws = reader.flaws
    except ValidationError as error:
        from kiamv_cli.formats.faults import flaws_of

        flaws = flaws_of(error, shape)
    problems = [*document.problems, *document.place(flaws)]
    if reader is None or any(each.severity == "error" for each in problems):
        raise BadInput(problems)
    return {name: tuple(rings) for name, rings in reader.areas.items()}


def _shape() -> CoreSchema:
    pair = core_schema.tuple_schema([_NUMBER, _NUMBER], strict=False)
    position = core_schema.tuple_schema(
        [_NUMBER, _NUMBER, _NUMBER], variadic_item_index=2, strict=False
    )
    needed = core_schema.typed_dict_field
    transform = core_schema.typed_dict_schema(
        {"scale": needed(pair), "translate": needed(pair)}, extra_behavior="ignore"
    )
    objects = core_schema.dict_schema(core_schema.str_schema(), core_schema.dict_schema())
    return core_schema.typed_dict_schema(
        {
            "type": needed(one_of(("Topology",))),
            "arcs": needed(list_of(list_of(position, at_least=2))),
            "objects": needed(objects),
            "transform": needed(transform, required=False),
        },
        extra_behavior="ignore",
    )


@dataclass(slots=True)
class _Reader:
    """Puts the areas together, and notes what does not hold together."""

    said: dict[str, Any]
    code: str
    areas: dict[str, list[Ring]] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)
    _arcs: list[list[Point]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._arcs = [self._unpacked(arc) for arc in self.said["arcs"]]
        for name, found in self.said["objects"].items():
            self._geometry(found, ("objects", name))

    def _unpacked(self, arc: tuple[tuple[float, ...], ...]) -> list[Point]:
        transform = self.said.get("transform")
        if transform is None:
            return [(point[0], point[1]) for point in arc]
        (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
        across = accumulate(point[0] for point in arc)
        up = accumulate(point[1] for point in arc)
        return [(x * kx + dx, y * ky + dy) for x, y in zip(across, up, strict=True)]

    def _geometry(self, value: Plain, path: Path) -> None:
        if not isinstance(value, dict):
            return self._refuse(path, Text("K505.no-geometry"), Text("hints.give-object-type"))
        inner = value.get("geometries")
        if isinstance(inner, list):
            for place, each in enumerate(inner):
                self._geometry(each, (*path, "geometries", place))
        properties = value.get("properties")
        said = properties if isinstance(properties, dict) and self.code != "id" else value
        name = said.get(self.code)
        if isinstance(name, str | int) and value.get("type") in {"Polygon", "MultiPolygon"}:
            rings = self.areas.setdefault(str(name), [])
            rings += self._rings(value.get("arcs"), (*path, "arcs"))
        return None

    def _rings(self, arcs: Plain, path: Path) -> Iterator[Ring]:
        """Follow the arcs of a ring; of rings and areas, those of each."""
        if isinstance(arcs, list) and arcs and all(isinstance(each, list) for each in arcs):
            for place, each in enumerate(arcs):
                yield from self._rings(each, (*path, place))
            return
        known = range(-len(self._arcs), len(self._arcs))
        if not isinstance(arcs, list) or not arcs or any(each not in known for each in arcs):
            hint = Text("hints.arcs-numbered-0-1", n=len(self._arcs))
            return self._refuse(path, Text("K505.no-arcs"), hint)
        # Each arc begins where the one before ends.
        ring = [point for each in arcs for point in self._arc(each)[1:]]
        ring.insert(0, ring[-1])
        if len(ring) < _FEWEST or self._arc(arcs[0])[0] != ring[0]:
            self._refuse(path, Text("K505.no-ring"), Text("hints.draw-map-anew"))
        yield tuple(ring)

    def _arc(self, number: Any) -> list[Point]:  # noqa: ANN401 - was checked
        return self._arcs[number] if number >= 0 else self._arcs[~number][::-1]

    def _refuse(self, path: Path, message: Text, hint: Text) -> None:
        self.flaws.append(Flaw(path=path, text=message, advice=hint))
