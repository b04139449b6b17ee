"""What the commands of a review share: options, its folder, adding files to it."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiamv_cli.base.language import _
from kiamv_cli.base.writing import write_whole
from kiamv_cli.cli import options
from kiamv_cli.cli.input import read_longlist
from kiamv_cli.cli.output import fail, not_written, note
from kiamv_cli.review.commands.applying import refusing_review

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiamv_cli.cli.options import Input
    from kiamv_cli.review.reading.folder import ReviewFolder

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
    options.FromProject("reviews"),
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
