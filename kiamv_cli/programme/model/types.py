"""The dimensions by which ecosystems are classified, and the rules that do it, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.value import Value
from kiamv_cli.programme.model.attributes import Category
from kiamv_cli.programme.model.dimensions import Dimension

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.base.labels import Language

Single = Literal["scope", "lead", "end_date"]
Several = Literal["provinces", "themes", "life_domains", "named_in_study"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRule(Value):
    """The answer to a question of the survey; ``gives`` maps its options to categories.

    An option that it does not name gives the category of the same id.
    """

    question: str
    gives: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRule(Value):
    """The category of a value that an ecosystem has one of; any other value gives ``otherwise``."""

    of: Single
    gives: Mapping[str, str]
    otherwise: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuesRule(Value):
    """A category for each value of a list; ``gives`` maps values, others stand for themselves."""

    of: Several
    gives: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRule(Value):
    """A category by how many values a list has: that of the highest number that is reached."""

    of: Several
    gives: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SidesRule(Value):
    """A category for each side of the helix with a partner."""

    gives: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HelixStep:
    """A category: what it takes is so many ``sides``, among them those ``needed``."""

    category: str
    sides: int
    needed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HelixRule:
    """A category by which sides have a partner; ``steps`` come highest first.

    What is not known of a side may still raise it: then only the least is known.
    """

    steps: tuple[HelixStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MostRule(Value):
    """The side with the most partners on record; ``tie`` where several have as many.

    Nothing follows where fewer than two sides are known.
    """

    tie: str
    gives: Mapping[str, str] = field(default_factory=dict)


TypeRule = AnswerRule | ValueRule | ValuesRule | NumberRule | SidesRule | HelixRule | MostRule


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeCategory(Value):
    """One of the values of a dimension."""

    id: str
    label: Mapping[Language, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeDimension(Value):
    """A dimension; of a ``single`` one an ecosystem has one category, of a ``multiple`` any number.

    The first of the ``rules`` that knows gives the category.
    """

    id: str
    label: Mapping[Language, str]
    answer: Literal["single", "multiple"]
    categories: tuple[TypeCategory, ...]
    rules: tuple[TypeRule, ...]


def type_dimension(by: TypeDimension) -> Dimension:
    """Return what ecosystems are classified by as what a shortlist is spread over."""
    categories = tuple(Category(id=each.id, label=each.label) for each in by.categories)
    return Dimension(id=by.id, label=by.label, categories=categories)
