"""Where the inputs of a record came from, and finding them again, whatever git did to them."""

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
    Request,
    Sources,
    load_criteria,
    load_longlist,
    load_record,
    load_review,
    record,
    report,
    score,
    shortlist,
    verify,
    with_review,
)
from kiamv_cli.base.value import canonical, digest
from kiamv_cli.decision.view.record import record_fields
from kiamv_cli.formats.records import hashed
from kiamv_cli.programme.model.facts import Judgement
from kiamv_cli.reports import Plan
from kiamv_cli.reports.model import PARTS

if TYPE_CHECKING:
    from running import Kiamv

    from kiamv_cli.decision.model.record import Record
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme

EXAMPLES = Path(__file__).parents[1] / "examples"
DECIDED = Decided(by=("A",), on=date(2020, 12, 1), reason="R")
SAID = ("--by", "Committee", "--on", "2020-12-15", "--reason", "As advised.")
LIST = """\
title: Small
as_of: 2020-11-30
ecosystems:
  - {id: alfa, name: Alfa, provinces: [NL-GR], themes: [energy], maturity: [{what: ripe}]}
  - {id: beta, name: Beta, provinces: [NL-FR], themes: [health]}
  - {id: gamma, name: Gamma, provinces: [NL-ZH], themes: [security]}
"""


def of(longlist: Longlist, programme: Programme, *, keep: bool = False, size: int = 3) -> Record:
    found = shortlist(score(longlist, programme), Request(size=size))
    return record(found, DECIDED, keep=keep)


def written(one: Record, place: Path) -> Path:
    place.write_text(json.dumps(hashed("record", record_fields(one))), "utf-8")
    return place


def rehashed(file: Path, change: Any) -> None:  # noqa: ANN401 - a function on JSON
    """Change a record of any version by hand, with its checksum."""
    data = json.loads(file.read_text("utf-8"))
    data.pop("sha256")
    change(data)
    file.write_text(json.dumps({**data, "sha256": digest(canonical(data))}), "utf-8")


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_criteria()


@pytest.fixture(scope="module")
def edited(programme: Programme) -> Longlist:
    longlist = load_longlist(programme=programme).longlist
    return replace(longlist, ecosystems=longlist.ecosystems[5:])


def test_an_edited_list_came_from_no_file(
    kiamv: Kiamv, programme: Programme, edited: Longlist, tmp_path: Path
) -> None:
    one = of(edited, programme)
    made = one.provenance.longlist
    assert (made.origin, made.source, made.sha256) == ("python", None, edited.sha256)
    assert one.provenance.criteria.origin == "bundled"
    file = str(written(one, tmp_path / "one.json"))
    result = kiamv("verify", file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "K605 KIA MV long list 2020 came from no file" in result.stderr
    assert "--longlist FILE" in result.stderr
    other = kiamv("verify", file, "--longlist", str(Path("longlist").absolute()))
    assert other.exit_code == 1
    assert "The long list is not the one of the record" in other.stdout


@pytest.mark.slow
@pytest.mark.parametrize("what", ["list", "weights"])
def test_what_was_edited_can_be_kept_and_comes_out_again(
    kiamv: Kiamv, programme: Programme, edited: Longlist, tmp_path: Path, what: str
) -> None:
    first, *others = programme.criteria
    heavier = replace(programme, criteria=(replace(first, weight=Fraction(22, 100)), *others))
    longlist = edited if what == "list" else load_longlist(programme=programme).longlist
    one = of(longlist, programme if what == "list" else heavier, keep=True)
    file = written(one, tmp_path / "one.json")
    assert load_record(file) == one
    result = kiamv("verify", str(file))
    assert (result.exit_code, result.stderr) == (0, "")


def test_other_weights_are_not_taken_for_tampering(
    kiamv: Kiamv, programme: Programme, tmp_path: Path
) -> None:
    first, *others = programme.criteria
    heavier = replace(programme, criteria=(replace(first, weight=Fraction(9)), *others))
    one = of(load_longlist(programme=programme).longlist, heavier)
    assert one.provenance.criteria.sha256 == heavier.sha256 != programme.sha256
    file = written(one, tmp_path / "one.json")
    folder = str(Path("criteria").absolute())
    shown = kiamv("verify", str(file), "--criteria", folder)
    assert shown.exit_code == 1
    assert "The criteria are not those of the record" in shown.stdout
    assert "changed by" not in shown.stdout


def test_a_list_of_python_that_was_saved_is_found_again(
    programme: Programme, edited: Longlist, tmp_path: Path
) -> None:
    kept = of(edited, programme, keep=True).provenance.longlist.content
    assert kept is not None
    place = tmp_path / "saved.yaml"
    place.write_text(kept["longlist.yaml"], "utf-8")
    found = shortlist(score(edited, programme), Request(size=3))
    for saved, origin in ((place, "file"), (tmp_path / "gone.yaml", "python")):
        one = record(found, DECIDED, Sources(longlist=str(saved)))
        assert one.provenance.longlist.origin == origin
    assert verify(record(found, DECIDED, Sources(longlist=str(place)))).same


def test_a_list_says_by_itself_where_it_was_read(programme: Programme, tmp_path: Path) -> None:
    place = tmp_path / "list.yaml"
    place.write_text(LIST, "utf-8")
    one = of(load_longlist(str(place), programme).longlist, programme, size=2)
    assert (one.provenance.longlist.origin, one.provenance.longlist.source) == (
        "file",
        str(place),
    )
    assert verify(one).same


def test_a_report_of_an_edited_list_says_so(programme: Programme, edited: Longlist) -> None:
    found = report(score(edited, programme), Request(size=3), plan=Plan(without=frozenset(PARTS)))
    assert found.provenance.longlist.sha256 == edited.sha256
    assert found.command[:3] == ("kiamv", "report", "LONGLIST.yaml")


def test_a_review_that_did_not_count_goes_on_no_record(
    programme: Programme, tmp_path: Path
) -> None:
    folder = shutil.copytree(EXAMPLES / "older-record", tmp_path / "repo")
    longlist = load_longlist(str(folder / "list2.yaml"), programme).longlist
    review = load_review(folder / "review", longlist, programme)
    reviewed = with_review(longlist, review, programme)
    where = Sources(reviews=str(folder / "review"))
    found = shortlist(score(reviewed, programme), Request(size=1))
    assert verify(record(found, DECIDED, where)).same
    with pytest.raises(ValueError, match="also give the review, in sources"):
        record(found, DECIDED)
    other = Judgement(verdict="met", by="X", date=date(2020, 1, 1), reason="R", basis="review")
    first, *others = reviewed.ecosystems
    forged = (replace(first, verdicts={**first.verdicts, "regional": other}), *others)
    found = shortlist(score(replace(reviewed, ecosystems=forged), programme), Request(size=1))
    with pytest.raises(ValueError, match="does not give the verdicts that counted"):
        record(found, DECIDED, where)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A record that kiamv 0.1.0 made, with its list and its review."""
    return shutil.copytree(EXAMPLES / "older-record", tmp_path / "repo")


def with_windows_ends(place: Path) -> None:
    place.write_bytes(place.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


@pytest.mark.parametrize("change", ["nothing", "one", "all", "mark", "comment"])
def test_a_record_of_an_older_kiamv_is_still_the_same(
    kiamv: Kiamv, older: Path, change: str
) -> None:
    people = older / "review" / "reviewers.yaml"
    match change:
        case "one":
            with_windows_ends(people)
        case "all":
            for place in [older / "list2.yaml", *(older / "review").rglob("*.yaml")]:
                with_windows_ends(place)
        case "mark":
            people.write_bytes(b"\xef\xbb\xbf" + people.read_bytes())
        case "comment":
            people.write_bytes(b"# Who judges.\n" + people.read_bytes())
        case _:
            assert change == "nothing"
    result = kiamv("verify", str(older / "d.json"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "The same" in result.stdout


def test_an_older_record_is_told_apart_from_a_false_one(kiamv: Kiamv, older: Path) -> None:
    rehashed(older / "d.json", lambda data: data["result"].update(score="1/7"))
    found = json.loads(kiamv("verify", str(older / "d.json"), "-f", "json").stdout)
    assert (found["same"], found["changed"]) == (False, ["older"])
    assert "An older kiamv made the record" in kiamv("verify", str(older / "d.json")).stdout


def test_a_changed_review_is_told_whatever_its_layout(kiamv: Kiamv, older: Path) -> None:
    outcome = next((older / "review" / "outcomes").iterdir())
    outcome.unlink()
    found = json.loads(kiamv("verify", str(older / "d.json"), "-f", "json").stdout)
    assert found["changed"][0] == "reviews"


def test_a_record_of_now_outlives_line_ends_and_comments(
    kiamv: Kiamv, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(older)
    more = ("--reviews", "review", *SAID, "-o", "now.json")
    made = kiamv("record", "list2.yaml", "-n", "1", *more)
    assert made.exit_code == 0, made.stderr
    for place in (older / "review").rglob("*.yaml"):
        place.write_bytes(b"\xef\xbb\xbf# Checked out.\n\n" + place.read_bytes())
        with_windows_ends(place)
    monkeypatch.chdir("/")
    assert kiamv("verify", str(older / "now.json")).exit_code == 0


CSV = 'id,name,provinces,themes,note\na,A,NL-GR,energy,"one\ntwo"\nb,B,NL-FR,health,\n'


def test_a_table_with_line_breaks_outlives_line_ends(
    kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_bytes(CSV.encode())
    asked = ("record", "list.csv", "--as-of", "2020-11-30", "-n", "1", "--balance", "none", *SAID)
    assert kiamv(*asked, "-o", "d.json").exit_code == 0
    assert kiamv(*asked, "--with-inputs", "-o", "kept.json").exit_code == 0
    with_windows_ends(Path("list.csv"))
    assert kiamv("verify", "d.json").exit_code == 0
    assert kiamv("verify", "kept.json").exit_code == 0
    Path("list.csv").write_bytes(Path("list.csv").read_bytes().replace(b"two", b"2"))
    assert kiamv("verify", "d.json").exit_code == 1


def test_inputs_are_found_beside_the_record(
    kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    (home / "lists").mkdir(parents=True)
    monkeypatch.chdir(home)
    Path("lists/list.yaml").write_text(LIST, "utf-8")
    kiamv("record", "lists/list.yaml", "-n", "2", *SAID, "-o", "d.json")
    moved = tmp_path / "moved"
    shutil.copytree(home, moved)
    flat = tmp_path / "flat"
    flat.mkdir()
    shutil.copy("d.json", flat)
    shutil.copy("lists/list.yaml", flat)
    shutil.rmtree(home / "lists")
    for file in (moved / "d.json", flat / "d.json"):
        assert kiamv("verify", str(file)).exit_code == 0
    # A list of that name in the working folder is another one: the one that fits is taken.
    Path("lists").mkdir()
    Path("lists/list.yaml").write_text(LIST.replace("Small", "Large"), "utf-8")
    assert kiamv("verify", str(moved / "d.json")).exit_code == 0
    (moved / "lists" / "list.yaml").unlink()
    (moved / "lists").rmdir()
    assert kiamv("verify", str(moved / "d.json")).exit_code == 1


@pytest.fixture
def kept(kiamv: Kiamv, tmp_path: Path) -> Path:
    place = tmp_path / "small.yaml"
    place.write_text(LIST, "utf-8")
    file = tmp_path / "kept.json"
    made = kiamv("record", str(place), "-n", "2", *SAID, "--with-inputs", "-o", str(file))
    assert made.exit_code == 0, made.stderr
    return file


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [
        {},
        {"small.yaml": LIST, "small.yaml/x.yaml": LIST},
        {"a/b.yaml": LIST, "a/b.yaml/c/d.yaml": LIST},
        {"small.yaml": LIST, "other.yaml": LIST},
        {"list/a.yaml": LIST, "LIST/b.yaml": LIST},
        {"a" * 300 + ".yaml": LIST},
        {"a/" * 3000 + "b.yaml": LIST},
    ],
)
def test_content_that_is_no_input_is_refused(
    kiamv: Kiamv, kept: Path, content: dict[str, str]
) -> None:
    rehashed(kept, lambda data: data["inputs"]["longlist"].update(content=content))
    for command in (("verify", str(kept)), ("verify", str(kept), "--longlist", "longlist")):
        result = kiamv(*command)
        assert result.exit_code in {1, 2}, result.exception
    result = kiamv("verify", str(kept))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "K606" in result.stderr


@pytest.mark.parametrize(
    "source", [r"\\server\share\list.yaml", "//server/share/list.yaml", r"\\?\C:\list.yaml"]
)
def test_a_record_sends_nobody_to_the_network(kiamv: Kiamv, kept: Path, source: str) -> None:
    def elsewhere(data: dict[str, Any]) -> None:
        data["inputs"]["longlist"].update(content=None, source=source)

    rehashed(kept, elsewhere)
    result = kiamv("verify", str(kept))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "K605 a record may not refer to a place on the network" in result.stderr
    place = str(kept.parent / "small.yaml")
    assert kiamv("verify", str(kept), "--longlist", place).exit_code == 0


def test_a_file_without_a_path_is_told(kiamv: Kiamv, kept: Path) -> None:
    def nowhere(data: dict[str, Any]) -> None:
        data["inputs"]["longlist"].update(content=None, source=None)

    rehashed(kept, nowhere)
    result = kiamv("verify", str(kept))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the record does not say where Small was" in result.stderr


def test_a_path_that_no_system_takes_is_a_file_that_is_not_there(kiamv: Kiamv, kept: Path) -> None:
    def endless(data: dict[str, Any]) -> None:
        data["inputs"]["longlist"].update(content=None, source="x" * 4000 + ".yaml")

    rehashed(kept, endless)
    result = kiamv("verify", str(kept))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "K101 there is no such file. Give it, as --longlist FILE" in result.stderr


@pytest.mark.parametrize("which", ["longlist", "criteria"])
def test_names_of_inputs_are_compared(kiamv: Kiamv, kept: Path, which: str) -> None:
    rehashed(kept, lambda data: data["inputs"][which].update(name="Grand list"))
    result = kiamv("verify", str(kept), "-f", "json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["changed"]) == (1, ["not-reproduced"])
    assert [each["recorded"] for each in found["differences"]] == ["Grand list"]


def test_names_of_ecosystems_are_compared(kiamv: Kiamv, kept: Path) -> None:
    rehashed(kept, lambda data: data["names"].update(alfa="Somebody Else"))
    result = kiamv("verify", str(kept), "-f", "json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["changed"]) == (1, ["not-reproduced"])
    assert found["differences"] == [
        {"what": "name of alfa", "recorded": "Somebody Else", "now": "Alfa"}
    ]


def test_the_name_of_a_review_is_compared(kiamv: Kiamv, older: Path) -> None:
    rehashed(older / "d.json", lambda data: data["inputs"]["reviews"].update(name="Experts"))
    result = kiamv("verify", str(older / "d.json"), "-f", "json")
    assert result.exit_code == 1
    (told,) = json.loads(result.stdout)["differences"]
    assert (told["recorded"], told["now"]) == ("Experts", "review")


def test_a_reviewer_who_did_not_review_is_told(kiamv: Kiamv, older: Path) -> None:
    rehashed(older / "d.json", lambda data: data["inputs"].update(reviewer="zork"))
    file = str(older / "d.json")
    result = kiamv("verify", file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert 'K602 "zork" did not review' in result.stderr
    found = json.loads(kiamv("diff", file, file, "-f", "json").stdout)
    assert all("did not review" in each["gone"] for each in found["sides"])


@pytest.mark.parametrize("version", [3, 99])
def test_a_record_of_a_newer_kiamv_is_refused(kiamv: Kiamv, kept: Path, version: int) -> None:
    def newer(data: dict[str, Any]) -> None:
        data.update(schema=f"kiamv/record/{version}", surprise=True)
        data["versions"]["kiamv"] = "7.0"

    rehashed(kept, newer)
    result = kiamv("verify", str(kept))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "K604 made by kiamv 7.0, which this version cannot read" in result.stderr
    with pytest.raises(BadInput, match="K604"):
        load_record(kept)


@pytest.mark.slow
def test_on_a_terminal_a_record_is_shown_as_a_table(
    kiamv: Kiamv, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("record", "-n", "2", *SAID)
    assert json.loads(kiamv(*asked).stdout)["schema"] == "kiamv/record/2"
    monkeypatch.setattr("kiamv_cli.decision.commands.record.shown_to_people", lambda: True)
    result = kiamv(*asked)
    assert result.stdout.startswith("Decision of 2020-12-15: 2 ecosystems")
    assert "comes with kiamv" in result.stdout
    assert "shown, not saved" in result.stderr
    assert json.loads(kiamv(*asked, "-f", "json").stdout)["schema"] == "kiamv/record/2"
