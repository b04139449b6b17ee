"""Before anyone judges: who judges what, and their forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.core.review.assign import assign
from kiamv_cli.core.review.outcome import NotInReviewError
from kiamv_cli.language import _
from kiamv_cli.loading.files import is_there, refusal
from kiamv_cli.loading.records import record_text
from kiamv_cli.render.review.form import form_text
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


def assign_review(folder: ReviewFolder, per: int | None = None, seed: str = "kiamv") -> Assigned:
    """Divide the long list over the reviewers of a review; see ``assign``.

    Raises:
        BadInput: Something is wrong with the list of reviewers.
    """
    reviewers = folder.reviewers()
    found = assign(folder.longlist, reviewers, per, seed)
    text, _hash = record_text(
        "review/assignment",
        {
            "criteria": folder.programme.id,
            "longlist": folder.longlist.sha256,
            "seed": seed,
            "per": per,
            "turns": {who: list(ids) for who, ids in found.turns.items()},
            "barred": {who: list(ids) for who, ids in found.barred.items()},
        },
    )
    return Assigned(assignment=found, reviewers=reviewers, files={folder.file("assignment"): text})


def make_forms(
    folder: ReviewFolder, name: str | None, as_of: date, *, sheet: bool = False
) -> Mapping[Path, bytes]:
    """Make the form of a reviewer, named by id or name, or of each, for what is assigned to them.

    Args:
        folder: The review.
        name: Whose; ``None`` for all who have none yet.
        as_of: The reference date at which to judge.
        sheet: As a spreadsheet with drop-downs; else as YAML.

    Raises:
        BadInput: Something is wrong with the folder.
        NotInReviewError: There is no such reviewer.
    """
    reviewers, turns = folder.reviewers(), folder.assignment().turns
    wanted = reviewers if name is None else (_reviewer(reviewers, name),)
    files = {}
    for each in wanted:
        there, ids = folder.form(each.id), turns.get(each.id, ())
        if name is None and (is_there(there) or not ids):
            continue
        if not ids:
            raise NotInReviewError(_("nothing was assigned to {reviewer}.", reviewer=each.id))
        if is_there(there):
            message = _("{reviewer} has a form already", reviewer=each.id)
            hint = _("Fill that one in: nothing in a review is replaced")
            raise refusal("K602", str(there), message, hint)
        asked = (each, ids, folder.longlist, folder.programme, as_of)
        place = folder.file("forms", each.id)
        if sheet:
            files[place.with_suffix(".xlsx")] = form_sheet(*asked)
        else:
            files[place] = form_text(*asked).encode()
    return files


def _reviewer(reviewers: tuple[Reviewer, ...], name: str) -> Reviewer:
    """Find a reviewer by id or name, without regard to case.

    Raises:
        LookupError: There is none; the message names all.
    """
    asked = name.strip().casefold()
    for each in reviewers:
        if asked in {each.id.casefold(), each.name.casefold()}:
            return each
    known = ", ".join(each.id for each in reviewers)
    raise NotInReviewError(
        _('no reviewer is called "{name}". There are: {known}.', name=name, known=known)
    )
