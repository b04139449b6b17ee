"""Results as pictures, to standard output or a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import _
from kiamv_cli.cli.output import fail, note, print_content, refuse_early, write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kiamv_cli.cli.options import Out
    from kiamv_cli.display.document import View
    from kiamv_cli.display.formats import PictureFormat

_MOST_SIGNS = 20  # signs that are named


def write_picture(view: View, how: PictureFormat, out: Out, picture: str | None) -> None:
    """Write one of the pictures of a result; what it cannot be written as ends the command.

    Args:
        view: The result.
        how: As which kind of file.
        out: What was asked for.
        picture: Which of its pictures; left out: the first.
    """
    from kiamv_cli.display.document import Drawing
    from kiamv_cli.display.formats import draw

    refuse_early(out)
    figures = view.figures() if isinstance(view, Drawing) else {}
    if not figures:
        fail(_("{file}: there is no picture of this result.", file=out.file or how))
    name = picture or next(iter(figures))
    if name not in figures:
        fail(
            _(
                "--picture {name}: not available for these criteria. Choose from {others}.",
                name=name,
                others=", ".join(figures),
            )
        )
    content = draw(figures[name](), how, unshown(out.file or how))
    if out.file is None:
        print_content(content)
    else:
        write_bytes(content, out.file, force=out.force)


def unshown(file: str) -> Callable[[Sequence[str]], None]:
    """Give what says, once, which signs a file cannot show."""

    def told(signs: Sequence[str]) -> None:
        from kiamv_cli.display.text import first_of

        note(
            _(
                "kiamv: {file}: the typefaces of kiamv lack these, so each is a square: {signs}",
                file=file,
                signs=", ".join(first_of([*signs], _MOST_SIGNS)),
            )
        )

    return told
