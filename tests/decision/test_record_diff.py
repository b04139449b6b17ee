"""``kiamv diff`` compares what records hold, and tries changes only on inputs that still fit."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kiamv_cli import (
    Decided,
    Quota,
    Request,
    Swap,
    diff,
    load_criteria,
    load_longlist,
    record,
    score,
    shortlist,
)
from kiamv_cli.base.value import canonical, digest
from kiamv_cli.decision.model.differences import Differences, Side, differences
from kiamv_cli.decision.results import case_of
from kiamv_cli.selection.solving.solver import HighsSolver

if TYPE_CHECKING:
    from running import Kiamv

    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme

SAID = ("--by", "Committee", "--on", "2020-12-15", "--reason", "As advised.")
LIST = """\
title: Small
as_of: 2020-11-30
ecosystems:
  - {id: alfa, name: Alfa Lab, provinces: [NL-GR], themes: [energy], maturity: [{what: ripe}]}
  - {id: beta, name: Beta Hub, provinces: [NL-FR], themes: [energy]%s}
  - {id: gamma, name: Gamma, provinces: [NL-ZH], themes: [energy]}
"""
BETTER = ", maturity: [{what: ripe}, {what: riper}]"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "list.yaml"


def recorded(kiamv: Kiamv, place: Path, text: str, file: str, *more: str) -> None:
    place.write_text(text, "utf-8")
    made = kiamv("record", place.name, "-n", "1", *SAID, *more, "-o", file)
    assert made.exit_code == 0, made.stderr


def told(kiamv: Kiamv, *arguments: str) -> dict[str, Any]:
    result = kiamv("diff", *arguments, "-f", "json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_list_that_changed_between_records_is_not_read_for_the_first(
    kiamv: Kiamv, place: Path
) -> None:
    recorded(kiamv, place, LIST % "", "a.json")
    recorded(kiamv, place, LIST % BETTER, "b.json")
    found = told(kiamv, "a.json", "b.json")
    assert (found["in"], found["out"], found["tried"]) == (["beta"], ["alfa"], False)
    assert [each["unlike"] for each in found["sides"]] == [["longlist"], []]
    (change,) = found["changes"]
    assert (change["kind"], change["subject"], change["tried"]) == ("input", "longlist", False)
    assert change["before"] != change["after"]
    shown = kiamv("diff", "a.json", "b.json").stdout
    assert "In: Beta Hub. Out: Alfa Lab." in shown
    assert "the long list is not the one of the record any more" in shown
    assert "same ecosystems" not in shown


def test_records_that_keep_their_inputs_tell_what_did_it(kiamv: Kiamv, place: Path) -> None:
    recorded(kiamv, place, LIST % "", "a.json", "--with-inputs")
    recorded(kiamv, place, LIST % BETTER, "b.json", "--with-inputs")
    place.unlink()
    found = told(kiamv, "a.json", "b.json")
    (change,) = found["changes"]
    assert (change["kind"], change["subject"], change["field"]) == ("fact", "beta", "maturity")
    assert change["alone"] == {"in": ["beta"], "out": ["alfa"]}
    assert found["tried"]


def test_inputs_that_are_gone_are_not_guessed_at(kiamv: Kiamv, place: Path) -> None:
    recorded(kiamv, place, LIST % "", "a.json")
    recorded(kiamv, place, LIST % BETTER, "b.json", "--seed", "other", "--as-of", "2021-01-01")
    place.unlink()
    found = told(kiamv, "a.json", "b.json")
    assert (found["in"], found["out"]) == (["beta"], ["alfa"])
    assert all("there is no such file" in each["gone"] for each in found["sides"])
    kinds = [(each["kind"], each["subject"]) for each in found["changes"]]
    assert kinds == [("input", "longlist"), ("as-of", None), ("option", "seed")]
    shown = kiamv("diff", "a.json", "b.json").stdout
    assert "its inputs are gone" in shown
    assert "In: Beta Hub. Out: Alfa Lab." in shown


def test_the_same_record_twice_is_the_same_even_without_inputs(kiamv: Kiamv, place: Path) -> None:
    recorded(kiamv, place, LIST % "", "a.json")
    place.unlink()
    shown = kiamv("diff", "a.json", "a.json").stdout
    assert "The same ecosystems are selected." in shown
    assert "According to the records, the same was asked of the same inputs." in shown


def test_criteria_that_changed_since_are_named(kiamv: Kiamv, place: Path) -> None:
    folder = shutil.copytree(Path(__file__).parents[2] / "criteria", place.parent / "criteria")
    own = ("--criteria", "criteria")
    recorded(kiamv, place, LIST % BETTER, "a.json", *own)
    weighty = folder / "scaling-question.yaml"
    weighty.write_text(f"weight: 5\n{weighty.read_text('utf-8')}", "utf-8")
    found = told(kiamv, "a.json", "list.yaml")
    assert (found["in"], found["out"], found["tried"]) == ([], [], False)
    assert found["sides"][0]["unlike"] == ["criteria"]
    assert [each["subject"] for each in found["changes"]] == ["criteria"]


def test_a_record_that_does_not_come_out_is_nothing_to_try_on(kiamv: Kiamv, place: Path) -> None:
    recorded(kiamv, place, LIST % "", "a.json")
    data = json.loads(Path("a.json").read_text("utf-8"))
    data.pop("sha256")
    data["result"]["selected"] = data["final"]["selected"] = ["gamma"]
    Path("b.json").write_text(json.dumps({**data, "sha256": digest(canonical(data))}), "utf-8")
    found = told(kiamv, "a.json", "b.json")
    assert (found["in"], found["out"], found["tried"]) == (["gamma"], ["alfa"], False)
    assert [each["unlike"] for each in found["sides"]] == [[], ["not-reproduced"]]
    assert "do not give the shortlist that it says" in kiamv("diff", "a.json", "b.json").stdout


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_criteria()


@pytest.fixture(scope="module")
def longlist(programme: Programme) -> Longlist:
    return load_longlist(programme=programme).longlist


def compared(
    one: tuple[Longlist, Programme], other: tuple[Longlist, Programme], request: Request
) -> Differences:
    before, after = (Side(case=case_of(score(*each), request)) for each in (one, other))
    return differences(before, after, HighsSolver())


@pytest.mark.slow
def test_a_new_ecosystem_is_a_change_that_can_move_someone(
    longlist: Longlist, programme: Programme
) -> None:
    request = Request(size=6)
    best = shortlist(score(longlist, programme), request).selection.members[0]
    without = replace(
        longlist, ecosystems=tuple(each for each in longlist.ecosystems if each.id != best)
    )
    found = compared((without, programme), (longlist, programme), request)
    (each,) = found.changes
    assert (each.change.kind, each.change.subject) == ("added", best)
    assert each.alone == found.moves
    assert each.without is not None
    assert best in found.moves.comes
    assert best in each.without.goes
    back = compared((longlist, programme), (without, programme), request)
    assert [one.change.kind for one in back.changes] == ["removed"]


def test_other_criteria_and_classes_are_changes(longlist: Longlist, programme: Programme) -> None:
    request = Request(size=6, classes=frozenset({"eligible"}))
    fewer = replace(programme, criteria=programme.criteria[:4])
    found = compared((longlist, programme), (longlist, fewer), Request(size=6))
    kinds = [(each.change.kind, each.change.field) for each in found.changes]
    assert kinds == [("programme", "criteria")]
    first, *others = programme.classes
    laxer = replace(programme, classes=(replace(first, met=3, not_met=None), *others))
    found = compared((longlist, programme), (longlist, laxer), request)
    (each,) = found.changes
    assert (each.change.kind, each.change.field) == ("programme", "classes")
    assert (each.change.before, each.change.after) == (programme.classes, laxer.classes)
    assert each.alone == found.moves
    assert found.moves.comes
    relabelled = replace(
        programme,
        criteria=tuple(replace(one, label={"en": "X", "nl": "Y"}) for one in programme.criteria),
    )
    assert not compared((longlist, programme), (longlist, relabelled), request).changes


DECIDED = Decided(by=("A",), on=date(2020, 12, 1), reason="R")


def test_in_python_records_of_edited_lists_are_compared_by_what_they_hold(
    longlist: Longlist, programme: Programme
) -> None:
    edited = replace(longlist, ecosystems=longlist.ecosystems[7:])
    one, other = (
        record(shortlist(score(each, programme), Request(size=5)), DECIDED)
        for each in (longlist, edited)
    )
    found = diff(one, other)
    assert set(found.moves.comes) == set(other.result.selected) - set(one.result.selected)
    assert not found.tried
    assert "came from no file" in found.sides[1].gone


@pytest.mark.parametrize("limit", ["at_least", "at_most"])
def test_a_swap_that_breaks_a_quota_is_recorded_as_that(
    longlist: Longlist, programme: Programme, limit: str
) -> None:
    places = {each.id: each.provinces for each in longlist.ecosystems}
    scores = score(longlist, programme)
    request = Request(size=6, quotas=(Quota("provinces", "NL-GR", at_least=2, at_most=2),))
    found = shortlist(scores, request)
    members = found.selection.members
    inside = [each for each in members if "NL-GR" in places[each]]
    outside = [each for each in members if "NL-GR" not in places[each]]
    assert len(inside) == 2
    spare = [each for each in places if each not in members]
    near = next(each for each in spare if "NL-GR" in places[each])
    far = next(each for each in spare if "NL-GR" not in places[each])
    broken = (inside[0], far) if limit == "at_least" else (outside[0], near)
    harmless = (inside[0], near) if limit == "at_least" else (outside[0], far)
    for (out, into), kinds in (
        (broken, [limit.replace("_", "-")]),
        (harmless, []),
    ):
        swap = Swap(out=out, into=into, reason="R")
        one = record(found, replace(DECIDED, swaps=(swap,)))
        assert [wish.kind for wish in one.overrides[0].breaks] == kinds


def test_swaps_break_pins_classes_and_only_what_held_before(
    longlist: Longlist, programme: Programme
) -> None:
    scores = score(longlist, programme)
    classes = {each.ecosystem.id: each.worst.id for each in scores.ecosystems}
    request = Request(
        size=5,
        include=frozenset({"hannn"}),
        exclude=frozenset({"ferm-rotterdam"}),
        classes=frozenset({"eligible", "borderline"}),
    )
    found = shortlist(scores, request)
    lower = next(
        each
        for each, worst in classes.items()
        if worst == "ineligible" and each not in found.selection.members
    )
    others = [each for each in found.selection.members if each != "hannn"]
    swaps = (
        Swap(out="hannn", into="ferm-rotterdam", reason="R"),
        Swap(out=others[0], into=lower, reason="R"),
        Swap(out=lower, into="hannn", reason="R"),
    )
    one = record(found, replace(DECIDED, swaps=swaps))
    kinds = [sorted(wish.kind for wish in each.breaks) for each in one.overrides]
    expected_class = ["class"] if classes["ferm-rotterdam"] != "ineligible" else []
    assert kinds[0] == sorted(["include", "exclude", *([] if expected_class else ["class"])])
    assert kinds[1:] == [expected_class, []]
    assert one.overrides[0].score != Fraction(0) or one.result.score == one.final.score
