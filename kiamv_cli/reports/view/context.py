"""What all parts of the page say of ecosystems, and the pictures of the report."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, label_in
from kiamv_cli.display.document import Heading, Paragraph, Table, names_cell
from kiamv_cli.display.html import card_link, cell_node, el, scrolling
from kiamv_cli.display.text import UNICODE, decimal, listing
from kiamv_cli.display.words import word
from kiamv_cli.flows.view.flow import FlowView
from kiamv_cli.programme.model.dimensions import PLAIN_DIMENSIONS
from kiamv_cli.programme.view import dimension_text
from kiamv_cli.scoring.model.score import score_at
from kiamv_cli.scoring.view import class_cell
from kiamv_cli.selection.view.charts import robustness_figure, tradeoff_figure
from kiamv_cli.selection.view.maps import map_figure, spread_figure, tiles_figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from fractions import Fraction

    from kiamv_cli.display.document import View
    from kiamv_cli.display.figure import Figure
    from kiamv_cli.display.html import Node
    from kiamv_cli.programme.model.dimensions import Dimension, DimensionId
    from kiamv_cli.programme.model.facts import Verdict
    from kiamv_cli.reports.model import Part, Report, Why
    from kiamv_cli.scoring.model.score import CriterionScore, EcosystemScore
    from kiamv_cli.selection.model.gaps import Gap
    from kiamv_cli.selection.model.robustness import Standing

_WHY: Mapping[Why, str] = {
    "not-asked": N_("it was not asked for"),
    "time-limit": N_("the time limit was reached first"),
    "interrupted": N_("it was interrupted"),
    "unproven": N_("the shortlist itself is not proven"),
    "too-many": N_("it would take too long for all"),
}


@dataclass(frozen=True)
class Context:
    """Says of a report what several parts of the page need."""

    report: Report

    def label(self, dimension: DimensionId, category: str) -> str:
        """Return what a category is called."""
        return label_in(self.report.scores.dimensions[dimension].labels[category])

    @cached_property
    def first_dimension(self) -> DimensionId | None:
        """Provinces, or what else there is to say of a member in one word."""
        names = ("provinces", *self.report.request.balance, *self.report.spread)
        return next((each for each in names if each in self.report.spread), None)

    @cached_property
    def members(self) -> frozenset[str]:
        """Who is in, by id."""
        return frozenset(self.report.ids)

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """How ecosystems fared in the draws, by id; empty without draws."""
        found = self.report.robustness
        return {one.id: one for one in found.standings} if found else {}

    @cached_property
    def stand_ins(self) -> Mapping[str, str | None]:
        """The best single swap for each member, by id."""
        members = self.report.shortlist.members
        return {one.scored.ecosystem.id: one.replacement for one in members}

    @cached_property
    def gaps(self) -> Mapping[str, Sequence[Gap]]:
        """The open questions that could change the shortlist, by ecosystem."""
        made: dict[str, list[Gap]] = {}
        for gap in self.report.gaps.gaps if self.report.gaps else ():
            made.setdefault(gap.scored.ecosystem.id, []).append(gap)
        return made

    def score(self, scored: EcosystemScore) -> Fraction:
        """The score that counts."""
        return score_at(scored, self.report.scores.programme, self.report.request.unknown)

    def name(self, identifier: str) -> Node:
        """The name of an ecosystem, as a link to its card."""
        return card_link(identifier, self.report.scores.longlist.names[identifier])

    def named(self, ids: Sequence[str]) -> Node:
        """Names of ecosystems, each a link to its card; a dash for none."""
        return cell_node(names_cell(ids, self.report.scores.longlist.names))

    def places(self, scored: EcosystemScore, dimension: DimensionId) -> str:
        """Format the categories of an ecosystem in a dimension; all of them in one word."""
        dimensions = self.report.scores.dimensions
        codes = [*dict.fromkeys(dimensions.categories(scored.ecosystem, dimension))]
        if len(codes) == len(dimensions[dimension].categories) > 1:
            return _("all {dimension}", dimension=dimension_text(dimension, dimensions))
        labels = [self.label(dimension, each) for each in codes]
        # "Agriculture, water and food" is one theme.
        return ("; " if any("," in each for each in labels) else ", ").join(labels)

    def class_text(self, scored: EcosystemScore) -> str:
        """The class at worst, with the sign that it may still rise on the line of its last word."""
        text = class_cell(scored, self.report.scores.programme, UNICODE).text
        return text.replace(f" {UNICODE.up}", f"\u00a0{UNICODE.up}")

    def badge(self, scored: EcosystemScore) -> Node:
        """Whether an ecosystem is in."""
        inside = scored.ecosystem.id in self.members
        return el(
            "span", _("in") if inside else _("not in"), class_="badge in" if inside else "badge"
        )

    def missing(self, part: Part) -> Node:
        """Say why a part is missing or not whole; nothing where it is whole."""
        omission = self.report.omission(part)
        if omission is None:
            return None
        why = _(_WHY[omission.why])
        if not omission.there:
            return el("p", _("Not in this report: {why}.", why=why), class_="note")
        if omission.all is None:
            text = _("Not complete: {why}. What is shown is exact.", why=why)
        else:
            text = _(
                "Not complete ({there} of {all}): {why}. What is shown is exact.",
                there=omission.there,
                all=omission.all,
                why=why,
            )
        return el("p", text, class_="note")


def range_of(proven: Fraction, possible: Fraction) -> str:
    """A score from proven to possible: ``0.50–0.75``, or one number where they are the same."""
    shown = decimal(proven)
    return shown if proven == possible else f"{shown}{UNICODE.dash}{decimal(possible)}"


def mark(verdict: Verdict) -> Node:
    """The sign of a verdict, beside words that say the same."""
    return el("span", UNICODE.mark(verdict), class_="mark", aria_hidden="true")


def verdict_mark(scored: CriterionScore) -> Node:
    """The sign of a verdict, which is said in words to who cannot see it."""
    sign = UNICODE.mark(scored.verdict)
    return el("span", sign, class_="mark", role="img", aria_label=word(scored.verdict))


def opening(view: View) -> Iterator[str]:
    """The sentences with which the view of a result opens, before its tables."""
    headings = 0
    for block in view.blocks(UNICODE):
        headings += isinstance(block, Heading)
        if headings > 1 or isinstance(block, Table):
            return
        if isinstance(block, Paragraph) and block.text:
            yield block.text


def joined(texts: Iterable[str]) -> str:
    """Words in a list, with a dash for none."""
    return listing(list(texts)) or UNICODE.dash


def filter_name(dimension: DimensionId) -> str:
    """Return by what the rows of a dimension are filtered: never by what else a row has."""
    return dimension if dimension in PLAIN_DIMENSIONS else f"in-{dimension}"


_WIDE = 460  # pixels; what is wider would be too small to read on a telephone


def where_figure(report: Report, name: str) -> Node:
    """Where the members are in one look: the first map there is, else tiles."""
    for each, found in report.spread.items():
        dimension = report.scores.dimensions[each]
        if dimension.map is not None:
            return _drawn(map_figure(dimension, found, name))
        if _tiled(dimension):
            return _drawn(tiles_figure(dimension, found, name))
    return None


def place_figures(report: Report, name: DimensionId) -> Node:
    """Where the seats of a dimension lie, as map and as tiles, if it has these."""
    dimension, found = report.scores.dimensions[name], report.spread[name]
    pictures = [
        map_figure(dimension, found, f"map-{name}") if dimension.map else None,
        tiles_figure(dimension, found, f"tiles-{name}") if _tiled(dimension) else None,
    ]
    drawn = [_drawn(each) for each in pictures if each]
    return el("div", drawn, class_="pictures") if drawn else None


def bars_figure(report: Report, name: DimensionId) -> Node:
    """The seats of a dimension as bars beside their targets."""
    dimension, found = report.scores.dimensions[name], report.spread[name]
    return _drawn(spread_figure(dimension, found, f"bars-{name}"))


def tradeoff_picture(report: Report) -> Node:
    """Every trade-off in a plot, unless there is but one."""
    found = report.tradeoffs
    return _drawn(tradeoff_figure(found), "loose") if found and len(found.steps) > 1 else None


def robustness_picture(report: Report) -> Node:
    """How often each was selected."""
    return _drawn(robustness_figure(report.robustness), "loose") if report.robustness else None


def flow_picture(report: Report) -> Node:
    """The way from suggestions to the shortlist."""
    return _drawn(FlowView(report.flow).figures()["flow"](), "loose")


def _tiled(dimension: Dimension) -> bool:
    return all(each.tile for each in dimension.categories)


def _drawn(figure: Figure, kind: str = "") -> Node:
    """A figure that scrolls by itself where the screen is narrower than it.

    One whose ``kind`` is ``loose`` may stand elsewhere on paper than in the text.
    """
    made = scrolling(figure.title, figure)
    kinds = [*(["wide"] if figure.width > _WIDE else []), *([kind] if kind else [])]
    return el("figure", made, class_=" ".join(kinds) or None)
