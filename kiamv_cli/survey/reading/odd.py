"""What cells say that is no option of their question: told, and kept as a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.files import is_clean
from kiamv_cli.base.labels import as_written
from kiamv_cli.base.language import N_, _
from kiamv_cli.formats.hints import shown
from kiamv_cli.formats.shapes import LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence


def note_of(texts: Sequence[str]) -> str | None:
    """Return texts as one that a file can hold; ``None`` if there is none."""
    whole = as_written("; ".join(texts))
    return "".join(sign for sign in whole if is_clean(sign))[:LONGEST_TEXT].strip() or None


def what_is_odd(texts: Sequence[str], question: str, options: Sequence[str], *, kept: bool) -> str:
    """Return the message on texts that are no option.

    Args:
        texts: Those of one cell.
        question: The id of the question.
        options: Which options a single text can mean, if it can mean several.
        kept: Whether there are options beside them, so that there is an answer.
    """
    filled = {"text": shown("; ".join(texts)), "question": question, "options": ", ".join(options)}
    if options and kept:
        told = N_(
            "{text} can be several options of '{question}' ({options}), and is kept as a note "
            "beside those that are clear"
        )
    elif options:
        told = N_(
            "{text} can be several options of '{question}' ({options}), so this answer is left out"
        )
    elif kept:
        told = N_(
            "{text} is no option of '{question}', and is kept as a note beside those that are"
        )
    else:
        told = N_("{text} is no option of '{question}', so this answer is left out")
    return _(told, **filled)
