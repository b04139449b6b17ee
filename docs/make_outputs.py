"""Make docs/outputs.md, what commands write for scripts: ``python docs/make_outputs.py``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli import Request, load_criteria, load_longlist, score
from kiamv_cli.cli.output_schema import (
    columns_of,
    common_fields,
    documents,
    meaning_of,
    output_fields,
    output_schema,
)
from kiamv_cli.flows.view.sources import _fields as source_fields
from kiamv_cli.scoring.view.classify import ClassifyView
from kiamv_cli.scoring.view.score import ScoreView
from kiamv_cli.scoring.view.types import _dimension_fields
from kiamv_cli.selection.model.near_misses import Wanted
from kiamv_cli.selection.model.robustness import Sampling
from kiamv_cli.selection.results import rivals, robustness, shortlist, tradeoff
from kiamv_cli.selection.view.explain import explain_fields
from kiamv_cli.selection.view.near_misses import RivalsPart
from kiamv_cli.selection.view.robustness import standing_fields
from kiamv_cli.selection.view.shortlist import ShortlistView
from kiamv_cli.selection.view.spread import seat_fields, seat_rows
from kiamv_cli.selection.view.tradeoff import tradeoff_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.cli.output_schema import OutputField
    from kiamv_cli.display.document import Field

OUTPUTS = Path(__file__).parent / "outputs.md"
HEAD = """\
# What commands write for scripts

`--format json` and `--format csv`, or a file with that ending. Both are English and the same to
the byte for the same input; `kiamv schema output shortlist` gives the JSON Schema of a document,
made of what this page is made of. New fields may come; those that are there stay, or `schema` gets
another number.

JSON: numbers have at most six decimals; where they are exact inside, `exact` has them as they are.
`request` says all that was asked, and `from` in it whether each part comes from an option, the
project or a default. What is wrong with an input or a command is `kiamv/problems/1` on standard
error, and standard output stays empty.

CSV: UTF-8, one thing a row, the names of columns in the first row, also where there is nothing to
tell. Ids in a cell have blanks between, places (`found_at`) line breaks; a hyphen of an id in the
name of a column is written `_`.
`--separator` parts cells by `;` or `tab`; `--excel` writes semicolons, decimal commas and a byte
order mark, for an Excel in Dutch. What kiamv writes it reads: `--ids`, `--include` and others take
any of these files that is about one set of ecosystems.

A `?` marks what may be missing. `[]` stands for each of a list, `{}` for each id.
"""


def outputs_text() -> str:
    """Return the page."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    yield HEAD.rstrip("\n")
    declared = _declared()
    for name in documents():
        schema = output_schema(name)
        kind = schema["oneOf"][0] if "oneOf" in schema else schema
        yield from ("", f"## {name}", "")
        title = kind["title"].partition(": ")[2]
        const = kind["properties"]["schema"].get("const", "kiamv/record/2")
        yield from (f"{title}: `{const}`.", "")
        yield from _table(each for each in output_fields(name) if _is_own(each, name))
        own = declared.get(name, {})
        columns = {**own, **{key: text for key, text in columns_of(name).items() if key not in own}}
        if columns:
            yield from ("", "| column of CSV | |", "| --- | --- |")
            yield from (f"| `{column}` | {_cell(text)} |" for column, text in columns.items())
    for name, fields in common_fields().items():
        yield from ("", f"## ${name}", "", fields[0].meaning, "")
        yield from _table(fields[1:])


def _is_own(field: OutputField, name: str) -> bool:
    """Return whether a field is not one that all documents begin with."""
    return name == "score" or field.path not in {"schema", "kiamv", "request"}


def _table(fields: Iterable[OutputField]) -> Iterator[str]:
    yield from ("| field of JSON | | |", "| --- | --- | --- |")
    for each in fields:
        mark = "?" if each.optional else ""
        kind = re.sub(r"\$(\w+)", lambda found: f"[{found[1]}](#{found[1]})", each.type)
        yield f"| `{each.path}`{mark} | {_cell(kind)} | {_cell(each.meaning)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _declared() -> Mapping[str, Mapping[str, str]]:
    """Return the columns of the tables that are declared once, with what they say of themselves."""
    programme = load_criteria()
    scores = score(load_longlist(programme=programme).longlist, programme)
    found = shortlist(scores, Request(size=3, balance=("themes",)))
    near = RivalsPart(found, rivals(found, Wanted(margins=True, alternatives=1)))
    rows = seat_rows(found.scores.dimensions, found.spread)
    drawn = robustness(scores, found.request, Sampling(samples=1))
    tables = {
        "score": (
            *ScoreView(scores).records().fields,
            *ScoreView(scores, long=True).records().fields,
        ),
        "classify": (*ClassifyView(scores).records().fields, *_dimension_fields()),
        "shortlist": ShortlistView(found, near).records().fields,
        "spread": seat_fields(rows),
        "explain": explain_fields(scores),
        "tradeoff": tradeoff_fields(tradeoff(scores, found.request)),
        "robustness": standing_fields(drawn),
        "sources": source_fields(),
    }
    ids = "|".join(each.id for each in programme.criteria)
    return {name: _told(name, fields, ids) for name, fields in tables.items()}


def _told(name: str, fields: Iterable[Field[object]], ids: str) -> Mapping[str, str]:
    told: dict[str, str] = {}
    beside = columns_of(name)
    for each in fields:
        column = re.sub(rf"^({ids})_|(?<=central_)({ids})$", _placeholder, each.key)
        column = re.sub(r"(?<=alternative_)\d+", "{number}", column)
        if "csv" not in each.without:
            text = each.meaning or beside.get(column) or meaning_of(name, column)
            told.setdefault(column, text or each.heading)
    return told


def _placeholder(found: re.Match[str]) -> str:
    return "{criterion}_" if found[1] else "{criterion}"


if __name__ == "__main__":
    OUTPUTS.write_text(outputs_text(), encoding="utf-8")
