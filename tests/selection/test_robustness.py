"""How sure the shortlist is, as a user meets it."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from running import Tiring

from kiamv_cli import NoShortlistError, Request, load_criteria, load_longlist, robustness, score
from kiamv_cli.display import terminal
from kiamv_cli.display.document import Screen
from kiamv_cli.display.text import ASCII
from kiamv_cli.selection import Sampling
from kiamv_cli.selection.model.robustness import Share
from kiamv_cli.selection.solving.sampling import robustness as sample
from kiamv_cli.selection.view.robustness import RobustnessView

if TYPE_CHECKING:
    from running import Kiamv

    from kiamv_cli import Scores

SMALL = ("robustness", "-n", "5", "--draws", "20")


@pytest.fixture(scope="module")
def scores() -> Scores:
    programme = load_criteria()
    return score(load_longlist(programme=programme).longlist, programme)


def document(kiamv: Kiamv, *arguments: str) -> Any:  # noqa: ANN401 - JSON
    result = kiamv(*arguments, "-f", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.slow
def test_the_shares_add_up(kiamv: Kiamv) -> None:
    found = document(kiamv, *SMALL)
    assert (found["schema"], found["reselected"], found["complete"]) == (
        "kiamv/robustness/2",
        20,
        True,
    )
    each = found["ecosystems"]
    assert sum(one["selection"]["share"] for one in each) == pytest.approx(5)
    assert sum(one["first"]["share"] for one in each) == pytest.approx(1)
    today = document(kiamv, "shortlist", "-n", "5")
    assert {one["id"] for one in each if one["member"]} == {one["id"] for one in today["selected"]}
    for one in each:
        assert sum(one["rank_acceptability"]) == pytest.approx(1)
        share = one["selection"]["share"]
        assert one["selection"]["error"] == pytest.approx(
            (share * (1 - share) / 20) ** 0.5, abs=1e-6
        )


@pytest.mark.slow
def test_the_seed_and_nothing_else_decides(kiamv: Kiamv) -> None:
    first, again = (kiamv(*SMALL, "-f", "json", "--threads", number) for number in ("1", "2"))
    assert first.stdout == again.stdout
    assert kiamv(*SMALL, "-f", "json", "--seed", "other").stdout != first.stdout


@pytest.mark.slow
def test_past_the_range_of_a_weight_another_shortlist_is_best(scores: Scores) -> None:
    request = Request(size=5)
    found = robustness(scores, request, Sampling(samples=1))
    for range_ in found.ranges:
        assert range_ is not None
        assert 0 <= range_.low <= range_.weight == Fraction(1, 6) <= range_.high <= 1
    known = robustness(scores, Request(size=5, unknown="known"), Sampling(samples=1))
    assert known.ranges == (None,) * 6


@pytest.mark.slow
def test_a_row_per_ecosystem_in_csv(kiamv: Kiamv) -> None:
    rows = list(csv.DictReader(io.StringIO(kiamv(*SMALL, "-f", "csv").stdout, newline="")))
    shown = document(kiamv, *SMALL)["ecosystems"]
    assert [row["id"] for row in rows] == [one["id"] for one in shown]
    for row, one in zip(rows, shown, strict=True):
        assert float(row["selection"]) == one["selection"]["share"]
        central = one["central_weights"]
        assert row["central_regional"] == ("" if central is None else str(central["regional"]))


@pytest.mark.slow
def test_the_answer_for_people(kiamv: Kiamv) -> None:
    shown = kiamv(*SMALL).stdout
    assert "20 draws (seed kiamv): any weights that add up to 1, all as likely, and each" in shown
    assert " 95% of the draws: " in shown
    assert "Who ranks first, and the mean of the weights" in shown
    assert "How far a weight can move before another shortlist is the best" in shown
    near = kiamv(*SMALL, "--concentration", "50").stdout
    assert "weights nearer to equal (Dirichlet, concentration 50)" in near


def test_a_share_of_nothing_is_nothing() -> None:
    nothing = Share(hits=0, draws=0)
    assert nothing.value == 0
    assert nothing.error == 0
    assert Share(hits=1, draws=4).error == pytest.approx(0.2165, abs=1e-4)


@pytest.mark.slow
def test_what_was_drawn_when_interrupted_is_kept(scores: Scores) -> None:
    request, sampling = Request(size=5), Sampling(samples=6)
    whole = robustness(scores, request, sampling)
    tired = iter((1000, 1000, 1000, 4))
    part = sample(scores, request, sampling, lambda: Tiring(next(tired)))
    assert (part.complete, part.interrupted) == (False, True)
    assert 0 < part.same.draws < 6
    assert part.ranges == whole.ranges
    assert [one.ranking for one in sorted(part.standings, key=lambda one: one.id)] == [
        one.ranking for one in sorted(whole.standings, key=lambda one: one.id)
    ]
    shown = terminal.render(RobustnessView(part).blocks(ASCII), Screen(unicode=False))
    assert f"NOT complete: interrupted after a new shortlist for {part.same.draws} of 6" in shown
    solvers = iter((1000, 1000, 0, 0))
    none = sample(scores, request, sampling, lambda: Tiring(next(solvers)))
    assert (none.same.draws, none.complete) == (0, False)
    assert "In in 95%" not in terminal.render(
        RobustnessView(none).blocks(ASCII), Screen(unicode=False)
    )


def test_no_time_at_all(kiamv: Kiamv, scores: Scores) -> None:
    result = kiamv("robustness", "--time-limit", "0")
    assert (result.exit_code, result.stdout) == (4, "")
    with pytest.raises(NoShortlistError):
        robustness(scores, time_limit=0)
