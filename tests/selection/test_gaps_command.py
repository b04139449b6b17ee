"""Who to call first, as a user meets it."""

from __future__ import annotations

import csv
import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from fractions import Fraction as F
from typing import TYPE_CHECKING, Any

import pytest
from running import Tiring

from kiamv_cli import (
    InfeasibleError,
    NoShortlistError,
    Quota,
    Request,
    gaps,
    load_criteria,
    load_longlist,
    score,
    shortlist,
)
from kiamv_cli.display import terminal
from kiamv_cli.display.document import Screen
from kiamv_cli.display.text import UNICODE
from kiamv_cli.longlist.model.longlist import Ecosystem
from kiamv_cli.programme.model.facts import (
    BudgetLine,
    Challenge,
    Judgement,
    LifeDomain,
    Partner,
    Partners,
    Statement,
)
from kiamv_cli.selection.model.gaps import Answer, Gap
from kiamv_cli.selection.model.gaps import gaps as find_gaps
from kiamv_cli.selection.view.gaps import GapsView
from kiamv_cli.selection.view.what_if import gap_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from running import Kiamv

    from kiamv_cli import Scores
    from kiamv_cli.selection import Gaps

SMALL = ("-n", "8", "--balance", "themes")
LONG_TERM = "a budget line of its own over at least 2 calendar years"


@pytest.fixture(scope="module")
def scores() -> Scores:
    programme = load_criteria()
    return score(load_longlist(programme=programme).longlist, programme)


@pytest.fixture(scope="module")
def small(scores: Scores) -> Gaps:
    return gaps(scores, Request(size=8, balance=("themes",)))


def document(kiamv: Kiamv, *arguments: str) -> Any:  # noqa: ANN401 - JSON
    result = kiamv("gaps", *arguments, "-f", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def words(found: Gaps, *, limit: int | None = None, full: bool = False) -> str:
    shown = terminal.render(GapsView(found, limit, full=full).blocks(UNICODE), Screen())
    return " ".join(shown.split())


@pytest.mark.slow
def test_what_an_answer_would_change_is_what_the_new_shortlist_is(
    kiamv: Kiamv, scores: Scores
) -> None:
    (gap,) = document(kiamv, "-e", "Alles is Gezondheid")["gaps"]
    assert (gap["id"], gap["criterion"], gap["answers_needed"], gap["member"]) == (
        "alles-is-gezondheid",
        "multi-mission",
        1,
        False,
    )
    found = Judgement(verdict="met", by="a caller", date=date(2020, 11, 1), reason="asked")
    called = replace(
        scores.longlist,
        ecosystems=tuple(
            replace(one, verdicts={gap["criterion"]: found}) if one.id == gap["id"] else one
            for one in scores.longlist.ecosystems
        ),
    )
    before = shortlist(scores).selection
    after = shortlist(score(called, scores.programme)).selection
    assert set(gap["met"]["in"]) == set(after.members) - set(before.members)
    assert set(gap["met"]["out"]) == set(before.members) - set(after.members)
    assert gap["met"]["score"]["exact"] == str(after.score)
    assert gap["not_met"]["changes"] is False


@pytest.mark.slow
def test_most_decisive_first(kiamv: Kiamv, small: Gaps) -> None:
    found = document(kiamv, *SMALL)
    assert (found["schema"], found["complete"]) == ("kiamv/gaps/2", True)
    assert (found["open"], found["tried"], found["decisive"]) == (177, 177, len(small.gaps))
    needed = [gap["answers_needed"] for gap in found["gaps"]]
    assert needed == sorted(needed)
    assert {1, 2} <= set(needed)
    first, second = (gap["met"]["points"] for gap in found["gaps"][:2])
    assert first >= second > 0
    asked = [(gap.scored.ecosystem.id, gap.criterion.id) for gap in small.gaps]
    assert [(gap["id"], gap["criterion"]) for gap in found["gaps"]] == asked


def test_the_limit_keeps_the_first(kiamv: Kiamv) -> None:
    asked = (*SMALL, "-e", "ferm,kiemt,samen030")
    whole, part = document(kiamv, *asked), document(kiamv, *asked, "--limit", "1")
    assert len(whole["gaps"]) > 1
    assert (whole["request"]["limit"], part["request"]["limit"]) == (None, 1)
    assert part == {**whole, "gaps": whole["gaps"][:1], "request": part["request"]}
    assert "Shown: the most decisive of" in kiamv("gaps", *asked, "--limit", "1").stdout


def test_a_row_per_question_in_csv(kiamv: Kiamv) -> None:
    asked = (*SMALL, "-e", "ferm,kiemt,samen030")
    shown = kiamv("gaps", *asked, "-f", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(shown, newline="")))
    found = document(kiamv, *asked)["gaps"]
    assert [row["met_in"].split() for row in rows] == [gap["met"]["in"] for gap in found]
    assert [row["missing"] for row in rows] == [gap["missing"] for gap in found]


@pytest.mark.slow
def test_a_call_list_for_people(kiamv: Kiamv) -> None:
    shown = " ".join(kiamv("gaps", "-e", "alles-is-gezondheid,fieldlab-smart-base").stdout.split())
    for said in (
        "Of 5 open questions, 5 would change the shortlist by one answer (2 ecosystems to call)",
        'An answer "no" leaves it as it is, and so the shortlist too.',
        "1 Fieldlab SMART Base: not in, score 0.46–1.00",
        "Multi-helix: Do industry, government, research and citizens take part?",
        "a partner from citizens",
        "2 different domains of life",
        "a challenge in one more theme (known: Health and care)",
        "2 cases of the same problem or method elsewhere",
        "If so (any one of these): Fieldlab SMART Base, ",
        "2 Alles is Gezondheid: not in, score 0.83–0.92",
        "(known: not shown to be its own, term not known) 0.13",
        "If so: Alles is Gezondheid, Greenport West-Holland, ",
    ):
        assert said in shown
    assert "If not" not in shown


def test_each_bound_says_which_answers_count(kiamv: Kiamv) -> None:
    asked = (*SMALL, "-e", "ferm,watercampus-leeuwarden", "--unknown")
    shown = {bound: kiamv("gaps", *asked, bound).stdout for bound in ("possible", "middle")}
    assert 'An answer "yes" leaves it as it is, and so the shortlist too.' in shown["possible"]
    assert "If so" not in shown["possible"]
    assert "either answer may change it" in shown["middle"]
    assert "not in, score 0.58–1.00 (0.79 counts)" in shown["middle"]


def test_several_answers_together_are_named(scores: Scores, small: Gaps) -> None:
    shown = words(small)
    assert re.search(r"takes 2 answers If so for .* (with|any 2 of|together)", shown)
    assert "kiamv gaps --ecosystem ID puts all questions about one in words." in shown
    assert shown.count("takes 2 answers If so") == shown.count("takes 2 answers")
    many = next(gap.scored.ecosystem.id for gap in small.gaps if gap.needed == 2)
    one = gaps(scores, Request(size=8, balance=("themes",)), wanted=[many])
    assert "takes 2 answers ask missing" in words(one, full=True)


def test_members_at_stake_are_those_who_would_go(small: Gaps) -> None:
    alone = [gap.met.effect for gap in small.gaps if gap.needed == 1]
    assert small.at_stake == {
        name: sum(name in effect.goes for effect in alone if effect)
        for name in {name for effect in alone if effect for name in effect.goes}
    }
    assert (
        "Members that a single answer could displace, with the number of such questions: "
        in words(small)
    )


@pytest.mark.slow
def test_rising_out_of_the_class_asked_for(scores: Scores) -> None:
    lower = Request(size=8, classes=frozenset({"borderline", "ineligible"}))
    found = gaps(scores, lower, wanted=[one.id for one in _members(scores, lower)])
    barred = [gap for gap in found.gaps if gap.met.effect and not gap.met.effect.allowed]
    assert barred
    assert all(gap.scored.ecosystem.id in gap.met.effect.goes for gap in barred if gap.met.effect)
    assert "Not allowed: it would no longer meet what is asked." in words(found)
    (pinned, *_) = (gap.scored.ecosystem.id for gap in barred)
    stuck = gaps(scores, replace(lower, include=frozenset({pinned})), wanted=[pinned])
    assert "no shortlist meets the wishes any more" in words(stuck)


def _members(scores: Scores, request: Request) -> list[Ecosystem]:
    return [member.scored.ecosystem for member in shortlist(scores, request).members]


def test_where_nothing_is_open_it_says_so(kiamv: Kiamv) -> None:
    shown = kiamv("gaps", *SMALL, "-e", "bodemdaling-groene-hart")
    assert shown.exit_code == 0
    assert "Nothing is open: no answer can change the shortlist." in shown.stdout
    assert (
        "cannot change the shortlist" in kiamv("gaps", *SMALL, "-e", "mineral-valley-twente").stdout
    )


@pytest.mark.parametrize(
    ("known", "criterion", "missing"),
    [
        ({}, "multi-mission", "challenges in 2 different themes"),
        (
            {"challenges": (Challenge(what="a", theme=None),)},
            "multi-mission",
            "a challenge in one more theme (known: outside the themes)",
        ),
        ({}, "regional", "2 different domains of life"),
        ({"scope": "national"}, "regional", "one domain of life"),
        (
            {"life_domains": (LifeDomain(domain="living"),)},
            "regional",
            "one more domain of life (known: living)",
        ),
        ({}, "scaling-question", "2 signs of maturity"),
        ({"maturity": (Statement(what="a"),)}, "scaling-question", "1 more sign of maturity"),
        (
            {"maturity": (Statement(what="a", since=2021),)},
            "scaling-question",
            "2 signs of maturity",
        ),
        (
            {"budget": (BudgetLine(own=None, start=2020, until=2023),)},
            "multi-year-budget",
            f"{LONG_TERM} (known: not shown to be its own, 4 calendar years)",
        ),
        (
            {"partners": Partners(citizens=(), industry=(Partner(name="a"),))},
            "multi-helix",
            "partners from government and research",
        ),
    ],
)
def test_the_fact_that_is_missing(
    scores: Scores, known: dict[str, Any], criterion: str, missing: str
) -> None:
    gap = _gap(scores, lambda one: replace(one, **known), criterion)
    assert gap_text(gap, scores.programme) == missing


def test_what_a_person_could_not_tell_is_still_asked(scores: Scores) -> None:
    def judged(one: Ecosystem) -> Ecosystem:
        said = Judgement(verdict="unknown", by="Jo", date=date(2020, 11, 1), reason="thin")
        facts = (Statement(what="a"), Statement(what="b"))
        return replace(one, maturity=facts, verdicts={"scaling-question": said})

    gap = _gap(scores, judged, "scaling-question")
    text = gap_text(gap, scores.programme)
    assert text == "2 more signs of maturity; Jo could not tell on 2020-11-01: thin"


def test_sides_that_a_person_judged_are_not_asked(scores: Scores) -> None:
    def judged(one: Ecosystem) -> Ecosystem:
        parts = {"industry": "met", "research": "unknown"}
        said = Judgement(by="Jo", date=date(2020, 11, 1), reason="seen", parts=parts)  # type: ignore[arg-type]
        return replace(one, partners=Partners(government=()), verdicts={"multi-helix": said})

    gap = _gap(scores, judged, "multi-helix")
    assert gap_text(gap, scores.programme) == "partners from research and citizens"


def _gap(scores: Scores, change: Callable[[Ecosystem], Ecosystem], criterion: str) -> Gap:
    """Make the gap of an ecosystem of which nothing is known but what is given."""
    bare = Ecosystem(id="bare", name="Bare", provinces=("NL-GR",), themes=("energy",))
    alone = replace(scores.longlist, ecosystems=(change(bare),))
    (one,) = score(alone, scores.programme).ecosystems
    pairs = zip(scores.programme.criteria, one.criteria, strict=True)
    asked, scored = next((k, c) for k, c in pairs if k.id == criterion)
    known = asked.evidence(one.ecosystem, scores.as_of)
    return Gap(
        scored=one,
        score=one.proven,
        criterion=asked,
        known=known,
        possible=scored.possible,
        met=Answer(),
        not_met=Answer(),
    )


def test_wishes_that_clash_are_named_as_for_a_shortlist(kiamv: Kiamv) -> None:
    wishes = ("--at-least", "NL-ZE=10")
    found, same = kiamv("gaps", *wishes), kiamv("shortlist", *wishes)
    assert (found.exit_code, found.stdout) == (3, "")
    assert found.stderr == same.stderr


def test_no_time_at_all(kiamv: Kiamv) -> None:
    found = kiamv("gaps", "--time-limit", "0")
    assert (found.exit_code, found.stdout) == (4, "")
    assert "no shortlist was found in time" in found.stderr


def test_an_unknown_ecosystem(kiamv: Kiamv, scores: Scores) -> None:
    found = kiamv("gaps", "-e", "hanm")
    assert (found.exit_code, found.stdout) == (2, "")
    assert "Did you mean hannn" in found.stderr
    with pytest.raises(LookupError):
        gaps(scores, wanted=["hanm"])


def test_what_was_found_when_interrupted_is_kept(scores: Scores, small: Gaps) -> None:
    request = Request(size=8, balance=("themes",))
    seen: list[tuple[int, int]] = []
    part = find_gaps(scores, request, Tiring(40), progress=lambda *step: seen.append(step))
    assert (part.complete, part.interrupted) == (False, True)
    assert 0 < len(part.gaps) < len(small.gaps)
    whole = {(gap.scored.ecosystem.id, gap.criterion.id): gap for gap in small.gaps}
    for gap in part.gaps:
        assert gap == whole[gap.scored.ecosystem.id, gap.criterion.id]
    assert [done for done, _ in seen] == list(range(1, len(seen) + 1))
    assert f"NOT complete: interrupted, with {part.tried} of 177 open questions" in words(part)
    with pytest.raises(NoShortlistError):
        find_gaps(scores, request, Tiring(0))


@pytest.mark.slow
def test_the_same_from_every_thread(scores: Scores, small: Gaps) -> None:
    def again(_number: int) -> Gaps:
        return gaps(scores, Request(size=8, balance=("themes",)))

    with ThreadPoolExecutor(2) as pool:
        for found in pool.map(again, range(2)):
            assert found.gaps == small.gaps


def test_in_python_wishes_that_clash_raise(scores: Scores) -> None:
    with pytest.raises(InfeasibleError):
        gaps(scores, Request(quotas=(Quota("provinces", "NL-ZE", at_least=10),)))


@pytest.mark.slow
def test_what_may_be_given_up_can_move_others(scores: Scores) -> None:
    wanted = ["topfit-citizenlab", "ditss", "greenport-nhn"]
    found = gaps(scores, Request(size=8, give_up=F(1, 50)), wanted=wanted)
    tried = [(gap, gap.met.effect) for gap in found.gaps if gap.met.effect is not None]
    for _gap, effect in tried:
        assert effect.allowed or not (effect.seats or effect.points)
        assert effect.seats >= 0
        assert effect.seats > 0 or effect.points >= 0
    # Today's total falls below the floor, or is no longer the best; and others move as well.
    assert {effect.allowed for _gap, effect in tried} == {True, False}
    assert any(effect.allowed and effect.seats > 0 for _gap, effect in tried)
    assert any({*effect.comes} - {gap.scored.ecosystem.id} for gap, effect in tried)


@pytest.mark.slow
def test_other_commands_point_to_it(kiamv: Kiamv) -> None:
    assert "kiamv gaps" in kiamv("shortlist").stdout
    assert "kiamv gaps --ecosystem hannn." in kiamv("explain", "hannn").stdout
