"""An empty workbook to fill in: the columns that a programme needs, with choices and an example."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from kiamv_cli.base.language import _, current_language, label_in
from kiamv_cli.base.spreadsheet import column_name
from kiamv_cli.base.text import table
from kiamv_cli.display.words import word
from kiamv_cli.display.workbook import new_workbook
from kiamv_cli.longlist.model.layout import (
    ABOUT_SHEET,
    AS_OF,
    ATTRIBUTES,
    CHOICES_SHEET,
    LIST_SHEET,
    MAIN_SHEET,
    SIDES,
    TITLE,
    spelled,
    template_columns,
    template_heading,
)
from kiamv_cli.longlist.model.longlist import Ecosystem
from kiamv_cli.programme.model.dimensions import PLAIN_DIMENSIONS
from kiamv_cli.programme.model.facts import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.programme.model.attributes import Attribute
    from kiamv_cli.programme.model.programme import Programme

_ROWS = 1_000  # with drop-down lists
_LONGEST_HINT, _LONGEST_TITLE = 255, 32
_NOTHING_KNOWN = Ecosystem(id="", name="", provinces=(), themes=())
# What rules may look at; other columns belong in every workbook.
_FACTS = {"challenges", "life_domains", "comparable_elsewhere", "maturity", "budget", "partners"}


class _Column(NamedTuple):
    """A column to fill in; ``choices`` name what its drop-down list offers, if it has one."""

    heading: str
    explains: str
    example: str
    choices: tuple[str, ...] = ()


def template_workbook(programme: Programme) -> bytes:
    """Write an empty workbook for a programme, in the current language.

    What is filled in can be imported as it is. The row of the example is passed over.
    """
    file = BytesIO()
    book = new_workbook(file)
    columns = [*_columns(programme)]
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    faint = book.add_format({"italic": True, "font_color": "#808080"})
    main = book.add_worksheet(spelled(MAIN_SHEET))
    about = book.add_worksheet(spelled(ABOUT_SHEET))
    offered = {each.choices: None for each in columns if each.choices}
    for place, column in enumerate(columns):
        main.set_column(place, place, max(18, min(40, len(column.example) + 4)))
        main.write_string(0, place, column.heading, bold)
        main.write_string(1, place, column.example, faint)
        main.data_validation(1, place, _ROWS, place, _validation(column, [*offered]))
    main.freeze_panes(1, 1)
    _explain(about, programme, columns, bold)
    choices = book.add_worksheet(spelled(CHOICES_SHEET))
    for place, labels in enumerate(offered):
        for line, label in enumerate(labels):
            choices.write_string(line, place, label)
    stated = book.add_worksheet(spelled(LIST_SHEET))
    for line, key in enumerate((TITLE, AS_OF)):
        stated.write_string(line, 0, spelled(key))
    stated.write_string(0, 1, label_in(programme.label))
    stated.set_column(0, 1, 40)
    book.close()
    return file.getvalue()


def _validation(column: _Column, offered: Sequence[tuple[str, ...]]) -> dict[str, object]:
    hint = {
        "input_title": column.heading[:_LONGEST_TITLE],
        "input_message": column.explains[:_LONGEST_HINT],
    }
    if not column.choices:
        return {"validate": "any", **hint}
    letters = column_name(offered.index(column.choices) + 1)
    last = len(column.choices)
    source = f"='{spelled(CHOICES_SHEET)}'!${letters}$1:${letters}${last}"
    return {
        "validate": "list",
        "source": source,
        "error_title": _("Not in the list"),
        "error_message": _("Choose one from the list, or leave it empty if it is not known."),
        **hint,
    }


def _explain(sheet: Any, programme: Programme, columns: Sequence[_Column], bold: Any) -> None:  # noqa: ANN401 - no types
    """Fill the second sheet: each column in a sentence, and what the criteria ask."""
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)
    rows = [(each.heading, each.explains) for each in columns]
    rows += [("", ""), (_("Criterion"), _("What it asks"))]
    rows += [(label_in(each.label), label_in(each.question)) for each in programme.criteria]
    sheet.write_string(0, 0, _("column"), bold)
    sheet.write_string(0, 1, _("what it holds"), bold)
    for line, row in enumerate(rows, 1):
        for place, text in enumerate(row):
            sheet.write_string(line, place, text)


def _columns(programme: Programme) -> Iterator[_Column]:
    rules = {
        name for each in programme.criteria for name, _facts in each.rule.lists(_NOTHING_KNOWN)
    }
    needed = {"partners"} if rules & {*SIDES} else set()
    needed |= rules | {"challenges"}
    language, texts = current_language(), table("template")
    choices = _choices(programme)
    for column, key in template_columns().items():
        top = column.partition(".")[0]
        of = "themes" if column.endswith(".theme") else top
        lacks = of in PLAIN_DIMENSIONS and of not in programme.dimensions
        if (top in _FACTS and top not in needed) or lacks or column == "note":
            continue
        offered = choices.get(key, ())
        example = str(texts[key].get("example", {}).get(language, offered[0] if offered else ""))
        heading = template_heading(column, language)
        if top == "internal":
            yield from map(_attribute, programme.attributes)
        is_first = not any(step.isdecimal() and step != "1" for step in column.split("."))
        yield _Column(
            heading, texts[key]["explains"][language], example if is_first else "", offered
        )


def _attribute(attribute: Attribute) -> _Column:
    """Return the column of an attribute that the programme declares."""
    labels = tuple(label_in(each.label) for each in attribute.categories)
    if attribute.kind == "yes-no":
        labels = (_("yes"), _("no"))
    held = {
        "choice": _("One of the list."),
        "number": _("A number, in digits."),
        "yes-no": _("yes or no."),
        "facts": _("A statement, in a few words."),
        "organisation": _("The name of an organisation."),
    }[attribute.kind]
    if attribute.answer == "multiple":
        return _Column(label_in(attribute.label), _("Separate several with ;"), "")
    heading = label_in(attribute.label)
    if attribute.kind == "facts":
        heading = spelled(f"{ATTRIBUTES}.{attribute.id}.1.what")
    return _Column(heading, held, labels[0] if labels else "", labels)


def _choices(programme: Programme) -> Mapping[str, tuple[str, ...]]:
    labels = {
        name: tuple(label_in(each.label) for each in dimension.categories)
        for name, dimension in programme.dimensions.items()
    }
    kinds = ("business", "research", "government", "citizens", "intermediary")
    return {
        "provinces": labels.get("provinces", ()),
        "themes": labels.get("themes", ()),
        "challenges.theme": labels.get("themes", ()),
        "scope": tuple(map(word, get_args(Scope))),
        "lead.kind": tuple(map(word, kinds)),
        "life_domains.domain": tuple(map(word, ("living", "working", "housing"))),
        "budget.own": (_("yes"), _("no")),
    }
