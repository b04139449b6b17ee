"""The screening class that a set of verdicts leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kiamv_cli.core.facts import Verdict
    from kiamv_cli.core.programme import ScreeningClass


@dataclass(frozen=True, slots=True)
class ClassBound:
    """A class (its id), and the verdicts that led to it, counted."""

    id: str
    met: int
    partly: int
    not_met: int


def class_bound(classes: Iterable[ScreeningClass], verdicts: Sequence[Verdict]) -> ClassBound:
    """Find the first class, best first, of which the verdicts meet every demand.

    Args:
        classes: The classes of a programme, best first; the last takes what is left.
        verdicts: One settled verdict per criterion (none ``unknown``).
    """
    met, partly = verdicts.count("met"), verdicts.count("partly")
    not_met = verdicts.count("not-met")
    for one in classes:
        few_enough = one.not_met is None or not_met <= one.not_met
        if met >= one.met and met + partly >= one.met_or_partly and few_enough:
            return ClassBound(one.id, met, partly, not_met)
    raise ValueError("no class takes these verdicts: the last class must ask for nothing")
