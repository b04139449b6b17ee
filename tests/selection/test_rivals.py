"""Margins, the nearest outsiders and the next best shortlists, as a user meets them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from running import Tiring

from kiamv_cli import Request, load_criteria, load_longlist, rivals, score, shortlist
from kiamv_cli.display import terminal
from kiamv_cli.display.document import Screen
from kiamv_cli.display.text import UNICODE
from kiamv_cli.selection import Wanted
from kiamv_cli.selection.model.near_misses import rivals as find_rivals
from kiamv_cli.selection.view.near_misses import RivalsPart

if TYPE_CHECKING:
    from running import Kiamv

    from kiamv_cli import Shortlist

SMALL = ("shortlist", "-n", "6", "--margins", "--alternatives", "2")


@pytest.fixture(scope="module")
def found() -> Shortlist:
    programme = load_criteria()
    scores = score(load_longlist(programme=programme).longlist, programme)
    return shortlist(scores, Request(size=6))


def document(kiamv: Kiamv, *arguments: str) -> Any:  # noqa: ANN401 - JSON
    result = kiamv(*arguments, "-f", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.slow
def test_margins_agree_with_what_explain_says(kiamv: Kiamv) -> None:
    shown = document(kiamv, *SMALL)
    margins = [*shown["margins"], *shown["nearest"]]
    assert [one["id"] for one in shown["margins"]] == [one["id"] for one in shown["selected"]]
    assert len(shown["nearest"]) == 10
    some = [shown["margins"][0], shown["nearest"][0], shown["nearest"][9]]
    explained = document(kiamv, "explain", *(one["id"] for one in some), "-n", "6")
    for one, other in zip(some, explained["ecosystems"], strict=True):
        place = other["place"]
        assert one == {"id": other["id"], "name": other["name"]} | {k: place[k] for k in [*one][2:]}
    assert all(one["member"] == (one in shown["margins"]) for one in margins)


@pytest.mark.slow
def test_alternatives_are_no_better_and_say_who_changes(kiamv: Kiamv) -> None:
    shown = document(kiamv, *SMALL)
    today = {one["id"] for one in shown["selected"]}
    assert len(shown["alternatives"]) == 2
    best = (sum(shown["out_of_place"].values()), -shown["score"])
    for one in shown["alternatives"]:
        assert (sum(one["out_of_place"].values()), -one["score"]["value"]) >= best
        best = (sum(one["out_of_place"].values()), -one["score"]["value"])
        assert set(one["in"]) == set(one["ids"]) - today
        assert set(one["out"]) == today - set(one["ids"])
    assert shown["complete"]


def test_only_what_is_asked_for_is_there(kiamv: Kiamv) -> None:
    assert "margins" not in document(kiamv, "shortlist", "-n", "6")
    only = document(kiamv, "shortlist", "-n", "6", "--alternatives", "1")
    assert "margins" not in only
    assert "nearest" not in only
    assert len(only["alternatives"]) == 1


@pytest.mark.slow
def test_in_csv_the_outsiders_have_rows_too(kiamv: Kiamv) -> None:
    result = kiamv(*SMALL, "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout, newline="")))
    shown = document(kiamv, *SMALL)
    inside = [row["id"] for row in rows if row["member"] == "True"]
    assert inside == [one["id"] for one in shown["selected"]]
    nearest = [one["id"] for one in shown["nearest"]]
    assert [row["id"] for row in rows][6:16] == nearest
    for place, one in enumerate(shown["alternatives"], start=1):
        chosen = {row["id"] for row in rows if row[f"alternative_{place}"] == "True"}
        assert chosen == set(one["ids"])


@pytest.mark.slow
def test_the_tables_for_people(kiamv: Kiamv) -> None:
    shown = kiamv(*SMALL).stdout
    for title in (
        "Margins: the most uncertain members first",
        "The 10 nearest outsiders",
        "The 2 next best shortlists",
    ):
        assert shown.count(title) == 1
    assert "drops out" in shown


def test_a_shortlist_that_wishes_leave_no_choice_in(kiamv: Kiamv) -> None:
    pins = ("-n", "2", "--include", "hannn,foodvalley")
    shown = kiamv("shortlist", *pins, "--margins", "--alternatives", "2").stdout
    assert shown.count("the wishes leave no choice") == 2
    assert "nearest outsider" not in shown
    assert "There is no other shortlist that meets the wishes." in shown


def test_no_time_for_margins(kiamv: Kiamv) -> None:
    result = kiamv("shortlist", "--margins", "--time-limit", "0")
    assert result.exit_code == 4
    assert "No margins or alternatives: they need a shortlist that is proven best." in result.stdout


@pytest.mark.slow
def test_what_was_found_when_interrupted_is_kept(found: Shortlist) -> None:
    whole = rivals(found, Wanted(alternatives=1))
    assert whole.complete
    told: list[tuple[int, int]] = []
    part = find_rivals(
        found, Tiring(40), Wanted(alternatives=1), lambda done, every: told.append((done, every))
    )
    assert (part.complete, part.interrupted, part.alternatives) == (False, True, ())
    assert part.members
    assert part.members == whole.members[: len(part.members)]
    steps = len(part.members) + len(part.outsiders)
    assert told == [(done, 17) for done in range(1, steps + 1)]
    shown = terminal.render(RivalsPart(found, part).blocks(UNICODE), Screen())
    assert "NOT complete: interrupted." in shown


def test_the_floor_holds_without_balance_too(kiamv: Kiamv) -> None:
    asked = ("shortlist", "-n", "5", "--balance", "none", "--give-up", "0.5", "-f", "json")
    result = kiamv(*asked, "--alternatives", "40", "--margins")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    floor = found["score"] * 0.995
    assert min(one["score"]["value"] for one in found["alternatives"]) >= floor
    scored = json.loads(kiamv("score", "-f", "json").stdout)["ecosystems"]
    proven = {one["id"]: one["score"]["proven"] for one in scored}
    stand_ins = {one["id"]: one["replacement"] for one in found["selected"]}
    for member, other in stand_ins.items():
        best = max(score for name, score in proven.items() if name not in stand_ins)
        assert (other is not None) == (found["score"] - proven[member] + best >= floor - 1e-5)
    assert None in stand_ins.values()
