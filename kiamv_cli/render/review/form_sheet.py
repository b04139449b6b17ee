"""A form to fill in, as a spreadsheet with drop-downs: a row per ecosystem and question."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from kiamv_cli.core.evidence import evidence
from kiamv_cli.core.review.form import (
    ABOUT_SHEET,
    FORM_SHEET,
    SHEET_COLUMNS,
    SHEET_VERDICTS,
    questions,
)
from kiamv_cli.language import _, label_in
from kiamv_cli.render.review.form import how_to, known_text
from kiamv_cli.render.rules import rule_text
from kiamv_cli.render.spreadsheet import new_workbook
from kiamv_cli.render.text import clean
from kiamv_cli.render.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import Any

    from kiamv_cli.core.longlist import Ecosystem
    from kiamv_cli.core.programme import Programme
    from kiamv_cli.core.review.assign import Reviewer
    from kiamv_cli.render.review.form import Blank

_WIDTHS = (18, 24, 22, 34, 60, 12, 40, 24)
_OPEN = ("verdict", "reason", "evidence")


def form_sheet(blank: Blank) -> bytes:
    """Format an empty form as an XLSX file; see ``form_text``. Always the same bytes."""
    file = BytesIO()
    book = new_workbook(file)
    rows = [row for each in blank.ecosystems for row in _rows(each, blank.programme, blank.as_of)]
    _write_form(book, rows)
    _write_about(book, blank.reviewer, blank.about, blank.programme)
    book.close()
    return file.getvalue()


def _rows(ecosystem: Ecosystem, programme: Programme, as_of: date) -> Iterator[tuple[str, ...]]:
    criteria = {each.id: each for each in programme.criteria}
    for question in questions(programme):
        criterion = criteria[question.criterion]
        known = evidence(criterion, ecosystem, as_of).facts
        told = [clean(known_text(fact, programme)) for fact in known if fact.side == question.part]
        asked = label_in(criterion.question)
        if question.part:
            here = _("Here: {side}.", side=word(question.part))
            asked = f"{asked} {here}"
        yield (
            ecosystem.id,
            clean(ecosystem.name),
            question.key,
            clean(asked),
            "\n".join(told),
            "",
            "",
            "",
        )


def _write_form(book: Any, rows: list[tuple[str, ...]]) -> None:  # noqa: ANN401 - no types
    sheet = book.add_worksheet(_(FORM_SHEET))
    head = book.add_format({"bold": True, "bottom": 1})
    fixed = book.add_format({"text_wrap": True, "valign": "top"})
    free = book.add_format(
        {"text_wrap": True, "valign": "top", "locked": False, "bg_color": "#FFF9DB"}
    )
    free.set_num_format("@")
    for place, (name, width) in enumerate(zip(SHEET_COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, _(name), head)
    for number, row in enumerate(rows, start=1):
        for place, (name, text) in enumerate(zip(SHEET_COLUMNS, row, strict=True)):
            if name in _OPEN:
                sheet.write_blank(number, place, None, free)
            else:
                sheet.write_string(number, place, text, fixed)
    column = SHEET_COLUMNS.index("verdict")
    sheet.data_validation(1, column, max(len(rows), 1), column, _choices())
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(len(rows), 1), len(SHEET_COLUMNS) - 1)
    sheet.protect("", {"autofilter": True, "sort": False, "format_columns": True})


def _choices() -> dict[str, object]:
    return {
        "validate": "list",
        "source": [_(verdict) for verdict in SHEET_VERDICTS],
        "error_title": _("Not a verdict"),
        "error_message": _("Choose one from the list, or leave it empty if you did not judge."),
    }


def _write_about(
    book: Any,  # noqa: ANN401 - no types
    reviewer: Reviewer,
    stated: dict[str, str],
    programme: Programme,
) -> None:
    sheet = book.add_worksheet(_(ABOUT_SHEET))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    for number, (key, value) in enumerate(stated.items()):
        sheet.write_string(number, 0, key)
        sheet.write_string(number, 1, value)
    told = [(_("for"), reviewer.name), *((_("how to"), line) for line in how_to())]
    told += [
        (each.id, f"{label_in(each.question)} {rule_text(each)}") for each in programme.criteria
    ]
    for number, (key, value) in enumerate(told, start=len(stated) + 1):
        sheet.write_string(number, 0, key, wrapped)
        sheet.write_string(number, 1, clean(value), wrapped)
    sheet.protect()
