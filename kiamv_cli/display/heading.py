"""The first fields of every JSON document: its kind, who made it, of what, and what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.version import __version__
from kiamv_cli.display.text import number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction


# The documents that promise something else than they did at first; all others are of version 1.
_VERSIONS: Mapping[str, int] = dict.fromkeys(
    (
        "check",
        "clash",
        "classify",
        "diff",
        "explain",
        "flow",
        "gaps",
        "review-agreement",
        "review-spread",
        "robustness",
        "score",
        "shortlist",
        "sources",
        "spread",
        "survey-compare",
        "tradeoff",
        "verify",
    ),
    2,
)


def heading(command: str) -> dict[str, object]:
    """Return what every document says of itself: its kind, and the version of kiamv."""
    return {"schema": f"kiamv/{command}/{_VERSIONS.get(command, 1)}", "kiamv": __version__}


def exactly(value: Fraction) -> dict[str, float | str]:
    """Return a number that is exact inside: to six decimals, and as it is, such as ``55/12``."""
    return {"value": number(value), "exact": str(value)}


def exact_number(value: Fraction) -> float | str:
    """Return a number as it is where six decimals can write it, else as a text such as ``1/3``."""
    short = number(value)
    return short if value * 10**6 == int(value * 10**6) else str(value)
