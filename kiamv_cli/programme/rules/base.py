"""What the kinds of rules share: the form of scores and steps, and refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from kiamv_cli.base.language import _
from kiamv_cli.display.text import seats
from kiamv_cli.formats.shapes import exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

SCORE = exact(most=1)


def cannot_work(message: str, hint: str) -> PydanticCustomError:
    """Return the error that a rule contradicts itself."""
    return PydanticCustomError(
        "own_words", "{what}", {"code": "K503", "what": message, "hint": hint}
    )


def check_descending(scores: Sequence[Fraction]) -> None:
    """Check that the scores of steps come highest first.

    Raises:
        PydanticCustomError: They do not.
    """
    if list(scores) != sorted(scores, reverse=True):
        raise cannot_work(_("the steps are out of order"), _("Put the highest score first"))


def steps_text(steps: Iterable[tuple[Fraction, str]]) -> str:
    """Format scores, each with what it takes, and what there is otherwise."""
    scores = [_("{score} for {what}", score=seats(score), what=what) for score, what in steps]
    return _("{scores}, else 0", scores=", ".join(scores))


def with_known(text: str, known: str) -> str:
    """Format what is missing beside what is known, if anything is."""
    return _("{missing} (known: {known})", missing=text, known=known) if known else text
