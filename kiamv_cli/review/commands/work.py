"""What the commands of a review share: options, its folder, adding files to it."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiamv_cli.base.language import _
from kiamv_cli.base.writing import write_whole
from kiamv_cli.cli.input import read_longlist
from kiamv_cli.cli.output import fail, not_written, note
from kiamv_cli.review.commands.applying import refusing_review

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiamv_cli.cli.options import Input
    from kiamv_cli.review.commands.adjudicate import Said
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
    with refusing_review():
        yield ReviewFolder(Path(folder), programme, longlist, source.hidden)


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
