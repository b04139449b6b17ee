"""What was decided on verdicts, as people write it: a workbook of disagreements, or YAML."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING

from kiamv_cli.base.files import read_file
from kiamv_cli.base.text import Text
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.plain import Flaw, shown
from kiamv_cli.formats.records import refuse_if, validated
from kiamv_cli.formats.shapes import keyed, list_of, record
from kiamv_cli.review.model.form import OUTCOME_COLUMNS
from kiamv_cli.review.reading.files import decision_shape, wrong_verdict
from kiamv_cli.review.reading.table import (
    TableDocument,
    is_table,
    read_filled,
    read_text,
    read_verdict,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kiamv_cli.formats.plain import Cell, Plain
    from kiamv_cli.formats.records import Placed
    from kiamv_cli.programme.model.facts import Verdict
    from kiamv_cli.programme.model.programme import Programme, Scale
    from kiamv_cli.review.model.form import Grade
    from kiamv_cli.review.reading.folder import ReviewFolder

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]00:00(?::00)?)?$")
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
# By key of a decision the column in which it stands.
_COLUMNS = {
    "ecosystem": "code",
    "question": "code",
    "verdict": "verdict",
    "by": "by",
    "reason": "reason",
    "on": "date",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is decided on a verdict: by whom, on which day, and why."""

    ecosystem: str
    question: str
    verdict: Verdict | Grade
    by: str
    reason: str
    on: date | None = None


def read_outcomes(
    folder: ReviewFolder, place: Path, by: str | None = None, on: date | None = None
) -> tuple[Decision, ...]:
    """Read many decisions from a file: a list ``outcomes`` in YAML, or a table of disagreements.

    Args:
        folder: The review.
        place: The file.
        by: Who decides where the file does not say so.
        on: The day of the decision where the file does not say so.

    Raises:
        BadInput: Something is wrong with it; it holds all problems that were found.
    """
    raw = read_file(place)
    shapes = decision_shape(folder.programme, (each.id for each in folder.longlist.ecosystems))
    decision = record(Decision, {each.name: shapes[each.name] for each in fields(Decision)})
    document: Placed = (
        read_table_of_outcomes(raw, str(place), folder, by, on)
        if is_table(raw, str(place))
        else read_document(raw, str(place), "yaml")
    )
    content = validated(document, keyed({"outcomes": list_of(decision)}))
    decisions: tuple[Decision, ...] = content["outcomes"]
    wrong = (wrong_verdict(each.verdict, each.question, folder.programme) for each in decisions)
    flaws = [
        Flaw(path=("outcomes", place, "verdict"), text=each[0], advice=each[1])
        for place, each in enumerate(wrong)
        if each
    ]
    refuse_if(document, flaws)
    return tuple(replace(each, by=each.by or by or "", on=each.on or on) for each in decisions)


def read_table_of_outcomes(
    raw: bytes, path: str, folder: ReviewFolder, by: str | None, on: date | None
) -> TableDocument:
    """Read a table of disagreements; rows without a verdict are not decided yet.

    Raises:
        BadInput: It is no table, or not such a one.
    """
    filled = read_filled(raw, path, folder.hidden, OUTCOME_COLUMNS)
    document, columns = filled.document, filled.head.columns
    outcomes: list[Plain] = []
    for number, cells in filled.below:
        named = {
            column: read_text(document, number, at, cells[at - 1] if at <= len(cells) else None)
            for column, at in columns.items()
        }
        scale = _scale(str(named.get("code") or ""), folder.programme)
        if outcome := _outcome(document, number, columns, named, by, on, scale):
            for key, column in _COLUMNS.items():
                position = (number, columns.get(column, 1))
                document.positions["outcomes", len(outcomes), key] = position
            outcomes.append(outcome)
    document.data = {"outcomes": outcomes}
    return document


def _scale(code: str, programme: Programme) -> Scale | None:
    """Return the scale of the question that a row is about, by the code on it."""
    scales = {each.id: each.rule.scale for each in programme.criteria}
    return scales.get(code.rpartition(" ")[2])


def _outcome(
    document: TableDocument,
    number: int,
    columns: Mapping[str, int],
    cells: Mapping[str, Cell],
    by: str | None,
    on: date | None,
    scale: Scale | None,
) -> dict[str, Plain] | None:
    """Read one row; ``None`` if nothing is decided on it."""
    if cells.get("verdict") is None:
        return None
    code = str(cells.get("code") or "").split()
    if len(code) != 2:  # noqa: PLR2004 - an id and a key
        at = columns.get("code", 1)
        document.report(number, at, Text("K831.which-question"), Text("K831.put-code-back"))
        return None
    who = cells.get("by") or by
    if who is None or cells.get("reason") is None:
        lacking = "by" if who is None else "reason"
        at = columns.get(lacking, columns["verdict"])
        document.report(number, at, Text("K833.who-and-why"), Text("K833.fill-in-both"))
        return None
    verdict = read_verdict(document, number, columns["verdict"], cells["verdict"], scale)
    day = _day(document, number, columns.get("date", 1), cells.get("date"))
    return {
        "ecosystem": code[0],
        "question": code[1],
        "verdict": verdict,
        "by": who,
        "reason": cells["reason"],
        "on": day or (on.isoformat() if on else None),
    }


def _day(document: TableDocument, number: int, column: int, cell: Cell) -> str | None:
    """Read a day as a spreadsheet or a person writes it; which of two it is, is asked.

    In Dutch the day goes first.
    """
    if cell is None:
        return None
    text = str(cell).strip()
    if _ISO.match(text):
        return text[:10]
    days = set[str]()
    if parts := _NUMBERS.fullmatch(text):
        first, second, year = (int(part) for part in parts.groups())
        readings = ((first, second), (second, first))
        for day, month in readings[: 1 if document.language == "nl" else 2]:
            with suppress(ValueError):
                days.add(date(year, month, day).isoformat())
    if len(days) == 1:
        return days.pop()
    message = Text("K834.not-one-day", text=shown(text))
    document.report(number, column, message, Text("K834.year-month-day"))
    return None
