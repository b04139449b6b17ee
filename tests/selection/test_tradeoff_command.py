"""The trade-offs between balance and score, as a user meets them."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from running import Tiring

from kiamv_cli import (
    InfeasibleError,
    NoShortlistError,
    Quota,
    Request,
    load_criteria,
    load_longlist,
    score,
    tradeoff,
)
from kiamv_cli.display import terminal
from kiamv_cli.display.document import Screen
from kiamv_cli.display.plot import plot
from kiamv_cli.display.text import ASCII, UNICODE
from kiamv_cli.selection.model.tradeoff import tradeoff as trade
from kiamv_cli.selection.view.tradeoff import TradeOffView

if TYPE_CHECKING:
    from running import Kiamv

    from kiamv_cli import Scores
SMALL = ("-n", "8")


@pytest.fixture(scope="module")
def scores() -> Scores:
    programme = load_criteria()
    return score(load_longlist(programme=programme).longlist, programme)


def document(kiamv: Kiamv, *arguments: str) -> Any:  # noqa: ANN401 - JSON
    result = kiamv(*arguments, "-f", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.slow
def test_from_the_best_balanced_to_the_highest_total(kiamv: Kiamv) -> None:
    found = document(kiamv, "tradeoff", *SMALL)
    assert (found["schema"], found["complete"]) == ("kiamv/tradeoff/2", True)
    steps = found["tradeoffs"]
    exact = [
        [Fraction(each["exact"]) for each in (step["out_of_place"]["total"], step["score"])]
        for step in steps
    ]
    for (seats, total), (more_seats, more_total) in pairwise(exact):
        assert seats < more_seats
        assert total < more_total
    best, free = (document(kiamv, "shortlist", *SMALL, *b) for b in ((), ("--balance", "none")))
    assert steps[0]["ids"] == [one["id"] for one in best["selected"]]
    assert steps[-1]["score"]["value"] == free["score"]
    for step in steps:
        moved = step["out_of_place"]
        assert moved["total"]["value"] == pytest.approx(
            moved["themes"] + moved["provinces"], abs=1e-5
        )


@pytest.mark.slow
def test_each_step_says_who_changes(kiamv: Kiamv) -> None:
    steps = document(kiamv, "tradeoff", *SMALL)["tradeoffs"]
    assert steps[0]["in"] == steps[0]["out"] == []
    for before, after in pairwise(steps):
        assert set(after["in"]) == set(after["ids"]) - set(before["ids"])
        assert set(after["out"]) == set(before["ids"]) - set(after["ids"])


@pytest.mark.slow
@pytest.mark.parametrize("give_up", ["0", "1", "3", "100"])
def test_the_shortlist_that_the_options_give_is_marked(kiamv: Kiamv, give_up: str) -> None:
    asked = (*SMALL, "--give-up", give_up)
    marked = [s for s in document(kiamv, "tradeoff", *asked)["tradeoffs"] if s["asked_for"]]
    chosen = [one["id"] for one in document(kiamv, "shortlist", *asked)["selected"]]
    assert [step["ids"] for step in marked] == [chosen]


@pytest.mark.slow
def test_a_row_per_step_in_csv(kiamv: Kiamv) -> None:
    shown = kiamv("tradeoff", *SMALL, "-f", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(shown, newline="")))
    steps = document(kiamv, "tradeoff", *SMALL)["tradeoffs"]
    assert [row["comes_in"].split() for row in rows] == [step["in"] for step in steps]
    assert [float(row["score"]) for row in rows] == [step["score"]["value"] for step in steps]
    assert [row["asked_for"] for row in rows] == ["True"] + ["False"] * (len(rows) - 1)


@pytest.mark.slow
def test_the_table_for_people(kiamv: Kiamv) -> None:
    shown = kiamv("tradeoff", *SMALL).stdout
    assert "10 trade-offs over themes and provinces, each proven, and there are no others." in shown
    assert "0.42 more score for 2.67 more seats out of place." in shown
    assert "2.67  7.46 Amsterdam Economic Board " in shown
    assert shown.count("◆") == 3  # in the plot, the table and the legend
    assert shown.count("•") == 9


def test_without_balance_there_is_nothing_to_trade(kiamv: Kiamv) -> None:
    shown = kiamv("tradeoff", *SMALL, "--balance", "none")
    assert shown.exit_code == 0
    assert "as asked: there is nothing to trade." in shown.stdout
    alike = kiamv("tradeoff", "-n", "1", "--balance", "themes")
    assert "1 trade-off over themes, each proven" in alike.stdout
    assert "The best balanced shortlist also has the highest total." in alike.stdout


def test_wishes_that_clash_are_named_as_for_a_shortlist(kiamv: Kiamv) -> None:
    wishes = ("--at-least", "NL-ZE=10")
    found, same = kiamv("tradeoff", *wishes), kiamv("shortlist", *wishes)
    assert (found.exit_code, found.stdout) == (3, "")
    assert found.stderr == same.stderr


def test_no_time_at_all(kiamv: Kiamv) -> None:
    found = kiamv("tradeoff", "--time-limit", "0")
    assert (found.exit_code, found.stdout) == (4, "")
    assert "no shortlist was found in time" in found.stderr


@pytest.mark.slow
def test_what_was_proven_when_interrupted_is_kept(scores: Scores) -> None:
    request = Request(size=8, give_up=Fraction(1, 100))
    whole = tradeoff(scores, request)
    assert whole.complete
    kept = []
    for patience in (10, 20, 30):
        part = trade(scores, request, Tiring(patience))
        assert (part.complete, part.interrupted, part.asked_for) == (False, True, None)
        assert part.steps == whole.steps[: len(part.steps)]
        shown = terminal.render(TradeOffView(part).blocks(UNICODE), Screen())
        assert "NOT complete: interrupted." in shown
        assert "is what kiamv shortlist gives" not in shown
        kept.append(len(part.steps))
    assert 0 < kept[0] < kept[-1] < len(whole.steps)
    with pytest.raises(NoShortlistError):
        trade(scores, request, Tiring(0))


def test_in_python_wishes_that_clash_raise(scores: Scores) -> None:
    with pytest.raises(InfeasibleError):
        tradeoff(scores, Request(quotas=(Quota("provinces", "NL-ZE", at_least=10),)))


def test_a_plot_places_the_ends_in_the_corners() -> None:
    points = [(Fraction(0), Fraction(1)), (Fraction(1), Fraction(2)), (Fraction(4), Fraction(3))]
    for symbols in (UNICODE, ASCII):
        lines = [
            "".join(cell.text for cell in line) for line in plot(points, points[0], symbols).lines
        ]
        assert lines[0] == f"3.00 {symbols.wall}" + " " * 59 + symbols.point
        assert lines[11] == f"1.00 {symbols.wall}{symbols.marked}"
        assert lines[12] == f"     {symbols.corner}" + symbols.rule * 60
        assert lines[13] == "      0" + " " * 58 + "4"
        assert sum(line.count(symbols.point) for line in lines[:12]) == 2
    alone = plot(points[:1], None, ASCII)
    assert sum(line[0].text.count("*") for line in alone.lines) == 1


def test_python_callers_hear_of_progress_too(scores: Scores) -> None:
    heard: list[tuple[int, int]] = []
    request = Request(size=8, balance=("provinces",))
    found = tradeoff(scores, request, progress=lambda done, total: heard.append((done, total)))
    steps = len(found.steps)
    assert heard[:steps] == [(number, 0) for number in range(1, steps + 1)]
    assert heard[steps:] == [(number, steps + 1) for number in range(1, steps + 2)]
