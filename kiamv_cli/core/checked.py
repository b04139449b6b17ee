"""What came of looking through a long list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from kiamv_cli.core.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """All problems of a long list, in the order of file, line and column.

    ``ecosystems`` counts those that were looked at. ``title`` is empty and ``as_of`` is ``None``
    where the list does not say. ``unread`` tells that the list could not be read to its end: what
    is wrong further on is not known.
    """

    title: str
    as_of: date | None
    ecosystems: int
    problems: tuple[Problem, ...]
    unread: bool

    @property
    def errors(self) -> int:
        """How many problems keep the list from being used."""
        return sum(problem.severity == "error" for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many problems are doubts only."""
        return len(self.problems) - self.errors

    def passes(self, *, strict: bool = False) -> bool:
        """Tell whether the list can be used; with ``strict``, whether nothing is doubtful."""
        return not (self.problems if strict else self.errors)

    def by_code(self) -> dict[str, int]:
        """How often each code is among the problems, in the order of the codes."""
        return dict(sorted(Counter(problem.code for problem in self.problems).items()))
