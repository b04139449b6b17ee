"""A selection programme as data: criteria with their rules, classes, and what is spread over.

What is as it would be anyway (a weight of 1, a limit that is the usual one) is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias, assert_never

from kiamv_cli.base.fingerprint import canonical, digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.base.fingerprint import Written
    from kiamv_cli.base.language import Language
    from kiamv_cli.programme.model.facts import Scope

    Said: TypeAlias = dict[str, Written]

DimensionId = Literal["provinces", "themes"]
DIMENSIONS: tuple[DimensionId, ...] = ("provinces", "themes")
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The score of a rule that counts, from this many facts and this many distinct values."""

    score: Fraction
    facts: int = 0
    distinct: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRule:
    """Count the facts in one list, or the distinct values of one of their fields.

    ``steps`` come highest first; the first that is reached gives the score. ``by`` names the
    field; an empty value of it counts as one more value. ``caps`` holds the most that a scope
    allows.
    """

    facts: str
    steps: tuple[Step, ...]
    by: str | None = None
    caps: Mapping[Scope, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStep:
    """The score of one budget line; what is ``None`` is not asked of it.

    ``own`` asks that it is the ecosystem's own, that it is not, or that this is ``unknown``.
    """

    score: Fraction
    own: bool | Literal["unknown"] | None = None
    years: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BestLineRule:
    """Score each budget line by the highest step it reaches; the best line gives the score.

    ``steps`` come highest first.
    """

    steps: tuple[LineStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SidesRule:
    """An equal share of the score for each side that has a partner.

    The verdict is met only where each of ``needed`` has a partner, whatever the score.
    """

    sides: tuple[str, ...]
    needed: tuple[str, ...] = ()


Rule = CountRule | BestLineRule | SidesRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One of the points on which ecosystems are judged; texts are by language."""

    id: str
    label: Mapping[Language, str]
    question: Mapping[Language, str]
    weight: Fraction
    met_at: Fraction
    partly_at: Fraction
    rule: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningClass:
    """A class and what it takes: at least so many verdicts, at most so many not-met."""

    id: str
    label: Mapping[Language, str]
    met: int = 0
    met_or_partly: int = 0
    not_met: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One value of a dimension: a province or a theme.

    ``tile`` is its place (column, row) on the tile map, ``area`` its code on the real one.
    """

    id: str
    label: Mapping[Language, str]
    population: int | None = None
    tile: tuple[int, int] | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """The borders of the categories of a dimension, and who is to be named for them.

    ``areas`` holds the rings of each category by its id: points of longitude and latitude in
    degrees, the last like the first. A ring within another is a hole in it. ``file`` and ``code``
    say where they were read: the file beside the programme's, and the property with the areas.
    """

    file: str
    code: str
    attribution: str
    areas: Mapping[str, tuple[Ring, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """What a shortlist is spread over, with all its categories in their order.

    ``map`` is for drawing only: nothing is decided by it.
    """

    id: DimensionId
    label: Mapping[Language, str]
    categories: tuple[Category, ...]
    map: Map | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeOrigin:
    """Where a programme was read, ``None`` for the bundled one, and what stood there."""

    source: str | None
    as_read: Programme


@dataclass(frozen=True, kw_only=True)  # no slots: its hash is kept once somebody asked for it
class Programme:
    """Everything a selection follows; classes best first.

    ``origin`` is where it was read, ``None`` for a programme that was made in Python.
    """

    id: str
    label: Mapping[Language, str]
    criteria: tuple[Criterion, ...]
    classes: tuple[ScreeningClass, ...]
    dimensions: Mapping[DimensionId, Dimension]
    origin: ProgrammeOrigin | None = field(default=None, compare=False, repr=False)

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of what it says, as canonical JSON of what its files would hold."""
        return digest(canonical(programme_as_written(self)))

    @property
    def as_read(self) -> bool:
        """Whether it is still what was read from its origin."""
        return self.origin is not None and self == self.origin.as_read

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
    return {
        "programme": {"id": programme.id, "label": _words(programme.label), "criteria": ids},
        "classes": {"classes": [_class(each) for each in programme.classes]},
        **{each.id: _criterion(each) for each in programme.criteria},
        **{name: _dimension(each) for name, each in programme.dimensions.items()},
    }


def exact_as_written(number: Fraction) -> int | str:
    """Return a whole number as such, any other as a text such as ``1/3``."""
    return number.numerator if number.denominator == 1 else str(number)


def _words(text: Mapping[Language, str]) -> Said:
    return {str(language): words for language, words in text.items()}


def _criterion(criterion: Criterion) -> Said:
    limits = {name: getattr(criterion, name) for name in DEFAULTS}
    return {
        "label": _words(criterion.label),
        "question": _words(criterion.question),
        **{n: exact_as_written(limit) for n, limit in limits.items() if limit != DEFAULTS[n]},
        "rule": _rule(criterion.rule),
    }


def _rule(rule: Rule) -> Said:
    match rule:
        case CountRule():
            caps: Said = {scope: exact_as_written(most) for scope, most in rule.caps.items()}
            by: Said = {} if rule.by is None else {"by": rule.by}
            steps = [_step(each) for each in rule.steps]
            return {
                "kind": "count",
                "facts": rule.facts,
                **by,
                "steps": steps,
                **({"caps": caps} if caps else {}),
            }
        case BestLineRule():
            return {"kind": "best-line", "steps": [_line_step(each) for each in rule.steps]}
        case SidesRule():
            needed: Said = {"needed": list(rule.needed)} if rule.needed else {}
            return {"kind": "sides", "sides": list(rule.sides), **needed}
        case _:
            assert_never(rule)


def _step(step: Step) -> Written:
    counts: Said = {"facts": step.facts, "distinct": step.distinct}
    return {**{n: least for n, least in counts.items() if least}, **_score(step)}


def _line_step(step: LineStep) -> Written:
    asked: Said = {"own": step.own, "years": step.years}
    return {**{n: value for n, value in asked.items() if value is not None}, **_score(step)}


def _score(step: Step | LineStep) -> Said:
    return {"score": exact_as_written(step.score)}


def _class(screening: ScreeningClass) -> Written:
    least: Said = {"met": screening.met, "met_or_partly": screening.met_or_partly}
    most: Said = {} if screening.not_met is None else {"not_met": screening.not_met}
    said: Said = {name: number for name, number in least.items() if number}
    return {"id": screening.id, "label": _words(screening.label), **said, **most}


def _dimension(dimension: Dimension) -> Written:
    drawn = dimension.map
    borders: Said = {}
    if drawn is not None:
        borders["map"] = {
            "file": drawn.file,
            "code": drawn.code,
            "attribution": drawn.attribution,
        }
    categories: list[Written] = [_category(each) for each in dimension.categories]
    return {"label": _words(dimension.label), **borders, "categories": categories}


def _category(category: Category) -> Written:
    said: Said = {
        "population": category.population,
        "tile": None if category.tile is None else list(category.tile),
        "area": category.area,
    }
    known = {name: value for name, value in said.items() if value is not None}
    return {"id": category.id, "label": _words(category.label), **known}
