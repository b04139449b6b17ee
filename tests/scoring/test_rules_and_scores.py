"""The rules, verdicts, classes and ranks, on the bundled criteria written out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction as F

import pytest

from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist
from kiamv_cli.longlist.results import load_criteria
from kiamv_cli.programme.model.facts import (
    BudgetLine,
    Challenge,
    Judgement,
    LifeDomain,
    Partner,
    Partners,
    Statement,
)
from kiamv_cli.scoring.model.score import Scores, score, score_at

PROGRAMME = load_criteria()
BLANK = Ecosystem(id="x", name="X", provinces=("NL-GR",), themes=("energy",), scope="provincial")
AS_OF = date(2020, 11, 30)
PARTNER = (Partner(name="p"),)


def scored(*ecosystems: Ecosystem) -> Scores:
    return score(Longlist(title="t", as_of=AS_OF, ecosystems=ecosystems), PROGRAMME, AS_OF)


def outcome(criterion: str, **facts: object) -> tuple[str, F, F]:
    one = scored(replace(BLANK, **facts)).ecosystems[0]  # type: ignore[arg-type]
    found = one.criteria[[k.id for k in PROGRAMME.criteria].index(criterion)]
    return found.verdict, found.proven, found.possible


def challenges(*themes: str | None) -> tuple[Challenge, ...]:
    return tuple(Challenge(what=f"c{n}", theme=theme) for n, theme in enumerate(themes))


def domains(*names: str) -> tuple[LifeDomain, ...]:
    return tuple(LifeDomain(domain=name) for name in names)


@pytest.mark.parametrize("criterion", [k.id for k in PROGRAMME.criteria])
def test_what_nothing_is_known_of_is_unknown(criterion: str) -> None:
    assert outcome(criterion) == ("unknown", F(0), F(1))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (challenges("energy", "health"), ("met", 1, 1)),
        (challenges("energy", None), ("met", 1, 1)),
        (challenges(None, None), ("partly", F(1, 2), 1)),
        (challenges("energy", "energy"), ("partly", F(1, 2), 1)),
        (challenges("energy"), ("unknown", F(1, 4), 1)),
        ((), ("not-met", 0, 0)),
    ],
)
def test_several_missions(facts: tuple[Challenge, ...], expected: tuple[str, F, F]) -> None:
    assert outcome("multi-mission", challenges=facts) == expected


@pytest.mark.parametrize(
    ("facts", "scope", "expected"),
    [
        (domains("living", "working"), "provincial", ("met", 1, 1)),
        (domains("living", "living"), "provincial", ("partly", F(1, 2), 1)),
        (domains("living", "working", "housing"), "national", ("partly", F(1, 2), F(1, 2))),
        (domains("living"), "national", ("partly", F(1, 2), F(1, 2))),
        (None, "national", ("unknown", 0, F(1, 2))),
        ((), "national", ("not-met", 0, 0)),
    ],
)
def test_regional(
    facts: tuple[LifeDomain, ...] | None, scope: str, expected: tuple[str, F, F]
) -> None:
    assert outcome("regional", life_domains=facts, scope=scope) == expected


@pytest.mark.parametrize(
    ("criterion", "key"),
    [("cross-regional-problem", "comparable_elsewhere"), ("scaling-question", "maturity")],
)
@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, ("not-met", 0, 0)), (1, ("partly", F(1, 2), 1)), (2, ("met", 1, 1))],
)
def test_criteria_that_count_facts(
    criterion: str, key: str, number: int, expected: tuple[str, F, F]
) -> None:
    facts = tuple(Statement(what=str(n)) for n in range(number))
    assert outcome(criterion, **{key: facts}) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([BudgetLine(own=True, start=2020, until=2021)], ("met", 1, 1)),
        ([BudgetLine(own=True, start=2020, until=2020)], ("partly", F(1, 2), 1)),
        ([BudgetLine(own=True, start=2019)], ("partly", F(1, 2), 1)),
        ([BudgetLine(start=2019, until=2020)], ("unknown", F(1, 4), 1)),
        ([BudgetLine(own=False, start=2019, until=2020)], ("unknown", 0, 1)),
        ([BudgetLine(own=False, start=2010, until=2030)], ("unknown", 0, 1)),
        (
            [BudgetLine(own=False, start=2019, until=2024), BudgetLine(start=2019, until=2020)],
            ("unknown", F(1, 4), 1),
        ),
        (
            [BudgetLine(own=False, start=2019, until=2024), BudgetLine(own=True, start=2020)],
            ("partly", F(1, 2), 1),
        ),
        ([BudgetLine()], ("unknown", 0, 1)),
        # Two lines of a year each are not joined into one of two years.
        (
            [BudgetLine(own=True, start=2020, until=2020), BudgetLine(start=2019, until=2021)],
            ("partly", F(1, 2), 1),
        ),
        ([BudgetLine(own=True, start=2021, until=2023)], ("unknown", 0, 1)),
        ([BudgetLine(own=True, start=2016, until=2019)], ("unknown", 0, 1)),
        ([], ("not-met", 0, 0)),
    ],
)
def test_multi_year_budget(lines: list[BudgetLine], expected: tuple[str, F, F]) -> None:
    assert outcome("multi-year-budget", budget=tuple(lines)) == expected


@pytest.mark.parametrize(
    ("partners", "expected"),
    [
        (Partners(industry=PARTNER), ("unknown", F(1, 4), 1)),
        (Partners(industry=PARTNER, citizens=PARTNER), ("partly", F(1, 2), 1)),
        (
            Partners(industry=PARTNER, government=PARTNER, research=PARTNER),
            ("met", F(3, 4), 1),
        ),
        # Three sides without the triple helix stay partly.
        (
            Partners(industry=PARTNER, government=PARTNER, citizens=PARTNER),
            ("partly", F(3, 4), 1),
        ),
        (Partners(industry=(), government=()), ("unknown", 0, F(1, 2))),
        (Partners(industry=(), government=(), research=()), ("not-met", 0, F(1, 4))),
        (Partners(industry=(), government=(), research=(), citizens=()), ("not-met", 0, 0)),
    ],
)
def test_multi_helix(partners: Partners, expected: tuple[str, F, F]) -> None:
    assert outcome("multi-helix", partners=partners) == expected


def test_a_side_known_to_be_absent_rules_out_met_at_best() -> None:
    partners = Partners(industry=(), government=PARTNER, research=PARTNER, citizens=PARTNER)
    one = scored(replace(BLANK, partners=partners)).ecosystems[0]
    assert one.criteria[4].at_best == "partly"
    assert one.best.met == 5


def test_facts_count_by_the_year_of_the_reference_date() -> None:
    facts = (
        Statement(what="from then on", since=2020),
        Statement(what="to the end of then", until=2020),
        Statement(what="later", since=2021),
        Statement(what="ended", until=2019),
    )
    found = scored(replace(BLANK, maturity=facts))
    assert found.ecosystems[0].criteria[5].verdict == "met"
    assert (found.later, found.ended) == (1, 1)


def judgement(verdict: str | None, **more: object) -> dict[str, Judgement]:
    values = {"verdict": verdict, "by": "A", "date": AS_OF, "reason": "seen", **more}
    return {"multi-helix": Judgement(**values)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        ("met", ("met", 1, 1)),
        ("partly", ("partly", F(1, 2), F(1, 2))),
        ("not-met", ("not-met", 0, 0)),
        ("unknown", ("unknown", 0, F(3, 4))),
    ],
)
def test_a_person_overrules_the_rule(verdict: str, expected: tuple[str, F, F]) -> None:
    facts = Partners(industry=PARTNER, government=PARTNER, research=PARTNER, citizens=())
    assert outcome("multi-helix", partners=facts, verdicts=judgement(verdict)) == expected


@pytest.mark.parametrize(
    ("facts", "at_best"),
    [
        (Partners(industry=PARTNER), "met"),
        (Partners(citizens=()), "met"),
        (Partners(industry=PARTNER, government=PARTNER, research=()), "partly"),
        (Partners(industry=(), government=()), "partly"),
        (Partners(industry=(), government=(), research=()), "not-met"),
    ],
)
def test_who_cannot_tell_leaves_open_what_the_rule_leaves_open(
    facts: Partners, at_best: str
) -> None:
    one = scored(replace(BLANK, partners=facts, verdicts=judgement("unknown"))).ecosystems[0]
    assert (one.criteria[4].at_worst, one.criteria[4].at_best) == ("not-met", at_best)


def test_a_persons_doubt_lowers_no_class_at_best() -> None:
    certain = scored(BLANK).ecosystems[0]
    doubted = scored(replace(BLANK, verdicts=judgement("unknown"))).ecosystems[0]
    assert doubted.best == certain.best
    assert doubted.best.id == "eligible"


def test_what_the_rule_would_have_said_stays_visible() -> None:
    one = scored(replace(BLANK, verdicts=judgement("met"))).ecosystems[0].criteria[4]
    assert one.basis == "person"
    assert one.ruled is not None
    assert (one.ruled.basis, one.ruled.verdict) == ("rule", "unknown")


def test_a_judgement_after_the_reference_date_does_not_count() -> None:
    late = judgement("met", date=date(2020, 12, 1))
    one = scored(replace(BLANK, verdicts=late)).ecosystems[0].criteria[4]
    assert (one.verdict, one.basis, one.later) == ("unknown", "rule", 1)


def test_a_person_judges_some_sides_and_the_rule_the_rest() -> None:
    facts = Partners(industry=PARTNER, government=PARTNER)
    parts = {"research": "met", "citizens": "not-met"}
    expected = ("met", F(3, 4), F(3, 4))
    assert outcome("multi-helix", partners=facts, verdicts=judgement(None, parts=parts)) == expected


def test_equal_scores_share_a_rank_and_go_by_possible_score_then_name() -> None:
    closed = replace(BLANK, id="c", name="Closed", maturity=())
    first, second = replace(BLANK, id="b", name="B"), replace(BLANK, id="a", name="C")
    best = replace(BLANK, id="d", name="D", challenges=challenges("energy", "health"))
    found = scored(closed, second, first, best).ecosystems
    assert [(one.ecosystem.id, one.rank) for one in found] == [
        ("d", 1),
        ("b", 2),
        ("a", 2),
        ("c", 2),
    ]


def test_the_bounds_of_the_score() -> None:
    ecosystem = replace(BLANK, maturity=(Statement(what="one"),), challenges=())
    one = scored(ecosystem).ecosystems[0]
    assert score_at(one, PROGRAMME, "proven") == F(1, 12)
    assert score_at(one, PROGRAMME, "possible") == F(5, 6)
    assert score_at(one, PROGRAMME, "middle") == F(11, 24)
    assert score_at(one, PROGRAMME, "known") == F(1, 4)
    assert score_at(scored(BLANK).ecosystems[0], PROGRAMME, "known") == 0


def test_classes_count_verdicts_at_worst_and_at_best() -> None:
    one = scored(BLANK).ecosystems[0]
    assert (one.worst.id, one.best.id) == ("ineligible", "eligible")
    assert (one.worst.not_met, one.best.met) == (6, 6)
