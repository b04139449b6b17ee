"""Why an ecosystem is in or out, as a user meets it."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from fractions import Fraction as F
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from kiamv_cli import (
    InfeasibleError,
    Quota,
    Request,
    explain,
    load_criteria,
    load_longlist,
    score,
    shortlist,
)
from kiamv_cli.programme.model.facts import Judgement
from kiamv_cli.reports.model import PARTS
from kiamv_cli.scoring.model.resolve_open import open_criteria, resolved_score
from kiamv_cli.scoring.model.score import BOUNDS, score_at

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from running import Kiamv

    from kiamv_cli import Scores
    from kiamv_cli.scoring.model.score import Bound

SEEN = {"by": "a reviewer", "date": date(2020, 11, 1), "reason": "seen"}


@pytest.fixture(scope="module")
def scores() -> Scores:
    programme = load_criteria()
    return score(load_longlist(programme=programme).longlist, programme)


def document(kiamv: Kiamv, *arguments: str) -> Any:  # noqa: ANN401 - JSON
    result = kiamv("explain", *arguments, "-f", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)["ecosystems"]


def judged(scores: Scores, name: str, criteria: Iterable[str]) -> Scores:
    """Score again after a person found that some criteria are met."""
    found = {each: Judgement(verdict="met", **SEEN) for each in criteria}  # type: ignore[arg-type]
    longlist = replace(
        scores.longlist,
        ecosystems=tuple(
            replace(one, verdicts=found) if one.id == name else one
            for one in scores.longlist.ecosystems
        ),
    )
    return score(longlist, scores.programme)


def members(scores: Scores, request: Request) -> set[str]:
    return set(shortlist(scores, request).selection.members)


@pytest.mark.slow
def test_the_facts_with_their_sources(kiamv: Kiamv) -> None:
    (ferm,) = document(kiamv, "FERM")
    assert (ferm["id"], ferm["rank"], ferm["class"]["best"]) == ("ferm-rotterdam", 45, "eligible")
    elsewhere = ferm["criteria"]["cross-regional-problem"]
    assert (elsewhere["verdict"], elsewhere["proven"], elsewhere["possible"]) == ("unknown", 0, 1)
    assert elsewhere["facts"] == [
        {
            "fact": "extends its work to the ports of Groningen, Zeeland, Moerdijk and Amsterdam",
            "side": None,
            "years": "since 2025",
            "counts": False,
            "why_not": "later",
            "source_title": "Cyberweerbaarheid is een marathon",
            "source_publisher": "Europoort Kringen",
            "source_year": 2025,
            "source_url": "https://europoortkringen.nl/cyberweerbaarheid-is-een-marathon",
        }
    ]
    assert ferm["criteria"]["multi-helix"]["nothing_known"] == ["research", "citizens"]


def test_every_fact_that_is_left_out_is_shown(scores: Scores) -> None:
    seen = {"later": 0, "ended": 0, "holds": 0}
    for one in scores.ecosystems:
        for criterion, scored in zip(scores.programme.criteria, one.criteria, strict=True):
            known = criterion.evidence(one.ecosystem, scores.as_of)
            held = [each.holding for each in known.facts]
            assert (held.count("later"), held.count("ended")) == (scored.later, scored.ended)
            assert all(each.source is not None for each in known.facts if each.fact.source)
            for holding in held:
                seen[holding] += 1
    assert (seen["later"], seen["ended"]) == (scores.later, scores.ended)
    assert all(seen.values())


def test_a_person_who_was_refused_reads_what_would_have_to_be_different(kiamv: Kiamv) -> None:
    shown = " ".join(kiamv("explain", "ferm-rotterdam", "-n", "10").stdout.split())
    for said in (
        "NOT in the shortlist of 10, with a proven score of 0.58.",
        "To get in, it would need a score of more than 0.79, which is 0.21 higher.",
        "it would be enough if all of any one of these groups turned out as well as possible",
        "Without balance it would be out as well.",
        "later: extends its work to the ports of Groningen, Zeeland, Moerdijk and Amsterdam",
        "Nothing is known about: research and citizens.",
        "s4 Cyberweerbaarheid is een marathon, Europoort Kringen, 2025",
    ):
        assert said in shown


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ferm-rotterdam", "slimmer-leven-2020", "groz"])
def test_the_open_criteria_that_are_named_do_turn_the_place(scores: Scores, name: str) -> None:
    request = Request(size=10)
    (found,) = explain(scores, [name], request).ecosystems
    assert found.place is not None
    assert not found.place.margin.member
    undecided = open_criteria(found.scored, scores.programme)
    size = len(found.place.decisive[0]) if found.place.decisive else len(undecided)
    for chosen in combinations(undecided, size):
        inside = name in members(judged(scores, name, chosen), request)
        assert inside == (chosen in found.place.decisive)


def test_some_places_take_more_than_one_open_criterion(kiamv: Kiamv) -> None:
    some = " ".join(kiamv("explain", "ferm-rotterdam", "-n", "10").stdout.split())
    assert "if all of any one of these groups turned out as well as possible: Several" in some
    assert "Several missions and Problem shared elsewhere; Regional urgency and" in some
    one = " ".join(kiamv("explain", "brainport-smart-district", "-n", "10").stdout.split())
    assert "if Problem shared elsewhere and Multi-year budget turned out as well" in one


@pytest.mark.slow
@pytest.mark.parametrize("bound", BOUNDS)
def test_a_criterion_that_is_settled_counts_as_if_it_were_judged(
    scores: Scores, bound: Bound
) -> None:
    compared = 0
    for one in scores.ecosystems:
        name, programme = one.ecosystem.id, scores.programme
        open_to_all = [
            k.id
            for k, c in zip(programme.criteria, one.criteria, strict=True)
            if c.open and c.possible == 1
        ]
        if not open_to_all:
            continue
        settled = open_to_all[:2]
        after = judged(scores, name, settled).ecosystems
        again = next(each for each in after if each.ecosystem.id == name)
        assert resolved_score(one, programme, bound, settled, well=True) == score_at(
            again, programme, bound
        )
        compared += 1
    assert compared > 20


def test_a_criterion_that_turns_out_badly_lowers_only_what_was_possible(scores: Scores) -> None:
    for one in scores.ecosystems:
        every = open_criteria(one, scores.programme)
        settled = [resolved_score(one, scores.programme, b, every, well=False) for b in BOUNDS]
        assert settled == [one.proven] * 4


def test_that_a_fact_counts_and_what_it_says_do_not_read_as_one(
    kiamv: Kiamv, tmp_path: Path
) -> None:
    file = tmp_path / "list.yaml"
    file.write_text(
        """title: T
as_of: 2021-06-01
ecosystems:
  - id: a
    name: A
    provinces: [NL-ZE]
    themes: [energy]
    budget: [{own: false, amount_eur: 4200000}, {own: false, until: 2019}]
""",
        encoding="utf-8",
    )
    shown = kiamv("explain", "a", "-l", str(file), "-n", "1").stdout
    assert re.search("^counts: not its own; ", shown, re.MULTILINE)
    assert re.search("^ended:  not its own; ", shown, re.MULTILINE)


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("2012", "end date: 2012, before the reference date"),
        ("2021", "end date: 2021"),
        ("open", "end date: open"),
    ],
)
def test_the_end_date_and_the_note(kiamv: Kiamv, tmp_path: Path, end: str, said: str) -> None:
    file = tmp_path / "list.yaml"
    file.write_text(
        f"""title: T
as_of: 2021-06-01
ecosystems:
  - {{id: a, name: A, provinces: [NL-ZE], themes: [energy], end_date: {end}, note: "Merged, <b>"}}
  - {{id: b, name: B, provinces: [NL-ZE], themes: [energy]}}
""",
        encoding="utf-8",
    )
    asked = ("-l", str(file), "-n", "1")
    shown = " ".join(kiamv("explain", "a", *asked).stdout.split())
    assert f"; {said} Note: Merged, <b> " in shown
    other = kiamv("explain", "b", *asked).stdout
    assert "end date" not in other
    assert "Note" not in other
    one, none = document(kiamv, "a", "b", *asked)
    assert (str(one["end_date"]), one["note"]) == (end, "Merged, <b>")
    assert (none["end_date"], none["note"]) == (None, None)
    page = kiamv("report", str(file), "-n", "1", "--without", ",".join(PARTS)).stdout
    assert page.count(f"<dt>End date</dt><dd>{said.removeprefix('end date: ')}</dd>") == 1
    assert page.count("<dt>Note</dt><dd>Merged, &lt;b&gt;</dd>") == 1


@pytest.mark.slow
def test_two_side_by_side(kiamv: Kiamv) -> None:
    shown = kiamv("explain", "ferm-rotterdam", "hannn", "ferm-rotterdam").stdout
    lines = [line.split() for line in shown.splitlines()]
    assert ["ferm-rotterdam", "hannn"] in lines
    assert ["rank", "45", "of", "60", "7", "of", "60"] in lines
    assert ["shortlist", "in", "not", "in"] in lines
    assert shown.count("\nSources\n") == 2


@pytest.mark.slow
def test_a_row_per_fact_in_csv(kiamv: Kiamv) -> None:
    shown = kiamv("explain", "hannn", "-f", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(shown, newline="")))
    facts = document(kiamv, "hannn")[0]["criteria"]
    assert [row["fact"] for row in rows] == [f["fact"] for c in facts.values() for f in c["facts"]]
    assert {row["why_not"] for row in rows} == {"", "later", "ended"}


@pytest.mark.slow
def test_the_place_is_that_in_the_shortlist_asked_for(kiamv: Kiamv) -> None:
    name = "cluster-sports-technology"
    default, out = (document(kiamv, name, *o)[0]["place"] for o in ((), ("--exclude", name)))
    assert default["member"]
    assert (out["member"], out["bar"], out["threshold"]) == (False, "wishes", None)
    shown = kiamv("explain", "ferm-rotterdam", "-n", "10", "--class", "eligible").stdout
    barred = " ".join(shown.split())
    assert "only eligible is asked for: it is borderline at worst, eligible at best." in barred
    small = document(kiamv, "hannn", "-n", "2", "--balance", "none")[0]["place"]
    assert not small["member"]
    assert small["threshold"] == {"value": 1.0, "exact": "1"}
    assert small["without_balance"] is False


def test_wishes_that_clash_and_no_time(kiamv: Kiamv, scores: Scores) -> None:
    clash = kiamv("explain", "hannn", "--at-least", "NL-ZE=10")
    assert (clash.exit_code, clash.stdout) == (3, "")
    assert "This one cannot be met:" in clash.stderr
    with pytest.raises(InfeasibleError):
        explain(scores, ["hannn"], Request(quotas=(Quota("provinces", "NL-ZE", at_least=10),)))
    late = kiamv("explain", "hannn", "--time-limit", "0")
    assert late.exit_code == 4
    assert (
        "Its place in the shortlist is NOT known: the time limit was reached first." in late.stdout
    )
    assert "Several missions: ● met 1.00" in late.stdout


def test_judgements_and_what_is_known_to_be_absent(kiamv: Kiamv, tmp_path: Path) -> None:
    file = tmp_path / "list.yaml"
    file.write_text(
        """title: T
as_of: 2021-06-01
ecosystems:
  - id: a
    name: A
    provinces: [NL-ZE]
    themes: [energy]
    maturity: []
    partners: {industry: [{name: Shell}], citizens: []}
    challenges: [{what: a, theme: energy}]
    verdicts:
      multi-mission: {verdict: met, by: Jo, date: 2021-05-01, reason: saw both}
      multi-helix: {parts: {research: met}, by: Jo, date: 2021-05-01, reason: visited}
      regional: {verdict: met, by: Jo, date: 2021-07-01, reason: too soon}
""",
        encoding="utf-8",
    )
    asked = ("a", "-l", str(file), "-n", "1")
    shown = kiamv("explain", *asked).stdout
    assert 'Judged by Jo on 2021-05-01: met, "saw both". The rule alone would give' in shown
    assert "partly 0.25–1.00" not in shown
    assert 'research met, "visited".' in shown
    assert 'met, "too soon". Later than the reference date: does not count.' in shown
    assert "Looked for, and not found: signs of maturity." in shown
    assert "Looked for, and not found: citizens." in shown
    assert "the wishes leave no shortlist without it" in shown
    criteria = document(kiamv, *asked)[0]["criteria"]
    assert criteria["multi-mission"]["judgement"]["rule_alone"] == "unknown"
    assert criteria["regional"]["judgement"]["counts"] is False
    assert criteria["scaling-question"]["absent"] == ["maturity"]


def test_exact_figures_are_in_json(kiamv: Kiamv) -> None:
    place = document(kiamv, "ferm-rotterdam", "-n", "10")[0]["place"]
    exact = [F(place[each]["exact"]) for each in ("score", "threshold")]
    assert exact == [F(7, 12), F(19, 24)]
    assert place["in_at_threshold"] is False
    assert place["decisive"] == [
        ["multi-mission", "cross-regional-problem"],
        ["regional", "cross-regional-problem"],
        ["cross-regional-problem", "multi-helix"],
    ]
    assert "ferm-rotterdam" in place["in"]
