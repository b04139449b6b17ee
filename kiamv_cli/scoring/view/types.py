"""Types: how many ecosystems are of which, with the base of every share, and cross-tabs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, label_in, labels_of
from kiamv_cli.display.document import (
    Cell,
    Column,
    Field,
    Heading,
    Paragraph,
    Table,
    data,
    records,
    table,
)
from kiamv_cli.display.text import count, date_text, heading, listing, number, percent
from kiamv_cli.display.words import made_up
from kiamv_cli.longlist.view import criteria_fields, judged_fields
from kiamv_cli.programme.model.types import AnswerRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from fractions import Fraction

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.programme.model.types import TypeDimension
    from kiamv_cli.scoring.model.types import Basis, Classified, Types

UNKNOWN = "unknown"
_WIDTH = 20  # of a bar


def classified_view(classified: Classified) -> TypesView | CrossView:
    """Return what shows counts on one dimension, or on two at once."""
    return TypesView(classified) if len(classified.by) == 1 else CrossView(classified)


@dataclass(frozen=True, slots=True)
class TypesView:
    """``kiamv classify --by DIMENSION``: counts and shares, unknown apart."""

    classified: Classified

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/classify``."""
        return {**_heading(self), "by": [_fields(each) for each in self.classified.by]}

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per category, and one for unknown."""
        for types in self.classified.by:
            for category, ids in _parts(types):
                share = None if category is None else types.share(category)
                yield {
                    "dimension": types.dimension.id,
                    "category": category or UNKNOWN,
                    "count": len(ids),
                    "base": len(types.known),
                    "share": None if share is None else number(share),
                    "ids": " ".join(ids),
                }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """A table per dimension, with what the shares rest on."""
        for types in self.classified.by:
            yield Heading(_title(self.classified, label_in(types.dimension.label)))
            yield _one_way(types, symbols)
            yield Paragraph("")
            yield from (Paragraph(text) for text in _notes(types))
        yield from made_up(self.classified)


@dataclass(frozen=True, slots=True)
class CrossView:
    """``kiamv classify --by DIMENSION --and DIMENSION``: a cross-tab, unknown apart."""

    classified: Classified

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/classify``."""
        rows, columns = self.classified.by
        return {
            **_heading(self),
            "by": [_fields(each) for each in self.classified.by],
            "cells": [
                {
                    "row": row or UNKNOWN,
                    "column": column or UNKNOWN,
                    "count": len(ids),
                    "ids": list(ids),
                }
                for row, _ids in _parts(rows)
                for column, _ids in _parts(columns)
                for ids in [self.classified.cell(row, column)]
            ],
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per cell."""
        rows, columns = self.classified.by
        for row, _row_ids in _parts(rows):
            for column, _column_ids in _parts(columns):
                ids = self.classified.cell(row, column)
                yield {
                    rows.dimension.id: row or UNKNOWN,
                    columns.dimension.id: column or UNKNOWN,
                    "count": len(ids),
                    "ids": " ".join(ids),
                }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:  # noqa: ARG002 - numbers and words only
        """The cross-tab with its margins, then what is behind it."""
        rows, columns = self.classified.by
        names = [label_in(each.dimension.label) for each in (rows, columns)]
        yield Heading(
            _title(self.classified, _("{rows} by {columns}", rows=names[0], columns=names[1]))
        )
        yield self._table(rows, columns)
        yield Paragraph("")
        multiple = [
            name
            for name, each in zip(names, (rows, columns), strict=True)
            if each.dimension.answer == "multiple"
        ]
        if multiple:
            yield Paragraph(
                _(
                    "{dimensions}: an ecosystem may be in several categories, so cells add up to "
                    "more than the totals.",
                    dimensions=listing(multiple),
                )
            )
        yield Paragraph(
            _(
                "Totals are those of the category, whatever the other dimension says. -f "
                "json has the ids."
            )
        )
        for types in (rows, columns):
            yield from (Paragraph(text) for text in _basis_notes(types))
        yield from made_up(self.classified)

    def _table(self, rows: Types, columns: Types) -> Table:
        across = [*_parts(columns)]
        heads = (
            Column(label_in(rows.dimension.label), wraps=True),
            *(
                Column(_label(columns.dimension, each), "right", wraps=True)
                for each, _ids in across
            ),
            Column(_("total"), "right"),
        )
        lines = [
            (
                Cell(_label(rows.dimension, row)),
                *(_number(len(self.classified.cell(row, column))) for column, _ids in across),
                Cell(str(len(row_ids)), "strong"),
            )
            for row, row_ids in _parts(rows)
        ]
        totals = (
            Cell(_("total"), "strong"),
            *(Cell(str(len(ids)), "strong") for _name, ids in across),
            Cell(str(len(rows.typed)), "strong"),
        )
        return Table(heads, (*lines, totals))


@dataclass(frozen=True, slots=True)
class DimensionsView:
    """The dimensions that there are, and from what each follows."""

    dimensions: tuple[TypeDimension, ...]
    programme: Programme

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/classify``."""
        return {
            **heading("classify"),
            "criteria": criteria_fields(self.programme),
            "dimensions": [
                {
                    "id": each.id,
                    "label": label_in(each.label),
                    "answer": each.answer,
                    "categories": [one.id for one in each.categories],
                    "origins": _origins(each),
                }
                for each in self.dimensions
            ],
        }

    def records(self) -> Iterable[Mapping[str, Value]]:
        """A row per dimension."""
        return records(_dimension_fields(), self.dimensions)

    def blocks(self, symbols: Symbols) -> Iterable[Block]:  # noqa: ARG002 - words only
        """What can be asked for, in a table."""
        yield Heading(_("Dimensions to classify by"))
        yield table(_dimension_fields(), self.dimensions)
        yield Paragraph("")
        yield Paragraph(
            _(
                "kiamv classify --by DIMENSION counts them. --answers FILE gives answers to the "
                "survey."
            )
        )


def _dimension_fields() -> tuple[Field[TypeDimension], ...]:
    label: Field[TypeDimension] = Field("label", _("what it is"), lambda row: label_in(row.label))
    categories: Field[TypeDimension] = Field(
        "categories", _("categories"), lambda row: tuple(one.id for one in row.categories)
    )
    origins: Field[TypeDimension] = Field(
        "origins", _("follows from"), lambda row: tuple(_origins(row)), wraps=True
    )
    names: Field[TypeDimension] = Field("id", _("dimension"), lambda row: row.id)
    return (
        replace(names, show=lambda row: Cell(row.id, "strong")),
        replace(label, wraps=True),
        data("answer", _("answer"), lambda row: row.answer),
        replace(
            categories, show=lambda row: "; ".join(labels_of(row.categories).values()), wraps=True
        ),
        replace(origins, show=lambda row: listing([_(_BASES[each]) for each in _origins(row)])),
    )


_BASES: Mapping[Basis, str] = {"facts": N_("facts"), "answers": N_("answers")}


def _origins(dimension: TypeDimension) -> list[Basis]:
    from_answers = [isinstance(rule, AnswerRule) for rule in dimension.rules]
    found: list[Basis] = ["answers"] if any(from_answers) else []
    return found if all(from_answers) else [*found, "facts"]


def _heading(view: TypesView | CrossView) -> dict[str, object]:
    return {
        **heading("classify"),
        "as_of": view.classified.as_of.isoformat(),
        **judged_fields(view.classified.programme, view.classified.longlist),
        "request": {"as_of": view.classified.as_of.isoformat()},
        "made_up": view.classified.made_up,
    }


def _fields(types: Types) -> dict[str, object]:
    return {
        "dimension": types.dimension.id,
        "answer": types.dimension.answer,
        "base": len(types.known),
        "categories": [_category(types, each.id) for each in types.dimension.categories],
        "unknown": {"count": len(types.unknown), "ids": list(types.unknown)},
        "from": {basis: len(ids) for basis, ids in _by_basis(types).items()},
    }


def _category(types: Types, category: str) -> dict[str, object]:
    share, bounds = types.share(category), types.bounds(category)
    return {
        "id": category,
        "count": len(types.of(category)),
        "share": None if share is None else number(share),
        "share_of_all": None if bounds is None else [number(bound) for bound in bounds],
        "ids": list(types.of(category)),
        "at_least": list(types.at_least(category)),
    }


def _title(classified: Classified, what: str) -> str:
    return _(
        "{title}: {what}, {ecosystems} as of {date}",
        title=classified.longlist.title,
        what=what,
        ecosystems=count(len(classified.longlist.ecosystems), "ecosystem", "ecosystems"),
        date=date_text(classified.as_of),
    )


def _parts(types: Types) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    """The ids of each category, and under ``None`` the unknown if there are any."""
    for each in types.dimension.categories:
        yield each.id, types.of(each.id)
    if types.unknown:
        yield None, types.unknown


def _label(dimension: TypeDimension, category: str | None) -> str:
    if category is None:
        return _("unknown")
    return label_in(next(each.label for each in dimension.categories if each.id == category))


def _number(value: int) -> Cell:
    return Cell(str(value), "plain" if value else "faint")


def _one_way(types: Types, symbols: Symbols) -> Table:
    columns = [Column(label_in(types.dimension.label), wraps=True), Column("n", "right")]
    columns += [Column(_("at least"), "right")] if types.open_ended else [Column(_("of the known"))]
    columns += [Column(_("of all"), "right"), Column("")]
    rows = [
        (
            Cell(label_in(each.label)),
            _number(len(types.of(each.id))),
            _number(len(types.at_least(each.id)))
            if types.open_ended
            else Cell(_of(types, each.id)),
            Cell(_range(types.bounds(each.id), symbols)),
            Cell(_bar(types.bounds(each.id), symbols)),
        )
        for each in types.dimension.categories
    ]
    if types.unknown:
        blank = (Cell(""), Cell(""), Cell(""))
        rows.append((Cell(_("unknown"), "unknown"), Cell(str(len(types.unknown))), *blank))
    return Table(tuple(columns), tuple(rows))


def _of(types: Types, category: str) -> str:
    share = types.share(category)
    if share is None:
        return ""
    return _(
        "{share} ({n} of {base})",
        share=percent(share, 0),
        n=len(types.of(category)),
        base=len(types.known),
    )


def _range(bounds: tuple[Fraction, Fraction] | None, symbols: Symbols) -> str:
    if bounds is None:
        return ""
    low, high = (percent(each, 0) for each in bounds)
    return low if low == high else f"{low}{symbols.dash}{high}"


def _bar(bounds: tuple[Fraction, Fraction] | None, symbols: Symbols) -> str:
    return symbols.bar(*bounds, width=_WIDTH) if bounds else ""


def _notes(types: Types) -> Iterator[str]:
    if types.open_ended:
        yield _(
            "At least: as far as is known now; more facts could add to it. Those for which "
            "it is known are mostly complete, so they say nothing about the others: shares "
            "are of all, from the lowest to the highest possible."
        )
    elif types.unknown and types.known:
        yield _(
            "Of all: the lowest if none of the unknown belong to it, the highest if all of them do."
        )
    if types.dimension.answer == "multiple":
        yield _(
            "An ecosystem may be in several categories, so shares may add up to more than 100%."
        )
    yield from _basis_notes(types)


def _basis_notes(types: Types) -> Iterator[str]:
    name = label_in(types.dimension.label)
    if not types.known:
        if _origins(types.dimension) == ["answers"]:
            yield _(
                "{dimension}: known from answers to the survey only; give them as --answers FILE.",
                dimension=name,
            )
        return
    counted = {basis: len(ids) for basis, ids in _by_basis(types).items() if ids}
    if "answers" not in counted:
        return
    known = count(len(types.known), "ecosystem", "ecosystems")
    if counted.keys() == {"answers"}:
        yield _(
            "{dimension}: known for {ecosystems}, from answers.", dimension=name, ecosystems=known
        )
    else:
        yield _(
            "{dimension}: known for {ecosystems}, for {answers} from answers and for {facts} "
            "from facts.",
            dimension=name,
            ecosystems=known,
            **counted,
        )


def _by_basis(types: Types) -> dict[Basis, list[str]]:
    return {
        basis: [each.ecosystem for each in types.typed if each.basis == basis] for basis in _BASES
    }
