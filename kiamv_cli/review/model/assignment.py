"""Who judges what in a review: as it was assigned, and as it is after all that happened since."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.value import Value
from kiamv_cli.review.model.people import barred_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.review.model.brief import Brief
    from kiamv_cli.review.model.people import Reviewer

EventKind = Literal["joined", "withdrew", "added", "dropped", "interest", "excused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Value):
    """Somebody joined, withdrew or has an interest; an ecosystem came or went; a form never came.

    Attributes:
        number: Counts from 1.
        what: ``excused``: the review was closed without waiting for all that they were to judge.
        reviewer: Of whom it is told; ``None`` where it is of ecosystems alone.
        ecosystems: Of which it is told.
        by: Who decided on it, or put it on record.
        turns: By reviewer the ids to judge from then on; ``None`` if that stays as it was.
        longlist: The SHA-256 of the long list at that time.
        entries: The SHA-256 of what the list says of ecosystems that were added.
    """

    number: int
    what: EventKind
    reviewer: str | None = None
    ecosystems: tuple[str, ...] = ()
    by: str
    on: date
    reason: str
    longlist: str
    turns: Mapping[str, tuple[str, ...]] | None = None
    entries: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Value):
    """Who judges what, as it is now: what was assigned, and all that happened since.

    Attributes:
        per: How many were wanted per ecosystem; ``None`` is all who may.
        turns: By reviewer the ids of the ecosystems to judge, in the order of the list.
        barred: By reviewer the ids that they may not judge: suggested by them, or an interest.
        short: Ecosystems that fewer may judge than wanted, with how many do.
        as_of: The reference date at which all judge; ``None`` from an older kiamv, as are the next.
        brief: The questions and rules that they judge by.
        entries: The SHA-256 of what the long list says of each ecosystem, and of each of its keys.
        longlists: The SHA-256 of the long list, at the assignment and at each event.
        at_least: How many must have judged an ecosystem for their verdict to overrule the rule;
            ``None`` is two where two or more were assigned.
        sent: By reviewer the ids on each of their forms, in the order in which these went out.
        withdrawn: Reviewers who no longer judge.
        excused: Reviewers who are not waited for.
        events: All that happened since it was assigned.
    """

    per: int | None
    seed: str
    turns: Mapping[str, tuple[str, ...]]
    barred: Mapping[str, tuple[str, ...]]
    short: Mapping[str, int] = field(default_factory=dict)
    as_of: date | None = None
    brief: Brief | None = None
    entries: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    longlists: tuple[str, ...] = ()
    at_least: int | None = None
    sent: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()
    excused: frozenset[str] = frozenset()
    events: tuple[Event, ...] = ()

    def least(self, ecosystem: str) -> int:
        """Return how many must have judged an ecosystem for their verdict to overrule the rule."""
        if self.at_least is not None:
            return self.at_least
        assigned = sum(any(ecosystem in part for part in parts) for parts in self.sent.values())
        return min(2, assigned)

    def ever(self, reviewer: str) -> frozenset[str]:
        """Return the ids of all that was ever on a form of a reviewer."""
        return frozenset(each for part in self.sent.get(reviewer, ()) for each in part)


def with_events(assigned: Assignment, events: Iterable[Event]) -> Assignment:
    """Return an assignment with what happened since."""
    now = assigned
    for each in events:
        now = _with_event(now, each)
    return now


def _with_event(now: Assignment, event: Event) -> Assignment:
    turns = now.turns if event.turns is None else event.turns
    sent = dict(now.sent)
    for who, ids in turns.items():
        there = now.ever(who)
        if new := tuple(each for each in ids if each not in there):
            sent[who] = (*sent.get(who, ()), new)
    entries = {**now.entries, **event.entries}
    if event.what == "dropped":
        entries = {each: keys for each, keys in entries.items() if each not in event.ecosystems}
    told = {event.reviewer} if event.reviewer else set[str]()
    withdrawn, excused = now.withdrawn, now.excused
    if event.what == "withdrew":
        withdrawn |= told
    elif event.what == "joined":
        withdrawn -= told
    elif event.what == "excused":
        excused |= told
    return replace(
        now,
        turns=turns,
        sent=sent,
        entries=entries,
        longlists=(*now.longlists, event.longlist),
        withdrawn=withdrawn,
        excused=excused,
        events=(*now.events, event),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unrecorded:
    """What is otherwise than the record of a review says, and on record nowhere.

    Attributes:
        joined: Reviewers who were never assigned anything.
        left: Reviewers who were, and are no longer among the reviewers.
        added: Ecosystems of the long list that nobody was asked to judge.
        dropped: Ecosystems that somebody was, and that the long list no longer has.
        interests: Reviewers, each with an ecosystem that they were assigned and may not judge.
    """

    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    interests: tuple[tuple[str, str], ...] = ()

    def closed(self) -> Unrecorded:
        """Return what can still be put on record once the review is closed."""
        return replace(self, joined=(), added=())

    @property
    def is_empty(self) -> bool:
        """Whether all is on record."""
        return not (self.joined or self.left or self.added or self.dropped or self.interests)


def unrecorded(
    longlist: Longlist, reviewers: Sequence[Reviewer], assignment: Assignment
) -> Unrecorded:
    """Find what is otherwise than an assignment and its events say."""
    listed = [each.id for each in longlist.ecosystems]
    people = [each.id for each in reviewers]
    judged = {each for ids in assignment.turns.values() for each in ids}
    known = judged | {*assignment.entries}
    barred = barred_from(longlist, reviewers)
    told = {
        (e.reviewer, i) for e in assignment.events if e.what == "interest" for i in e.ecosystems
    }
    late = (
        (who, each)
        for who in people
        for each in barred[who]
        if each in assignment.ever(who) and who not in assignment.withdrawn
    )
    gone = {who for who, ids in assignment.turns.items() if ids} - {*people}
    return Unrecorded(
        joined=tuple(
            e for e in people if e not in assignment.turns and e not in assignment.withdrawn
        ),
        left=tuple(sorted(gone)),
        added=tuple(e for e in listed if e not in known) if assignment.entries else (),
        dropped=tuple(sorted(known - {*listed})),
        interests=tuple(each for each in late if each not in told),
    )
