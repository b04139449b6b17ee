"""What all views of a survey say alike: that it is made up, counts with their base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.language import _, ngettext
from kiamv_cli.render.heading import heading
from kiamv_cli.render.text import count, decimal, whole

if TYPE_CHECKING:
    from fractions import Fraction

    from kiamv_cli.core.survey.answers import Answers


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
