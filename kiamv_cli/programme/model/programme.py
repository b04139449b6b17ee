"""A selection programme as data: criteria with their rules, classes, and what is spread over.

What is as it would be anyway (a weight of 1, a limit that is the usual one) is left out.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from kiamv_cli.base.value import Brief, Value, canonical, digest
from kiamv_cli.programme.model.attributes import number_as_written
from kiamv_cli.programme.model.dimensions import (
    PLAIN_DIMENSIONS,
    Dimension,
    DimensionId,
    Usual,
    category_as_written,
    dimension_as_written,
    groups_as_written,
    usual_as_written,
    words_as_written,
)
from kiamv_cli.programme.model.facts import NONE, CriterionEvidence, Evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from kiamv_cli.base.labels import Language
    from kiamv_cli.base.value import Written
    from kiamv_cli.programme.model.attributes import Attribute
    from kiamv_cli.programme.model.facts import Fact, RuleOutcome, Subject, Verdict
    from kiamv_cli.programme.model.types import TypeDimension

    Said: TypeAlias = dict[str, Written]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The grades that people may give: from ``least`` to ``most`` in steps."""

    most: Fraction
    least: Fraction = NONE
    step: Fraction = Fraction(1)

    def allows(self, grade: Fraction) -> bool:
        """Return whether a grade is on the scale."""
        steps = (grade - self.least) / self.step
        return self.least <= grade <= self.most and steps.denominator == 1

    @property
    def grades(self) -> tuple[Fraction, ...]:
        """Return all grades, the lowest first."""
        steps = int((self.most - self.least) / self.step)
        return tuple(self.least + number * self.step for number in range(steps + 1))

    def score(self, grade: Fraction) -> Fraction:
        """Return the score of a grade, in [0, 1]."""
        return (grade - self.least) / (self.most - self.least)

    def grade(self, score: Fraction) -> Fraction:
        """Return the grade that has a score."""
        return self.least + score * (self.most - self.least)


class Rule(Value, ABC):
    """What gives which score on a criterion: one of the kinds in ``programme/rules``.

    A kind is a frozen dataclass of its parameters, in a module that holds all there is to say of
    it, and is registered there.
    """

    __slots__ = ()
    kind: ClassVar[str]

    @classmethod
    @abstractmethod
    def shape(cls, attributes: Mapping[str, Attribute]) -> Mapping[str, Any]:
        """Return what it looks like in a file: a schema of ``pydantic_core`` that makes it.

        Args:
            attributes: Those that the programme declares, by id.
        """

    @abstractmethod
    def as_written(self) -> Said:
        """Return what a file holds of it, its kind aside."""

    @abstractmethod
    def lists(self, subject: Subject) -> Iterable[tuple[str, tuple[Fact, ...] | None]]:
        """Yield the lists of facts that it looks at, by name; ``None`` is unknown."""

    @abstractmethod
    def apply(self, subject: Subject, year: int) -> RuleOutcome:
        """Compute the scores from the facts that hold in a year."""

    @abstractmethod
    def text(self) -> str:
        """Format what gives which score, in the current language."""

    @abstractmethod
    def missing_text(
        self, possible: Fraction, known: CriterionEvidence, programme: Programme
    ) -> str:
        """Format what it takes, beside what is known, to get the possible score.

        Where a person found that one cannot tell, the facts that there are do not count either.
        """

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the lists that people may judge one by one; none unless a kind says so."""
        return ()

    @property
    def scale(self) -> Scale | None:
        """Return the grades by which people judge; ``None`` where they give verdicts."""
        return None

    def together(self, grades: Sequence[Fraction]) -> Fraction:
        """Return the grade that those of several people make.

        Raises:
            LookupError: People give verdicts.
        """
        raise LookupError(grades)

    def part(self, name: str) -> Rule:
        """Return the rule that judges one of its parts alone.

        Raises:
            LookupError: It has no such part.
        """
        raise LookupError(name)

    def apply_parts(self, subject: Subject, year: int, parts: Mapping[str, Verdict]) -> RuleOutcome:
        """Compute the scores where a person judged some of the parts; the rest is as ruled."""
        assert not parts, "this kind of rule has no parts"
        return self.apply(subject, year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion(Value):
    """One of the points on which ecosystems are judged; texts are by language."""

    id: str
    label: Mapping[Language, str]
    question: Mapping[Language, str]
    weight: Fraction
    met_at: Fraction
    partly_at: Fraction
    rule: Rule

    def evidence(self, subject: Subject, as_of: date) -> CriterionEvidence:
        """Gather all that is known of an ecosystem on it at a reference date."""
        lists, sources = list(self.rule.lists(subject)), subject.sources
        judgement = subject.verdicts.get(self.id)
        return CriterionEvidence(
            facts=tuple(
                Evidence(
                    fact=fact,
                    of=name,
                    holding=fact.holding(as_of.year),
                    side=name if name in self.rule.parts else None,
                    source=sources.get(fact.source) if fact.source else None,
                    cited=tuple((name, sources[name]) for name in fact.cited if name in sources),
                )
                for name, facts in lists
                for fact in facts or ()
            ),
            absent=tuple(name for name, facts in lists if facts == ()),
            unseen=tuple(name for name, facts in lists if facts is None),
            judgement=judgement,
            too_late=judgement is not None and judgement.date > as_of,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreDemand:
    """A total that a class asks for: of the weighted mean of scores, else of the plain sum.

    In the plain sum grades count as they are, and other scores as numbers from 0 to 1.
    """

    at_least: Fraction
    weighted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningClass(Value):
    """A class and what it takes: at least so many verdicts, at most so many not-met.

    ``must`` names criteria that are met, ``each`` the score that a criterion has at least.
    """

    id: str
    label: Mapping[Language, str]
    met: int = 0
    met_or_partly: int = 0
    not_met: int | None = None
    must: tuple[str, ...] = ()
    score: ScoreDemand | None = None
    each: Mapping[str, Fraction] = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        """Whether it asks for anything."""
        counts = self.met or self.met_or_partly or self.not_met is not None
        return bool(counts or self.must or self.score or self.each)


def _no_types() -> tuple[TypeDimension, ...]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeOrigin:
    """Where a programme was read, ``None`` for the bundled one, and what stood there."""

    source: str | None
    as_read: Programme


@dataclass(frozen=True, kw_only=True)  # no slots: its hash is kept once somebody asked for it
class Programme(Brief, Value):
    """Everything a selection follows; classes best first.

    ``dimensions`` holds what is spread over: those with a file, the ``attributes`` that have
    categories, and groups of the categories of these. ``ties`` names the criteria that decide
    between equal totals, in order. ``default`` is what is asked of a shortlist where nobody says
    otherwise. ``types`` reads by what else ecosystems are classified.

    ``origin`` is where it was read, ``None`` for a programme that was made in Python.
    """

    id: str
    label: Mapping[Language, str]
    criteria: tuple[Criterion, ...]
    classes: tuple[ScreeningClass, ...]
    dimensions: Mapping[DimensionId, Dimension]
    attributes: tuple[Attribute, ...] = ()
    ties: tuple[str, ...] = ()
    default: Usual = field(default_factory=Usual)
    types: Callable[[], tuple[TypeDimension, ...]] = field(
        default=_no_types, compare=False, repr=False
    )
    origin: ProgrammeOrigin | None = field(default=None, compare=False, repr=False)

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield self.id
        yield f"{len(self.criteria)} criteria"
        yield " and ".join(self.dimensions)

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of what it says, as canonical JSON of what its files would hold."""
        return digest(canonical(programme_as_written(self)))

    def criterion(self, name: str) -> Criterion:
        """Return the criterion of an id.

        Raises:
            KeyError: There is none.
        """
        return {each.id: each for each in self.criteria}[name]

    @property
    def as_read(self) -> bool:
        """Whether it is still what was read from its origin."""
        return self.origin is not None and self == self.origin.as_read

    @property
    def plain_dimensions(self) -> tuple[DimensionId, ...]:
        """Those with a file, in which every ecosystem lists a category: provinces, themes."""
        return tuple(each for each in PLAIN_DIMENSIONS if each in self.dimensions)

    def attribute(self, name: str) -> Attribute | None:
        """Return the attribute of an id, if it is one."""
        return next((each for each in self.attributes if each.id == name), None)

    def mean(self, scores: Sequence[Fraction]) -> Fraction:
        """Compute the weighted mean of a score per criterion, in their order."""
        total = sum((each.weight for each in self.criteria), NONE)
        pairs = zip(self.criteria, scores, strict=True)
        return sum((each.weight * score for each, score in pairs), NONE) / total if total else NONE

    def plain_sum(self, scores: Sequence[Fraction]) -> Fraction:
        """Compute the sum of the grades, or scores where there are none, per criterion."""
        scales = (each.rule.scale for each in self.criteria)
        pairs = zip(scales, scores, strict=True)
        return sum((scale.grade(score) if scale else score for scale, score in pairs), NONE)

    @property
    def weights(self) -> dict[str, Fraction]:
        """The weight of each criterion, by its id."""
        return {each.id: each.weight for each in self.criteria}


# What a criterion has that does not say otherwise.
DEFAULTS: Mapping[str, Fraction] = {
    "weight": Fraction(1),
    "met_at": Fraction(1),
    "partly_at": Fraction(1, 2),
}


def programme_as_written(programme: Programme) -> dict[str, Written]:
    """Return what each file of a programme holds, by its name without ``.yaml``."""
    ids: list[Written] = [each.id for each in programme.criteria]
    attributes: list[Written] = [_attribute(each) for each in programme.attributes]
    dimensions = programme.dimensions.values()
    groups: list[Written] = [groups_as_written(each) for each in dimensions if each.of]
    usual = usual_as_written(programme.default)
    declared = {each.id for each in programme.attributes}
    return {
        "programme": {
            "id": programme.id,
            "label": words_as_written(programme.label),
            "criteria": ids,
            **({"attributes": attributes} if attributes else {}),
            **({"dimensions": groups} if groups else {}),
            **({"ties": list(programme.ties)} if programme.ties else {}),
            **({"default": usual} if usual else {}),
        },
        "classes": {"classes": [_class(each) for each in programme.classes]},
        **{each.id: _criterion(each) for each in programme.criteria},
        **{
            name: dimension_as_written(each)
            for name, each in programme.dimensions.items()
            if name not in declared and not each.of
        },
    }


def exact_as_written(number: Fraction) -> int | str:
    """Return a whole number as such, any other as a text such as ``1/3``."""
    return number.numerator if number.denominator == 1 else str(number)


def _criterion(criterion: Criterion) -> Said:
    limits = {name: getattr(criterion, name) for name in DEFAULTS}
    return {
        "label": words_as_written(criterion.label),
        "question": words_as_written(criterion.question),
        **{n: exact_as_written(limit) for n, limit in limits.items() if limit != DEFAULTS[n]},
        "rule": {"kind": criterion.rule.kind, **criterion.rule.as_written()},
    }


def _attribute(attribute: Attribute) -> Said:
    limits = {name: getattr(attribute, name) for name in ("least", "most")}
    return {
        "id": attribute.id,
        "label": words_as_written(attribute.label),
        "kind": attribute.kind,
        **({"answer": attribute.answer} if attribute.answer != "single" else {}),
        **({"unit": words_as_written(attribute.unit)} if attribute.unit else {}),
        **{n: number_as_written(limit) for n, limit in limits.items() if limit is not None},
        **({} if attribute.decimals is None else {"decimals": attribute.decimals}),
        **(
            {"categories": [category_as_written(each) for each in attribute.categories]}
            if attribute.kind == "choice"
            else {}
        ),
    }


def _class(screening: ScreeningClass) -> Written:
    least: Said = {"met": screening.met, "met_or_partly": screening.met_or_partly}
    most: Said = {} if screening.not_met is None else {"not_met": screening.not_met}
    said: Said = {name: number for name, number in least.items() if number}
    said |= most
    if screening.must:
        said["must"] = list(screening.must)
    if screening.score is not None:
        plain: Said = {} if screening.score.weighted else {"weighted": False}
        said["score"] = {"at_least": number_as_written(screening.score.at_least), **plain}
    if screening.each:
        said["each"] = {name: exact_as_written(n) for name, n in screening.each.items()}
    return {"id": screening.id, "label": words_as_written(screening.label), **said}
