"""Before anyone judges and after: assignment, forms, seals, opening."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiamv_cli.base.files import is_there, refusal
from kiamv_cli.base.language import N_, _
from kiamv_cli.base.problem import BadInput, Refusal
from kiamv_cli.review.model.assign import assign
from kiamv_cli.review.model.brief import brief_of
from kiamv_cli.review.model.people import person_id
from kiamv_cli.review.reading.files import entries_sha256, questions_sha256, review_text
from kiamv_cli.review.reading.form import plain_form, read_form
from kiamv_cli.review.reading.standing import expected, first_verdicts, standing
from kiamv_cli.review.view.form import Blank, form_sheet, form_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from kiamv_cli.formats.plain import Plain
    from kiamv_cli.review.model.assign import Assignment
    from kiamv_cli.review.model.form import Form
    from kiamv_cli.review.model.people import Reviewer
    from kiamv_cli.review.reading.folder import ReviewFolder


class NotInReviewError(LookupError):
    """There is nothing in the review of what was asked for; the message says what there is."""


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
) -> Assigned:
    """Divide the long list over the reviewers of a review; see ``assign``.

    Args:
        folder: The review.
        per: How many judge each ecosystem; ``None`` is all who may.
        seed: Decides among equals.
        as_of: The reference date at which all judge; left out: that of the list.

    Raises:
        BadInput: Something is wrong with the list of reviewers.
    """
    reviewers, programme = folder.reviewers(), folder.programme
    found = replace(
        assign(folder.longlist, reviewers, per, seed),
        as_of=as_of or folder.longlist.as_of,
        asked=brief_of(programme),
        entries=entries_sha256(folder.longlist),
    )
    assert found.as_of
    text, _hash = review_text(
        "assignment",
        {
            "criteria": programme.id,
            "as_of": found.as_of.isoformat(),
            "asked": {key: dict(each) for key, each in brief_of(programme).items()},
            "longlist": folder.longlist.sha256,
            "entries": dict(found.entries),
            "seed": seed,
            "per": per,
            "turns": {who: list(ids) for who, ids in found.turns.items()},
            "barred": {who: list(ids) for who, ids in found.barred.items()},
        },
    )
    return Assigned(assignment=found, reviewers=reviewers, files={folder.file("assignment"): text})


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
    as_of = assignment.as_of or as_of or folder.longlist.as_of
    for each in reviewers:
        if who not in {None, each.id}:
            continue
        there, ids = folder.form(each.id), assignment.turns.get(each.id, ())
        if name is None and (is_there(there) or not ids):
            continue
        if not ids:
            raise NotInReviewError(_("nothing was assigned to {reviewer}.", reviewer=each.id))
        if is_there(there):
            message = _("{reviewer} has a form already", reviewer=each.id)
            hint = _("Fill that one in: nothing in a review is replaced")
            raise refusal("K602", str(there), message, hint)
        place, blank = folder.file("forms", each.id), _blank(folder, each, ids, as_of)
        if sheet:
            files[place.with_suffix(".xlsx")] = form_sheet(blank)
        else:
            files[place] = form_text(blank).encode()
    return files


def _assignment(folder: ReviewFolder, as_of: date | None) -> tuple[Assignment, dict[Path, bytes]]:
    """Return the assignment, and the file that it needs where it is made now."""
    if is_there(folder.file("assignment")):
        assignment = folder.assignment()
        _refuse_other(folder, assignment, as_of)
        return assignment, {}
    made = assign_review(folder, as_of=as_of)
    return made.assignment, {path: text.encode() for path, text in made.files.items()}


def _blank(folder: ReviewFolder, reviewer: Reviewer, ids: tuple[str, ...], as_of: date) -> Blank:
    listed = {each.id: each for each in folder.longlist.ecosystems}
    return Blank(
        reviewer=reviewer,
        ecosystems=tuple(listed[each] for each in ids),
        programme=folder.programme,
        as_of=as_of,
        longlist=folder.longlist.sha256,
        questions=questions_sha256(folder.programme),
    )


def _refuse_other(folder: ReviewFolder, assignment: Assignment, as_of: date | None) -> None:
    """Refuse to make forms that are not of the assignment."""
    place = str(folder.file("assignment"))
    if as_of and assignment.as_of and as_of != assignment.as_of:
        message = _(
            "the forms would be as of {date}, the assignment is as of {assigned}",
            date=as_of,
            assigned=assignment.as_of,
        )
        raise refusal("K820", place, message, _("Leave --as-of out, or assign a review of its own"))
    if changes := standing(folder).changes:
        message = _(
            "questions or rules changed since the assignment: {criteria}",
            criteria=", ".join(dict.fromkeys(each.criterion for each in changes)),
        )
        hint = _(
            "Give the criteria that were assigned, or let the chair decide first: "
            "kiamv review adjudicate --changed stand"
        )
        raise refusal("K820", place, message, hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A form that was sealed: the hash to publish, and the files that keep it."""

    form: Form
    sha256: str
    files: Mapping[Path, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A verdict on a form that is no longer the first; the first counts."""

    reviewer: str
    ecosystem: str
    question: str
    first: str | None
    now: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What came of opening a review.

    Attributes:
        waiting: Reviewers who have not sealed yet; nothing is opened before they have.
        seals: The seals by reviewer.
        changes: Verdicts on forms that changed since.
        unreadable: Forms that cannot be compared any more, by reviewer, with the reason.
        files: None if it had been opened before.
    """

    waiting: tuple[str, ...]
    seals: Mapping[str, str]
    changes: tuple[Change, ...]
    unreadable: Mapping[str, str]
    files: Mapping[Path, str]


def seal_form(folder: ReviewFolder, place: Path, salt: str) -> Sealed:
    """Seal what a reviewer said: it is kept as it is, and the hash proves it.

    Args:
        folder: The review.
        place: The form as it was filled in.
        salt: A secret until the review is opened, so that nobody can find what was said by
            trying; any text that nobody can guess.

    Raises:
        BadInput: Something is wrong with the form, it is of another date or on other questions
            than the assignment (K820), or it was sealed before.
        Refusal: The salt is blank.
    """
    if not salt.strip():
        raise Refusal(N_("a salt is a text that nobody can guess; a blank one hides nothing"))
    form = read_form(place, folder.programme, folder.longlist, expected(folder), folder.hidden)
    if not any(each.verdict for given in form.answers.values() for each in given.values()):
        message = _("nothing is judged on it")
        raise refusal("K105", str(place), message, _("Fill it in, then seal it"))
    seal, kept = folder.file("seals", form.reviewer), folder.kept(form.reviewer)
    if is_there(seal) or (kept and kept.form != form):
        message = _("{reviewer} has sealed already", reviewer=form.reviewer)
        hint = _("First verdicts are never replaced; later ones may stay on the form")
        raise refusal("K602", str(seal), message, hint)
    # Where only the seal was not written any more, it is written now, for what was kept.
    plain = plain_form(form, folder.programme)
    text, sha256 = (
        ("", kept.sha256) if kept else review_text("first", {"salt": salt, "form": plain})
    )
    public, _hash = review_text("seal", _seal(form, folder.programme.id, sha256))
    files = {} if kept else {folder.file("first", form.reviewer): text}
    files[seal] = public
    return Sealed(form=form, sha256=sha256, files=files)


def _seal(form: Form, criteria: str, sha256: str) -> dict[str, Plain]:
    answers = [each for given in form.answers.values() for each in given.values()]
    return {
        "reviewer": form.reviewer,
        "as_of": form.as_of.isoformat(),
        "criteria": criteria,
        "questions": form.questions,
        "longlist": form.longlist,
        "form": sha256,
        "judged": sum(each.judged is not None for each in answers),
        "asked": len(answers),
    }


def open_review(folder: ReviewFolder) -> Opened:
    """Open a review once all who were assigned anything have sealed.

    Raises:
        BadInput: A file is missing, damaged, or not what was sealed; or a form is of another date,
            or on other questions, than the assignment (K820).
    """
    before = folder.opened()
    turns = folder.assignment().turns
    sealed = {who: folder.seal(who) for who, ids in turns.items() if ids}
    waiting = tuple(who for who, seal in sealed.items() if seal is None)
    if waiting and before is None:
        return Opened(waiting=waiting, seals={}, changes=(), unreadable={}, files={})
    known = before or {who: seal for who, seal in sealed.items() if seal is not None}
    first = {form.reviewer: form for form in first_verdicts(folder, known)}
    changes, unreadable = _since(folder, first)
    text, _hash = review_text("opened", {"seals": dict(known)})
    return Opened(
        waiting=(),
        seals=known,
        changes=changes,
        unreadable=unreadable,
        files={} if before else {folder.file("opened"): text},
    )


def _since(
    folder: ReviewFolder, first: Mapping[str, Form]
) -> tuple[tuple[Change, ...], dict[str, str]]:
    """Compare the forms of today with what was sealed."""
    fitting = expected(folder)
    changes: list[Change] = []
    unreadable: dict[str, str] = {}
    for who, form in first.items():
        try:
            place = folder.form(who)
            now = read_form(place, folder.programme, folder.longlist, fitting, folder.hidden)
        except BadInput as bad:
            unreadable[who] = str(bad.problems[0])
        else:
            changes += _changes(form, now)
    return tuple(changes), unreadable


def _changes(first: Form, now: Form) -> list[Change]:
    return [
        Change(
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
