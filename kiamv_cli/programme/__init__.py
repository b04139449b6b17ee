"""A programme: criteria with their rules, classes, dimensions and types, all of it data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base import names_of, offered

if TYPE_CHECKING:
    from kiamv_cli.programme.model.attributes import Attribute as Attribute
    from kiamv_cli.programme.model.attributes import Category as Category
    from kiamv_cli.programme.model.dimensions import Dimension as Dimension
    from kiamv_cli.programme.model.dimensions import Map as Map
    from kiamv_cli.programme.model.facts import BudgetLine as BudgetLine
    from kiamv_cli.programme.model.facts import Challenge as Challenge
    from kiamv_cli.programme.model.facts import CriterionEvidence as CriterionEvidence
    from kiamv_cli.programme.model.facts import Evidence as Evidence
    from kiamv_cli.programme.model.facts import Fact as Fact
    from kiamv_cli.programme.model.facts import Judgement as Judgement
    from kiamv_cli.programme.model.facts import LifeDomain as LifeDomain
    from kiamv_cli.programme.model.facts import Partner as Partner
    from kiamv_cli.programme.model.facts import Partners as Partners
    from kiamv_cli.programme.model.facts import RuleOutcome as RuleOutcome
    from kiamv_cli.programme.model.facts import Source as Source
    from kiamv_cli.programme.model.facts import Statement as Statement
    from kiamv_cli.programme.model.facts import Subject as Subject
    from kiamv_cli.programme.model.programme import Criterion as Criterion
    from kiamv_cli.programme.model.programme import Programme as Programme
    from kiamv_cli.programme.model.programme import ProgrammeOrigin as ProgrammeOrigin
    from kiamv_cli.programme.model.programme import Rule as Rule
    from kiamv_cli.programme.model.programme import Scale as Scale
    from kiamv_cli.programme.model.programme import ScoreDemand as ScoreDemand
    from kiamv_cli.programme.model.programme import ScreeningClass as ScreeningClass
    from kiamv_cli.programme.model.types import TypeCategory as TypeCategory
    from kiamv_cli.programme.model.types import TypeDimension as TypeDimension
    from kiamv_cli.programme.model.weights import with_weights as with_weights
    from kiamv_cli.programme.rules.best_line import BestLineRule as BestLineRule
    from kiamv_cli.programme.rules.choice import ChoiceRule as ChoiceRule
    from kiamv_cli.programme.rules.count import CountRule as CountRule
    from kiamv_cli.programme.rules.judged import JudgedRule as JudgedRule
    from kiamv_cli.programme.rules.number import NumberRule as NumberRule
    from kiamv_cli.programme.rules.sides import SidesRule as SidesRule


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    return offered(__name__, name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(names_of(__name__))
