"""Reviews that were opened: how far people agree, and how the shortlist depends on them."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from kiamv_cli.longlist.model.lookup import find
from kiamv_cli.review.reading.folder import ReviewFolder
from kiamv_cli.review.reading.standing import read_review

if TYPE_CHECKING:
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.agreement import ReviewAgreement
    from kiamv_cli.review.model.dependence import Dependence
    from kiamv_cli.review.model.dossier import Dossier
    from kiamv_cli.review.model.outcome import Review
    from kiamv_cli.selection.model.prove import ProvingSolver
    from kiamv_cli.selection.model.request import Request


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


def review_dossier(
    folder: ReviewFolder, ecosystem: str, *, with_reviewers: bool = False
) -> Dossier:
    """Collect all that a review holds on one ecosystem.

    Args:
        folder: A review that was closed.
        ecosystem: By id, name or alias.
        with_reviewers: Whether reviewers go by their names; else by letters, which are the same
            for every ecosystem.

    Raises:
        BadInput: The review was not closed, or a file in it is damaged.
        UnknownEcosystemError: There is no such ecosystem.
    """
    from kiamv_cli.review.model.dossier import OnFile, dossier, pseudonyms

    review, people = read_review(folder), folder.people()
    kept = {who: folder.kept(who) for who in folder.assignment(listed=False).sent}
    seals = {who: each[0].sha256 if each else who for who, each in kept.items()}
    names = {each.id: each.name for each in people} if with_reviewers else pseudonyms(seals)
    on_file = [
        OnFile(form=each.form, number=number, seal=each.sha256)
        for versions in kept.values()
        for number, each in enumerate(versions, start=1)
    ]
    late = [
        OnFile(form=form, number=number, seal=None)
        for who in kept
        for number, form in enumerate(folder.late(who), start=1)
    ]
    return dossier(
        find(folder.longlist, ecosystem),
        review,
        folder.programme,
        [*on_file, *late],
        folder.outcomes(),
        people,
        names,
    )


def agreement(
    longlist: Longlist,
    review: Review,
    programme: Programme,
    *,
    seed: str = "kiamv",
    resamples: int = 1000,
) -> ReviewAgreement:
    """Measure how far reviewers agree on their first verdicts.

    Args:
        longlist: What was judged.
        review: The review.
        programme: On which criteria they judged.
        seed: Seed of the bootstrap; the same seed gives the same intervals everywhere.
        resamples: How many; 0 for no intervals.
    """
    from kiamv_cli.review.model.agreement import ReviewAgreement
    from kiamv_cli.review.model.agreement import agreement as measure
    from kiamv_cli.review.model.form import disagreements, wordings

    draw = Random(seed).random  # noqa: S311 - no secret
    return ReviewAgreement(
        agreement=measure(review.forms, programme, draw, resamples),
        disagreements=disagreements(review.forms, programme),
        wordings=wordings(review.forms, programme),
        longlist=longlist,
        programme=programme,
        seed=seed,
        standing=review.standing,
    )


def dependence(
    longlist: Longlist,
    review: Review,
    programme: Programme,
    request: Request | None = None,
    *,
    time_limit: float | None = None,
    solver: ProvingSolver | str | None = None,
) -> Dependence:
    """Find how the shortlist depends on who judged.

    Args:
        longlist: The long list, as it is without the review.
        review: Who said what.
        programme: Criteria, classes and dimensions.
        request: The shortlist in question; left out: 20, spread over themes and provinces.
        time_limit: Seconds for all shortlists together, ``None`` for no limit.
        solver: Solves instead of HiGHS: a solver in use, with a time limit of its own, or the
            name of one that another package brings.

    Raises:
        InfeasibleError: No shortlist meets the wishes.
    """
    from kiamv_cli.review.model.dependence import dependence as find
    from kiamv_cli.scoring.model.score import score
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.results import clash_told, solver_named

    question = request or Request()
    with clash_told(score(longlist, programme), question, time_limit, solver):
        return find(longlist, review, programme, question, solver_named(solver, time_limit))
