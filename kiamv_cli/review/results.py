"""Reviews: disagreements decided, agreement, and the verdicts that follow."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from kiamv_cli.base.files import read_file
from kiamv_cli.base.language import _
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.records import refuse_if, validated
from kiamv_cli.formats.shapes import keyed, list_of, record
from kiamv_cli.longlist.model.lookup import find
from kiamv_cli.review.model.brief import Ruling, brief_of
from kiamv_cli.review.model.form import disagreements
from kiamv_cli.review.model.outcome import ReviewOutcome
from kiamv_cli.review.model.people import interested
from kiamv_cli.review.reading.files import (
    brief_sha256,
    decision_shape,
    questions_sha256,
    review_text,
)
from kiamv_cli.review.reading.folder import ReviewFolder
from kiamv_cli.review.reading.standing import briefs, read_review, standing
from kiamv_cli.review.steps import NotInReviewError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.facts import Verdict
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.agreement import Agreement
    from kiamv_cli.review.model.brief import Effect
    from kiamv_cli.review.model.dependence import Dependence
    from kiamv_cli.review.model.outcome import Review
    from kiamv_cli.review.model.people import Reviewer
    from kiamv_cli.selection.model.request import Request


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
    shapes = decision_shape(folder.programme, folder.longlist)
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
    """Make the record of each decision that is not on file yet.

    A decision that is on file as it is, by the same people for the same reason, is passed over: so
    many that were only written in part can be given again.

    Args:
        folder: A review that was opened.
        wanted: What is decided. Ecosystems may be given by id, name or alias.
        again: Decide anew on what was decided; the earlier decision stays on file.

    Raises:
        BadInput: The review was not opened, or a file in it is damaged.
        UnknownEcosystemError: There is no such ecosystem.
        NotInReviewError: There is no such disagreement, or it was decided before.
        NotInReviewError: Who decides has an interest in the ecosystem.
    """
    review = read_review(folder)
    there = {(d.ecosystem, d.question.key) for d in disagreements(review.forms, folder.programme)}
    counting = dict(review.decided)
    on_file = {(one.ecosystem, one.question): one for one in _by_number(folder.outcomes())}
    people = (*folder.reviewers(), *folder.adjudicators())
    files: dict[Path, str] = {}
    for each in wanted:
        key = (find(folder.longlist, each.ecosystem).id, each.question)
        before = counting.get(key)
        if before and _said(before) == (each.verdict, each.by, each.reason):
            continue
        _refuse_if_not_there(key, there)
        _refuse_if_interested(each, key[0], people, folder.longlist)
        if before and not again:
            _refuse_decided(before)
        outcome = _outcome(each, key[0], folder, review.as_of, on_file.get(key))
        counting[key] = on_file[key] = outcome
        content = {**asdict(outcome), "as_of": outcome.as_of.isoformat()}
        place = folder.file("outcomes", f"{key[0]}.{key[1]}.{outcome.number}")
        files[place] = review_text("outcome", content)[0]
    return files


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
    if not now.known:
        told = _("an older kiamv made this review: it is not on record what was asked.")
        raise NotInReviewError(told)
    last = now.rulings[-1] if now.rulings else None
    if not now.changes and not (last and again):
        told = _("no question or rule changed that is not decided on.")
        raise NotInReviewError(told)
    steps = briefs(folder)
    asked = brief_of(folder.programme)
    since = steps[-1][0] if now.changes or last is None else last.since
    ruling = Ruling(
        since=since,
        questions=brief_sha256(asked),
        asked=asked,
        verdicts=verdicts,
        by=by,
        on=on,
        reason=reason,
        number=last.number + 1 if last else 1,
    )
    content = {**asdict(ruling), "on": on.isoformat()}
    return {folder.file("changes", str(ruling.number)): review_text("change", content)[0]}


def _by_number(outcomes: Iterable[ReviewOutcome]) -> list[ReviewOutcome]:
    return sorted(outcomes, key=lambda each: each.number)


def _said(outcome: ReviewOutcome) -> tuple[Verdict, str, str]:
    return outcome.verdict, outcome.by, outcome.reason


def _refuse_if_not_there(key: tuple[str, str], there: Collection[tuple[str, str]]) -> None:
    if key not in there:
        raise NotInReviewError(
            _(
                "there is no disagreement on {id} {question}. kiamv review adjudicate shows "
                "where there is.",
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
            "Give --again to decide anew; what was decided stays on file.",
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
        number=before.number + 1 if before else 1,
        questions=questions_sha256(folder.programme),
        longlist=folder.longlist.sha256,
    )


def load_review(folder: str | Path, longlist: Longlist, programme: Programme) -> Review:
    """Read a review that was opened: all first verdicts, and what was decided since.

    Args:
        folder: Where it lies.
        longlist: What was judged.
        programme: On which criteria.

    Raises:
        BadInput: It was not opened; a file in it is missing, damaged or changed; or a form is of
            another date, or on other questions, than the assignment.
    """
    return read_review(ReviewFolder(Path(folder), programme, longlist))


def agreement(
    review: Review, programme: Programme, *, seed: str = "kiamv", resamples: int = 1000
) -> Agreement:
    """Measure how far reviewers agree on their first verdicts.

    Args:
        review: The review.
        programme: On which criteria they judged.
        seed: Seed of the bootstrap; the same seed gives the same intervals everywhere.
        resamples: How many; 0 for no intervals.
    """
    from kiamv_cli.review.model.agreement import agreement as measure

    return measure(review.forms, programme, Random(seed).random, resamples)  # noqa: S311 - no secret


def dependence(
    longlist: Longlist,
    review: Review,
    programme: Programme,
    request: Request | None = None,
    *,
    time_limit: float | None = None,
) -> Dependence:
    """Find how the shortlist depends on who judged.

    Args:
        longlist: The long list, as it is without the review.
        review: Who said what.
        programme: Criteria, classes and dimensions.
        request: The shortlist in question; left out: 20, spread over themes and provinces.
        time_limit: Seconds for each shortlist, ``None`` for no limit.

    Raises:
        InfeasibleError: No shortlist meets the wishes.
    """
    from kiamv_cli.review.model.dependence import dependence as find
    from kiamv_cli.scoring.model.score import score
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.results import clash_told
    from kiamv_cli.selection.solving.solver import HighsSolver

    solver, question = HighsSolver(time_limit=time_limit), request or Request()
    with clash_told(score(longlist, programme), question, time_limit, None):
        return find(longlist, review, programme, question, solver)
