"""The table of all ecosystems by criteria, each cell in the colour of its score."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _
from kiamv_cli.display.document import people
from kiamv_cli.display.html import (
    cell_node,
    el,
    hidden,
    scrolling,
)
from kiamv_cli.display.text import UNICODE, seats
from kiamv_cli.reports.view.context import filter_name, verdict_mark
from kiamv_cli.scoring.view import BASES
from kiamv_cli.scoring.view.score import score_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from kiamv_cli.display.document import Field
    from kiamv_cli.display.html import Node
    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.reports.view.context import Context
    from kiamv_cli.scoring.model.score import CriterionScore, EcosystemScore


_FIRST = {key: n for n, key in enumerate(("rank", "name", "selected", "class", "range"))}
_SHADES = 4  # of the ramp of colours those on which text reads dark
# To lay out a table a browser must look at every cell of it. Of more rows than these it lays out
# only those in view (`many` in the style sheet), as a grid: the roles keep it a table for all.
_MOST_LAID_OUT = 200


def heat(context: Context) -> Node:
    """The table, to sort and to filter."""
    scores = context.report.scores
    rows = _Rows(context, many=len(scores.ecosystems) > _MOST_LAID_OUT)
    caption = _("All ecosystems on all criteria, highest proven score first")
    made = rows.el(
        "table",
        el("caption", caption),
        rows.el("thead", rows.el("tr", rows.heads())),
        rows.el("tbody", map(rows.row, scores.ecosystems)),
        class_="all many" if rows.many else "all",
        id="heat",
        data_up=_("sorted from low to high by {column}", column="{column}"),
        data_down=_("sorted from high to low by {column}", column="{column}"),
    )
    return scrolling(caption, made)


@dataclass(frozen=True)
class _Rows:
    """Makes the rows, each cell with the number by which it sorts."""

    context: Context
    many: bool

    def el(self, tag: str, *inside: Node, **attributes: str | int | None) -> Node:
        """Make a part of the table."""
        role = _ROLES.get((tag, attributes.get("scope"))) if self.many else None
        return el(tag, *inside, **attributes, role=role)

    def heads(self) -> Iterator[Node]:
        """The headings of the columns; those of scores sort downwards first."""
        for field in self._fields:
            yield self.el(
                "th",
                field.heading,
                scope="col",
                class_=self._kind(field),
                data_sort="down" if field.key in ("range", *self._places) else "up",
            )

    def row(self, scored: EcosystemScore) -> Node:
        """One ecosystem."""
        ecosystem = scored.ecosystem
        of = partial(self.context.report.scores.dimensions.categories, ecosystem)
        texts = (ecosystem.name, ecosystem.id, *ecosystem.aliases, ecosystem.seat or "")
        return self.el(
            "tr",
            (self._cell(field, scored) for field in self._fields),
            id=f"row-{ecosystem.id}",
            data_text=" ".join(texts),
            **{f"data_{filter_name(name)}": " ".join(of(name)) for name in self._dimensions},
            data_class=scored.worst.id,
            data_in=int(ecosystem.id in self.context.members),
        )

    @cached_property
    def _fields(self) -> Sequence[Field[EcosystemScore]]:
        """The columns of the ranking, and who is in; what sums up comes first."""
        badge: Field[EcosystemScore] = people("selected", _("shortlist"), lambda _row: "")
        fields = (badge, *score_fields(self.context.report.scores))
        shown = (each for each in fields if "page" not in each.without)
        return sorted(shown, key=lambda each: (each.key not in _FIRST, _FIRST.get(each.key, 0)))

    def _kind(self, field: Field[EcosystemScore]) -> str | None:
        if field.key in self._places:
            return "heat"
        return "number" if field.align == "right" or field.key == "range" else None

    def _cell(self, field: Field[EcosystemScore], scored: EcosystemScore) -> Node:
        """A cell, with the number by which it sorts; one that has none sorts by its text."""
        context, kind = self.context, self._kind(field)
        if kind == "heat":
            return self._score(scored.criteria[self._places[field.key]])
        if field.key == "name":
            return self.el("th", cell_node(field.cell(scored)), scope="row")
        if field.key == "selected":
            return self.el(
                "td",
                context.badge(scored),
                data_key=int(scored.ecosystem.id not in context.members),
            )
        keys = {
            "rank": scored.rank,
            "class": self._classes[scored.worst.id],
            "range": self._order[_pair(scored)],
        }
        inside = (
            context.class_text(scored) if field.key == "class" else cell_node(field.cell(scored))
        )
        return self.el("td", inside, class_=kind, data_key=keys.get(field.key))

    def _score(self, scored: CriterionScore) -> Node:
        """A cell of the heat: sign, score and shade say the same."""
        basis = None
        if scored.basis != "rule":
            basis = (el("sup", "*", aria_hidden="true"), hidden(f", {_(BASES[scored.basis][1])}"))
        dash = f"{UNICODE.dash}{seats(scored.possible)}" if scored.open else ""
        return self.el(
            "td",
            verdict_mark(scored),
            f"{seats(scored.proven)}{dash}",
            basis,
            class_=f"heat shade{round(scored.proven * _SHADES)}",
            data_key=self._order[_pair(scored)],
        )

    @cached_property
    def _dimensions(self) -> tuple[DimensionId, ...]:
        """Those by which the rows can be filtered."""
        return tuple(self.context.report.scores.programme.dimensions)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """The place of each criterion."""
        criteria = self.context.report.scores.programme.criteria
        return {each.id: place for place, each in enumerate(criteria)}

    @cached_property
    def _classes(self) -> Mapping[str, int]:
        """The place of each class, best first."""
        classes = self.context.report.scores.programme.classes
        return {each.id: place for place, each in enumerate(classes)}

    @cached_property
    def _order(self) -> Mapping[tuple[Fraction, Fraction], int]:
        """The place of each score there is: by what is proven, then by what is possible."""
        pairs = {
            pair
            for one in self.context.report.scores.ecosystems
            for pair in (_pair(one), *map(_pair, one.criteria))
        }
        return {pair: place for place, pair in enumerate(sorted(pairs))}


def _pair(scored: CriterionScore | EcosystemScore) -> tuple[Fraction, Fraction]:
    return scored.proven, scored.possible


_ROLES: Mapping[tuple[str, str | int | None], str] = {
    ("table", None): "table",
    ("thead", None): "rowgroup",
    ("tbody", None): "rowgroup",
    ("tr", None): "row",
    ("th", "col"): "columnheader",
    ("th", "row"): "rowheader",
    ("td", None): "cell",
}
