"""The types of ecosystems on the dimensions of a programme, and how many are of each."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar, assert_never

from kiamv_cli.base.value import Result
from kiamv_cli.programme.model.facts import SIDES
from kiamv_cli.programme.model.types import (
    AnswerRule,
    HelixRule,
    MostRule,
    NumberRule,
    SidesRule,
    ValueRule,
    ValuesRule,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist
    from kiamv_cli.programme.model.facts import Fact
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.programme.model.types import Several, TypeDimension

_Kind = TypeVar("_Kind", bound="Fact")
Basis = Literal["facts", "answers"]
_TWO = 2


class Answered(Protocol):
    """What ecosystems answered to a survey; ``made_up`` if it is a demonstration."""

    @property
    def made_up(self) -> bool:
        """Whether nobody gave these answers."""

    def options(self, ecosystem: str, question: str, /) -> tuple[str, ...] | None:
        """The options that one gave to a question; ``None`` is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The categories of one ecosystem; ``None`` is unknown.

    Where it is unknown only because further facts could add to it, ``at_least`` is what is certain:
    of a multiple dimension categories that it has, of a single one the lowest that it can have.
    ``basis`` says where the categories come from; ``None`` if they are unknown.
    """

    ecosystem: str
    categories: tuple[str, ...] | None = None
    at_least: tuple[str, ...] = ()
    basis: Basis | None = None


def typed(
    ecosystem: Ecosystem, dimension: TypeDimension, year: int, answers: Answered | None = None
) -> Typed:
    """Find the categories of an ecosystem on a dimension, by the first rule that knows.

    Args:
        ecosystem: With its facts; what is absent is unknown.
        dimension: With its rules.
        year: Only facts that hold in it count.
        answers: What was answered to the survey; without, rules that need it know nothing.
    """
    least: tuple[str, ...] = ()
    for rule in dimension.rules:
        basis: Basis = "facts"
        if isinstance(rule, AnswerRule):
            found, basis = _answered(rule, ecosystem.id, answers), "answers"
        elif isinstance(rule, HelixRule | SidesRule):
            least, found = _by_sides(rule, _sides(ecosystem, year))
        else:
            found = _by_facts(rule, ecosystem, year)
        if found is not None:
            kept = tuple(each.id for each in dimension.categories if each.id in found)
            return Typed(ecosystem=ecosystem.id, categories=kept, basis=basis)
    return Typed(ecosystem=ecosystem.id, at_least=least)


def _answered(rule: AnswerRule, name: str, answers: Answered | None) -> tuple[str, ...] | None:
    options = answers.options(name, rule.question) if answers else None
    return None if options is None else _mapped(options, rule.gives)


def _by_facts(
    rule: ValueRule | ValuesRule | NumberRule | MostRule, ecosystem: Ecosystem, year: int
) -> tuple[str, ...] | None:
    match rule:
        case ValueRule():
            return _value(rule, ecosystem)
        case ValuesRule():
            values = _values(ecosystem, rule.of, year)
            return None if values is None else _mapped(values, rule.gives)
        case NumberRule():
            return _number(rule, _values(ecosystem, rule.of, year))
        case MostRule():
            return _most(rule, _sides(ecosystem, year))
        case _:
            assert_never(rule)


def _mapped(values: Iterable[str], gives: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(gives.get(value, value) for value in values))


def _value(rule: ValueRule, ecosystem: Ecosystem) -> tuple[str, ...] | None:
    value = getattr(ecosystem, rule.of)
    if value is None:
        return None
    found = rule.gives.get(str(value.kind if rule.of == "lead" else value), rule.otherwise)
    return None if found is None else (found,)


def _values(ecosystem: Ecosystem, of: Several, year: int) -> tuple[str, ...] | None:
    if of != "life_domains":
        found: tuple[str, ...] = getattr(ecosystem, of)
        return found
    domains = ecosystem.life_domains
    return None if domains is None else tuple(each.domain for each in _holding(domains, year))


def _number(rule: NumberRule, values: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if values is None:
        return None
    reached = [number for number in rule.gives if number <= len(set(values))]
    return (rule.gives[max(reached)],) if reached else ()


def _sides(ecosystem: Ecosystem, year: int) -> dict[str, int | None]:
    """How many partners each side has; ``None`` is unknown, 0 that there is none.

    A side whose partners all came later, or left, is unknown: nobody looked for that year.
    """
    found: dict[str, int | None] = {}
    for side in SIDES:
        partners = getattr(ecosystem.partners, side)
        number = None if partners is None else len({each.name for each in _holding(partners, year)})
        found[side] = None if partners and not number else number
    return found


def _by_sides(
    rule: HelixRule | SidesRule, sides: Mapping[str, int | None]
) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
    """What is certain, and the categories if no further partner could change them."""
    worst = _by_present(rule, [side for side, number in sides.items() if number])
    best = _by_present(rule, [side for side, number in sides.items() if number != 0])
    return worst, worst if worst == best else None


def _by_present(rule: HelixRule | SidesRule, present: Sequence[str]) -> tuple[str, ...]:
    if isinstance(rule, SidesRule):
        return _mapped(present, rule.gives)
    reached = (
        step.category
        for step in rule.steps
        if len(present) >= step.sides and set(present).issuperset(step.needed)
    )
    return tuple(reached)[:1]


def _most(rule: MostRule, sides: Mapping[str, int | None]) -> tuple[str, ...] | None:
    known = {side: number for side, number in sides.items() if number is not None}
    most = max(known.values(), default=0)
    if len(known) < _TWO or not most:
        return None
    leading = [side for side, number in known.items() if number == most]
    return (rule.tie,) if len(leading) > 1 else _mapped(leading, rule.gives)


def _holding(facts: Iterable[_Kind], year: int) -> list[_Kind]:
    return [fact for fact in facts if fact.holding(year) == "holds"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Types:
    """Every ecosystem of a long list on one dimension, in the order of the list."""

    dimension: TypeDimension
    typed: tuple[Typed, ...]

    @property
    def known(self) -> tuple[str, ...]:
        """The ids of those of which it is known: the base of all shares."""
        return tuple(each.ecosystem for each in self.typed if each.categories is not None)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The ids of the others."""
        return tuple(each.ecosystem for each in self.typed if each.categories is None)

    def of(self, category: str) -> tuple[str, ...]:
        """The ids of those that are of a category."""
        return tuple(each.ecosystem for each in self.typed if category in (each.categories or ()))

    def at_least(self, category: str) -> tuple[str, ...]:
        """The ids of those of which it is certain so far, though it is unknown as a whole."""
        return tuple(each.ecosystem for each in self.typed if category in each.at_least)

    @property
    def open_ended(self) -> bool:
        """Whether some are unknown only because further facts could add to them.

        Then the known are no fair sample: most of them are complete because they have everything.
        """
        return any(each.at_least for each in self.typed)

    def bounds(self, category: str) -> tuple[Fraction, Fraction] | None:
        """The least and the most share of a category among all, whatever the unknown turn out.

        Returns:
            Two shares from 0 to 1; ``None`` where there are no ecosystems.
        """
        if not self.typed:
            return None
        least = sum(self._is(each, category) for each in self.typed)
        most = sum(self._is(each, category) or self._may(each, category) for each in self.typed)
        return Fraction(least, len(self.typed)), Fraction(most, len(self.typed))

    def _is(self, each: Typed, category: str) -> bool:
        certain = each.at_least if self.dimension.answer == "multiple" else ()
        return category in (certain if each.categories is None else each.categories)

    def _may(self, each: Typed, category: str) -> bool:
        """Whether an unknown one may be of it: where sides open, it can only rise."""
        if each.categories is not None:
            return False
        if self.dimension.answer == "multiple" or not each.at_least:
            return True
        order = [one.id for one in self.dimension.categories]
        return order.index(category) <= order.index(each.at_least[0])

    def share(self, category: str) -> Fraction | None:
        """Those of a category among the known, from 0 to 1; ``None`` where nothing is known."""
        known = len(self.known)
        return Fraction(len(self.of(category)), known) if known else None

    def parts(self) -> Mapping[str | None, frozenset[str]]:
        """The ids by category, and under ``None`` those of which it is unknown."""
        found: dict[str | None, frozenset[str]] = {
            each.id: frozenset(self.of(each.id)) for each in self.dimension.categories
        }
        return {**found, None: frozenset(self.unknown)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified(Result):
    """The types of a long list on each of the dimensions asked for; two give a cross-tab.

    ``made_up`` marks answers of a demonstration, which nobody gave.
    """

    longlist: Longlist
    programme: Programme
    as_of: date
    by: tuple[Types, ...]
    made_up: bool = False

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield from (each.dimension.id for each in self.by)

    def cell(self, row: str | None, column: str | None) -> tuple[str, ...]:
        """The ids of those of both categories of the first two dimensions; ``None``: unknown."""
        first, second = self.by
        return tuple(sorted(first.parts()[row] & second.parts()[column]))


def classify(
    longlist: Longlist,
    programme: Programme,
    dimensions: Sequence[TypeDimension],
    as_of: date | None = None,
    answers: Answered | None = None,
) -> Classified:
    """Find the type of each ecosystem on each of the dimensions.

    Args:
        longlist: The ecosystems with their facts; what is absent is unknown, never a category.
        programme: Whose dimensions they are.
        dimensions: By which to classify.
        as_of: Only facts that hold in its year count; left out: that of the long list.
        answers: What was answered to the survey, for the dimensions that follow from it.
    """
    day = as_of or longlist.as_of
    return Classified(
        made_up=bool(answers and answers.made_up),
        longlist=longlist,
        programme=programme,
        as_of=day,
        by=tuple(
            Types(
                dimension=each,
                typed=tuple(typed(one, each, day.year, answers) for one in longlist.ecosystems),
            )
            for each in dimensions
        ),
    )
