"""The decision on record: whose it is, what people changed, and how anyone can check it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _
from kiamv_cli.decision.view.record import recorded_lots, signed, wish_text
from kiamv_cli.decision.view.verify import kept_texts, unlike_texts
from kiamv_cli.display.document import Field, data, people
from kiamv_cli.display.html import el, given, small, table, terms
from kiamv_cli.display.text import UNICODE, count, date_text, decimal, listing, seats_text
from kiamv_cli.reports.view.method import inputs_table
from kiamv_cli.selection.view.proof import proven_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiamv_cli.decision.model.record import Outcome, Override, Record
    from kiamv_cli.decision.model.verify import Recalled
    from kiamv_cli.display.html import Element, Node
    from kiamv_cli.reports.model import OnRecord
    from kiamv_cli.reports.view.context import Context


def decision_section(context: Context) -> Node:
    """Who decided, when and why, their swaps with the price, and how to check it."""
    decision = context.report.decision
    if decision is None:
        return None
    record = decision.record
    proof = (_("Proof"), proven_text(context.report.shortlist))
    return el(
        "section",
        el("h2", _("The decision on record"), id="decision"),
        terms((*_facts(record), proof, _commitment(decision)), kind="facts"),
        _changes(record, context.report.scores.longlist.names),
    )


def _facts(record: Record) -> Iterator[tuple[str, Node]]:
    decided = record.decided
    yield _("Decided by"), listing(decided.by)
    yield _("Decided on"), date_text(decided.on)
    yield _("Reason"), decided.reason
    yield _("Proposed"), _totals(record, record.result)
    if record.overrides:
        yield _("Decided"), _totals(record, record.final)
    programs = record.provenance.versions.items()
    yield _("Recorded with"), ", ".join(f"{name} {version}" for name, version in programs)


def _commitment(decision: OnRecord) -> tuple[str, Node]:
    if decision.kept is None:
        text, line = (
            _("This record keeps to the following line, if it was published:"),
            decision.line,
        )
    else:
        text, line = (
            " ".join(kept_texts(decision.kept, decision.record)),
            decision.kept.published.line,
        )
    return _("Commitment"), (text, " ", el("code", line))


def _changes(record: Record, names: Mapping[str, str]) -> Node:
    if not record.overrides:
        return None
    return (
        el("h3", _("What people changed")),
        el(
            "p",
            _(
                "Each swap with its price, after those before it. Margins, lots and proof are of "
                "the proposal, before these swaps."
            ),
        ),
        table(
            _("Swaps by people, and their price"),
            swap_fields(names),
            record.overrides,
            kind="wordy",
        ),
    )


def _totals(record: Record, outcome: Outcome) -> str:
    moved = sum((outcome.out_of_place[name] for name in record.request.balance), Fraction(0))
    texts = [
        count(len(outcome.selected), "ecosystem", "ecosystems"),
        _("total score {score}", score=decimal(outcome.score, 3)),
    ]
    if record.request.balance:
        text = _("{seats} out of place", seats=seats_text(moved))
        texts.append(text)
    return ", ".join(texts)


def swap_fields(names: Mapping[str, str]) -> tuple[Field[Override], ...]:
    """Return the columns of swaps: who, why, and the price."""

    def breaks(row: Override) -> str:
        return ", ".join(map(wish_text, row.breaks))

    out, into, why = _("Who went out."), _("Who came in."), _("Why.")
    score, moved = _("What it adds to the total score."), _("What it adds to seats out of place.")
    return (
        data("out_id", _("out, id"), lambda row: row.out, out, 26),
        Field("out", _("out"), lambda row: names.get(row.out, row.out), out, 36),
        data("in_id", _("in, id"), lambda row: row.into, into, 26),
        Field("in", _("in"), lambda row: names.get(row.into, row.into), into, 36),
        Field("reason", _("reason"), lambda row: row.reason, why, 60),
        data("score", _("total score"), lambda row: row.score, score),
        people("total", _("total score"), lambda row: signed(row.score), align="right"),
        data("seats", _("seats out of place"), lambda row: row.seats, moved),
        people("moved", _("seats out of place"), lambda row: signed(row.seats), align="right"),
        Field(
            "breaks",
            _("breaks"),
            breaks,
            _("The wishes that it breaks."),
            30,
            lambda row: breaks(row) or UNICODE.dash,
        ),
    )


def record_body(recalled: Recalled) -> Element:
    """Return what a record itself holds, where its inputs are gone or others now."""
    record = recalled.record
    return el(
        "body",
        el("a", _("To the decision"), href="#decision", class_="skip"),
        el(
            "header",
            el("p", record.provenance.longlist.name, class_="over"),
            el("h1", record_title(record)),
            el("p", _("As of {date}", date=date_text(record.as_of)), class_="under"),
            class_="masthead",
        ),
        el("main", _as_recorded(recalled), _inputs_recorded(record)),
    )


def _as_recorded(recalled: Recalled) -> Node:
    record = recalled.record
    added = {each.into for each in record.overrides}
    names = (
        el(
            "li",
            el("b", record.names.get(each, each)),
            given(each in added, " ", small(_("by decision"))),
        )
        for each in record.final.selected
    )
    text = _(
        "This is what the record itself holds. Scores, facts and margins are not shown: the "
        "record cannot be checked on what there is now."
    )
    return el(
        "section",
        el("h2", _("The decision on record"), id="decision"),
        el("p", text, " ", " ".join(unlike_texts(recalled)), class_="note"),
        terms(_facts(record), kind="facts"),
        el("h3", _("Selected")),
        el("ol", names, class_="names"),
        (el("p", each) for each in recorded_lots(record)),
        _changes(record, record.names),
    )


def _inputs_recorded(record: Record) -> Node:
    return el(
        "section",
        el("h2", _("Inputs"), id="origin"),
        inputs_table(_("What the decision was made from"), record.provenance),
    )


def record_title(record: Record) -> str:
    """What a report of a record is called."""
    return _(
        "Decision of {date}: {ecosystems}",
        date=date_text(record.decided.on),
        ecosystems=count(len(record.final.selected), "ecosystem", "ecosystems"),
    )
