"""What the commands of a review share: its folder, files added, what is said of it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kiamv_cli.base.language import N_, _, ngettext
from kiamv_cli.base.writing import write_whole
from kiamv_cli.cli import options
from kiamv_cli.cli.output import Status, fail, not_written, note, print_problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kiamv_cli.cli.options import Source
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.form import Form
    from kiamv_cli.review.model.outcome import Review, Standing
    from kiamv_cli.review.reading.folder import ReviewFolder

_MOST_NAMED = 10
DEFAULT = "review"
RECORD = "On record"
Salt = Annotated[
    Optional[str],  # noqa: UP045 - read at run time by Typer
    typer.Option(
        metavar="TEXT",
        help="What is sealed along with the verdicts, so that nobody can find them by trial "
        "and error. Default: drawn at random, as it should be; if given, the seal can "
        "be reproduced.",
    ),
]
Folder = Annotated[
    str,
    typer.Option(
        "--folder",
        "-d",
        metavar="FOLDER",
        help="The folder of the review, with reviewers.yaml.",
        rich_help_panel="Input",
    ),
    options.FromProject("reviews"),
]


def keep(files: Mapping[Path, str] | Mapping[Path, bytes]) -> None:
    """Add files to a review; what is there is never replaced, also not by two at once."""
    for place, content in files.items():
        raw = content.encode() if isinstance(content, str) else content
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(str(place), raw, force=False)
        except FileExistsError:
            fail(_("{place}: exists already, and nothing in a review is replaced.", place=place))
        except OSError as error:
            fail(not_written(place, error))
        note(_("kiamv: wrote {place}", place=place))


def reviewed(longlist: Longlist, programme: Programme, source: Source) -> Longlist:
    """Let the review, or one reviewer, that the options name speak on a long list."""
    import click

    from kiamv_cli.cli.request import REVIEW_SHA256
    from kiamv_cli.review.model.outcome import undecided, with_review

    review = read_review(longlist, programme, source)
    click.get_current_context().meta[REVIEW_SHA256] = review.sha256
    note_if_changed(review.forms, longlist.sha256)
    note_standing(review.standing)
    waiting = undecided(review, programme)
    few = sum(each.few for each in waiting)
    if open_ := len(waiting) - few:
        note(
            ngettext(
                "kiamv: {n} disagreement without an outcome: there the long list and the rule "
                "decide. See kiamv review adjudicate",
                "kiamv: {n} disagreements without an outcome: there the long list and the rule "
                "decide. See kiamv review adjudicate",
                open_,
            )
        )
    if few:
        note(
            ngettext(
                "kiamv: {n} verdict that too few people gave: there the long list and the rule "
                "decide until the chair confirms it. See kiamv review adjudicate",
                "kiamv: {n} verdicts that too few people gave: there the long list and the rule "
                "decide until the chair confirms them. See kiamv review adjudicate",
                few,
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
    from kiamv_cli.base.problem import BadInput, Misfit, Refusal
    from kiamv_cli.longlist.model.lookup import UnknownEcosystemError
    from kiamv_cli.review.steps.send import NotInReviewError

    try:
        yield
    except BadInput as bad:
        print_problems(bad.problems)
        raise SystemExit(Status.BAD_INPUT) from None
    except (NotInReviewError, UnknownEcosystemError) as unknown:
        fail(str(unknown.args[0]))
    except Misfit as misfit:
        fail(str(misfit))
    except Refusal as refused:
        fail(f"{refused}.")


def note_strangers(folder: ReviewFolder) -> None:
    """Say which names of reviewers nobody suggested anything under, with the nearest."""
    from kiamv_cli.review.model.people import strangers

    for each in strangers(folder.longlist, folder.reviewers()):
        text = (
            N_('kiamv: {place}: {reviewer}: the long list does not have the employer "{name}".')
            if each.is_employer
            else N_(
                'kiamv: {place}: {reviewer}: nothing on the long list was suggested by "{name}".'
            )
        )
        place = folder.file("reviewers")
        told = _(text, place=place, reviewer=each.reviewer, name=each.name)
        note(told + meant(each.near))


def meant(near: str | None) -> str:
    """Format the question whether a name that is near was meant; empty if there is none."""
    return _(" Did you mean {name}?", name=near) if near else ""


def note_adjudicator(folder: ReviewFolder, by: str) -> None:
    """Say whether whoever decides is nearly, but not quite, somebody of the review."""
    from kiamv_cli.base.labels import folded
    from kiamv_cli.longlist.model.identity import nearest

    adjudicators = folder.adjudicators()
    people = (*folder.reviewers(), *adjudicators)
    if any(folded(by) in each.names for each in people):
        return
    near = meant(nearest(by, [name for each in people for name in (each.id, each.name)]))
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
    from kiamv_cli.review.steps.send import changes_text
    from kiamv_cli.review.view.steps import change_text, ruling_text

    if not standing.known:
        yield _(
            "kiamv: an older version of kiamv made this review: it cannot be determined "
            "whether questions or rules have changed since"
        )
    if standing.entries:
        told = [f"{each} ({', '.join(keys)})" for each, keys in standing.entries.items()]
        named = ", ".join(told[:_MOST_NAMED])
        more = len(told) - _MOST_NAMED
        yield _(
            "kiamv: since the assignment the long list has changed about: {ids}",
            ids=named if more <= 0 else _("{ids} and {n} more", ids=named, n=more),
        )
    if not standing.unrecorded.is_empty:
        yield _(
            "kiamv: not on record yet: {changes}. Record it with: kiamv review send",
            changes=changes_text(standing.unrecorded),
        )
    yield from (f"kiamv: {ruling_text(each)}" for each in standing.rulings)
    yield from (f"kiamv: {change_text(each)}" for each in standing.changes)
    if standing.changes or standing.entries:
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
