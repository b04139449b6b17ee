"""What the workbook of results holds: each sheet with its columns, and what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, label_in
from kiamv_cli.decision.view.record import origin_text, swap_text
from kiamv_cli.decision.view.verify import unlike_texts
from kiamv_cli.display.document import data
from kiamv_cli.display.words import command_again
from kiamv_cli.display.workbook import WorkbookSheet, sheet, workbook
from kiamv_cli.reports.model import Report
from kiamv_cli.reports.view.decision import swap_fields
from kiamv_cli.reports.view.method import criteria_columns
from kiamv_cli.scoring.view.score import score_fields
from kiamv_cli.selection.view.explain import explain_fields, explain_rows
from kiamv_cli.selection.view.request import bound_words
from kiamv_cli.selection.view.robustness import standing_fields
from kiamv_cli.selection.view.shortlist import shortlist_fields
from kiamv_cli.selection.view.spread import seat_fields, seat_rows
from kiamv_cli.selection.view.tradeoff import tradeoff_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiamv_cli.decision.model.record import Input, Provenance, Record
    from kiamv_cli.decision.model.verify import Recalled
    from kiamv_cli.display.document import Datum, Field
    from kiamv_cli.scoring.model.score import EcosystemScore

    Told = tuple[str, Datum]


def results_workbook(report: Report | Recalled) -> bytes:
    """Write the results as an XLSX file, with its headings in the current language.

    Its columns are those that commands show. Codes and ids are the same in every language. The
    parts that the report lacks have no sheet; of a record whose inputs are others now there is
    what it holds.
    """
    if not isinstance(report, Report):
        return _recorded_workbook(report)
    scores, found = report.scores, report.shortlist
    programme = scores.programme
    seats = seat_rows(scores.dimensions, report.spread)
    sheets = [
        sheet(_("about"), _about_fields(), _told(report), 1),
        sheet(_("shortlist"), shortlist_fields(found), [*enumerate(report.members, start=1)], 3),
        sheet(_("scores"), _score_columns(report), scores.ecosystems, 3),
        sheet(_("criteria"), criteria_columns(programme), programme.criteria, 1),
        sheet(_("spread"), seat_fields(seats), seats, 3),
    ]
    if report.decision:
        sheets[1:1] = _decision_sheets(report.decision.record, scores.longlist.names)
    if report.tradeoffs:
        rows = [*enumerate(report.tradeoffs.steps, start=1)]
        sheets.append(sheet(_("trade-off"), tradeoff_fields(report.tradeoffs), rows, 1))
    if report.robustness:
        fields = standing_fields(report.robustness)
        sheets.append(sheet(_("robustness"), fields, report.robustness.standings, 2))
    facts = (row for row in explain_rows(report.explanation) if row.fact)
    sheets.append(sheet(_("facts"), explain_fields(scores), facts, 2))
    return workbook(sheets)


def _recorded_workbook(recalled: Recalled) -> bytes:
    record = recalled.record
    about = [
        (_("NOT as it is now"), " ".join(unlike_texts(recalled))),
        *_decided(record),
        *_made_from(record.provenance),
    ]
    sheets = [sheet(_("about"), _about_fields(), about, 1)]
    return workbook([*sheets, *_decision_sheets(record, record.names)])


def _decision_sheets(record: Record, names: Mapping[str, str]) -> list[WorkbookSheet]:
    """Return who was proposed and decided on, and the swaps that people made."""
    ids = [*dict.fromkeys((*record.final.selected, *record.result.selected))]
    what = sheet(_("decision"), _decision_fields(record, names), ids, 2)
    if not record.overrides:
        return [what]
    return [what, sheet(_("swaps"), swap_fields(names), record.overrides, 1)]


def _decision_fields(record: Record, names: Mapping[str, str]) -> tuple[Field[str], ...]:
    proposed, decided = frozenset(record.result.selected), frozenset(record.final.selected)
    in_proposal, in_decision = _("TRUE if it was proposed."), _("TRUE if it was decided on.")
    return (
        data("id", _("id"), lambda row: row, _("The id of the ecosystem."), 26),
        data("name", _("name"), lambda row: names.get(row, row), _("Its name."), 40),
        data("proposed", _("proposed"), lambda row: row in proposed, in_proposal),
        data("decided", _("decided"), lambda row: row in decided, in_decision),
    )


def _decided(record: Record) -> Iterator[Told]:
    yield _("decided by"), ", ".join(record.decided.by)
    yield _("decided on"), record.decided.on.isoformat()
    yield _("reason"), record.decided.reason
    for each in record.overrides:
        yield _("changed by people"), swap_text(record, each, record.names)


def _made_from(made: Provenance) -> Iterator[Told]:
    for what, one in ((_("long list"), made.longlist), (_("criteria"), made.criteria)):
        yield from _origin(what, one)
    if made.reviews:
        yield from _origin(_("review"), made.reviews)
    yield _("made with"), ", ".join(f"{name} {version}" for name, version in made.versions.items())


def _score_columns(report: Report) -> tuple[Field[EcosystemScore], ...]:
    """Return the columns of the ranking, and who is selected."""
    members = frozenset(report.ids)
    selected: Field[EcosystemScore] = data(
        "selected",
        _("selected"),
        lambda row: row.ecosystem.id in members,
        _("TRUE for who is on the shortlist."),
    )
    return (*score_fields(report.scores), selected)


def _about_fields() -> tuple[Field[Told], ...]:
    told = _("What was asked, what came out, and what it was made from.")
    return (
        data("about", _("about"), lambda row: row[0], _("What it is about."), 44),
        data("value", _("value"), lambda row: row[1], told, 90),
    )


def _told(report: Report) -> Iterator[Told]:
    scores, found, request = report.scores, report.shortlist, report.request
    if report.decision:
        yield from _decided(report.decision.record)
    yield _("long list"), scores.longlist.title
    yield _("reference date"), scores.as_of.isoformat()
    yield _("criteria"), label_in(scores.programme.label)
    yield _("ecosystems on the long list"), len(scores.ecosystems)
    yield _("to select"), request.size
    yield _("spread over"), ", ".join(request.balance) or _("nothing")
    yield _("score that counts"), bound_words(request.unknown)
    yield _("seed of the lottery"), request.seed
    yield _("proven optimal"), found.proof is not None
    yield _("total score"), report.total
    yield _("total score, exact"), str(report.total)
    if found.unbalanced:
        yield _("total score without balance"), found.unbalanced.score
    for name, moved in report.out_of_place.items():
        label = label_in(scores.dimensions[name].label)
        yield _("seats out of place: {dimension}", dimension=label), moved
    yield from _made_from(report.provenance)
    yield _("command"), command_again(report.command, "results.xlsx")


def _origin(what: str, stated: Input) -> Iterator[Told]:
    yield _("{input}: read from", input=what), origin_text(stated)
    yield _("{input}: SHA-256", input=what), stated.sha256
