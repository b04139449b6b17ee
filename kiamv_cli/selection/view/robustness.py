"""How sure a shortlist is, in words, tables and data."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, label_in, ngettext
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.display.text import count, date_text, decimal, in_style, listing, number, percent
from kiamv_cli.display.words import why_incomplete
from kiamv_cli.scoring.view.score import left_out_text
from kiamv_cli.selection.model.robustness import SELDOM
from kiamv_cli.selection.view.request import asked_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.figure import Figure
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.selection.model.robustness import Range, Robustness, Share, Standing

_SURE, _HALF = Fraction(95, 100), Fraction(1, 2)
_BAR, _MOST_FIRST = 10, 4


@dataclass(frozen=True, slots=True)
class RobustnessView:
    """``kiamv robustness``."""

    found: Robustness

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/robustness``."""
        found = self.found
        criteria = found.scores.programme.criteria
        return {
            **asked_fields(found.scores, found.request, "robustness"),
            "concentration": found.sampling.concentration,
            "samples": found.sampling.samples,
            "reselected": found.same.draws,
            "complete": found.complete,
            "same": _share_fields(found.same),
            "kept": number(found.kept),
            "weights": {
                one.id: range_ and _range_fields(range_)
                for one, range_ in zip(criteria, found.ranges, strict=True)
            },
            "ecosystems": [self._fields(one) for one in found.standings],
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per ecosystem."""
        criteria = self.found.scores.programme.criteria
        names = self._names()
        for one in self.found.standings:
            ranking, sure = one.ranking, one.ranking.confidence
            central = ranking.central or (None,) * len(criteria)
            yield {
                "id": one.id,
                "name": names[one.id],
                "today": one.member,
                **_share_record("selected", one.selected),
                **_share_record("first", ranking.first),
                **_share_record("within_size", ranking.within),
                **{
                    f"central_{each.id}": None if weight is None else number(weight)
                    for each, weight in zip(criteria, central, strict=True)
                },
                "confidence": None if sure is None else number(sure.value),
            }

    def figures(self) -> Mapping[str, Callable[[], Figure]]:
        """The bars."""
        from kiamv_cli.selection.view.charts import robustness_figure  # noqa: PLC0415 - only to draw

        return {"robustness": lambda: robustness_figure(self.found)}

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """The answer in words, who was selected how often, and how far the weights can move."""
        found = self.found
        scores = found.scores
        yield Heading(
            _(
                "{title}: how sure the shortlist of {size} of {total} is, as of {date}",
                title=scores.longlist.title,
                size=found.request.size,
                total=len(scores.ecosystems),
                date=date_text(scores.as_of),
            )
        )
        yield from map(Paragraph, self._drawn())
        if not found.complete:
            yield Paragraph(self._missing(), "not-met")
        if found.same.draws:
            yield Paragraph("")
            yield from map(Paragraph, self._sure())
            yield Paragraph("")
            yield self._table(symbols)
        yield Paragraph(self._legend(), "faint")
        ranked = sorted(found.standings, key=lambda one: -one.ranking.first.value)
        if first := [one for one in ranked if one.ranking.first.value >= SELDOM][:_MOST_FIRST]:
            yield Heading(_("Who ranks first, and the mean of the weights with which they do"))
            yield self._central(first)
        yield Heading(_("How far a weight can move before another shortlist is the best"))
        yield self._weights(symbols)
        text = _("One weight at a time, the others in proportion, everything else as today; exact.")
        yield Paragraph(text, "faint")
        if left_out := left_out_text(scores):
            yield Paragraph(left_out, "faint")

    def _drawn(self) -> Iterator[str]:
        sampling = self.found.sampling
        concentration = in_style(f"{sampling.concentration:g}")
        if sampling.concentration == 1:
            how = _("any weights that add up to 1, all as likely")
        elif sampling.concentration > 1:
            how = _("weights nearer to equal (Dirichlet, concentration {n})", n=concentration)
        else:
            how = _("weights further from equal (Dirichlet, concentration {n})", n=concentration)
        yield _(
            "{draws} (seed {seed}): {weights}, and each open criterion anywhere between its proven "
            "and its possible score.",
            draws=count(sampling.samples, "draw", "draws"),
            seed=sampling.seed,
            weights=how,
        )

    def _missing(self) -> str:
        found = self.found
        return _(
            "NOT complete: {why} after a new shortlist for {n} of {draws}. What is shown stands on "
            "these.",
            why=why_incomplete(interrupted=found.interrupted),
            n=found.same.draws,
            draws=count(found.sampling.samples, "draw", "draws"),
        )

    def _sure(self) -> Iterator[str]:
        found = self.found
        kept = decimal(found.kept, 1)
        members = count(len(found.today.members), "member", "members")
        if found.same.value:
            yield _(
                "Today's shortlist itself came out in {share} of the draws; on average {kept} of "
                "its {members} were in.",
                share=percent(found.same.value),
                kept=kept,
                members=members,
            )
        else:
            yield _(
                "Today's shortlist itself came out in none of the draws; on average {kept} of its "
                "{members} were in.",
                kept=kept,
                members=members,
            )
        yield from self._often()

    def _often(self) -> Iterator[str]:
        found = self.found
        sure = self._list(one for one in found.standings if one.selected.value >= _SURE)
        share = percent(_SURE, 0)
        yield _("In in {share} of the draws or more: {names}.", share=share, names=sure)
        often = {one.id: one.selected.value >= _HALF for one in found.standings}
        weak = self._list(one for one in found.standings if one.member and not often[one.id])
        yield _("In today, but in less than half of the draws: {names}.", names=weak)
        strong = self._list(one for one in found.standings if not one.member and often[one.id])
        yield _("Not in today, but in half of the draws or more: {names}.", names=strong)

    def _list(self, standings: Iterable[Standing]) -> str:
        names = self._names()
        return listing([names[one.id] for one in standings]) or _("none")

    def _names(self) -> dict[str, str]:
        return {one.id: one.name for one in self.found.scores.longlist.ecosystems}

    def _table(self, symbols: Symbols) -> Table:
        columns = (
            Column(_("ecosystem"), wraps=True),
            Column(_("today")),
            Column(_("selected"), "right"),
            Column(""),
            Column(_("ranked first"), "right"),
            Column(_("in first {n}", n=self.found.request.size), "right"),
        )
        shown = (each for each in self.found.standings if each.notable)
        return Table(columns, tuple(self._row(one, symbols) for one in shown))

    def _row(self, standing: Standing, symbols: Symbols) -> tuple[Cell, ...]:
        error = in_style(f"{standing.selected.error * 100:.1f}")
        return (
            Cell(self._names()[standing.id]),
            Cell(_("in") if standing.member else symbols.dash),
            Cell(f"{percent(standing.selected.value)} {symbols.plus_minus} {error}"),
            Cell(symbols.bar(standing.selected.value, standing.selected.value, _BAR)),
            Cell(percent(standing.ranking.first.value)),
            Cell(percent(standing.ranking.within.value)),
        )

    def _central(self, standings: Sequence[Standing]) -> Table:
        names = (Column(self._names()[one.id], "right", wraps=True) for one in standings)
        first = (Cell(percent(one.ranking.first.value)) for one in standings)
        weights = zip(*(one.ranking.central or () for one in standings), strict=True)
        criteria = self.found.scores.programme.criteria
        rows = (
            (Cell(label_in(each.label)), *(Cell(percent(weight)) for weight in row))
            for each, row in zip(criteria, weights, strict=True)
        )
        return Table((Column("", wraps=True), *names), ((Cell(_("ranked first")), *first), *rows))

    def _legend(self) -> str:
        rare = sum(not one.notable for one in self.found.standings)
        legend = _(
            "selected: under the same wishes and balance, with the standard error of the draws; "
            "ranked: by score alone, without balance."
        )
        if not rare:
            return legend
        seldom = ngettext(
            "{n} in fewer than {share} of the draws is left out.",
            "{n} in fewer than {share} of the draws are left out.",
            rare,
            share=percent(SELDOM, 0),
        )
        return f"{seldom} {legend}"

    def _weights(self, symbols: Symbols) -> Table:
        programme = self.found.scores.programme
        total = sum((one.weight for one in programme.criteria), Fraction(0))
        columns = (
            Column(_("criterion"), wraps=True),
            Column(_("weight"), "right"),
            Column(_("from"), "right"),
            Column(_("to"), "right"),
        )
        rows = (
            (
                Cell(label_in(one.label)),
                Cell(percent(one.weight / total)),
                Cell(percent(range_.low) if range_ else symbols.dash),
                Cell(percent(range_.high) if range_ else symbols.dash),
            )
            for one, range_ in zip(programme.criteria, self.found.ranges, strict=True)
        )
        return Table(columns, tuple(rows))

    def _fields(self, standing: Standing) -> dict[str, object]:
        criteria = self.found.scores.programme.criteria
        ranking = standing.ranking
        return {
            "id": standing.id,
            "name": self._names()[standing.id],
            "today": standing.member,
            "selected": _share_fields(standing.selected),
            "first": _share_fields(ranking.first),
            "within_size": _share_fields(ranking.within),
            "rank_acceptability": [number(each.value) for each in ranking.ranks],
            "central_weights": ranking.central
            and {k.id: number(w) for k, w in zip(criteria, ranking.central, strict=True)},
            "confidence": ranking.confidence and _share_fields(ranking.confidence),
        }


def _share_fields(share: Share) -> dict[str, object]:
    return {"share": number(share.value), "error": round(share.error, 6)}


def _share_record(name: str, share: Share) -> dict[str, Value]:
    return {name: number(share.value), f"{name}_error": round(share.error, 6)}


def _range_fields(range_: Range) -> dict[str, object]:
    return {
        "weight": number(range_.weight),
        "low": number(range_.low),
        "high": number(range_.high),
        "exact": [str(range_.low), str(range_.high)],
    }
