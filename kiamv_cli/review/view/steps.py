"""What came of a step of a review: who judges what, a seal, what was opened."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _
from kiamv_cli.display.document import Field, Heading, Paragraph, Table, headed, table
from kiamv_cli.display.text import count, date_text, decimal, heading, listing
from kiamv_cli.display.words import code_text, word
from kiamv_cli.longlist.view import judged_fields
from kiamv_cli.review.model.form import grade_of
from kiamv_cli.review.model.people import strangers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist
    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.assignment import Assignment, Event
    from kiamv_cli.review.model.brief import BriefChange, Ruling
    from kiamv_cli.review.model.form import Form
    from kiamv_cli.review.model.outcome import Standing
    from kiamv_cli.review.model.people import Reviewer


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignView:
    """``kiamv review assign``."""

    assignment: Assignment
    reviewers: tuple[Reviewer, ...]
    longlist: Longlist
    programme: Programme

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/review-assign``."""
        assignment = self.assignment
        request = {
            "seed": assignment.seed,
            "per": assignment.per,
            "as_of": assignment.as_of.isoformat() if assignment.as_of else None,
        }
        return {
            **heading("review-assign"),
            **judged_fields(self.programme, self.longlist),
            "request": request,
            **request,
            "reviewers": [
                {
                    "id": each.id,
                    "name": each.name,
                    "ecosystems": list(assignment.turns[each.id]),
                    "barred": list(assignment.barred[each.id]),
                }
                for each in self.reviewers
            ],
            "short": dict(assignment.short),
            "unmatched": [
                {"reviewer": each.reviewer, "suggested_as": each.name, "nearest": each.near}
                for each in strangers(self.longlist, self.reviewers)
                if not each.is_employer
            ],
        }

    @headed("reviewer", "ecosystem", "turn")
    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per reviewer and ecosystem: to judge, or barred from."""
        for each in self.reviewers:
            for said, ids in (
                ("judges", self.assignment.turns),
                ("barred", self.assignment.barred),
            ):
                for ecosystem in ids[each.id]:
                    yield {"reviewer": each.id, "ecosystem": ecosystem, "turn": said}

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """A row per reviewer with how many of each theme and province."""
        assignment = self.assignment
        yield Heading(
            _(
                "{ecosystems}, each judged by {reviewers}; seed {seed}",
                ecosystems=count(len(self.longlist.ecosystems), "ecosystem", "ecosystems"),
                reviewers=_("all who may") if assignment.per is None else assignment.per,
                seed=assignment.seed,
            )
        )
        for dimension in reversed([*self.programme.dimensions]):
            yield self._table(dimension, symbols)
            yield Paragraph("")
        barred = sum(map(len, assignment.barred.values()))
        if barred:
            yield Paragraph(
                _(
                    "Excluded: those that the reviewer suggested or has an interest in. An "
                    "ecosystem in several categories counts in part for each."
                )
            )
        for each, given in assignment.short.items():
            text = _(
                "{id}: only {reviewers} may judge it.",
                id=each,
                reviewers=count(given, "reviewer", "reviewers"),
            )
            yield Paragraph(text, "not-met")

    def _table(self, dimension: DimensionId, symbols: Symbols) -> Table:
        listed = {each.id: each for each in self.longlist.ecosystems}
        turns, barred = self.assignment.turns, self.assignment.barred
        year = self.longlist.as_of.year

        def seats(category: str) -> Callable[[Reviewer], str]:
            def held(reviewer: Reviewer) -> str:
                judged = [listed[each] for each in turns[reviewer.id]]
                number = _seats(judged, dimension, category, year)
                return decimal(number, 1) if number else symbols.nothing

            return held

        fields: tuple[Field[Reviewer], ...] = (
            Field("reviewer", _("who"), show=lambda who: who.id),
            Field("judges", _("judges"), show=lambda who: str(len(turns[who.id])), align="right"),
            Field(
                "barred", _("excluded"), show=lambda who: str(len(barred[who.id])), align="right"
            ),
            *(
                Field(each.id, each.id.removeprefix("NL-"), show=seats(each.id), align="right")
                for each in self.programme.dimensions[dimension].categories
            ),
        )
        return table(fields, self.reviewers)


def _seats(
    ecosystems: list[Ecosystem], dimension: DimensionId, category: str, year: int
) -> Fraction:
    listed = (each.categories(dimension, year) for each in ecosystems)
    return sum((Fraction(1, len(each)) for each in listed if category in each), Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class SealView:
    """``kiamv review seal``."""

    form: Form
    sha256: str
    standing: Standing
    longlist: Longlist
    programme: Programme

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/review-seal``."""
        return {
            **heading("review-seal"),
            **judged_fields(self.programme, self.longlist),
            **next(self.records()),
            "as_of": self.form.as_of.isoformat(),
            "judged_on": {"questions": self.form.questions, "longlist": self.form.longlist},
            **standing_fields(self.standing),
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """One row: the hash, and how many questions got which kind of answer."""
        said = [each.verdict for given in self.form.answers.values() for each in given.values()]
        graded = sum(grade_of(each) is not None for each in said)
        yield {
            "reviewer": self.form.reviewer,
            "sha256": self.sha256,
            "questions": len(said),
            "met": said.count("met"),
            "partly": said.count("partly"),
            "not_met": said.count("not-met"),
            "unknown": said.count("unknown"),
            "not_mine": said.count("not-mine"),
            "not_judged": said.count(None),
            **({"graded": graded} if graded else {}),
        }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:  # noqa: ARG002 - it needs no signs
        """The hash to publish, and what was counted."""
        row = next(self.records())
        yield Heading(_("Sealed: the first verdicts of {who}", who=row["reviewer"]))
        yield Paragraph(f"SHA-256 {row['sha256']}", "strong")
        kinds = [f"{row[key]} {_said(key)}" for key in list(row)[3:] if row[key]]
        asked = count(len_of(row), "question", "questions")
        yield Paragraph(f"{asked}: {listing(kinds)}.")
        yield Paragraph(
            _(
                "Publish the hash, or commit seals/: it says nothing of what is in it. Keep first/ "
                "and forms/ to yourself until all have sealed."
            )
        )


def _said(key: str) -> str:
    if key == "graded":
        return _("graded")
    return _("not judged") if key == "not_judged" else word(key.replace("_", "-"))


def len_of(row: Mapping[str, Value]) -> int:
    """How many questions a row of a seal counts."""
    asked = row["questions"]
    assert isinstance(asked, int)
    return asked


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenView:
    """``kiamv review open``: all that was opened, or who is waited for."""

    waiting: tuple[str, ...]
    seals: Mapping[str, str]
    changes: tuple[Mapping[str, Value], ...]
    unreadable: Mapping[str, str]
    before: bool
    standing: Standing
    longlist: Longlist
    programme: Programme

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/review-open``."""
        return {
            **heading("review-open"),
            **judged_fields(self.programme, self.longlist),
            "open": not self.waiting,
            "waiting": list(self.waiting),
            "seals": dict(self.seals),
            "changed": [dict(each) for each in self.changes],
            "unreadable": dict(self.unreadable),
            **standing_fields(self.standing),
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per reviewer: sealed or waited for, and how many verdicts changed since."""
        for who in (*self.seals, *self.waiting):
            yield {
                "reviewer": who,
                "seal": self.seals.get(who),
                "changed": sum(each["reviewer"] == who for each in self.changes),
                "unreadable": who in self.unreadable,
            }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """Who sealed what, and what changed since."""
        if self.waiting:
            yield Heading(_("Not opened"))
            yield Paragraph(_("Not sealed yet: {names}.", names=listing(self.waiting)), "not-met")
            return
        yield Heading(_("Opened before") if self.before else _("Opened"))
        fields: tuple[Field[Mapping[str, Value]], ...] = (
            Field("reviewer", _("who"), show=lambda row: str(row["reviewer"])),
            Field("seal", _("seal"), show=lambda row: str(row["seal"]), wraps=True),
            Field("changed", _("since"), show=lambda row: self._since(row, symbols), align="right"),
        )
        yield table(fields, list(self.records()))
        yield Paragraph(_("since: verdicts on the form that changed since; the first count."))
        for who, why in self.unreadable.items():
            text = _("The form of {who} can no longer be compared: {why}", who=who, why=why)
            yield Paragraph(text, "not-met")
        if self.changes:
            yield Heading(_("Changed since; the first verdict counts"))
            yield self._changes()

    def _since(self, row: Mapping[str, Value], symbols: Symbols) -> str:
        if row["unreadable"]:
            return symbols.unknown
        return str(row["changed"] or symbols.dash)

    def _changes(self) -> Table:
        def changed(key: str) -> Field[Mapping[str, Value]]:
            return Field(
                key,
                _(_CHANGES[key]),
                show=lambda row: _changed(row[key]),
                wraps=key == "question",
            )

        return table([*map(changed, _CHANGES)], self.changes)


# The columns of what changed since, by their keys.
_CHANGES: Mapping[str, str] = {
    "reviewer": N_("reviewer"),
    "ecosystem": N_("ecosystem"),
    "question": N_("question"),
    "first": N_("first"),
    "now": N_("now"),
}


def _changed(value: Value) -> str:
    return code_text(str(value)) if value else _("not judged")


_EFFECTS = {
    "stand": N_(
        "questions or rules changed; {by} decided on {date} that verdicts given before stand: "
        '"{reason}"'
    ),
    "lapse": N_(
        "questions or rules changed; {by} decided on {date} that verdicts given before, on what "
        'changed, lapse: "{reason}"'
    ),
}


def change_text(change: BriefChange) -> str:
    """Format one change of what is asked, with what it was and what it is."""
    if change.what == "criterion":
        if change.before is None:
            return _("since the assignment: the criterion {id} is new", id=change.criterion)
        return _("since the assignment: the criterion {id} is gone", id=change.criterion)
    absent = _("nothing")
    values = {
        "id": change.criterion,
        "key": change.key,
        "before": absent if change.before is None else f'"{change.before}"',
        "after": absent if change.after is None else f'"{change.after}"',
    }
    if change.what == "question":
        return _(
            "since the assignment, the question of {id} ({key}): was {before}, is {after}", **values
        )
    return _("since the assignment, the rule of {id} ({key}): was {before}, is {after}", **values)


def ruling_text(ruling: Ruling) -> str:
    """Format what the chair decided on a change."""
    return _(
        _EFFECTS[ruling.verdicts], by=ruling.by, date=date_text(ruling.on), reason=ruling.reason
    )


def event_fields(event: Event) -> dict[str, object]:
    """Return an event for JSON."""
    return {
        "number": event.number,
        "what": event.what,
        "reviewer": event.reviewer,
        "ecosystems": list(event.ecosystems),
        "by": event.by,
        "on": event.on.isoformat(),
        "reason": event.reason,
    }


def standing_fields(standing: Standing) -> Mapping[str, object]:
    """Return what documents say of it."""
    return {
        "changed_since": [
            {
                "criterion": each.criterion,
                "what": each.what,
                "key": each.key,
                "before": each.before,
                "after": each.after,
            }
            for each in standing.changes
        ],
        "changed_entries": list(standing.entries),
        "changed_keys": {each: list(keys) for each, keys in standing.entries.items()},
        "events": [event_fields(each) for each in standing.events],
        "rulings": [
            {
                "number": each.number,
                "verdicts": each.verdicts,
                "by": each.by,
                "on": each.on.isoformat(),
                "reason": each.reason,
            }
            for each in standing.rulings
        ],
        "lapsed": standing.lapsed,
        "interested": [list(each) for each in standing.interested],
    }
