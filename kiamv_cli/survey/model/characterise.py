"""Characteristics as k of n, and how far each share may be off."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.value import Result, Value
from kiamv_cli.survey.model.answers import ORIGINS, SURVEY_ONLY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.base.labels import Language
    from kiamv_cli.survey.model.answers import Answers, Origin
    from kiamv_cli.survey.model.questionnaire import Question, Questionnaire

# The quantile of the standard normal distribution for 95 % in the middle.
Z = 1.959963984540054


def bounds(count: int, answered: int, population: int) -> tuple[Fraction, Fraction]:
    """Compute the shares of all invited that their answers leave possible; nothing is assumed.

    Args:
        count: Those of whom it is known that they have the characteristic.
        answered: Those of whom it is known whether they have it.
        population: All of whom the share is, at least one.

    Returns:
        The share if all others had it not, and if all others had it.
    """
    missing = population - answered
    return Fraction(count, population), Fraction(count + missing, population)


def wilson(count: int, base: int, population: int) -> tuple[float, float]:
    """Compute the 95 % score interval of a share, for a random sample from a finite population.

    Wilson (1927), Journal of the American Statistical Association 22: 209-212, without correction
    for continuity; the variance of the sample share is multiplied by (N - n) / (N - 1), as in
    Cochran (1977), Sampling Techniques, section 2.5. So it is the share itself where all answered.

    Args:
        count: Those in the sample who have the characteristic.
        base: The size of the sample, n; at least one.
        population: The size of the population, N; at least n.

    Returns:
        Its ends, in [0, 1].
    """
    share = count / base
    if base == population:
        return share, share
    spread = Z * Z * (population - base) / (population - 1) / base
    middle = (share + spread / 2) / (1 + spread)
    half = sqrt(spread * share * (1 - share) + spread * spread / 4) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


Base = Literal["asked", "answered", "chose"]
Interval = Literal["bounds", "wilson"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """How many can be counted for one question: those who took part, answered, named an option.

    ``invited`` is the population. ``contested`` are those of whom no answer counts because what
    they answered contradicts itself; they are among the ``asked``.
    """

    invited: int
    asked: int
    answered: int
    chose: int
    contested: int

    @property
    def missing(self) -> int:
        """Those of whom no answer counts; with ``answered`` they are all who were invited."""
        return self.invited - self.answered

    def size(self, base: Base) -> int:
        """Return the base of a share, by its rule."""
        return {"asked": self.asked, "answered": self.answered, "chose": self.chose}[base]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One characteristic among those heard: ``count`` of ``base``."""

    count: int
    base: int
    basis: Basis

    @property
    def share(self) -> Fraction | None:
        """The share, in [0, 1]; ``None`` of nobody."""
        return Fraction(self.count, self.base) if self.base else None

    @property
    def bounds(self) -> tuple[Fraction, Fraction] | None:
        """The shares of all invited that are possible; ``None`` if nobody was."""
        basis = self.basis
        return bounds(self.count, basis.answered, basis.invited) if basis.invited else None

    @property
    def wilson(self) -> tuple[float, float] | None:
        """The interval if those in the base were a random sample; ``None`` of nobody."""
        return wilson(self.count, self.base, self.basis.invited) if self.base else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Characteristic(Value):
    """An option, or a number of options, with how many have it.

    ``survey`` is by the survey alone, ``supplemented`` with what interviews and desk research
    fill.
    """

    id: str
    label: Mapping[Language, str]
    kind: Literal["option", "tally"]
    survey: Part
    supplemented: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Characterised:
    """A question with its characteristics, and on whom they rest."""

    question: Question
    survey: Basis
    supplemented: Basis
    characteristics: tuple[Characteristic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Result):
    """All questions that anybody answered, in the order of the questionnaire.

    ``unanswered`` are the ids of the others.
    """

    answers: Answers
    questionnaire: Questionnaire
    base: Base
    questions: tuple[Characterised, ...]
    unanswered: tuple[str, ...]

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield f"{len(self.questions)} questions"

    @property
    def is_supplemented(self) -> bool:
        """Whether anything but the survey says anything."""
        return any(self.answers.took_part.get(each) for each in ORIGINS if each != "survey")


def characterise(
    answers: Answers, questionnaire: Questionnaire, base: Base = "answered"
) -> Profile:
    """Count every characteristic.

    Args:
        answers: The answers to that questionnaire.
        questionnaire: Its questions and options.
        base: Of whom shares are: ``asked``, all who took part; ``answered``, those whose answer
            to the question counts, also if no option holds; ``chose``, those who named an option.

    Returns:
        Counts and bases, by the survey alone and supplemented. Where an answer is unknown nobody
        is counted; whoever is not counted is among the missing.
    """
    found = [_characterised(answers, each, base) for each in questionnaire.questions]
    return Profile(
        answers=answers,
        questionnaire=questionnaire,
        base=base,
        questions=tuple(each for each in found if each.supplemented.answered),
        unanswered=tuple(each.question.id for each in found if not each.supplemented.answered),
    )


def basis_of(answers: Answers, question: str, origins: Sequence[Origin] = ORIGINS) -> Basis:
    """Count those on whom figures for a question rest."""
    given = given_to(answers, question, origins)
    cells = (answers.cells.get(each, {}).get(question) for each in answers.invited)
    heard = sum(1 for cell in cells if cell and cell.counting(origins))
    return Basis(
        invited=len(answers.invited),
        asked=len(answers.asked(origins)),
        answered=len(given),
        chose=sum(1 for options in given.values() if options),
        contested=heard - len(given),
    )


def given_to(
    answers: Answers, question: str, origins: Sequence[Origin] = ORIGINS
) -> dict[str, tuple[str, ...]]:
    """Return the answers to a question that count, by ecosystem; who gave none is not there."""
    found = ((each, answers.options(each, question, origins)) for each in answers.invited)
    return {each: options for each, options in found if options is not None}


def _characterised(answers: Answers, question: Question, base: Base) -> Characterised:
    heard = (SURVEY_ONLY, ORIGINS)
    survey, supplemented = (basis_of(answers, question.id, each) for each in heard)
    given, given_all = (given_to(answers, question.id, each) for each in heard)

    def part(
        basis: Basis, answers_given: Mapping[str, tuple[str, ...]], ids: set[str], least: int
    ) -> Part:
        count = sum(len(ids.intersection(options)) >= least for options in answers_given.values())
        return Part(count=count, base=basis.size(base), basis=basis)

    rows = (
        Characteristic(
            id=key,
            label=label,
            kind="option" if key in question.option_ids else "tally",
            survey=part(survey, given, ids, least),
            supplemented=part(supplemented, given_all, ids, least),
        )
        for key, label, ids, least in _asked_for(question)
    )
    return Characterised(
        question=question, survey=survey, supplemented=supplemented, characteristics=tuple(rows)
    )


def _asked_for(
    question: Question,
) -> Iterator[tuple[str, Mapping[Language, str], set[str], int]]:
    """Yield each characteristic: its id and label, and how many of which options it takes."""
    for option in question.options:
        yield option.id, option.label, {option.id}, 1
    for tally in question.tallies:
        yield tally.id, tally.label, {*question.option_ids}, tally.at_least
