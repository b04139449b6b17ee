"""How sure a shortlist is, in words, tables and data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, label_in, ngettext
from kiamv_cli.display.document import (
    Cell,
    Column,
    Field,
    Heading,
    Paragraph,
    Table,
    data,
    people,
    records,
    table,
)
from kiamv_cli.display.text import (
    UNICODE,
    count,
    date_text,
    decimal,
    in_style,
    listing,
    number,
    percent,
)
from kiamv_cli.display.words import why_incomplete
from kiamv_cli.scoring.view.score import ecosystem_fields, left_out_text
from kiamv_cli.selection.model.robustness import SELDOM
from kiamv_cli.selection.view.request import asked_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.figure import Figure
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.programme.model.programme import Criterion
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
            "draws": found.sampling.samples,
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

    def records(self) -> Iterable[Mapping[str, Value]]:
        """A row per ecosystem."""
        return records(standing_fields(self.found), self.found.standings)

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
                "{title}: how robust the shortlist of {size} of {total} is, as of {date}",
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
            shown = [each for each in found.standings if each.notable]
            yield table(standing_fields(found, symbols), shown)
        yield Paragraph(self._legend(), "faint")
        ranked = sorted(found.standings, key=lambda each: -each.ranking.first.value)
        if first := [one for one in ranked if one.ranking.first.value >= SELDOM][:_MOST_FIRST]:
            yield Heading(_("Who ranks first, and the mean of the weights with which they do"))
            yield self._central(first)
        yield Heading(_("How far a weight can move before another shortlist is the best"))
        yield table(weight_fields(found, symbols), [*weight_rows(found)])
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
            "NOT complete: {why} after a new shortlist for {n} of {draws}. What is shown is "
            "based on these.",
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
        yield _("Selected in at least {share} of the draws: {names}.", share=share, names=sure)
        often = {one.id: one.selected.value >= _HALF for one in found.standings}
        weak = self._list(one for one in found.standings if one.member and not often[one.id])
        yield _("Selected today, but in less than half of the draws: {names}.", names=weak)
        strong = self._list(one for one in found.standings if not one.member and often[one.id])
        yield _("Not selected today, but in at least half of the draws: {names}.", names=strong)

    def _list(self, standings: Iterable[Standing]) -> str:
        names = self.found.scores.longlist.names
        return listing([names[one.id] for one in standings]) or _("none")

    def _central(self, standings: Sequence[Standing]) -> Table:
        names = (
            Column(self.found.scores.longlist.names[one.id], "right", wraps=True)
            for one in standings
        )
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
            "{n} ecosystem selected in fewer than {share} of the draws is left out.",
            "{n} ecosystems selected in fewer than {share} of the draws are left out.",
            rare,
            share=percent(SELDOM, 0),
        )
        return f"{seldom} {legend}"

    def _fields(self, standing: Standing) -> dict[str, object]:
        criteria = self.found.scores.programme.criteria
        ranking = standing.ranking
        return {
            "id": standing.id,
            "name": self.found.scores.longlist.names[standing.id],
            "member": standing.member,
            "selection": _share_fields(standing.selected),
            "first": _share_fields(ranking.first),
            "within_size": _share_fields(ranking.within),
            "rank_acceptability": [number(each.value) for each in ranking.ranks],
            "central_weights": ranking.central
            and {k.id: number(w) for k, w in zip(criteria, ranking.central, strict=True)},
            "confidence": ranking.confidence and _share_fields(ranking.confidence),
        }


def _share_fields(share: Share) -> dict[str, object]:
    return {"share": number(share.value), "error": round(share.error, 6)}


def standing_fields(
    robustness: Robustness, symbols: Symbols = UNICODE
) -> tuple[Field[Standing], ...]:
    """Return the columns of how ecosystems fared in the draws."""
    criteria = robustness.scores.programme.criteria
    member, draws = _("TRUE for who is on the shortlist."), _("How many draws these parts are of.")
    sure = _("How often it ranks first with those weights, from 0 to 1.")
    today: Field[Standing] = Field("member", _("today"), lambda row: row.member, member)
    return (
        *ecosystem_fields(robustness.scores.longlist.names, lambda row: row.id),
        replace(today, show=lambda row: _("in") if row.member else symbols.dash),
        *_share_columns(
            Field(
                "selection",
                _("selected"),
                meaning=_("In what share of the draws it was selected, from 0 to 1."),
                show=lambda row: _with_error(row.selected, symbols),
            ),
            lambda row: row.selected,
        ),
        people("bar", "", lambda row: _bar(row, symbols)).but(["page"]),
        *_rank_columns(robustness.request.size),
        *(_central_field(place, each) for place, each in enumerate(criteria)),
        data("confidence", _("confidence"), _confidence, sure),
        data("draws", _("draws"), lambda row: row.selected.draws, draws).but(["csv"]),
    )


def _rank_columns(size: int) -> Iterator[Field[Standing]]:
    first = _("In what share of the draws its score was highest.")
    within = _("In what share of the draws its score was high enough without balance.")
    yield from _share_columns(
        Field("first", _("ranked first"), meaning=first), lambda row: row.ranking.first
    )
    yield from _share_columns(
        Field("within_size", _("in first {n}", n=size), meaning=within),
        lambda row: row.ranking.within,
    )


def _bar(row: Standing, symbols: Symbols) -> str:
    return symbols.bar(row.selected.value, row.selected.value, _BAR)


def _confidence(row: Standing) -> Fraction | None:
    return row.ranking.confidence.value if row.ranking.confidence else None


def _share_columns(
    field: Field[Standing], of: Callable[[Standing], Share]
) -> tuple[Field[Standing], Field[Standing]]:
    """Return a column of a share of the draws with its value, and one of its standard error."""

    def text(row: Standing) -> str:
        return percent(of(row).value)

    heading, meaning = (
        _("{share}: error", share=field.heading),
        _("The standard error of that share."),
    )
    return (
        replace(field, value=lambda row: of(row).value, show=field.show or text, align="right"),
        data(f"{field.key}_error", heading, lambda row: of(row).error, meaning),
    )


def _with_error(share: Share, symbols: Symbols) -> str:
    error = in_style(f"{share.error * 100:.1f}")
    return f"{percent(share.value)} {symbols.plus_minus} {error}"


def _central_field(place: int, criterion: Criterion) -> Field[Standing]:
    return data(
        f"central_{criterion.id}",
        _("{criterion}: weight", criterion=label_in(criterion.label)),
        lambda row: row.ranking.central[place] if row.ranking.central else None,
        _("The mean of the weights with which it ranks first."),
    )


WeightRow = tuple["Criterion", "Range | None"]


def weight_rows(robustness: Robustness) -> Iterator[WeightRow]:
    """Return how far the weight of each criterion can move."""
    return zip(robustness.scores.programme.criteria, robustness.ranges, strict=True)


def weight_fields(
    robustness: Robustness, symbols: Symbols = UNICODE
) -> tuple[Field[WeightRow], ...]:
    """Return the columns of the weights between which the shortlist stays the best."""
    total = sum((one.weight for one in robustness.scores.programme.criteria), Fraction(0))

    def bounds(row: WeightRow) -> tuple[str, str]:
        between = row[1]
        return (percent(between.low), percent(between.high)) if between else (symbols.dash,) * 2

    return (
        people("criterion", _("criterion"), lambda row: label_in(row[0].label), wraps=True),
        people("weight", _("weight"), lambda row: percent(row[0].weight / total), align="right"),
        people("low", _("from"), lambda row: bounds(row)[0], align="right"),
        people("high", _("to"), lambda row: bounds(row)[1], align="right"),
    )


def _range_fields(range_: Range) -> dict[str, object]:
    return {
        "weight": number(range_.weight),
        "low": number(range_.low),
        "high": number(range_.high),
        "exact": [str(range_.low), str(range_.high)],
    }
