"""A published flow as a file: boxes with their numbers, and how each follows from others."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic_core import core_schema

from kiamv_cli.base.files import read_file
from kiamv_cli.base.text import Text
from kiamv_cli.flows.model.published import (
    Arrow,
    Division,
    Overlap,
    PublishedBox,
    PublishedFlow,
    Stated,
)
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.flaw import Flaw
from kiamv_cli.formats.hints import closest, shown
from kiamv_cli.formats.records import refuse_if, stated, validated
from kiamv_cli.formats.shapes import COUNT, ID, NAME, TEXT, keyed, list_of, record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.formats.document import Syntax
    from kiamv_cli.formats.plain import Path as Place

_KIND = "published-flow"
_TWO = 2


def load_published_flow(path: str | Path) -> PublishedFlow:
    """Read a flow that somebody published.

    Args:
        path: A YAML or JSON file; docs/published-flow.md tells what stands in it.

    Raises:
        BadInput: Something is wrong with it, such as an arrow to a box that is not there (K440);
            it holds all problems that were found.
    """
    place = Path(path)
    syntax: Syntax = "json" if place.suffix.lower() == ".json" else "yaml"
    document = read_document(read_file(place), str(place), syntax)
    said = validated(document, published_flow_shape())
    flow = PublishedFlow(**{key: value for key, value in said.items() if key != "schema"})
    refuse_if(document, [*_unknown(flow), *_twice(flow), *_no_pairs(flow), *_in_circles(flow)])
    return flow


def published_flow_shape() -> CoreSchema:
    """What such a file looks like."""
    place = {"where": TEXT}
    box = {"id": ID, "label": NAME, "count": _count(), "also": list_of(_stated()), **place}
    # Any name will do here: whether there is such a box is looked at below, with a better hint.
    split = {"of": NAME, "parts": list_of(NAME, at_least=1)}
    overlap = {"of": list_of(NAME), "both": NAME, "either": NAME, "only": list_of(NAME)}
    arrow = record(Arrow, {"start": NAME, "end": NAME}, renamed={"start": "from", "end": "to"})
    return keyed(
        {**stated(_KIND), "title": NAME, "boxes": list_of(record(PublishedBox, box), at_least=1)},
        {
            "source": TEXT,
            "arrows": list_of(arrow),
            "splits": list_of(record(Division, split)),
            "overlaps": list_of(record(Overlap, overlap)),
        },
    )


def _stated() -> CoreSchema:
    return record(Stated, {"count": COUNT, "where": TEXT})


def _count() -> CoreSchema:
    return core_schema.union_schema(
        [COUNT, core_schema.literal_schema(["unknown"])],
        custom_error_type="count_or_unknown",
        custom_error_message="Input should be a count or 'unknown'",
    )


def _named(flow: PublishedFlow) -> Iterator[tuple[Place, str]]:
    """Every id of a box that is used, and where."""
    for index, arrow in enumerate(flow.arrows):
        yield ("arrows", index, "from"), arrow.start
        yield ("arrows", index, "to"), arrow.end
    for index, split in enumerate(flow.splits):
        yield ("splits", index, "of"), split.of
        yield from ((("splits", index, "parts", n), name) for n, name in enumerate(split.parts))
    for index, overlap in enumerate(flow.overlaps):
        here = ("overlaps", index)
        yield from (((*here, "of", n), name) for n, name in enumerate(overlap.of))
        yield from (((*here, "only", n), name) for n, name in enumerate(overlap.only or ()))
        for key, name in (("both", overlap.both), ("either", overlap.either)):
            if name is not None:
                yield (*here, key), name


def _unknown(flow: PublishedFlow) -> Iterator[Flaw]:
    known = [box.id for box in flow.boxes]
    for path, name in _named(flow):
        if name not in known:
            message = Text("K440.no-box", name=shown(name))
            yield Flaw(path=path, text=message, advice=closest(name, known))


def _twice(flow: PublishedFlow) -> Iterator[Flaw]:
    for name, places in _places([box.id for box in flow.boxes]).items():
        for place in places[1:]:
            message = Text("K401.id-used-two-boxes", name=shown(name))
            hint = Text("K401.give-each-own-another")
            yield Flaw(path=("boxes", place, "id"), text=message, advice=hint)
    for arrow, places in _places([(each.start, each.end) for each in flow.arrows]).items():
        for place in places[1:]:
            message = Text("K402.arrow-twice", start=arrow[0], end=arrow[1])
            hint = Text("hints.keep-one-them")
            yield Flaw(path=("arrows", place), text=message, advice=hint)


def _places(things: list[Any]) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = {}
    for place, thing in enumerate(things):
        found.setdefault(thing, []).append(place)
    return found


def _no_pairs(flow: PublishedFlow) -> Iterator[Flaw]:
    for index, overlap in enumerate(flow.overlaps):
        for key, names in (("of", overlap.of), ("only", overlap.only)):
            if names is not None and len(names) != _TWO:
                message = Text("K303.must-name-two-boxes", key=key, n=len(names))
                hint = Text("K303.write-box-each-two")
                yield Flaw(path=("overlaps", index, key), text=message, advice=hint)


def _in_circles(flow: PublishedFlow) -> Iterator[Flaw]:
    """Find boxes that would be a part of themselves."""
    groups: list[tuple[Place, list[str]]] = [
        *((("arrows", n), [each.start, each.end]) for n, each in enumerate(flow.arrows)),
        *((("splits", n), [each.of, *each.parts]) for n, each in enumerate(flow.splits)),
        *((("overlaps", n), _members(flow, n)) for n in range(len(flow.overlaps))),
    ]
    for path, names in groups:
        for name in (name for name, times in Counter(names).items() if times > 1):
            message = Text("K441.box-stands-here-twice", name=name)
            hint = Text("K441.box-no-part-itself")
            yield Flaw(path=path, text=message, advice=hint)


def _members(flow: PublishedFlow, index: int) -> list[str]:
    each = flow.overlaps[index]
    return [name for name in (*each.of, each.both, each.either, *(each.only or ())) if name]
