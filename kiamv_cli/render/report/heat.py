"""The heat table: every ecosystem on every criterion, a row each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kiamv_cli.language import _, label_in
from kiamv_cli.render.report.html import el, hidden, html, scrolling
from kiamv_cli.render.report.told import BASES, range_of, verdict_mark
from kiamv_cli.render.text import UNICODE, seats

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from kiamv_cli.core.score import CriterionScore, EcosystemScore
    from kiamv_cli.render.report.html import Html, Node
    from kiamv_cli.render.report.told import Told

_SHADES = 4  # of the ramp of colours those on which text reads dark
# To lay out a table a browser must look at every cell of it. Of more rows than these it lays out
# only those in view (`many` in the style sheet), as a grid: the roles keep it a table for all.
_MOST_LAID_OUT = 200


def heat(told: Told) -> Html:
    """The table, to sort and to filter."""
    scores = told.report.scores
    rows = _Rows(told, many=len(scores.ecosystems) > _MOST_LAID_OUT)
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

    told: Told
    many: bool

    def el(self, tag: str, *inside: Node, **attributes: str | int | None) -> Html:
        """Make a part of the table."""
        role = _ROLES.get((tag, attributes.get("scope"))) if self.many else None
        return el(tag, *inside, **attributes, role=role)

    def heads(self) -> Iterator[Html]:
        """The headings of the columns."""
        yield self._head(_("rank"), "number", up=True)
        yield self._head(_("ecosystem"), up=True)
        yield self._head(_("shortlist"), up=True)
        yield self._head(_("class"), up=True)
        yield self._head(_("score"), "number")
        for each in self.told.report.scores.programme.criteria:
            yield self._head(label_in(each.label), "heat")

    def row(self, one: EcosystemScore) -> Html:
        """One ecosystem."""
        ecosystem, told = one.ecosystem, self.told
        inside = ecosystem.id in told.members
        texts = (ecosystem.name, ecosystem.id, *ecosystem.aliases, ecosystem.seat or "")
        return self.el(
            "tr",
            self.el("td", str(one.rank), class_="number", data_key=one.rank),
            self.el("th", told.name(ecosystem.id), scope="row"),
            self.el("td", told.badge(one), data_key=0 if inside else 1),
            self.el("td", told.class_text(one), data_key=self._classes[one.worst.id]),
            self._total(one),
            map(self._score, one.criteria),
            id=f"row-{ecosystem.id}",
            data_text=" ".join(texts),
            data_provinces=" ".join(ecosystem.provinces),
            data_themes=" ".join(ecosystem.themes),
            data_class=one.worst.id,
            data_in=int(inside),
        )

    def _head(self, text: str, kind: str | None = None, *, up: bool = False) -> Html:
        """The heading of a column that sorts: first upwards or downwards."""
        return self.el("th", text, scope="col", class_=kind, data_sort="up" if up else "down")

    def _total(self, one: EcosystemScore) -> Html:
        key = self._order[_pair(one)]
        return self.el("td", range_of(one.proven, one.possible), class_="number", data_key=key)

    def _score(self, scored: CriterionScore) -> Html:
        """A cell of the heat: sign, score and shade say the same."""
        basis = None
        if scored.basis != "rule":
            basis = html(el("sup", "*", aria_hidden="true"), hidden(f", {_(BASES[scored.basis])}"))
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
    def _classes(self) -> Mapping[str, int]:
        """The place of each class, best first."""
        classes = self.told.report.scores.programme.classes
        return {each.id: place for place, each in enumerate(classes)}

    @cached_property
    def _order(self) -> Mapping[tuple[Fraction, Fraction], int]:
        """The place of each score there is: by what is proven, then by what is possible."""
        pairs = {
            pair
            for one in self.told.report.scores.ecosystems
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
