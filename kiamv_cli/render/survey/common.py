"""What all views of a survey say alike: that it is made up, counts with their base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kiamv_cli.language import _, ngettext
from kiamv_cli.render.document import Paragraph
from kiamv_cli.render.heading import heading
from kiamv_cli.render.text import count, decimal, whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from kiamv_cli.core.survey.answers import Answers
    from kiamv_cli.render.document import Block


class _MadeUp(Protocol):
    """What answers, interviews and types derived from them have alike."""

    @property
    def made_up(self) -> bool:
        """Whether nobody said any of it."""
        ...


def answers_fields(answers: Answers, command: str) -> dict[str, object]:
    """The first fields of JSON documents on answers."""
    return {
        **heading(f"survey-{command}"),
        "answers": {
            "title": answers.title,
            "made_up": answers.made_up,
            "questionnaire": answers.questionnaire,
            "sha256": answers.sha256,
        },
        "invited": len(answers.invited),
        "took_part": {origin: len(ids) for origin, ids in answers.took_part.items()},
    }


def made_up(source: _MadeUp) -> Iterator[Block]:
    """The notice above and below what is no finding, where its source says that it is made up."""
    if source.made_up:
        text = _("DEMONSTRATION DATA, MADE UP: nobody gave these answers.")
        yield Paragraph(text, "not-met")


def k_of_n(number: int, base: int) -> str:
    """A count with its base: ``9 of 14``."""
    return _("{k} of {n}", k=whole(number), n=whole(base))


def percent(share: Fraction | float) -> str:
    """A share in whole percents: ``64%``."""
    from fractions import Fraction  # noqa: PLC0415 - floats come from intervals only

    return f"{decimal(Fraction(share) * 100, 0)}%"


def invited_text(number: int) -> str:
    """Format how many were invited: ``44 invited``."""
    return ngettext("{n} invited", "{n} invited", number)


def ecosystems(number: int) -> str:
    """A number of ecosystems."""
    return count(number, "ecosystem", "ecosystems")
