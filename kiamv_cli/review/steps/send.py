"""Before anyone judges: who judges what, and their forms; later, who joins and what is dropped."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from kiamv_cli.base.files import bad_file, is_there
from kiamv_cli.base.language import _
from kiamv_cli.base.text import Text
from kiamv_cli.display.text import listing
from kiamv_cli.review.model.assign import assign, assign_again
from kiamv_cli.review.model.assignment import Event, unrecorded, with_events
from kiamv_cli.review.model.brief import brief_of
from kiamv_cli.review.model.people import person_id
from kiamv_cli.review.model.rounds import Sent
from kiamv_cli.review.reading.files import IGNORED, entries_of, questions_sha256, review_text
from kiamv_cli.review.reading.standing import standing
from kiamv_cli.review.view.form import Blank, form_sheet, form_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from kiamv_cli.formats.plain import Plain
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.assignment import Assignment, EventKind, Unrecorded
    from kiamv_cli.review.model.people import Reviewer
    from kiamv_cli.review.reading.folder import ReviewFolder


class NotInReviewError(LookupError):
    """There is nothing in the review of what was asked for; the message says what there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Who puts something on record, when, and why."""

    by: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """Who judges what, and the file that says so."""

    assignment: Assignment
    reviewers: tuple[Reviewer, ...]
    files: Mapping[Path, str]


def assign_review(
    folder: ReviewFolder,
    per: int | None = None,
    seed: str = "kiamv",
    as_of: date | None = None,
    at_least: int | None = None,
) -> Assigned:
    """Divide the long list over the reviewers of a review; see ``assign``.

    Args:
        folder: The review.
        per: How many judge each ecosystem; ``None`` is all who may.
        seed: Decides among equals.
        as_of: The reference date at which all judge; left out: that of the list.
        at_least: How many must have judged an ecosystem for their verdict to overrule the rule;
            left out: two where two or more were assigned.

    Raises:
        BadInput: Something is wrong with the list of reviewers.
    """
    reviewers, programme = folder.reviewers(), folder.programme
    assignment = replace(
        assign(folder.longlist, reviewers, per, seed),
        as_of=as_of or folder.longlist.as_of,
        brief=brief_of(programme),
        entries=entries_of(folder.longlist),
        at_least=at_least,
        longlists=(folder.longlist.sha256,),
    )
    files = {folder.file("assignment"): _assignment_text(assignment, programme)}
    return Assigned(assignment=assignment, reviewers=reviewers, files=files)


def _assignment_text(assignment: Assignment, programme: Programme) -> str:
    assert assignment.as_of
    content: dict[str, Plain] = {
        "criteria": programme.id,
        "as_of": assignment.as_of.isoformat(),
        "asked": {key: dict(each) for key, each in brief_of(programme).items()},
        "longlist": assignment.longlists[0],
        "entries": {key: dict(each) for key, each in assignment.entries.items()},
        "at_least": assignment.at_least,
        "seed": assignment.seed,
        "per": assignment.per,
        "turns": {who: list(ids) for who, ids in assignment.turns.items()},
        "barred": {who: list(ids) for who, ids in assignment.barred.items()},
    }
    return review_text("assignment", content)[0]


def make_forms(
    folder: ReviewFolder, name: str | None, as_of: date | None = None, *, sheet: bool = False
) -> Mapping[Path, bytes]:
    """Make the form of a reviewer, named by id or name, or of each, for what is assigned to them.

    Where nothing was assigned yet, all judge what they may, and that is put on file too.

    Args:
        folder: The review.
        name: Whose; ``None`` for all who have none yet.
        as_of: The reference date at which to judge; left out: that of the assignment.
        sheet: As a spreadsheet with drop-downs; else as YAML.

    Raises:
        BadInput: Something is wrong with the folder; or the date, or what is asked, is not that of
            the assignment (K820).
        Misfit: There is no such reviewer.
        NotInReviewError: Nothing was assigned to them.
    """
    reviewers = folder.reviewers()
    who = None if name is None else person_id(name, {each.id: each.name for each in reviewers})
    assignment, files = _assignment(folder, as_of)
    for each in reviewers:
        if who not in {None, each.id}:
            continue
        there, ids = folder.form(each.id), assignment.turns.get(each.id, ())
        if name is None and (is_there(there) or not ids):
            continue
        if not ids:
            raise NotInReviewError(_("nothing was assigned to {reviewer}.", reviewer=each.id))
        if is_there(there):
            text = Text("K602.has-form", reviewer=each.id)
            raise bad_file(str(there), text, Text("K602.fill-that-in"))
        place, content = _form(folder, each, ids, assignment, 1, sheet=sheet)
        files[place] = content
    return files


def send(
    folder: ReviewFolder,
    assigning: Mapping[str, object],
    why: Why | None = None,
    withdraw: Sequence[str] = (),
    *,
    sheet: bool = True,
) -> tuple[Sent, Mapping[Path, bytes]]:
    """Assign, and make the forms; later, put on record what changed, and make what is new.

    Args:
        folder: The review.
        assigning: The arguments of ``assign_review``, as far as they were given.
        why: Who puts on record what changed since the assignment, when and why.
        withdraw: Names or ids of reviewers who no longer judge.
        sheet: Forms as spreadsheets; else as YAML.

    Returns:
        What goes out, and the files to write, those on record first.

    Raises:
        BadInput: Something is wrong with the folder, or what is asked is not that of the
            assignment (K820).
        Misfit: Somebody who withdraws is no reviewer.
        NotInReviewError: It is not said who puts on record what changed, or it cannot be.
    """
    reviewers = folder.reviewers()
    if not is_there(folder.file("assignment")):
        assignment, files = _first_time(folder, assigning)
    else:
        _refuse_assigning(folder, assigning)
        assignment, events = _changed(folder, reviewers, why, withdraw)
        files = event_files(folder, events)
    forms: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    if folder.opened() is None:
        for each in reviewers:
            new = list(_missing_forms(folder, each, assignment, sheet=sheet))
            forms[each.id] = tuple((str(place), ids) for place, _content, ids in new)
            files |= {place: content for place, content, _ids in new}
    return Sent(assignment=assignment, reviewers=reviewers, forms=forms), files


def _refuse_assigning(folder: ReviewFolder, assigning: Mapping[str, object]) -> None:
    """Refuse to assign otherwise than is on record, or by other questions."""
    if assigning:
        options = listing([f"--{each.replace('_', '-')}" for each in assigning])
        text = _("the assignment is on record: leave {options} out.", options=options)
        raise NotInReviewError(text)
    refuse_other(folder, folder.assignment(listed=False), None)


def _first_time(
    folder: ReviewFolder, assigning: Mapping[str, object]
) -> tuple[Assignment, dict[Path, bytes]]:
    made = assign_review(folder, **assigning)  # type: ignore[arg-type] # as far as given
    files = {path: text.encode() for path, text in made.files.items()}
    ignored = folder.path / ".gitignore"
    return made.assignment, files if is_there(ignored) else {**files, ignored: IGNORED.encode()}


def _changed(
    folder: ReviewFolder,
    reviewers: Sequence[Reviewer],
    why: Why | None,
    withdraw: Sequence[str],
) -> tuple[Assignment, tuple[Event, ...]]:
    """Return the assignment with what changed since, and the events that say so."""
    before = folder.assignment(listed=False)
    drift = unrecorded(folder.longlist, reviewers, before)
    names = {each.id: each.name for each in reviewers}
    leaving = [person_id(each, names) for each in withdraw]
    _refuse_change(folder, drift, leaving)
    if folder.opened() is not None:
        drift = drift.closed()
    if drift.is_empty and not leaving:
        return before, ()
    if why is None:
        text = _(
            "this is not on record yet: {changes}. Say who records it, when and why: --by "
            "NAME --on DATE --because TEXT.",
            changes=changes_text(drift, leaving),
        )
        raise NotInReviewError(text)
    active = [e for e in reviewers if e.id not in {*before.withdrawn, *leaving}]
    after = assign_again(folder.longlist, active, before, drift.joined)
    events = tuple(_events(folder, [*_told(drift, leaving)], after.turns, why, len(before.events)))
    return replace(with_events(before, events), barred=after.barred), events


def _refuse_change(folder: ReviewFolder, drift: Unrecorded, leaving: Sequence[str]) -> None:
    """Refuse what cannot be put on record."""
    if drift.left:
        gone = Text("K602.assigned-and-gone", names=listing(drift.left))
        raise bad_file(str(folder.file("reviewers")), gone, Text("K602.put-back-or-withdraw"))
    late = drift.joined or drift.added
    if folder.opened() is not None and late and drift.closed().is_empty and not leaving:
        text = _(
            "the review is closed: nobody can join, and no ecosystem be added ({names}).",
            names=listing([*drift.joined, *drift.added]),
        )
        raise NotInReviewError(text)


def _events(
    folder: ReviewFolder,
    news: Sequence[tuple[EventKind, str | None, tuple[str, ...]]],
    turns: Mapping[str, tuple[str, ...]],
    why: Why,
    before: int,
) -> Iterator[Event]:
    """Yield an event for each thing told; the last says who judges what from then on."""
    entries = entries_of(folder.longlist)
    for number, (what, reviewer, ids) in enumerate(news, start=before + 1):
        yield Event(
            number=number,
            what=what,
            reviewer=reviewer,
            ecosystems=ids,
            by=why.by,
            on=why.on,
            reason=why.reason,
            longlist=folder.longlist.sha256,
            turns=turns if number == before + len(news) else None,
            entries={each: entries[each] for each in ids} if what == "added" else {},
        )


def _told(
    drift: Unrecorded, leaving: Sequence[str]
) -> Iterator[tuple[EventKind, str | None, tuple[str, ...]]]:
    """Yield what is put on record: what happened, to whom, and which ecosystems it is about."""
    yield from (("joined", who, ()) for who in drift.joined)
    yield from (("withdrew", who, ()) for who in leaving)
    if drift.added:
        yield "added", None, drift.added
    if drift.dropped:
        yield "dropped", None, drift.dropped
    for who in dict.fromkeys(who for who, _id in drift.interests):
        yield "interest", who, tuple(each for name, each in drift.interests if name == who)


def changes_text(drift: Unrecorded, leaving: Sequence[str] = ()) -> str:
    """Format what changed since the assignment, in a line."""
    parts = {
        _("joined: {names}", names=listing(drift.joined)): drift.joined,
        _("withdrew: {names}", names=listing([*leaving])): leaving,
        _("added: {names}", names=listing(drift.added)): drift.added,
        _("dropped: {names}", names=listing(drift.dropped)): drift.dropped,
        _(
            "interests: {names}", names=listing([f"{who} {each}" for who, each in drift.interests])
        ): drift.interests,
    }
    return "; ".join(text for text, there in parts.items() if there)


def event_files(folder: ReviewFolder, events: Sequence[Event]) -> dict[Path, bytes]:
    """Return the files that put events on record."""
    files = {}
    for each in events:
        content = {
            **asdict(each),
            "on": each.on.isoformat(),
            "ecosystems": list(each.ecosystems),
            "turns": _listed(each.turns),
        }
        text, _hash = review_text("event", content)
        files[folder.file("events", str(each.number))] = text.encode()
    return files


def _listed(turns: Mapping[str, Sequence[str]] | None) -> dict[str, list[str]] | None:
    return None if turns is None else {who: list(ids) for who, ids in turns.items()}


def _missing_forms(
    folder: ReviewFolder, reviewer: Reviewer, assignment: Assignment, *, sheet: bool
) -> Iterator[tuple[Path, bytes, tuple[str, ...]]]:
    """Yield the forms of a reviewer that are not there, unless what is on them came in."""
    received = {each for kept in folder.kept(reviewer.id) for each in kept.form.answers}
    turns = assignment.turns.get(reviewer.id, ())
    for number, part in enumerate(assignment.sent.get(reviewer.id, ()), start=1):
        ids = tuple(each for each in part if each in turns)
        if ids and not is_there(folder.form(reviewer.id, number)) and not {*ids} <= received:
            yield *_form(folder, reviewer, ids, assignment, number, sheet=sheet), ids


def _form(
    folder: ReviewFolder,
    reviewer: Reviewer,
    ids: Collection[str],
    assignment: Assignment,
    number: int,
    *,
    sheet: bool,
) -> tuple[Path, bytes]:
    """Return where a form is to be, and what is in it."""
    listed = {each.id: each for each in folder.longlist.ecosystems}
    blank = Blank(
        reviewer=reviewer,
        ecosystems=tuple(listed[each] for each in ids),
        programme=folder.programme,
        as_of=assignment.as_of or folder.longlist.as_of,
        longlist=folder.longlist.sha256,
        questions=questions_sha256(folder.programme),
    )
    place = folder.file("forms", reviewer.id, number)
    if sheet:
        return place.with_suffix(".xlsx"), form_sheet(blank)
    return place, form_text(blank).encode()


def _assignment(folder: ReviewFolder, as_of: date | None) -> tuple[Assignment, dict[Path, bytes]]:
    """Return the assignment, and the file that it needs where it is made now."""
    if is_there(folder.file("assignment")):
        assignment = folder.assignment()
        refuse_other(folder, assignment, as_of)
        return replace(assignment, as_of=assignment.as_of or as_of), {}
    made = assign_review(folder, as_of=as_of)
    return made.assignment, {path: text.encode() for path, text in made.files.items()}


def refuse_other(folder: ReviewFolder, assignment: Assignment, as_of: date | None) -> None:
    """Refuse to make forms that are not of the assignment."""
    place = str(folder.file("assignment"))
    if as_of and assignment.as_of and as_of != assignment.as_of:
        days = {"date": as_of, "assigned": assignment.as_of}
        text = Text("K820.forms-of-other-date", **days)
        raise bad_file(place, text, Text("K820.leave-as-of-out"))
    if changes := standing(folder).changes:
        criteria = ", ".join(dict.fromkeys(each.criterion for each in changes))
        text = Text("K820.changed-since", criteria=criteria)
        raise bad_file(place, text, Text("K820.let-chair-decide"))
