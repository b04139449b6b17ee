"""A review opened or closed, and what is decided on verdicts since."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from kiamv_cli.base.files import read_file
from kiamv_cli.base.language import _
from kiamv_cli.base.problem import BadInput
from kiamv_cli.display.text import listing
from kiamv_cli.longlist.model.lookup import find
from kiamv_cli.review.model.assignment import Event
from kiamv_cli.review.model.brief import Ruling, brief_of
from kiamv_cli.review.model.form import disagreements, gaps, overlaid, questions
from kiamv_cli.review.model.outcome import ReviewOutcome, undecided
from kiamv_cli.review.model.people import interested, person_id
from kiamv_cli.review.model.rounds import ChangedVerdict, Opened
from kiamv_cli.review.reading.files import brief_sha256, entries_of, questions_sha256, review_text
from kiamv_cli.review.reading.form import read_form
from kiamv_cli.review.reading.standing import (
    briefs,
    changed_entries,
    expected,
    first_verdicts,
    read_review,
    standing,
)
from kiamv_cli.review.steps.send import NotInReviewError, event_files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.review.model.assignment import Assignment
    from kiamv_cli.review.model.brief import Effect
    from kiamv_cli.review.model.form import Form
    from kiamv_cli.review.model.outcome import Standing
    from kiamv_cli.review.model.people import Reviewer
    from kiamv_cli.review.reading.folder import ReviewFolder
    from kiamv_cli.review.reading.outcomes import Decision
    from kiamv_cli.review.steps.send import Why


def open_review(folder: ReviewFolder) -> tuple[Opened, Mapping[Path, bytes]]:
    """Open a review once all who were assigned anything have sealed.

    Raises:
        BadInput: A file is missing, damaged, or not what was sealed; or a form is of another date,
            or on other questions, than the assignment (K820).
    """
    return _open(folder, folder.assignment().excused)


def close_review(
    folder: ReviewFolder, without: Sequence[str] = (), why: Why | None = None
) -> tuple[Opened, Mapping[Path, bytes]]:
    """Open a review for good: once all forms are in and filled in, or without some.

    Args:
        folder: The review.
        without: Names or ids of reviewers of whom no more is waited for; what came of them counts.
        why: Who decided that, when and why.

    Returns:
        What was opened, or who is waited for; and the files to write.

    Raises:
        BadInput: A file is missing, damaged, or not what was sealed.
        Misfit: There is no such reviewer.
        NotInReviewError: It is not said who decided, when and why, or nobody sent anything.
    """
    assignment = folder.assignment()
    names = {each.id: each.name for each in folder.reviewers()}
    excused = {person_id(each, names) for each in without} - assignment.excused
    if excused and why is None:
        text = _(
            "to close without {names}, also give {options}.",
            names=listing(sorted(excused)),
            options="--by, --on, --because",
        )
        raise NotInReviewError(text)
    events = _excusing(folder, assignment, excused, why) if why else ()
    waived = assignment.excused | excused
    if folder.opened() is None and (partial := _partial(folder, assignment, waived)):
        return Opened(waiting=_waiting(folder, assignment, waived), partial=partial), {}
    opened, files = _open(folder, waived)
    return opened, {**event_files(folder, events), **files} if files else {}


def _excusing(
    folder: ReviewFolder, assignment: Assignment, excused: Collection[str], why: Why
) -> tuple[Event, ...]:
    return tuple(
        Event(
            number=number,
            what="excused",
            reviewer=who,
            by=why.by,
            on=why.on,
            reason=why.reason,
            longlist=folder.longlist.sha256,
        )
        for number, who in enumerate(sorted(excused), start=len(assignment.events) + 1)
    )


def _waiting(
    folder: ReviewFolder, assignment: Assignment, excused: Collection[str]
) -> tuple[str, ...]:
    return tuple(
        who
        for who, ids in assignment.turns.items()
        if ids and who not in excused and folder.seal(who) is None
    )


def _partial(
    folder: ReviewFolder, assignment: Assignment, excused: Collection[str]
) -> dict[str, int]:
    """Count what reviewers left open of what they were to judge."""
    lacking = {}
    for who, ids in assignment.turns.items():
        kept = folder.kept(who)
        if kept and who not in excused:
            form = overlaid([each.form for each in kept])
            absent = sum(each not in form.answers for each in ids)
            lacking[who] = absent * len(questions(folder.programme)) + len([*gaps(form, ids)])
    return {who: n for who, n in lacking.items() if n}


def _open(folder: ReviewFolder, excused: Collection[str]) -> tuple[Opened, Mapping[Path, bytes]]:
    before, assignment = folder.opened(), folder.assignment()
    waiting = _waiting(folder, assignment, excused)
    if waiting and before is None:
        return Opened(waiting=waiting), {}
    sealed = {who: folder.seal(who) for who, ids in assignment.turns.items() if ids}
    known = before or {who: seal for who, seal in sealed.items() if seal is not None}
    if not known:
        raise NotInReviewError(_("nobody has sent a form: there is nothing to open."))
    first = {who: overlaid(each) for who, each in first_verdicts(folder, known).items()}
    changes, unreadable = _since(folder, first)
    opened = Opened(seals=known, changes=changes, unreadable=unreadable, before=before is not None)
    text, _hash = review_text("opened", {"seals": dict(known)})
    return opened, {} if before else {folder.file("opened"): text.encode()}


def _since(
    folder: ReviewFolder, first: Mapping[str, Form]
) -> tuple[tuple[ChangedVerdict, ...], dict[str, str]]:
    """Compare the forms of today with what was sealed."""
    fitting = expected(folder)
    changes: list[ChangedVerdict] = []
    unreadable: dict[str, str] = {}
    for who, form in first.items():
        if folder.is_received(who):
            continue
        try:
            place = folder.form(who)
            now = read_form(read_file(place), str(place), folder, fitting, strict=False).form
        except BadInput as bad:
            unreadable[who] = str(bad.problems[0])
        else:
            changes += _changes(form, now)
    return tuple(changes), unreadable


def _changes(first: Form, now: Form) -> list[ChangedVerdict]:
    return [
        ChangedVerdict(
            reviewer=first.reviewer,
            ecosystem=ecosystem,
            question=key,
            first=answer.verdict,
            now=now.answers[ecosystem][key].verdict,
        )
        for ecosystem, answers in first.answers.items()
        if ecosystem in now.answers
        for key, answer in answers.items()
        if now.answers[ecosystem][key] != answer
    ]


def decide(
    folder: ReviewFolder, decisions: Iterable[Decision], *, again: bool = False
) -> Mapping[Path, str]:
    """Make the record of each decision that is not on file yet.

    One that is on file as it is, by the same people for the same reason, is passed over.

    Args:
        folder: A review that was opened.
        decisions: What is decided. Ecosystems may be given by id, name or alias.
        again: Decide anew on what was decided; the earlier decision stays on file.

    Raises:
        BadInput: The review was not opened, or a file in it is damaged.
        UnknownEcosystemError: There is no such ecosystem.
        NotInReviewError: There is no such disagreement, and the decision has no date of its own
            with which it would overrule any verdict; it was decided before; or who decides has an
            interest in the ecosystem.
    """
    review = read_review(folder)
    there = {(d.ecosystem, d.question.key) for d in disagreements(review.forms, folder.programme)}
    there |= {(each.ecosystem, each.question.key) for each in undecided(review, folder.programme)}
    counting = dict(review.decided)
    on_file = {(one.ecosystem, one.question): one for one in _by_number(folder.outcomes())}
    files: dict[Path, str] = {}
    for each in decisions:
        key = (find(folder.longlist, each.ecosystem).id, each.question)
        before = counting.get(key)
        if before and _is_same(before, each):
            continue
        if each.on is None:
            _refuse_if_not_there(key, there)
        _refuse_if_interested(each, key[0], folder.people(), folder.longlist)
        if before and not again:
            _refuse_decided(before)
        outcome = _outcome(each, key[0], folder, review.as_of, on_file.get(key))
        counting[key] = on_file[key] = outcome
        place = folder.file("outcomes", f"{key[0]}.{key[1]}.{outcome.number}")
        files[place] = _outcome_text(outcome)
    return files


def _outcome_text(outcome: ReviewOutcome) -> str:
    on = outcome.on.isoformat() if outcome.on else None
    content = {**asdict(outcome), "as_of": outcome.as_of.isoformat(), "on": on}
    return review_text("outcome", content)[0]


def decide_on_change(
    folder: ReviewFolder, verdicts: Effect, by: str, on: date, reason: str, *, again: bool = False
) -> Mapping[Path, str]:
    """Make the record of a ruling on questions or rules that changed since they were asked.

    Args:
        folder: A review, opened or not.
        verdicts: Whether those given before, on what changed, ``stand`` or ``lapse``.
        by: Who decides.
        on: When.
        reason: Why.
        again: Decide anew on the last change; the earlier ruling stays on file.

    Raises:
        BadInput: A file is damaged.
        NotInReviewError: Nothing changed that is not decided on, or it is not known what was asked.
    """
    now = standing(folder)
    last = now.rulings[-1] if now.rulings else None
    fresh = bool(now.changes or now.entries)
    _refuse_ruling(now, fresh=fresh or bool(last and again))
    brief, entries = brief_of(folder.programme), entries_of(folder.longlist)
    since = briefs(folder)[-1][0] if fresh or last is None else last.since
    about = changed_entries(folder) if fresh or last is None else last.entries
    ruling = Ruling(
        since=since,
        questions=brief_sha256(brief),
        asked=brief,
        verdicts=verdicts,
        by=by,
        on=on,
        reason=reason,
        number=last.number + 1 if last else 1,
        entries={each: entries[each] for each in about if each in entries},
        longlists=_judged_lists(folder),
    )
    lists = list(ruling.longlists)
    content = {**asdict(ruling), "on": on.isoformat(), "longlists": lists}
    return {folder.file("changes", str(ruling.number)): review_text("change", content)[0]}


def _refuse_ruling(now: Standing, *, fresh: bool) -> None:
    """Refuse to decide where nothing changed, or where nobody can tell."""
    if not now.known:
        text = _("an older version of kiamv made this review: what was asked is not on record.")
        raise NotInReviewError(text)
    if not fresh:
        raise NotInReviewError(_("no question or rule changed that is not decided on."))


def _judged_lists(folder: ReviewFolder) -> tuple[str, ...]:
    """Return the SHA-256 of the lists that were judged before the one of today."""
    assignment = folder.assignment(listed=False)
    judged = (kept.form.longlist for who in assignment.sent for kept in folder.kept(who))
    lists = dict.fromkeys([*assignment.longlists, *judged])
    return tuple(each for each in lists if each != folder.longlist.sha256)


def _by_number(outcomes: Iterable[ReviewOutcome]) -> list[ReviewOutcome]:
    return sorted(outcomes, key=lambda each: each.number)


def _is_same(outcome: ReviewOutcome, decision: Decision) -> bool:
    """Return whether a decision is on file; the day may be left out the second time."""
    on_file = (outcome.verdict, outcome.by, outcome.reason)
    same_day = decision.on in {None, outcome.on}
    return same_day and on_file == (decision.verdict, decision.by, decision.reason)


def _refuse_if_not_there(key: tuple[str, str], there: Collection[tuple[str, str]]) -> None:
    if key not in there:
        raise NotInReviewError(
            _(
                "there is no disagreement on {id} {question}. kiamv review adjudicate shows "
                "where there is; what the chair decides on a day (--on) overrules any verdict.",
                id=key[0],
                question=key[1],
            )
        )


def _refuse_if_interested(
    decision: Decision, ecosystem: str, people: Iterable[Reviewer], longlist: Longlist
) -> None:
    if who := interested(decision.by, find(longlist, ecosystem), people):
        raise NotInReviewError(
            _(
                "{who} may not decide on {id}: suggested by them, or of interest to them. "
                "Somebody else decides.",
                who=who,
                id=ecosystem,
            )
        )


def _refuse_decided(before: ReviewOutcome) -> None:
    raise NotInReviewError(
        _(
            "{id} {question}: {by} decided {verdict}. "
            "Give --again to decide again; what was decided stays on file.",
            id=before.ecosystem,
            question=before.question,
            by=before.by,
            verdict=before.verdict,
        )
    )


def _outcome(
    decision: Decision,
    ecosystem: str,
    folder: ReviewFolder,
    as_of: date | None,
    before: ReviewOutcome | None,
) -> ReviewOutcome:
    return ReviewOutcome(
        ecosystem=ecosystem,
        question=decision.question,
        verdict=decision.verdict,
        by=decision.by,
        reason=decision.reason,
        as_of=as_of or folder.longlist.as_of,
        on=decision.on,
        number=before.number + 1 if before else 1,
        questions=questions_sha256(folder.programme),
        longlist=folder.longlist.sha256,
    )
