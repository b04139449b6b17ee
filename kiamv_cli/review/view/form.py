"""A form to fill in, as YAML and as a spreadsheet with drop-downs."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, label_in
from kiamv_cli.display.text import clean, date_text
from kiamv_cli.display.words import word
from kiamv_cli.display.workbook import new_workbook
from kiamv_cli.formats.yaml_writer import yaml_pair, yaml_scalar
from kiamv_cli.programme.view import fact_text, rule_text, years_text
from kiamv_cli.review.model.form import (
    ABOUT_SHEET,
    FORM_SHEET,
    SHEET_COLUMNS,
    SHEET_VERDICTS,
    questions,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import Any

    from kiamv_cli.longlist.model.longlist import Ecosystem
    from kiamv_cli.programme.model.facts import Evidence
    from kiamv_cli.programme.model.programme import Criterion, Programme
    from kiamv_cli.review.model.people import Reviewer


_WIDTH = 100
_HOW_TO = (
    N_(
        "verdict: met, partly, not-met, unknown (you looked, and cannot tell) or not-mine (it is "
        "not for you to judge). Leave it empty where you did not judge. Each verdict needs a "
        'reason; put it in quotes if it holds a colon or a #: reason: "like this: with a colon".'
    ),
    N_(
        "evidence: the sources you relied on and the place in them, as in [{source: s1, place: p. "
        "12}]; in a spreadsheet as s1: p. 12; s2."
    ),
    N_("Change nothing else. When you are done: kiamv review seal FILE."),
)


def how_to() -> list[str]:
    """How to fill in a form, in lines."""
    return [_(each) for each in _HOW_TO]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """What an empty form is made of.

    Attributes:
        reviewer: Who judges.
        ecosystems: What to judge, in the order of the form, with what is known. Neither the verdict
            of the rule nor what others said is shown: the reviewer judges for themselves.
        programme: What is asked.
        as_of: The reference date at which to judge.
        longlist: The SHA-256 of the long list.
        questions: The SHA-256 of the questions and rules.
    """

    reviewer: Reviewer
    ecosystems: tuple[Ecosystem, ...]
    programme: Programme
    as_of: date
    longlist: str
    questions: str

    @property
    def about(self) -> dict[str, str]:
        """What the form says of itself, by ``ABOUT_KEYS``."""
        return {
            "schema": "kiamv/review/form/2",
            "reviewer": self.reviewer.id,
            "as_of": str(self.as_of),
            "criteria": self.programme.id,
            "questions": self.questions,
            "longlist": self.longlist,
        }


def form_text(blank: Blank) -> str:
    """Format an empty form as YAML."""
    programme, about = blank.programme, blank.about
    lines = [
        *_remark(
            _(
                "Review form of {name}: judge as things stood on {date}.",
                name=blank.reviewer.name,
                date=date_text(blank.as_of),
            )
        ),
        "#",
        *(line for text in how_to() for line in _remark(text)),
        "#",
        *(line for criterion in programme.criteria for line in _question(criterion)),
        *(_about(key, value) for key, value in about.items()),
        "ecosystems:",
    ]
    for each in blank.ecosystems:
        lines += ["", *_ecosystem(each, programme, blank.as_of)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _about(key: str, value: str) -> str:
    if key in {"questions", "longlist"}:
        return f'{key}: "{value}"'
    return f"{key}: {value}" if key in {"schema", "as_of"} else yaml_pair(key, value)


def _question(criterion: Criterion) -> Iterator[str]:
    yield from _remark(f"{criterion.id}: {label_in(criterion.question)} {rule_text(criterion)}")


def _ecosystem(ecosystem: Ecosystem, programme: Programme, as_of: date) -> Iterator[str]:
    website = f", {ecosystem.website}" if ecosystem.website else ""
    yield from _remark(f"{ecosystem.name}{website}", "  ")
    for name, source in ecosystem.sources.items():
        link = f", {source.url}" if source.url else ""
        yield from _remark(f"{name}: {source.title}{link}", "  ")
    yield f"  {yaml_scalar(ecosystem.id)}:"
    for criterion in programme.criteria:
        known = criterion.evidence(ecosystem, as_of)
        parts = [each.part for each in questions(programme) if each.criterion == criterion.id]
        indent = "    " if parts == [None] else "      "
        yield f"    {yaml_scalar(criterion.id)}:"
        for part in parts:
            if part:
                yield f"      {yaml_scalar(part)}:"
            for fact in known.facts:
                if fact.side == part:
                    yield from _remark(known_text(fact, programme), f"{indent}  ")
            yield f"{indent}  verdict:"
            yield f"{indent}  reason:"
            yield f"{indent}  evidence: []"


def known_text(fact: Evidence, programme: Programme) -> str:
    """What a fact says, with its years and its source: ``grew [2019, s1]``."""
    years = years_text(fact.fact, "-")
    marks = [each for each in (years, *fact.fact.cited) if each]
    told = fact_text(fact, programme)
    return f"{told} [{', '.join(marks)}]" if marks else told


def _remark(text: str, indent: str = "") -> list[str]:
    lines = wrap(
        clean(" ".join(text.split())),
        _WIDTH - len(indent) - 2,
        break_on_hyphens=False,
        break_long_words=False,
    )
    return [f"{indent}# {line}" for line in lines]


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
        known = criterion.evidence(ecosystem, as_of).facts
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
