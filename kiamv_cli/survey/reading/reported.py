"""What a report prints of a survey, written down as a file: read and checked."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from pydantic_core import core_schema

from kiamv_cli.base.text import Text
from kiamv_cli.formats.flaw import Flaw, ids_of, used_twice
from kiamv_cli.formats.hints import closest, shown
from kiamv_cli.formats.records import read_stated, refuse_if, stated
from kiamv_cli.formats.shapes import (
    COUNT,
    ID,
    NAME,
    TEXT,
    YES_NO,
    keyed,
    list_of,
    one_of,
    own_words,
    record,
)
from kiamv_cli.survey.model.reported import (
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
from kiamv_cli.survey.reading.questionnaire import POSITIVE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.formats.plain import Path as Spot

_PERCENTAGE = re.compile(r"(\d{1,4})(?:[.,](\d{1,6}))? ?%?")
_HINT = Text("hints.write-quotes-printed-such")


def load_reported(path: str | Path) -> Reported:
    """Read what a report prints.

    Args:
        path: A YAML or JSON file.

    Raises:
        BadInput: Something is wrong with it; it holds all problems that were found.
    """
    document, data = read_stated(Path(path), reported_shape())
    reported = Reported(**data)
    refuse_if(document, [*used_twice(_ids(reported)), *_unlisted(reported), *_mixed(reported)])
    return reported


def reported_shape() -> CoreSchema:
    """What a file of what a report prints looks like."""
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
        {**stated("reported"), "title": NAME, "respondents": respondents},
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


def _ids(reported: Reported) -> Iterator[tuple[str, Spot]]:
    for key in ("respondents", "figures", "counts", "claims"):
        yield from ids_of(getattr(reported, key), (key,))


def _unlisted(reported: Reported) -> Iterator[Flaw]:
    """Find ids that name nothing in this file."""
    groups = [each.id for each in reported.respondents]
    counts = [each.id for each in reported.counts]
    for spot, name in _references(reported):
        known = counts if spot[-1] == "count" else groups
        if name not in known:
            message = Text("K304.no-group-respondents-file", name=name)
            if spot[-1] == "count":
                message = Text("K304.no-count-file", name=name)
            yield Flaw(path=spot, text=message, advice=closest(name, known))


def _references(reported: Reported) -> Iterator[tuple[Spot, str]]:
    for index, group in enumerate(reported.respondents):
        for place, part in enumerate(group.parts):
            if part.of is not None:
                yield ("respondents", index, "parts", place, "of"), part.of
    for index, figure in enumerate(reported.figures):
        yield ("figures", index, "of"), figure.of
    for index, count in enumerate(reported.counts):
        yield ("counts", index, "of"), count.of
    for index, claim in enumerate(reported.claims):
        yield ("claims", index, "count"), claim.count


def _mixed(reported: Reported) -> Iterator[Flaw]:
    """Find groups of figures that are not of one question, and counts that are of nothing."""
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
