"""A programme as plain values again: what its files hold, in the one form in which kiamv writes it.

What is as it would be anyway (a weight of 1, a limit that is the usual one) is left out.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from kiamv_cli.core.programme import BestLineRule, CountRule, SidesRule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.core.programme import (
        Category,
        Criterion,
        Dimension,
        LineStep,
        Programme,
        Rule,
        ScreeningClass,
        Step,
    )
    from kiamv_cli.core.written import Written
    from kiamv_cli.language import Language

    Said: TypeAlias = dict[str, Written]

# The kind of each rule, as files name it.
KINDS: Mapping[type, str] = {CountRule: "count", BestLineRule: "best-line", SidesRule: "sides"}
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
        "rule": {"kind": KINDS[type(criterion.rule)], **_rule(criterion.rule)},
    }


def _rule(rule: Rule) -> Said:
    match rule:
        case CountRule():
            caps: Said = {scope: exact_as_written(most) for scope, most in rule.caps.items()}
            by: Said = {} if rule.by is None else {"by": rule.by}
            steps = [_step(each) for each in rule.steps]
            return {"facts": rule.facts, **by, "steps": steps, **({"caps": caps} if caps else {})}
        case BestLineRule():
            return {"steps": [_line_step(each) for each in rule.steps]}
        case SidesRule():
            needed: Said = {"needed": list(rule.needed)} if rule.needed else {}
            return {"sides": list(rule.sides), **needed}


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
