"""What others published, written down as a file: figures of a report, or a flow."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from pydantic_core import core_schema

from kiamv_cli.audits.model.published import (
    Arrow,
    Division,
    Overlap,
    PublishedBox,
    PublishedFlow,
    StatedCount,
)
from kiamv_cli.audits.model.reported import (
    Again,
    AnswerKind,
    Claim,
    Count,
    Figure,
    Part,
    Percentage,
    Reported,
    Respondents,
    Says,
    Stated,
    Where,
)
from kiamv_cli.base.text import Text
from kiamv_cli.formats.document import read_by_ending
from kiamv_cli.formats.hints import closest
from kiamv_cli.formats.plain import Flaw, ids_of, shown, used_twice
from kiamv_cli.formats.records import refuse_if, schema_of, stated, validated
from kiamv_cli.formats.shapes import (
    COUNT,
    ID,
    NAME,
    POSITIVE,
    TEXT,
    YES_NO,
    keyed,
    list_of,
    one_of,
    own_words,
    record,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.formats.document import Document
    from kiamv_cli.formats.plain import Path as Position

_FIGURES, _FLOW = "reported", "published-flow"
_PERCENTAGE = re.compile(r"(\d{1,4})(?:[.,](\d{1,6}))? ?%?")
_HINT = Text("hints.write-quotes-printed-such")
_PAIR = 2


def load_published(path: str | Path) -> Reported | PublishedFlow:
    """Read what somebody published: figures of a report, or a flow, as its ``schema`` states.

    Args:
        path: A YAML or JSON file; docs/survey-audit.md and docs/published-flow.md show both kinds.

    Raises:
        BadInput: Something is wrong with it; it holds all problems that were found.
    """
    document = read_by_ending(Path(path))
    kinds = core_schema.typed_dict_schema(
        {
            "schema": core_schema.typed_dict_field(
                one_of([schema_of(_FIGURES), schema_of(_FLOW)]), required=True
            )
        },
        extra_behavior="ignore",
    )
    if validated(document, kinds)["schema"] == schema_of(_FLOW):
        return _flow(document)
    return _reported(document)


def _reported(document: Document) -> Reported:
    reported = Reported(**_without_schema(validated(document, reported_shape())))
    refuse_if(document, [*used_twice(_ids(reported)), *_unlisted(reported), *_mixed(reported)])
    return reported


def _flow(document: Document) -> PublishedFlow:
    flow = PublishedFlow(**_without_schema(validated(document, published_flow_shape())))
    flaws = [*_unknown(flow), *_repeated(flow), *_not_pairs(flow), *_in_circles(flow)]
    refuse_if(document, flaws)
    return flow


def _without_schema(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != "schema"}


def reported_shape() -> CoreSchema:
    """Return what a file of printed figures must look like."""
    where = record(Where, {"page": COUNT, "line": COUNT, "quote": TEXT})
    group = {
        "id": ID,
        "what": TEXT,
        "stated": list_of(record(Stated, {"value": COUNT, "where": where})),
        "parts": list_of(record(Part, {"value": COUNT, "what": TEXT, "of": ID, "where": where})),
        "names": list_of(NAME),
        "where": where,
    }
    count = {"id": ID, "count": COUNT, "base": COUNT, "of": ID, "what": TEXT, "unit": NAME}
    claim = {"id": ID, "says": one_of(get_args(Says)), "count": ID, "where": where}
    respondents = list_of(record(Respondents, group), at_least=1)
    return keyed(
        {**stated(_FIGURES), "title": NAME, "respondents": respondents},
        {
            "lines_of": NAME,
            "figures": list_of(_figure(where)),
            "counts": list_of(record(Count, {**count, "where": where})),
            "claims": list_of(record(Claim, claim)),
        },
    )


def _figure(where: CoreSchema) -> CoreSchema:
    return record(
        Figure,
        {
            "id": ID,
            "value": _percentage(),
            "about": YES_NO,
            "of": ID,
            "question": NAME,
            "option": TEXT,
            "answer": one_of(get_args(AnswerKind)),
            "group": ID,
            "base": POSITIVE,
            "count": COUNT,
            "unit": NAME,
            "where": where,
            "also": list_of(record(Again, {"unit": NAME, "where": where})),
        },
    )


def _percentage() -> CoreSchema:
    def read(text: str) -> Percentage:
        parts = _PERCENTAGE.fullmatch(text)
        if not parts:
            message = Text("K430.no-percentage-printed", text=shown(text))
            raise own_words(message, _HINT)
        whole, decimals = parts[1], parts[2] or ""
        value = Fraction(int(whole + decimals), 10 ** len(decimals))
        return Percentage(text=text, value=value, decimals=len(decimals))

    return core_schema.no_info_after_validator_function(
        read,
        core_schema.str_schema(strict=True),
        metadata={"pydantic_js_updates": {"pattern": f"^{_PERCENTAGE.pattern}$"}},
    )


def _ids(reported: Reported) -> Iterator[tuple[str, Position]]:
    for key in ("respondents", "figures", "counts", "claims"):
        yield from ids_of(getattr(reported, key), (key,))


def _unlisted(reported: Reported) -> Iterator[Flaw]:
    """Yield ids that name nothing in this file."""
    groups = [each.id for each in reported.respondents]
    counts = [each.id for each in reported.counts]
    for position, name in _references(reported):
        known = counts if position[-1] == "count" else groups
        if name not in known:
            message = Text("K304.no-group-respondents-file", name=name)
            if position[-1] == "count":
                message = Text("K304.no-count-file", name=name)
            yield Flaw(path=position, text=message, advice=closest(name, known))


def _references(reported: Reported) -> Iterator[tuple[Position, str]]:
    for index, group in enumerate(reported.respondents):
        for number, part in enumerate(group.parts):
            if part.of is not None:
                yield ("respondents", index, "parts", number, "of"), part.of
    for index, figure in enumerate(reported.figures):
        yield ("figures", index, "of"), figure.of
    for index, count in enumerate(reported.counts):
        yield ("counts", index, "of"), count.of
    for index, claim in enumerate(reported.claims):
        yield ("claims", index, "count"), claim.count


def _mixed(reported: Reported) -> Iterator[Flaw]:
    """Yield groups of figures that are not of one question, and counts that are of nothing."""
    first: dict[str, Figure] = {}
    for index, each in enumerate(reported.figures):
        if each.count is not None and each.base is None:
            message = Text("K302.count-given-without-base")
            hint = Text("K302.add-base-number-printed")
            yield Flaw(path=("figures", index, "count"), text=message, advice=hint)
        if each.group is None:
            continue
        other = first.setdefault(each.group, each)
        if (each.of, each.question, each.answer) != (other.of, other.question, other.answer):
            message = Text("K431.one-group-but-not", one=each.id, other=other.id)
            hint = Text("K431.give-figures-group-same")
            yield Flaw(path=("figures", index, "group"), text=message, advice=hint)


def published_flow_shape() -> CoreSchema:
    """Return what a file of a published flow must look like."""
    counted = record(StatedCount, {"count": COUNT, "where": TEXT})
    box = {"id": ID, "label": NAME, "count": _count(), "also": list_of(counted), "where": TEXT}
    # Any name will do here: whether there is such a box is looked at below, with a better hint.
    split = {"of": NAME, "parts": list_of(NAME, at_least=1)}
    overlap = {"of": list_of(NAME), "both": NAME, "either": NAME, "only": list_of(NAME)}
    arrow = record(Arrow, {"start": NAME, "end": NAME}, renamed={"start": "from", "end": "to"})
    return keyed(
        {**stated(_FLOW), "title": NAME, "boxes": list_of(record(PublishedBox, box), at_least=1)},
        {
            "source": TEXT,
            "arrows": list_of(arrow),
            "splits": list_of(record(Division, split)),
            "overlaps": list_of(record(Overlap, overlap)),
        },
    )


def _count() -> CoreSchema:
    return core_schema.union_schema(
        [COUNT, core_schema.literal_schema(["unknown"])],
        custom_error_type="count_or_unknown",
        custom_error_message="Input should be a count or 'unknown'",
    )


def _named(flow: PublishedFlow) -> Iterator[tuple[Position, str]]:
    """Yield every id of a box that is used, and where."""
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


def _repeated(flow: PublishedFlow) -> Iterator[Flaw]:
    for name, numbers in _positions([box.id for box in flow.boxes]).items():
        for number in numbers[1:]:
            message = Text("K401.id-used-two-boxes", name=shown(name))
            hint = Text("K401.give-each-own-another")
            yield Flaw(path=("boxes", number, "id"), text=message, advice=hint)
    for arrow, numbers in _positions([(each.start, each.end) for each in flow.arrows]).items():
        for number in numbers[1:]:
            message = Text("K402.arrow-twice", start=arrow[0], end=arrow[1])
            hint = Text("hints.keep-one-them")
            yield Flaw(path=("arrows", number), text=message, advice=hint)


def _positions(things: Sequence[Any]) -> dict[Any, list[int]]:
    positions: dict[Any, list[int]] = {}
    for number, thing in enumerate(things):
        positions.setdefault(thing, []).append(number)
    return positions


def _not_pairs(flow: PublishedFlow) -> Iterator[Flaw]:
    for index, overlap in enumerate(flow.overlaps):
        for key, names in (("of", overlap.of), ("only", overlap.only)):
            if names is not None and len(names) != _PAIR:
                message = Text("K303.must-name-two-boxes", key=key, n=len(names))
                hint = Text("K303.write-box-each-two")
                yield Flaw(path=("overlaps", index, key), text=message, advice=hint)


def _in_circles(flow: PublishedFlow) -> Iterator[Flaw]:
    """Yield boxes that would be a part of themselves."""
    groups: list[tuple[Position, list[str]]] = [
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
