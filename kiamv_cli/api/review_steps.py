"""The steps of a review, each as the files that it adds; nothing is written here."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli.core.lookup import find
from kiamv_cli.core.problem import BadInput
from kiamv_cli.core.review.assign import assign
from kiamv_cli.core.review.disagreements import disagreements
from kiamv_cli.core.review.outcome import Outcome
from kiamv_cli.loading.document import read_document
from kiamv_cli.loading.files import read_file, refusal
from kiamv_cli.loading.review.folder import outcome_shapes
from kiamv_cli.loading.review.form import plain_form, read_form
from kiamv_cli.loading.review.record import record_text, refuse_if, validated
from kiamv_cli.loading.shapes import keyed, list_of, record
from kiamv_cli.render.review.form import form_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kiamv_cli.core.longlist import Verdict
    from kiamv_cli.core.review.assign import Assignment, Reviewer
    from kiamv_cli.core.review.form import Form
    from kiamv_cli.loading.review.folder import ReviewFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """Who judges what, and the file that says so."""

    assignment: Assignment
    reviewers: tuple[Reviewer, ...]
    files: Mapping[Path, str]


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


def assign_review(folder: ReviewFolder, per: int | None = None, seed: str = "kiamv") -> Assigned:
    """Divide the long list over the reviewers of a review; see ``assign``.

    Raises:
        BadInput: Something is wrong with the list of reviewers.
    """
    reviewers = folder.reviewers()
    found = assign(folder.longlist, reviewers, per, seed)
    text, _ = record_text(
        "assignment",
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


def make_forms(folder: ReviewFolder, name: str | None, as_of: date) -> Mapping[Path, str]:
    """Make the form of a reviewer, named by id or name, or of each, for what is assigned to them.

    Raises:
        BadInput: Something is wrong with the folder.
        LookupError: There is no such reviewer.
    """
    reviewers = folder.reviewers()
    turns = folder.assignment().turns
    wanted = reviewers if name is None else (find_reviewer(reviewers, name),)
    return {
        folder.file("forms", each.id): form_text(
            each, turns.get(each.id, ()), folder.longlist, folder.programme, as_of
        )
        for each in wanted
    }


def find_reviewer(reviewers: tuple[Reviewer, ...], name: str) -> Reviewer:
    """Find a reviewer by id or name, without regard to case.

    Raises:
        LookupError: There is none; the message names all.
    """
    asked = name.strip().casefold()
    for each in reviewers:
        if asked in {each.id.casefold(), each.name.casefold()}:
            return each
    known = ", ".join(each.id for each in reviewers)
    raise LookupError(f'no reviewer is called "{name}". There are: {known}.')


def seal_form(folder: ReviewFolder, place: Path, salt: str) -> Sealed:
    """Seal what a reviewer said: it is kept as it is, and the hash proves it.

    Args:
        folder: The review.
        place: The form as it was filled in.
        salt: A secret until the review is opened, so that nobody can find what was said by
            trying; any text that nobody can guess.

    Raises:
        BadInput: Something is wrong with the form, or it was sealed before.
    """
    form = read_form(place, folder.programme, folder.longlist, folder.assignment().turns)
    seal, first = folder.file("seals", form.reviewer), folder.file("first", form.reviewer)
    kept = folder.kept(form.reviewer)
    if seal.exists() or (kept and kept.form != form):
        hint = "First verdicts are never replaced; later ones may stay on the form"
        raise refusal("K602", str(seal), f"{form.reviewer} has sealed already", hint)
    # Where only the seal was not written any more, it is written now, for what was kept.
    salt = kept.salt if kept else salt
    text, sha256 = record_text("first", {"salt": salt, "form": plain_form(form, folder.programme)})
    answers = [each for given in form.answers.values() for each in given.values()]
    judged = sum(each.judged is not None for each in answers)
    if not any(each.verdict for each in answers):
        raise refusal("K105", str(place), "nothing is judged on it", "Fill it in, then seal it")
    public, _ = record_text(
        "seal",
        {"reviewer": form.reviewer, "form": sha256, "judged": judged, "asked": len(answers)},
    )
    return Sealed(form=form, sha256=sha256, files={**({} if kept else {first: text}), seal: public})


def open_review(folder: ReviewFolder) -> Opened:
    """Open a review once all who were assigned anything have sealed.

    Raises:
        BadInput: A file is missing, damaged, or not what was sealed.
    """
    before = folder.opened()
    turns = folder.assignment().turns
    sealed = {who: folder.seal(who) for who, ids in turns.items() if ids}
    waiting = tuple(who for who, seal in sealed.items() if seal is None)
    if waiting and before is None:
        return Opened(waiting=waiting, seals={}, changes=(), unreadable={}, files={})
    known = before or {who: seal for who, seal in sealed.items() if seal is not None}
    first = {who: folder.first(who, sealed) for who, sealed in known.items()}
    changes: list[Change] = []
    unreadable: dict[str, str] = {}
    for who, form in first.items():
        try:
            now = read_form(folder.file("forms", who), folder.programme, folder.longlist, turns)
        except BadInput as bad:
            unreadable[who] = str(bad.problems[0])
        else:
            changes += _changes(form, now)
    text, _ = record_text("opened", {"seals": dict(known)})
    return Opened(
        waiting=(),
        seals=known,
        changes=tuple(changes),
        unreadable=unreadable,
        files={} if before else {folder.file("opened"): text},
    )


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is to be decided on a disagreement: by whom, and why."""

    ecosystem: str
    question: str
    verdict: Verdict
    by: str
    reason: str


def read_outcomes(folder: ReviewFolder, place: str) -> tuple[Decision, ...]:
    """Read many decisions from a file: a list ``outcomes``.

    Raises:
        BadInput: Something is wrong with it; it holds all problems that were found.
    """
    shapes = outcome_shapes(folder)
    decision = record(Decision, {each.name: shapes[each.name] for each in fields(Decision)})
    document = read_document(read_file(Path(place)), place, "yaml")
    found: tuple[Decision, ...] = validated(document, keyed({"outcomes": list_of(decision)}))[
        "outcomes"
    ]
    refuse_if(document, [])
    return found


def decide(
    folder: ReviewFolder, wanted: Iterable[Decision], *, again: bool = False
) -> Mapping[Path, str]:
    """Make the record of each decision.

    Args:
        folder: A review that was opened.
        wanted: What is decided. Ecosystems may be given by id, name or alias.
        again: Decide anew on what was decided; the earlier decision stays on file.

    Raises:
        BadInput: The review was not opened, or a file in it is damaged.
        LookupError: There is no such ecosystem or disagreement, or it was decided before.
    """
    review = folder.review()
    there = {(d.ecosystem, d.question.key) for d in disagreements(review.forms, folder.programme)}
    decided = dict(review.decided)
    as_of = max(form.as_of for form in review.forms)
    files: dict[Path, str] = {}
    for each in wanted:
        key = (find(folder.longlist, each.ecosystem).id, each.question)
        if key not in there:
            raise LookupError(f"there is no disagreement on {key[0]} {key[1]}")
        before = decided.get(key)
        if before and not again:
            raise LookupError(
                f"{key[0]} {key[1]}: {before.by} decided {before.verdict}. "
                "Give --again to decide anew; what was decided stays on file."
            )
        outcome = Outcome(
            ecosystem=key[0],
            question=key[1],
            verdict=each.verdict,
            by=each.by,
            reason=each.reason,
            as_of=as_of,
            number=before.number + 1 if before else 1,
        )
        decided[key] = outcome
        name = f"{outcome.ecosystem}.{outcome.question}.{outcome.number}"
        text, _ = record_text("outcome", {**asdict(outcome), "as_of": as_of.isoformat()})
        files[folder.file("outcomes", name)] = text
    return files
