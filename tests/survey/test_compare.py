"""Selection against answers: what supports, what contradicts, and what has no opposite."""

from __future__ import annotations

from datetime import date

import pytest

from kiamv_cli import load_criteria, score
from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist
from kiamv_cli.programme.model.facts import Judgement, Partner, Partners, Verdict
from kiamv_cli.survey.model.answers import Answers, SourcedAnswer, merge
from kiamv_cli.survey.model.compare import Comparison, Condition, compare, side_verdict

DAY = date(2020, 11, 30)
(HELIX,) = (each for each in load_criteria().criteria if each.id == "multi-helix")
OPTIONS = ("a", "b")


@pytest.mark.parametrize(
    ("condition", "given", "holds"),
    [
        (Condition(any_of=("a", "b")), ("b",), True),
        (Condition(any_of=("a",)), ("b",), False),
        (Condition(all_of=("a", "b")), ("a",), False),
        (Condition(all_of=("a",), none_of=("b",)), ("a",), True),
        (Condition(all_of=("a",), none_of=("b",)), ("a", "b"), False),
        (Condition(at_least=1), (), False),
        (Condition(at_least=1, at_most=1), ("a",), True),
        (Condition(at_most=1), ("a", "b"), False),
    ],
)
def test_all_that_a_condition_asks_must_hold(
    *, condition: Condition, given: tuple[str, ...], holds: bool
) -> None:
    assert condition.holds(given) is holds


def judged(verdict: Verdict) -> Ecosystem:
    said = Judgement(verdict=verdict, by="A", date=DAY, reason="because")
    return Ecosystem(
        id=verdict,
        name=verdict,
        provinces=("NL-GR",),
        themes=("energy",),
        verdicts={"multi-mission": said},
    )


@pytest.mark.parametrize(
    ("answer", "contradicting"),
    [(("a",), {"not-met"}), (("b",), {"met"}), ((), set()), (None, set())],
)
def test_only_met_and_not_met_can_be_contradicted(
    answer: tuple[str, ...] | None, contradicting: set[str]
) -> None:
    verdicts: tuple[Verdict, ...] = ("met", "partly", "not-met", "unknown")
    longlist = Longlist(title="T", as_of=DAY, ecosystems=tuple(map(judged, verdicts)))
    said = [
        SourcedAnswer(
            ecosystem=each, question="q", options=answer, origin="survey", file="f", at="1:1"
        )
        for each in verdicts
        if answer is not None
    ]
    invited = (*verdicts, "elsewhere")
    answers = Answers(
        title="T",
        questionnaire="q",
        invited=invited,
        took_part={},
        cells=merge(said, invited, ("q",)),
    )
    rule = Comparison(
        criterion="multi-mission",
        question="q",
        supports=Condition(any_of=("a",)),
        contradicts=Condition(any_of=("b",)),
    )
    found = compare(answers, score(longlist, load_criteria()), (rule,))
    assert {each.verdict for each in found.rules[0].contradictions} == contradicting
    assert found.rules[0].answered == len(said)
    assert found.not_listed == ("elsewhere",)


PARTNER = (Partner(name="residents"),)


@pytest.mark.parametrize(
    ("citizens", "part", "verdict"),
    [
        (PARTNER, None, "met"),
        ((), None, "not-met"),
        (None, None, "unknown"),
        (None, "partly", "partly"),
        (PARTNER, "not-met", "not-met"),
        ((Partner(name="later", since=2021),), None, "unknown"),
    ],
)
def test_a_side_is_judged_by_its_facts_or_by_a_person(
    citizens: tuple[Partner, ...] | None, part: Verdict | None, verdict: Verdict
) -> None:
    said = Judgement(by="A", date=DAY, reason="because", parts={"citizens": part} if part else {})
    ecosystem = Ecosystem(
        id="x",
        name="X",
        provinces=("NL-GR",),
        themes=("energy",),
        partners=Partners(citizens=citizens),
        verdicts={"multi-helix": said},
    )
    assert side_verdict(ecosystem, HELIX, "citizens", DAY) == verdict
