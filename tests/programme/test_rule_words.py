"""Rules and facts in words, also those of another programme."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from pathlib import Path

import pytest

from kiamv_cli import load_criteria
from kiamv_cli.programme.model.facts import (
    BudgetLine,
    Challenge,
    Evidence,
    Fact,
    LifeDomain,
    Partner,
    Statement,
)
from kiamv_cli.programme.rules.best_line import BestLineRule, LineStep
from kiamv_cli.programme.rules.count import CountRule, Step
from kiamv_cli.programme.view import fact_text, rule_text, years_text

FLANDERS = Path(__file__).parent.parent / "examples" / "flanders" / "criteria"
PROGRAMME = load_criteria()


def test_the_rules_of_another_programme() -> None:
    citizens, money, abroad = map(rule_text, load_criteria(FLANDERS).criteria)
    assert citizens == (
        "Score in equal shares for a partner on each of the sides citizens and government; "
        "met only with citizens. Met from 1, partly from 0.5."
    )
    assert money == (
        "Score 1 for a budget line over at least 3 calendar years, 0.6 for a budget line over at "
        "least 1 calendar year, else 0; only the best line counts. Met from 1, partly from 0.5."
    )
    assert abroad == (
        "Score 1 for at least 3 cases of the same problem or method elsewhere, 0.33 for at least "
        "1 case of the same problem or method elsewhere, else 0; at most 0.33 where the scope is "
        "municipal. Met from 1, partly from 0.5."
    )


def test_steps_of_every_kind() -> None:
    criterion = PROGRAMME.criteria[0]
    both = CountRule(facts="maturity", steps=(Step(score=F(1), facts=3, distinct=2),), by="source")
    assert "1 for at least 3 signs of maturity and at least 2 different sources, else 0" in (
        rule_text(replace(criterion, rule=both))
    )
    assert "1 for whatever is known" in (
        rule_text(replace(criterion, rule=replace(both, steps=(Step(score=F(1)),))))
    )
    whose = BestLineRule(steps=(LineStep(score=F(1), own="unknown", years=3),))
    assert "1 for a budget line of unknown ownership over at least 3 calendar years" in (
        rule_text(replace(criterion, rule=whose))
    )
    other = BestLineRule(steps=(LineStep(score=F(1), own=False),))
    assert "1 for a budget line that is not its own, else 0" in (
        rule_text(replace(criterion, rule=other))
    )


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (Challenge(what="ships", theme="energy"), "ships (Energy transition and sustainability)"),
        (Challenge(what="ships", theme=None), "ships (outside the themes)"),
        (LifeDomain(domain="working"), "working"),
        (Statement(what="copied"), "copied"),
        (Partner(name="Shell"), "Shell (industry)"),
        (BudgetLine(), "not shown to be its own; term not known"),
        (
            BudgetLine(own=False, amount_eur=1200, start=2019, until=2020, funders=("EU", "Rijk")),
            "not its own; 1,200 euro; 2 calendar years; from EU and Rijk",
        ),
        (BudgetLine(own=True, start=2020, until=2020, note="x"), "of its own; 1 calendar year; x"),
    ],
)
def test_every_kind_of_fact(fact: Fact, text: str) -> None:
    side = "industry" if isinstance(fact, Partner) else None
    assert fact_text(Evidence(fact=fact, holding="holds", side=side), PROGRAMME) == text


@pytest.mark.parametrize(
    ("fact", "years"),
    [
        (Statement(what=""), ""),
        (Statement(what="", since=2019), "since 2019"),
        (Statement(what="", until=2019), "until 2019"),
        (Statement(what="", since=2018, until=2019), "2018–2019"),
        (BudgetLine(start=2018, until=2019), "2018–2019"),
        (BudgetLine(start=2018, until=2018), "2018"),
    ],
)
def test_the_years_in_which_a_fact_holds(fact: Fact, years: str) -> None:
    assert years_text(fact, "–") == years
