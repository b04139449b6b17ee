"""A review as other commands apply it, and what is said of it on standard error."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.cli.output import Status, fail, note, print_problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiamv_cli.cli.options import Source
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.form import Form
    from kiamv_cli.review.model.outcome import Review, Standing
    from kiamv_cli.review.reading.folder import ReviewFolder

_MOST_NAMED = 10


def reviewed(longlist: Longlist, programme: Programme, source: Source) -> Longlist:
    """Let the review, or one reviewer, that the options name speak on a long list."""
    from kiamv_cli.review.model.outcome import open_disagreements, with_review

    review = read_review(longlist, programme, source)
    note_if_changed(review.forms, longlist.sha256)
    note_standing(review.standing)
    if undecided := open_disagreements(review, programme):
        note(
            ngettext(
                "kiamv: {n} disagreement without an outcome: there the long list and the rule "
                "decide. See kiamv review adjudicate",
                "kiamv: {n} disagreements without an outcome: there the long list and the rule "
                "decide. See kiamv review adjudicate",
                undecided,
            )
        )
    return with_review(longlist, review, programme)


def read_review(longlist: Longlist, programme: Programme, source: Source) -> Review:
    """Load the review that the options name, or of it what one reviewer said."""
    from kiamv_cli.review.results import load_review

    with refusing_review():
        review = load_review(source.reviews or "", longlist, programme)
        return review if source.reviewer is None else review.only(source.reviewer)


@contextmanager
def refusing_review() -> Iterator[None]:
    """End the command where a file of a review, or what was asked of it, is wrong."""
    from kiamv_cli.base.problem import BadInput, Refusal
    from kiamv_cli.longlist.model.lookup import UnknownEcosystemError
    from kiamv_cli.review.model.outcome import NotInReviewError

    try:
        yield
    except BadInput as bad:
        print_problems(bad.problems)
        raise SystemExit(Status.BAD_INPUT) from None
    except (NotInReviewError, UnknownEcosystemError) as unknown:
        fail(str(unknown.args[0]))
    except Refusal as refused:
        fail(f"{refused}.")


def note_strangers(folder: ReviewFolder) -> None:
    """Say which names of reviewers nobody suggested anything under, with the nearest."""
    from kiamv_cli.review.model.assign import strangers
    from kiamv_cli.review.model.outcome import meant

    for each in strangers(folder.longlist, folder.reviewers()):
        text = _(
            'kiamv: {place}: {reviewer}: nothing on the long list was suggested by "{name}".',
            place=folder.file("reviewers"),
            reviewer=each.reviewer,
            name=each.name,
        )
        note(text + (meant(each.name, [each.near]) if each.near else ""))


def note_adjudicator(folder: ReviewFolder, by: str) -> None:
    """Say whether whoever decides is nearly, but not quite, somebody of the review."""
    from kiamv_cli.base.labels import folded
    from kiamv_cli.review.model.outcome import meant

    adjudicators = folder.adjudicators()
    people = (*folder.reviewers(), *adjudicators)
    if any(folded(by) in each.names for each in people):
        return
    near = meant(by, [name for each in people for name in (each.id, each.name)])
    if near or adjudicators:
        text = _(
            'kiamv: {place} has no reviewer or adjudicator "{name}".',
            place=folder.file("reviewers"),
            name=by,
        )
        note(text + near)


def note_if_changed(forms: Iterable[Form], sha256: str) -> None:
    """Say so where the long list is not, to the last sign, the one that was judged."""
    judged = [form.reviewer for form in forms if form.longlist != sha256]
    if judged:
        who = ", ".join(judged)
        note(_("kiamv: the long list has changed since the forms of: {who}", who=who))


def note_standing(standing: Standing) -> None:
    """Say what changed since the assignment, what the chair decided on it, and what lapsed."""
    for text in (*_changed(standing), *_not_counting(standing)):
        note(text)


def _changed(standing: Standing) -> Iterator[str]:
    from kiamv_cli.review.view.steps import change_text, ruling_text

    if not standing.known:
        yield _(
            "kiamv: an older kiamv made this review: whether questions or rules changed since "
            "cannot be told"
        )
    if standing.entries:
        named = ", ".join(standing.entries[:_MOST_NAMED])
        more = len(standing.entries) - _MOST_NAMED
        yield _(
            "kiamv: since the assignment the long list says something else of: {ids}",
            ids=named if more <= 0 else _("{ids} and {n} more", ids=named, n=more),
        )
    yield from (f"kiamv: {ruling_text(each)}" for each in standing.rulings)
    yield from (f"kiamv: {change_text(each)}" for each in standing.changes)
    if standing.changes:
        yield _(
            "kiamv: verdicts given before count until the chair decides on that: "
            "kiamv review adjudicate --changed stand (or lapse) --by NAME --on DATE --reason TEXT"
        )


def _not_counting(standing: Standing) -> Iterator[str]:
    if standing.lapsed:
        yield ngettext(
            "kiamv: {n} verdict lapsed with that and does not count",
            "kiamv: {n} verdicts lapsed with that and do not count",
            standing.lapsed,
        )
    for who, ecosystem in standing.interested:
        yield _(
            "kiamv: what {who} said on {id} does not count: suggested by them, or of interest "
            "to them",
            who=who,
            id=ecosystem,
        )
