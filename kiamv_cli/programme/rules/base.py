"""What the kinds of rules share: the form of scores and steps, and refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import _
from kiamv_cli.base.text import Text
from kiamv_cli.display.text import seats
from kiamv_cli.formats.shapes import exact, own_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

SCORE = exact(most=1)


def check_descending(scores: Sequence[Fraction]) -> None:
    """Check that the scores of steps come highest first.

    Raises:
        PydanticCustomError: They do not.
    """
    if list(scores) != sorted(scores, reverse=True):
        raise own_words(Text("K503.steps-out-order"), Text("K503.put-highest-score-first"))


def steps_text(steps: Iterable[tuple[Fraction, str]]) -> str:
    """Format scores, each with what it takes, and what there is otherwise."""
    scores = [_("{score} for {what}", score=seats(score), what=what) for score, what in steps]
    return _("{scores}, else 0", scores=", ".join(scores))


def with_known(text: str, known: str) -> str:
    """Format what is missing beside what is known, if anything is."""
    return _("{missing} (known: {known})", missing=text, known=known) if known else text
