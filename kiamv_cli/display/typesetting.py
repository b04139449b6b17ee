"""Typst: pictures as PNG and reports as PDF, without a browser and the same on every machine.

Texts and pictures reach it as values, never as its markup. Its typeface comes with kiamv, since a
bare machine has none; those of the machine play no part, as each has others.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from kiamv_cli.display.figure import printable
from kiamv_cli.display.shown import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    from kiamv_cli.display.figure import Figure
    from kiamv_cli.display.shown import Told

_PICTURE = """\
#let wide = float(sys.inputs.width) * 0.75pt
#set page(width: wide, height: auto, margin: 0pt)
#image(bytes(sys.inputs.picture), format: "svg", width: wide)
"""
# Two dots for each CSS pixel: sharp on good screens and on paper.
_DOTS = 2 * 96


class NotInstalledError(Exception):
    """What is asked for needs an extra of kiamv that is not installed."""


def png(figure: Figure, told: Told | None = None) -> bytes:
    """Draw a figure as PNG, in light colours, two dots for each of its pixels.

    Args:
        figure: The figure.
        told: Gets the signs that no typeface shows, if there are any.

    Raises:
        NotInstalledError: Typst is not installed.
    """
    lacking: dict[str, None] = {}
    inputs = {"picture": shown(printable(figure), lacking), "width": str(figure.width)}
    if lacking and told:
        told([*lacking])
    return typeset(_PICTURE.encode(), inputs, format="png", ppi=_DOTS)


def typeset(source: bytes, inputs: Mapping[str, str], **options: Any) -> bytes:  # noqa: ANN401
    """Set a document.

    Args:
        source: Typst, of kiamv's own.
        inputs: The values that it is about.
        options: Of ``typst.compile``: the format, and what belongs to it.

    Raises:
        NotInstalledError: Typst is not installed.
    """
    typst = compiler()
    with as_file(files("kiamv_cli") / "display" / "fonts") as fonts:
        made: bytes = typst.compile(
            source,
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            sys_inputs=dict(inputs),
            **options,
        )
    return made


def compiler() -> ModuleType:
    """Give Typst.

    Raises:
        NotInstalledError: It is not installed.
    """
    try:
        import typst  # noqa: PLC0415 - an extra, and only to draw
    except ModuleNotFoundError as error:
        if error.name != "typst":
            raise
        raise NotInstalledError from None
    return typst
