"""Before anyone judges: who judges what, and their forms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiamv_cli.core.labels import Labels
from kiamv_cli.core.review.asked import asked_of
from kiamv_cli.core.review.assign import assign
from kiamv_cli.core.review.outcome import NotInReviewError, meant
from kiamv_cli.language import _
from kiamv_cli.loading.files import is_there, refusal
from kiamv_cli.loading.review.files import entries_sha256, questions_sha256, review_text
from kiamv_cli.loading.review.standing import standing
from kiamv_cli.render.review.form import Blank, form_text
from kiamv_cli.render.review.form_sheet import form_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from kiamv_cli.core.review.assign import Assignment, Reviewer
    from kiamv_cli.loading.review.folder import ReviewFolder


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
        asked=asked_of(programme),
        entries=entries_sha256(folder.longlist),
    )
    assert found.as_of
    text, _hash = review_text(
        "assignment",
        {
            "criteria": programme.id,
            "as_of": found.as_of.isoformat(),
            "asked": {key: dict(each) for key, each in asked_of(programme).items()},
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
        NotInReviewError: There is no such reviewer.
    """
    reviewers = folder.reviewers()
    wanted = reviewers if name is None else (_reviewer(reviewers, name),)
    files: dict[Path, bytes] = {}
    if is_there(folder.file("assignment")):
        assignment = folder.assignment()
        _refuse_other(folder, assignment, as_of)
    else:
        made = assign_review(folder, as_of=as_of)
        assignment = made.assignment
        files = {place: text.encode() for place, text in made.files.items()}
    as_of = assignment.as_of or as_of or folder.longlist.as_of
    for each in wanted:
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


def _reviewer(reviewers: tuple[Reviewer, ...], name: str) -> Reviewer:
    """Return a reviewer by id or name, compared folded.

    Raises:
        LookupError: There is none, or more than one; the message names all.
    """
    labels = Labels((text, each.id) for each in reviewers for text in (each.id, each.name))
    ids = labels.meant(name)
    if len(ids) == 1:
        return next(each for each in reviewers if each.id == ids[0])
    if ids:
        told = _("{name} can mean {ids}", name=f'"{name}"', ids=", ".join(ids))
        raise NotInReviewError(f"{told}.")
    known = ", ".join(each.id for each in reviewers)
    raise NotInReviewError(
        _('no reviewer is called "{name}". There are: {known}.', name=name, known=known)
        + meant(name, [text for each in reviewers for text in (each.id, each.name)])
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
