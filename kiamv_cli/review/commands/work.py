"""What the commands of a review share: options, its folder, adding files to it."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.base.writing import write_whole
from kiamv_cli.cli.input import read_longlist, report
from kiamv_cli.cli.output import fail, not_written, note
from kiamv_cli.cli.status import Status
from kiamv_cli.review.commands.notes import note_if_changed, note_standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiamv_cli.cli.options import Input, Source
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.commands.adjudicate import Said
    from kiamv_cli.review.model.outcome import Review
    from kiamv_cli.review.reading.folder import ReviewFolder
    from kiamv_cli.review.results import Decision

DEFAULT = "review"
Folder = Annotated[
    str,
    typer.Option(
        "--folder",
        "-d",
        metavar="FOLDER",
        help="The folder of the review, with reviewers.yaml.",
        rich_help_panel="Input",
    ),
]


@contextmanager
def reading_folder(folder: str, source: Input) -> Iterator[ReviewFolder]:
    """Give the folder of a review; whatever is wrong with a file in it ends the command."""
    from kiamv_cli.review.reading.folder import ReviewFolder

    programme, longlist = read_longlist(source)
    with _refusing():
        yield ReviewFolder(Path(folder), programme, longlist, source.hidden)


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

    with _refusing():
        review = load_review(source.reviews or "", longlist, programme)
        return review if source.reviewer is None else review.only(source.reviewer)


@contextmanager
def _refusing() -> Iterator[None]:
    from kiamv_cli.base.problem import BadInput, Refusal
    from kiamv_cli.longlist.model.lookup import UnknownEcosystemError
    from kiamv_cli.review.model.outcome import NotInReviewError

    try:
        yield
    except BadInput as bad:
        report(bad.problems)
        raise SystemExit(Status.BAD_INPUT) from None
    except (NotInReviewError, UnknownEcosystemError) as unknown:
        fail(str(unknown.args[0]))
    except Refusal as refused:
        fail(f"{refused}.")


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


def one_outcome(said: Said) -> tuple[Decision, ...]:
    """Read the options that decide one disagreement; without any there is nothing to decide."""
    from kiamv_cli.review.results import Decision

    if said.ecosystem is None:
        return ()
    if said.changed:
        fail(_("--changed decides on what changed, and not on an ecosystem. Give one of the two."))
    _need(
        _("to decide on {ecosystem}", ecosystem=said.ecosystem),
        {
            "QUESTION": said.question,
            "--verdict": said.verdict,
            "--by": said.by,
            "--reason": said.reason,
        },
    )
    assert said.question
    assert said.verdict
    assert said.by
    assert said.reason
    return (
        Decision(
            ecosystem=said.ecosystem,
            question=said.question,
            verdict=said.verdict,
            by=said.by,
            reason=said.reason,
        ),
    )


def keep_ruling(folder: ReviewFolder, said: Said, *, again: bool) -> None:
    """Put on file what the chair decides on questions or rules that changed."""
    from kiamv_cli.cli.input import to_date
    from kiamv_cli.review.results import decide_on_change

    given = {"--by": said.by, "--on": said.on, "--reason": said.reason}
    _need(_("to decide with --changed"), given)
    on = to_date(said.on, "--on")
    assert said.changed
    assert said.by
    assert said.reason
    assert on
    keep(decide_on_change(folder, said.changed, said.by, on, said.reason, again=again))


def _need(goal: str, given: Mapping[str, str | None]) -> None:
    """End the command unless all is given."""
    if missing := [name for name, value in given.items() if not (value and value.strip())]:
        fail(_("{goal}, also give {missing}.", goal=goal, missing=", ".join(missing)))
