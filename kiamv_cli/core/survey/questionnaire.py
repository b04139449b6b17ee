"""A questionnaire as data: what was asked, and what could be answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.language import Language

Known = Literal["printed", "reconstructed"]
Kind = Literal["single", "multiple"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An answer that can be given.

    ``known`` says whether its words are printed in the report of the study or were reconstructed
    from it, and ``line`` where (a line of the text edition); ``None`` where there is no report.
    """

    id: str
    label: Mapping[Language, str]
    known: Known | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A characteristic of how many options were given, such as two or more themes."""

    id: str
    label: Mapping[Language, str]
    at_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question; a *single* one takes one option, a *multiple* one any number of them.

    ``aspect`` and ``sub_aspect`` are ids of the codebook, where it belongs to one.
    """

    id: str
    wording: Mapping[Language, str]
    kind: Kind
    options: tuple[Option, ...]
    tallies: tuple[Tally, ...] = ()
    aspect: str | None = None
    sub_aspect: str | None = None
    known: Known | None = None
    line: int | None = None

    @property
    def option_ids(self) -> tuple[str, ...]:
        """The ids of the options, in their order."""
        return tuple(option.id for option in self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """Questions in their order."""

    id: str
    label: Mapping[Language, str]
    questions: tuple[Question, ...]

    @property
    def by_id(self) -> Mapping[str, Question]:
        """Each question by its id."""
        return {question.id: question for question in self.questions}

    @property
    def options(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the options of each question."""
        return {question.id: question.option_ids for question in self.questions}
