"""What the workbook of results holds: each sheet with its columns, and what they mean."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, label_in
from kiamv_cli.decision.view.record import origin_text
from kiamv_cli.display.words import command_again
from kiamv_cli.display.workbook import Column, Sheet, workbook
from kiamv_cli.programme.view import rule_text
from kiamv_cli.scoring.view.evidence import fact_record
from kiamv_cli.selection.view.request import bound_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiamv_cli.decision.model.record import Input
    from kiamv_cli.display.workbook import Value
    from kiamv_cli.reports.model import Report
    from kiamv_cli.scoring.model.score import CriterionScore, EcosystemScore
    from kiamv_cli.selection.model.robustness import Robustness, Standing
    from kiamv_cli.selection.model.shortlist import Member
    from kiamv_cli.selection.model.spread import CategorySpread
    from kiamv_cli.selection.model.tradeoff import TradeOffs

    Row = Sequence[Value]


def results_workbook(report: Report) -> bytes:
    """Write the results as an XLSX file, with its headings in the current language.

    Codes and ids are the same in every language. The parts that the report lacks have no sheet.
    """
    sheets = [
        _about(report),
        _shortlist(report),
        _scores(report),
        _criteria(report),
        _spread(report),
        *([_tradeoff(report.tradeoffs)] if report.tradeoffs else []),
        *([_robustness(report.robustness)] if report.robustness else []),
        _facts(report),
    ]
    return workbook(sheets)


def _about(report: Report) -> Sheet:
    columns = (
        Column(_("about"), _("What is told."), 44),
        Column(_("value"), _("What was asked, what came out, and what it was made from."), 90),
    )
    return Sheet(_("about"), columns, _told(report), 1)


def _told(report: Report) -> Iterator[Row]:
    scores, found, request = report.scores, report.shortlist, report.request
    yield _("long list"), scores.longlist.title
    yield _("reference date"), scores.as_of.isoformat()
    yield _("criteria"), label_in(scores.programme.label)
    yield _("ecosystems on the long list"), len(scores.ecosystems)
    yield _("to select"), request.size
    yield _("spread over"), ", ".join(request.balance) or _("nothing")
    yield _("score that counts"), bound_words(request.unknown)
    yield _("seed of the lottery"), request.seed
    yield _("proven optimal"), found.selection.status.proven
    yield _("total score"), found.selection.score
    yield _("total score, exact"), str(found.selection.score)
    if found.unbalanced:
        yield _("total score without balance"), found.unbalanced.score
    for name, moved in found.out_of_place.items():
        label = label_in(scores.programme.dimensions[name].label)
        yield _("seats out of place: {dimension}", dimension=label), moved
    made = report.provenance
    for what, one in ((_("long list"), made.longlist), (_("criteria"), made.criteria)):
        yield from _origin(what, one)
    if made.reviews:
        yield from _origin(_("review"), made.reviews)
    yield _("made with"), ", ".join(f"{name} {version}" for name, version in made.versions.items())
    yield _("command"), command_again(report.command, "results.xlsx")


def _origin(what: str, one: Input) -> Iterator[Row]:
    yield _("{input}: read from", input=what), origin_text(one)
    yield _("{input}: SHA-256", input=what), one.sha256


def _id() -> Column:
    return Column("id", _("The id of the ecosystem; the same in every sheet."), 30)


def _name() -> Column:
    return Column(_("name"), _("What the ecosystem is called."), 44)


def _exact(of: str) -> Column:
    return Column(
        _("{number}, exact", number=of), _("The same number as a fraction, not rounded."), 12
    )


def _places() -> tuple[Column, Column]:
    return (
        Column(_("provinces"), _("Codes with a blank between, the main one first."), 24),
        Column(_("themes"), _("Codes with a blank between, the main one first."), 24),
    )


def _classes() -> tuple[Column, Column]:
    return (
        Column(_("class at worst"), _("The class by what is proven."), 13),
        Column(_("class at best"), _("The class by what is still possible."), 13),
    )


def _shortlist(report: Report) -> Sheet:
    columns = (
        Column(_("place"), _("Place on the shortlist, by score and then id."), 7),
        _id(),
        _name(),
        Column(_("score"), _("The score that counts, from 0 to 1."), 10),
        _exact(_("score")),
        Column(_("proven"), _("The score that the facts show, from 0 to 1."), 10),
        Column(_("possible"), _("The score that further facts could still bring."), 10),
        *_classes(),
        *_places(),
        Column(_("stand-in"), _("The best single swap, should it drop out."), 30),
    )
    members = enumerate(report.shortlist.members, start=1)
    return Sheet(_("shortlist"), columns, (_member(*each) for each in members), 3)


def _member(place: int, one: Member) -> Row:
    scored = one.scored
    return (
        *(place, scored.ecosystem.id, scored.ecosystem.name, one.score, str(one.score)),
        *(scored.proven, scored.possible, scored.worst.id, scored.best.id),
        *_listed(scored),
        one.replacement,
    )


def _listed(one: EcosystemScore) -> tuple[str, str]:
    return " ".join(one.ecosystem.provinces), " ".join(one.ecosystem.themes)


def _scores(report: Report) -> Sheet:
    columns = (
        Column(_("rank"), _("1 for the highest proven score; equal scores share a rank."), 7),
        _id(),
        _name(),
        Column(_("selected"), _("TRUE for who is on the shortlist."), 10),
        Column(_("proven"), _("The score that the facts show, from 0 to 1."), 10),
        _exact(_("proven")),
        Column(_("possible"), _("The score that further facts could still bring."), 10),
        _exact(_("possible")),
        *_classes(),
        *(each for one in report.scores.programme.criteria for each in _of(label_in(one.label))),
        *_places(),
    )
    members = frozenset(report.shortlist.selection.members)
    rows = (_scored(one, one.ecosystem.id in members) for one in report.scores.ecosystems)
    return Sheet(_("scores"), columns, rows, 3)


def _of(criterion: str) -> Iterator[Column]:
    """The columns of a criterion."""
    yield Column(
        _("{criterion}: verdict", criterion=criterion), "met, partly, not-met, unknown.", 11
    )
    yield Column(
        _("{criterion}: proven", criterion=criterion), _("The score that the facts show."), 11
    )
    text = _("The score that further facts could still bring.")
    yield Column(_("{criterion}: possible", criterion=criterion), text, 11)
    yield Column(
        _("{criterion}: basis", criterion=criterion), "rule, person, review, adjudicated.", 11
    )


def _scored(one: EcosystemScore, selected: bool) -> Row:  # noqa: FBT001 - a value to write
    return (
        *(one.rank, one.ecosystem.id, one.ecosystem.name, selected),
        *(one.proven, str(one.proven), one.possible, str(one.possible)),
        *(one.worst.id, one.best.id),
        *(value for each in one.criteria for value in _verdict(each)),
        *_listed(one),
    )


def _verdict(scored: CriterionScore) -> Row:
    return scored.verdict, scored.proven, scored.possible, scored.basis


def _criteria(report: Report) -> Sheet:
    columns = (
        Column("id", _("The id of the criterion."), 26),
        Column(_("name"), _("What the criterion is called."), 30),
        Column(_("question"), _("What it asks."), 60),
        Column(_("weight"), _("Its weight, as the criteria give it."), 9),
        Column(_("share"), _("Its part of all weights together, from 0 to 1."), 9),
        Column(_("met at"), _("The score from which it is met."), 9),
        Column(_("partly at"), _("The score from which it is partly met."), 9),
        Column(_("rule"), _("How the score follows from facts."), 90),
    )
    criteria = report.scores.programme.criteria
    total = sum((one.weight for one in criteria), Fraction(0))
    rows = (
        (
            *(one.id, label_in(one.label), label_in(one.question)),
            *(one.weight, one.weight / total, one.met_at, one.partly_at),
            rule_text(one),
        )
        for one in criteria
    )
    return Sheet(_("criteria"), columns, rows, 1)


def _spread(report: Report) -> Sheet:
    columns = (
        Column(_("dimension"), "provinces, themes.", 12),
        Column("id", _("The code of the category."), 12),
        Column(_("name"), _("What the category is called."), 36),
        Column(_("seats"), _("The seats that the shortlist has there."), 10),
        _exact(_("seats")),
        Column(_("target"), _("The seats that are wanted there."), 10),
        _exact(_("target")),
        Column(_("from"), _("The fewest seats that are in balance."), 10),
        Column(_("to"), _("The most seats that are in balance."), 10),
        Column(_("out of place"), _("The seats to move to be in balance."), 12),
    )
    rows = (
        _category(name, label_in(category.label), one)
        for name, dimension in report.scores.programme.dimensions.items()
        for category, one in zip(
            dimension.categories,
            report.shortlist.spread[name],
            strict=True,
        )
    )
    return Sheet(_("spread"), columns, rows, 3)


def _category(dimension: str, label: str, one: CategorySpread) -> Row:
    return (
        *(dimension, one.id, label, one.seats, str(one.seats)),
        *(one.target, str(one.target), one.low, one.high, one.out_of_place),
    )


def _tradeoff(found: TradeOffs) -> Sheet:
    columns = (
        Column(_("step"), _("From the best balanced to the highest total score."), 7),
        Column(_("out of place"), _("Seats out of place over the balanced dimensions."), 12),
        _exact(_("out of place")),
        Column(_("total"), _("The total score."), 10),
        _exact(_("total")),
        Column(_("asked for"), _("TRUE for the shortlist that was asked for."), 11),
        Column(_("comes in"), _("Ids of who comes in, compared with the row above."), 50),
        Column(_("goes out"), _("Ids of who goes out, compared with the row above."), 50),
    )
    rows = (
        (
            *(place, step.seats, str(step.seats)),
            *(step.selection.score, str(step.selection.score)),
            step is found.asked_for,
            *(" ".join(step.comes), " ".join(step.goes)),
        )
        for place, step in enumerate(found.steps, start=1)
    )
    return Sheet(_("trade-off"), columns, rows, 1)


def _robustness(found: Robustness) -> Sheet:
    columns = (
        _id(),
        _name(),
        Column(_("selected"), _("TRUE for who is on the shortlist."), 10),
        Column(_("share"), _("In which part of the draws it was selected, from 0 to 1."), 10),
        Column(_("error"), _("The standard error of that share."), 10),
        Column(_("ranked first"), _("In which part of the draws its score was highest."), 12),
        Column(_("draws"), _("How many draws these parts are of."), 9),
    )
    names = {one.id: one.name for one in found.scores.longlist.ecosystems}
    rows = (_standing(one, names[one.id]) for one in found.standings)
    return Sheet(_("robustness"), columns, rows, 2)


def _standing(one: Standing, name: str) -> Row:
    share = one.selected
    return (
        *(one.id, name, one.member, share.value, share.error),
        *(one.ranking.first.value, share.draws),
    )


def _facts(report: Report) -> Sheet:
    columns = (
        _id(),
        Column(_("criterion"), _("The id of the criterion that the fact bears on."), 26),
        Column(_("fact"), _("What is known."), 70),
        Column(_("side"), _("Of a partner: the side of the helix."), 12),
        Column(_("years"), _("From when until when it holds."), 12),
        Column(_("counts"), _("TRUE if it holds at the reference date."), 9),
        Column(_("why not"), "later, ended.", 9),
        Column(_("source"), _("The title of the source."), 50),
        Column(_("publisher"), _("Who published it."), 24),
        Column(_("year"), _("When it was published."), 8),
        Column(_("address"), _("Where it is on the web, as text."), 50),
    )
    return Sheet(_("facts"), columns, _evidence(report), 2)


def _evidence(report: Report) -> Iterator[Row]:
    programme = report.scores.programme
    for one in report.explanation.ecosystems:
        for criterion, known in zip(programme.criteria, one.evidence, strict=True):
            for each in known.facts:
                record = fact_record(each, programme)
                yield (one.scored.ecosystem.id, criterion.id, *record.values())
