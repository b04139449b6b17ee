"""What came of merging surveys, interviews and desk research."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiamv_cli.core.problem import Problem
    from kiamv_cli.core.survey.answers import Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file that was read: how many rows or interviews, and answers, it brought.

    ``respondent_column`` is the heading of the column that says who answered.
    """

    path: str
    respondents: int
    answers: int
    respondent_column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedSurvey:
    """Answers, the files they come from, and everything that could not be matched."""

    answers: Answers
    files: tuple[File, ...]
    remarks: tuple[Problem, ...]

    @property
    def is_clean(self) -> bool:
        """Whether everything was matched, and nothing contradicts anything."""
        return not self.remarks and not self.answers.contradictions
