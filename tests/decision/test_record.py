"""Decision records: written, run again, compared, and refused where they were tampered with."""

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
    BadInput,
    Decided,
    Misfit,
    Quota,
    Request,
    Sources,
    Swap,
    diff,
    load_criteria,
    load_longlist,
    load_record,
    record,
    score,
    shortlist,
    verify,
)
from kiamv_cli.base import __version__
from kiamv_cli.decision.model.verify import verify as compare
from kiamv_cli.decision.view.record import record_fields
from kiamv_cli.formats.records import hashed
from kiamv_cli.selection.solving.solver import HighsSolver

if TYPE_CHECKING:
    from running import Kiamv

    from kiamv_cli.decision.model.record import Provenance, Record

LONGLIST = Path(__file__).parents[2] / "longlist"
SAID = ("--by", "Committee", "--by", "Anna", "--on", "2020-12-15", "--reason", "As advised.")
SWAP = ("--swap", "ams-institute=Steenbreek: they merged")


@pytest.fixture
def made(kiamv: Kiamv, tmp_path: Path) -> Path:
    """A record of a selection from a folder, with a swap."""
    shutil.copytree(LONGLIST, tmp_path / "list")
    file = tmp_path / "decision.json"
    source = str(tmp_path / "list")
    result = kiamv("record", source, "-n", "12", *SAID, *SWAP, "-o", str(file))
    assert result.exit_code == 0, result.stderr
    return file


def rewritten(file: Path, change: Any) -> None:  # noqa: ANN401 - a function on JSON
    """Tamper with a record, and make its checksum anew."""
    data = json.loads(file.read_text("utf-8"))
    data.pop("sha256")
    data.pop("schema")
    change(data)
    file.write_text(json.dumps(hashed("record", data)), "utf-8")


@pytest.mark.slow
def test_a_record_says_all_that_was_asked_and_found(kiamv: Kiamv, made: Path) -> None:
    found = json.loads(made.read_text("utf-8"))
    shown = json.loads(kiamv("shortlist", "-n", "12", "-f", "json").stdout)
    assert found["result"]["selected"] == [one["id"] for one in shown["selected"]]
    assert float(Fraction(found["result"]["score"])) == pytest.approx(shown["score"], abs=1e-6)
    assert found["inputs"]["longlist"]["sha256"] == shown["longlist"]["sha256"]
    assert found["decided"] == {
        "by": ["Committee", "Anna"],
        "on": "2020-12-15",
        "reason": "As advised.",
    }
    (override,) = found["overrides"]
    assert (override["out"], override["into"]) == ("ams-institute", "steenbreek")
    assert set(found["final"]["selected"]) == {*found["result"]["selected"], "steenbreek"} - {
        "ams-institute"
    }
    price = Fraction(found["final"]["score"]) - Fraction(found["result"]["score"])
    assert Fraction(override["score"]) == price


@pytest.mark.slow
def test_what_is_written_reads_back_as_the_same(kiamv: Kiamv, made: Path, tmp_path: Path) -> None:
    programme = load_criteria()
    scores = score(load_longlist(programme=programme).longlist, programme)
    request = Request(
        size=9,
        targets={"themes": {"energy": Fraction(1, 3)}, "provinces": "population"},
        give_up=Fraction(1, 100),
        include=frozenset({"ams-institute"}),
        quotas=(Quota("themes", "energy", at_least=1),),
        classes=frozenset({"eligible", "borderline"}),
        unknown="middle",
    )
    swap = Swap(out="ams-institute", into="ferm-rotterdam", reason="told")
    decided = Decided(by=("A",), on=date(2020, 12, 1), reason="R", swaps=(swap,))
    one = record(shortlist(scores, request), decided, keep=True)
    assert [wish.kind for wish in one.overrides[0].breaks] == ["include"]
    file = tmp_path / "one.json"
    file.write_text(json.dumps(hashed("record", record_fields(one))), "utf-8")
    assert load_record(file) == one
    assert verify(one).same
    assert "before" not in kiamv("record", *SAID, "-n", "3", "-f", "md").stdout
    assert load_record(made).provenance.longlist.source == str(tmp_path / "list")


@pytest.mark.slow
def test_it_is_the_same_when_run_again(kiamv: Kiamv, made: Path) -> None:
    result = kiamv("verify", str(made))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "The same: the inputs ask what is proven, and all of it is as recorded." in result.stdout
    again = json.loads(kiamv("verify", str(made), "-f", "json").stdout)
    kept = json.loads(made.read_text("utf-8"))
    assert again.pop("criteria")["sha256"] == kept["inputs"]["criteria"]["sha256"]
    assert again.pop("request")["size"] == kept["options"]["size"]
    assert again.pop("decided") == kept["decided"]
    assert again.pop("overrides") == kept["overrides"]
    assert again == {
        "schema": "kiamv/verify/2",
        "kiamv": __version__,
        "same": True,
        "changed": [],
        "failed": None,
        "differences": [],
        "proof": {"state": "holds", "why": None},
        "commitment": None,
    }


@pytest.mark.slow
def test_a_changed_long_list_is_named_with_what_it_changes(
    kiamv: Kiamv, made: Path, tmp_path: Path
) -> None:
    place = tmp_path / "list" / "cleantech-regio.yaml"
    place.write_text(place.read_text("utf-8").replace("own: true", "own: false"), "utf-8")
    result = kiamv("verify", str(made), "-f", "json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert (found["same"], found["changed"]) == (False, ["longlist"])
    assert "total of the shortlist" in {each["what"] for each in found["differences"]}
    assert "The long list is not the one of the record" in kiamv("verify", str(made)).stdout
    (tmp_path / "list" / "ams-institute.yaml").unlink()
    gone = kiamv("verify", str(made)).stdout
    assert "It could not be run again: ams-institute is not on the shortlist" in gone


@pytest.mark.slow
def test_inputs_that_are_kept_need_no_files(kiamv: Kiamv, tmp_path: Path) -> None:
    shutil.copytree(LONGLIST, tmp_path / "list")
    file = str(tmp_path / "kept.json")
    source = str(tmp_path / "list")
    kiamv("record", source, "-n", "5", *SAID, "--with-inputs", "-o", file)
    shutil.rmtree(tmp_path / "list")
    assert kiamv("verify", file).exit_code == 0
    bare = str(tmp_path / "bare.json")
    shutil.copytree(LONGLIST, tmp_path / "list")
    kiamv("record", source, "-n", "5", *SAID, "-o", bare)
    shutil.rmtree(tmp_path / "list")
    missing = kiamv("verify", bare)
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert "there is no such file" in missing.stderr
    assert kiamv("verify", bare, "--longlist", str(LONGLIST)).exit_code == 0


@pytest.mark.slow
@pytest.mark.parametrize("cut", [1, 40, 500, -3])
def test_a_record_that_was_cut_off_is_refused(kiamv: Kiamv, made: Path, cut: int) -> None:
    made.write_bytes(made.read_bytes()[:cut])
    for command in (("verify", str(made)), ("diff", str(made), str(LONGLIST))):
        result = kiamv(*command)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert str(made) in result.stderr


def test_a_record_that_was_changed_is_refused(kiamv: Kiamv, made: Path) -> None:
    made.write_text(made.read_text("utf-8").replace("As advised.", "As agreed."), "utf-8")
    result = kiamv("verify", str(made))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "K601 it was changed or truncated after kiamv wrote it" in result.stderr
    assert kiamv("diff", str(made), str(LONGLIST)).exit_code == 2
    with pytest.raises(BadInput, match="K601"):
        load_record(made)


@pytest.mark.slow
def test_a_forged_result_does_not_come_out_again(kiamv: Kiamv, made: Path) -> None:
    def forged(data: dict[str, Any]) -> None:
        chosen = data["result"]["selected"]
        chosen[chosen.index("ams-institute")] = "ferm-rotterdam"

    rewritten(made, forged)
    result = kiamv("verify", str(made), "-f", "json")
    assert (result.exit_code, json.loads(result.stdout)["changed"]) == (1, ["not-reproduced"])
    assert "do not give what it" in kiamv("verify", str(made)).stdout


def test_another_version_alone_is_no_difference(kiamv: Kiamv, made: Path) -> None:
    rewritten(made, lambda data: data["versions"].update(kiamv="0.0.1"))
    result = kiamv("verify", str(made))
    assert result.exit_code == 0
    assert "Other versions made the record." in result.stdout
    assert "version of kiamv" in result.stdout


def test_a_hostile_record_writes_nothing_outside(kiamv: Kiamv, made: Path, tmp_path: Path) -> None:
    def hostile(data: dict[str, Any]) -> None:
        data["inputs"]["longlist"]["content"] = {"../../escaped.yaml": "title: x"}

    rewritten(made, hostile)
    assert kiamv("verify", str(made)).exit_code == 2
    assert not list(tmp_path.parent.glob("**/escaped.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (SAID[:4], "also give --on, --reason"),
        ((*SAID, "--swap", "ams-institute"), "write it as OUT=IN: WHY"),
        ((*SAID, "--swap", "ams-institute=nobody: x"), "no ecosystem is called 'nobody'"),
        ((*SAID, "--swap", "hannn=ams-institute: x"), "is not on the shortlist"),
        ((*SAID, "--on", "yesterday"), '--on "yesterday": not a date'),
        ((*SAID, "--reason", "\x1b[31m"), "--reason: U+001B"),
    ],
)
def test_what_does_not_make_a_record(
    kiamv: Kiamv, arguments: tuple[str, ...], message: str
) -> None:
    result = kiamv("record", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_an_unproven_shortlist_makes_no_record(kiamv: Kiamv) -> None:
    result = kiamv("record", *SAID, "--time-limit", "0")
    assert (result.exit_code, result.stdout) == (4, "")


@pytest.mark.slow
def test_a_diff_names_the_change_that_moved_someone(
    kiamv: Kiamv, made: Path, tmp_path: Path
) -> None:
    shutil.copytree(LONGLIST, tmp_path / "later")
    place = tmp_path / "later" / "cleantech-regio.yaml"
    place.write_text(place.read_text("utf-8").replace("own: true", "own: false"), "utf-8")
    named = tmp_path / "later" / "ditss.yaml"
    named.write_text(named.read_text("utf-8").replace("\nname: ", "\nname: The "), "utf-8")
    (tmp_path / "later" / "ams-institute.yaml").unlink()
    found = json.loads(kiamv("diff", str(made), str(tmp_path / "later"), "-f", "json").stdout)
    kinds = {(each["kind"], each["subject"], each["field"]) for each in found["changes"]}
    assert kinds == {
        ("removed", "ams-institute", None),
        ("fact", "cleantech-regio", "budget"),
        ("fact", "ditss", "name"),
    }
    by = {each["subject"]: each for each in found["changes"]}
    assert "ams-institute" in by["ams-institute"]["alone"]["out"]
    assert "ams-institute" in by["ams-institute"]["without"]["in"]
    assert by["ditss"]["alone"] == {"in": [], "out": []}
    assert by["ditss"] == found["changes"][-1]
    assert [each["in"] for each in found["overrides"][0]] == ["steenbreek"]
    shown = kiamv("diff", str(made), str(tmp_path / "later")).stdout
    assert "AMS Institute: no longer on the long list" in shown
    assert "Steenbreek for AMS Institute: they merged." in " ".join(shown.split())


@pytest.mark.slow
def test_a_diff_tries_each_change_by_itself(kiamv: Kiamv) -> None:
    """Each claim is checked by asking for that very shortlist."""
    programme = load_criteria()
    scores = score(load_longlist(programme=programme).longlist, programme)
    decided = Decided(by=("A",), on=date(2020, 12, 1), reason="R")
    few = record(shortlist(scores, Request(size=6)), decided)
    options = Request(size=7, exclude=frozenset({"ams-institute"}), unknown="possible")
    many = record(shortlist(scores, options), decided)
    found = diff(few, many)
    assert {each.change.subject for each in found.changes} == {"size", "exclude", "unknown"}
    for each in found.changes:
        name = each.change.subject
        alone = replace(few.request, **{name: getattr(many.request, name)})
        without = replace(many.request, **{name: getattr(few.request, name)})
        for moves, request, start in (
            (each.alone, alone, found.before),
            (each.without, without, found.after),
        ):
            assert moves is not None
            members = set(shortlist(scores, request).selection.members)
            assert set(moves.comes) == members - set(start.selected)
            assert set(moves.goes) == set(start.selected) - members
    assert set(found.moves.comes) == set(found.after.selected) - set(found.before.selected)
    assert kiamv("diff", str(LONGLIST), str(LONGLIST)).stdout.count("same ecosystems") == 1


@pytest.mark.slow
def test_a_change_of_criteria_is_attributed(kiamv: Kiamv, tmp_path: Path) -> None:
    shutil.copytree(LONGLIST.parent / "criteria", tmp_path / "criteria")
    place = tmp_path / "criteria" / "regional.yaml"
    place.write_text(place.read_text("utf-8") + "\nweight: 3\n", "utf-8")
    first, second = str(tmp_path / "a.json"), str(tmp_path / "b.json")
    kiamv("record", "-n", "6", *SAID, "-o", first)
    new = ("--criteria", str(tmp_path / "criteria"))
    result = kiamv("record", "-n", "6", *SAID, *new, "-o", second)
    assert result.exit_code == 0, result.stderr
    found = json.loads(kiamv("diff", first, second, "-f", "json").stdout)
    (change,) = found["changes"]
    assert (change["kind"], change["subject"], change["field"]) == (
        "criterion",
        "regional",
        "weight",
    )
    assert (change["before"], change["after"]) == ("1", "3")
    assert change["alone"] == {"in": found["in"], "out": found["out"]}
    checked = kiamv("verify", first, *new, "-f", "json")
    assert "criteria" in json.loads(checked.stdout)["changed"]


@pytest.mark.slow
def test_in_python_a_record_can_be_compared_with_any_inputs(made: Path) -> None:
    one: Record = load_record(made)
    assert verify(one, Sources(longlist=str(LONGLIST))).same
    programme = load_criteria()
    scores = score(load_longlist(programme=programme).longlist, programme)
    other: Provenance = replace(one.provenance, versions={"kiamv": "9"})
    found = compare(one, scores, other, HighsSolver())
    assert (found.same, found.changed) == (True, ("versions",))


@pytest.mark.slow
def test_another_review_is_named(made: Path) -> None:
    one = load_record(made)
    programme = load_criteria()
    scores = score(load_longlist(programme=programme).longlist, programme)
    review = replace(one.provenance.longlist, sha256="0" * 64)
    for provenance in (
        replace(one.provenance, reviews=review),
        replace(one.provenance, reviewer="anna"),
    ):
        found = compare(one, scores, provenance, HighsSolver())
        assert (found.same, found.changed) == (False, ("reviews",))


def test_each_swap_has_its_own_price() -> None:
    programme = load_criteria()
    scores = score(load_longlist(programme=programme).longlist, programme)
    found = shortlist(scores, Request(size=6))
    members = found.selection.members
    others = [one.id for one in scores.longlist.ecosystems if one.id not in members]
    swaps = tuple(
        Swap(out=gone, into=come, reason="told")
        for gone, come in zip(members[:3], others, strict=False)
    )
    decided = Decided(by=("A",), on=date(2020, 12, 1), reason="R", swaps=swaps)
    one = record(found, decided)
    added = sum((each.score for each in one.overrides), Fraction(0))
    assert one.final.score == one.result.score + added
    moved = sum((each.seats for each in one.overrides), Fraction(0))
    before, after = (sum(x.out_of_place.values()) for x in (one.result, one.final))
    assert after == before + moved > before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"by": ()}, "by"),
        ({"by": ("A", " ")}, "by"),
        ({"by": ("A\x1b",)}, "by"),
        ({"reason": ""}, "reason"),
        ({"reason": "R\u2028"}, "reason"),
        ({"swaps": (Swap(out="a", into="b", reason="\ud800"),)}, "reason"),
    ],
)
def test_a_record_from_python_can_be_read_again(changes: dict[str, Any], field: str) -> None:
    found = shortlist(score(load_longlist().longlist, load_criteria()), Request(size=1))
    decided = Decided(by=("A",), on=date(2020, 12, 1), reason="R")
    with pytest.raises(Misfit) as caught:
        record(found, replace(decided, **changes))
    assert caught.value.field == field
