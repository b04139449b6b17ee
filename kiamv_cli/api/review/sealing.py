"""Seal first verdicts, and open them once all have sealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.core.problem import BadInput
from kiamv_cli.core.refusal import Refusal
from kiamv_cli.language import N_, _
from kiamv_cli.loading.files import is_there, refusal
from kiamv_cli.loading.review.files import review_text
from kiamv_cli.loading.review.form import plain_form, read_form
from kiamv_cli.loading.review.standing import expected, first_verdicts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kiamv_cli.core.review.form import Form
    from kiamv_cli.loading.plain import Plain
    from kiamv_cli.loading.review.folder import ReviewFolder


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
