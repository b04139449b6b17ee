"""What was sent, received and closed in a review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.display.document import Cell, Column, Field, Heading, Paragraph, Table, table
from kiamv_cli.display.text import count, heading, listing
from kiamv_cli.longlist.view import judged_fields
from kiamv_cli.review.model.form import SHORT
from kiamv_cli.review.model.outcome import undecided
from kiamv_cli.review.view.agreement import AgreementView
from kiamv_cli.review.view.receipt import gaps_table
from kiamv_cli.review.view.steps import AssignView, event_fields, standing_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.agreement import ReviewAgreement
    from kiamv_cli.review.model.assignment import Event
    from kiamv_cli.review.model.outcome import Review
    from kiamv_cli.review.model.rounds import Opened, Received, Sent


@dataclass(frozen=True, slots=True, kw_only=True)
class SentView:
    """``kiamv review send``."""

    sent: Sent
    longlist: Longlist
    programme: Programme

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/review-send``."""
        sent = self.sent
        return {
            **AssignView(
                assignment=sent.assignment,
                reviewers=tuple(e for e in sent.reviewers if e.id in sent.assignment.turns),
                longlist=self.longlist,
                programme=self.programme,
            ).payload(),
            **heading("review-send"),
            "forms": list(self.records()),
            "events": [event_fields(each) for each in sent.assignment.events],
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per new form: for whom, where, and how many ecosystems are on it."""
        for each in self.sent.reviewers:
            for place, ids in self.sent.forms.get(each.id, ()):
                yield {
                    "reviewer": each.id,
                    "name": each.name,
                    "form": str(place),
                    "ecosystems": len(ids),
                }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """Which file goes to whom, and what was put on record."""
        sent = self.sent
        rows = [*self.records()]
        if sent.assignment.events:
            yield Heading(_("On record since the assignment"))
            yield events_table(sent.assignment.events)
        if not rows:
            yield Heading(_("Nothing to send: everybody has their form"))
            return
        yield Heading(ngettext("{n} form to send", "{n} forms to send", len(rows)))
        barred = sent.assignment.barred
        fields: tuple[Field[Mapping[str, Value]], ...] = (
            Field("to", _("to"), show=lambda row: str(row["name"]), wraps=True),
            Field("form", _("form"), show=lambda row: str(row["form"]), wraps=True),
            Field(
                "ecosystems",
                _("ecosystems"),
                show=lambda row: str(row["ecosystems"]),
                align="right",
            ),
            Field(
                "barred",
                _("excluded"),
                show=lambda row: str(len(barred.get(str(row["reviewer"]), ())) or symbols.nothing),
                align="right",
            ),
        )
        yield table(fields, rows)
        for each, n in sent.assignment.short.items():
            reviewers = count(n, "reviewer", "reviewers")
            text = _("{id}: only {reviewers} may judge it.", id=each, reviewers=reviewers)
            yield Paragraph(text, "not-met")
        yield Paragraph("")
        yield Paragraph(_("Take in what comes back with: kiamv review receive FILE…"))


def events_table(events: Iterable[Event]) -> Table:
    """Return events, a row each."""
    fields: tuple[Field[Event], ...] = (
        Field("date", _("date"), show=lambda each: each.on.isoformat()),
        Field("what", _("what"), show=event_text, wraps=True),
        Field("by", _("by"), show=lambda each: each.by, wraps=True),
        Field("reason", _("reason"), show=lambda each: each.reason, wraps=True),
    )
    return table(fields, events)


def event_text(
    event: Event, who: str | None = None, ecosystems: Sequence[str] | None = None
) -> str:
    """Format what happened; to somebody by another name, and to some ecosystems, if need be."""
    ids = [*(event.ecosystems if ecosystems is None else ecosystems)]
    names = {"who": who or event.reviewer or "", "ids": listing(ids)}
    match event.what:
        case "joined":
            return _("{who} joined", **names)
        case "withdrew":
            return _("{who} withdrew; what they sent in does not count", **names)
        case "added":
            return _("added: {ids}", **names)
        case "dropped":
            return _("dropped: {ids}", **names)
        case "interest":
            return _(
                "{who} has an interest in {ids}; what they said about it is set aside", **names
            )
        case "excused":
            return _("closed without waiting for {who}", **names)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedView:
    """``kiamv review receive``; ``kept`` says whether it was more than a try."""

    received: tuple[Received, ...]
    folder: str
    longlist: Longlist
    programme: Programme
    kept: bool

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/review-receive``."""
        return {
            **heading("review-receive"),
            **judged_fields(self.programme, self.longlist),
            "kept": self.kept,
            "forms": [
                {
                    **row,
                    "missing": [
                        {"ecosystem": ecosystem, "question": key, "what": what}
                        for ecosystem, key, what in each.gaps
                    ],
                }
                for row, each in zip(self.records(), self.received, strict=True)
            ],
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per form: of whom, which version, what is judged and missing, and its seal."""
        for each in self.received:
            answers = [a for given in each.form.answers.values() for a in given.values()]
            yield {
                "reviewer": each.form.reviewer,
                "version": each.number,
                "questions": len(answers),
                "judged": sum(answer.verdict is not None for answer in answers),
                "missing": len(each.gaps),
                "counts": not each.late,
                "new": not each.again,
                "sha256": each.sha256 if self.kept and each.sha256 else None,
            }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """What came of whom; then what is missing of each."""
        yield Heading(_("Received") if self.kept else _("What was read; nothing is saved"))
        counted = dict(zip(map(id, self.received), self.records(), strict=True))

        def answered(each: Received) -> str:
            row = counted[id(each)]
            return _("{n} of {total}", n=row["judged"], total=row["questions"])

        def seal(each: Received) -> str:
            return str(counted[id(each)]["sha256"] or symbols.dash)[:SHORT]

        fields: tuple[Field[Received], ...] = (
            Field("of", _("of"), show=lambda each: each.form.reviewer),
            Field("version", _("version"), show=lambda each: str(each.number), align="right"),
            Field("answers", _("answers"), show=answered, align="right"),
            Field("state", _("state"), show=self._state, wraps=True),
            Field("seal", _("seal"), show=seal),
        )
        yield table(fields, self.received)
        for each in self.received:
            if each.gaps:
                who = each.form.reviewer
                yield Heading(_("Missing on the form of {who}", who=who))
                yield gaps_table(each.gaps, self.longlist, self.programme)
        yield from self._next()

    def _next(self) -> Iterator[Block]:
        if self.kept and any(not each.again for each in self.received):
            yield Paragraph("")
            where = f"{self.folder}/receipts"
            yield Paragraph(_("Send each reviewer their receipt: {folder}", folder=where))

    def _state(self, each: Received) -> Cell:
        if each.again:
            return Cell(_("the same as before"))
        if each.late:
            return Cell(_("after closing: kept, does not count"), "not-met")
        if each.gaps:
            return Cell(_("half filled in: {n} missing", n=len(each.gaps)), "partly")
        return Cell(_("complete"), "met")


@dataclass(frozen=True, slots=True)
class WaitingView:
    """``kiamv review close`` where it cannot be closed yet."""

    closed: Opened
    longlist: Longlist
    programme: Programme

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/review-close``."""
        return {
            **heading("review-close"),
            **judged_fields(self.programme, self.longlist),
            "closed": False,
            "waiting": list(self.closed.waiting),
            "partial": dict(self.closed.partial),
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per reviewer who is waited for, with how many questions are open."""
        for who in self.closed.waiting:
            yield {"reviewer": who, "open": None}
        for who, n in self.closed.partial.items():
            yield {"reviewer": who, "open": n}

    def blocks(self, symbols: Symbols) -> Iterable[Block]:  # noqa: ARG002 - it needs no signs
        """Who is waited for."""
        yield Heading(_("Not closed"))
        if self.closed.waiting:
            names = listing(self.closed.waiting)
            yield Paragraph(_("No form received yet from: {names}.", names=names), "not-met")
        for who, n in self.closed.partial.items():
            text = ngettext(
                "The form of {who} is incomplete: {n} thing is missing.",
                "The form of {who} is incomplete: {n} things are missing.",
                n,
                who=who,
            )
            yield Paragraph(text, "not-met")
        yield Paragraph(
            _(
                "To close without waiting for somebody: kiamv review close --without NAME "
                "--by NAME --on DATE --because TEXT. What they sent in counts."
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedView:
    """``kiamv review close``: who was heard, how far they agree, and what is to be decided."""

    closed: Opened
    review: Review
    agreement: ReviewAgreement
    workbook: str | None

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/review-close``."""
        waiting = undecided(self.review, self.agreement.programme)
        return {
            **self._agreement.payload(),
            **heading("review-close"),
            "closed": True,
            "seals": dict(self.closed.seals),
            "undecided": len(waiting),
            "unconfirmed": sum(each.few for each in waiting),
            "workbook": self.workbook,
            **standing_fields(self.review.standing),
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """The rows of ``kiamv review agreement``."""
        yield from self._agreement.records()

    @property
    def _agreement(self) -> AgreementView:
        return AgreementView(self.agreement)

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """The seals, how far people agree, and the workbook of what is to be decided."""
        yield Heading(_("Closed"))
        columns = (Column(_("who")), Column(_("seal"), wraps=True))
        seals = self.closed.seals.items()
        yield Table(columns, tuple((Cell(who), Cell(seal)) for who, seal in seals))
        if self.review.standing.events:
            yield Heading(_("On record since the assignment"))
            yield events_table(self.review.standing.events)
        yield from self._agreement.summary(symbols)
        waiting = undecided(self.review, self.agreement.programme)
        few = sum(each.few for each in waiting)
        yield Heading(_("To decide"))
        if not waiting:
            yield Paragraph(_("Nothing: all that was judged counts."))
            return
        size = count(len(waiting) - few, "disagreement", "disagreements")
        if few:
            alone = count(few, "verdict", "verdicts")
            size = _("{disagreements}, and {few} that too few gave", disagreements=size, few=alone)
        yield Paragraph(
            _("{what}. Until there is an outcome, the long list and the rule decide.", what=size)
        )
        yield Paragraph(
            _("Fill in {file}; then: kiamv review close {file}", file=self.workbook or ""), "strong"
        )
