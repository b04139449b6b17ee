"""The commands from outside: what they print where, in every format, and their exit status."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from running import Kiamv

COMMANDS = [("score",), ("classify",), ("shortlist",), ("tradeoff",), ("spread",), ("explain",)]
FLANDERS = Path(__file__).parent.parent / "examples" / "flanders"
LIST = str(FLANDERS / "longlist.yaml")
OWN = ("--criteria", str(FLANDERS / "criteria"))


def document(kiamv: Kiamv, *arguments: str, **more: Any) -> Any:  # noqa: ANN401 - JSON
    result = kiamv(*arguments, "-f", "json", **more)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_format_of_every_command(kiamv: Kiamv, command: tuple[str, ...]) -> None:
    more = ("--size", "2") if command[0] in {"shortlist", "tradeoff", "explain"} else ()
    place = ("kust-lab", "--longlist", LIST) if command == ("explain",) else (LIST,)
    found = {
        how: kiamv(*command, *place, *OWN, *more, "-f", how)
        for how in ("table", "json", "csv", "md")
    }
    assert [result.exit_code for result in found.values()] == [0] * 4
    assert [result.stderr for result in found.values()] == [""] * 4
    assert json.loads(found["json"].stdout)["schema"] == f"kiamv/{command[0]}/2"
    assert list(csv.DictReader(io.StringIO(found["csv"].stdout, newline="")))
    assert "| " in found["md"].stdout
    assert "\x1b" not in found["table"].stdout


def test_the_worked_examples(kiamv: Kiamv) -> None:
    found = {one["id"]: one for one in document(kiamv, "score")["ecosystems"]}
    assert found["hannn"]["score"]["exact"] == ["7/8", "1"]
    assert found["hannn"]["class"] == {"worst": "eligible", "best": "eligible"}
    assert found["steenbreek"]["score"]["exact"] == ["5/6", "11/12"]
    assert found["ferm-rotterdam"]["score"]["exact"] == ["7/12", "1"]
    assert found["ferm-rotterdam"]["class"] == {"worst": "borderline", "best": "eligible"}
    proven = {
        name: [criterion["proven"] for criterion in found[name]["criteria"].values()]
        for name in ("hannn", "steenbreek", "ferm-rotterdam")
    }
    assert proven == {
        "hannn": [1, 1, 1, 0.5, 0.75, 1],
        "steenbreek": [1, 0.5, 1, 0.5, 1, 1],
        "ferm-rotterdam": [0.5, 0.5, 0, 1, 0.5, 1],
    }


def test_a_later_reference_date_lets_later_facts_count(kiamv: Kiamv) -> None:
    now = document(kiamv, "score")["left_out"]["later"]
    then = document(kiamv, "score", "--as-of", "2026-01-01")
    assert then["as_of"] == "2026-01-01"
    assert then["left_out"]["later"] < now


def test_another_programme_is_only_data(kiamv: Kiamv) -> None:
    found = document(kiamv, "score", LIST, *OWN)
    assert found["criteria"]["id"] == "flanders-2021"
    scores = {one["id"]: one["score"]["exact"] for one in found["ecosystems"]}
    # kust-lab: sides 1, money over three years 1, known abroad capped at 1/3; weights 2, 1, 1/2.
    assert scores["kust-lab"] == ["19/21", "19/21"]
    # leie-ring: citizens known to be absent, so at most half of the sides; the rest unknown.
    assert scores["leie-ring"] == ["0", "5/7"]
    assert scores["schelde-werf"] == ["6/35", "1"]
    classes = {one["id"]: one["class"] for one in found["ecosystems"]}
    assert classes["kust-lab"] == {"worst": "invite", "best": "invite"}
    assert classes["leie-ring"] == {"worst": "decline", "best": "invite"}


def test_the_shortlist_of_another_programme(kiamv: Kiamv) -> None:
    found = document(kiamv, "shortlist", LIST, *OWN, "--size", "2")
    assert found["proven_optimal"]
    assert [c["id"] for c in found["spread"]["provinces"]] == [
        "BE25",
        "BE23",
        "BE21",
        "BE24",
        "BE22",
    ]


@pytest.mark.slow
def test_the_bundled_shortlist_is_balanced_and_proven(kiamv: Kiamv) -> None:
    found = document(kiamv, "shortlist")
    assert len(found["selected"]) == 20
    assert found["proven_optimal"]
    assert found["status"] == {"gap": 0, "step": "lottery"}
    assert found["out_of_place"] == {"themes": 0, "provinces": 0}
    assert found["score"] == 16.125
    assert found["score_without_balance"] == pytest.approx(17.5)
    for dimension in ("themes", "provinces"):
        assert sum(c["seats"] for c in found["spread"][dimension]) == pytest.approx(20)
        assert all(c["low"] <= c["seats"] <= c["high"] for c in found["spread"][dimension])


def test_one_dimension_balanced_and_the_other_still_reported(kiamv: Kiamv) -> None:
    found = document(kiamv, "shortlist", "--balance", "themes")
    assert found["balance"] == ["themes"]
    assert found["out_of_place"]["themes"] == 0
    assert found["out_of_place"]["provinces"] > 0


def test_wishes_are_obeyed(kiamv: Kiamv) -> None:
    wishes = ("--include", "ferm-rotterdam,HANNN", "--exclude", "foodvalley")
    quotas = ("--at-least", "NL-ZE=3", "--at-most", "energy=8")
    found = document(kiamv, "shortlist", *wishes, *quotas, "--class", "eligible,borderline")
    chosen = {one["id"]: one for one in found["selected"]}
    assert {"ferm-rotterdam", "hannn"} <= set(chosen)
    assert "foodvalley" not in chosen
    assert sum("NL-ZE" in one["provinces"] for one in chosen.values()) >= 3
    assert sum("energy" in one["themes"] for one in chosen.values()) <= 8
    assert "fieldlab-smart-base" not in chosen


def test_what_balance_may_cost_is_kept(kiamv: Kiamv) -> None:
    found = document(kiamv, "shortlist", "--give-up", "2")
    assert found["score"] >= 0.98 * found["score_without_balance"]
    assert sum(found["out_of_place"].values()) > 0


@pytest.mark.slow
def test_a_shortlist_can_be_piped_into_spread(kiamv: Kiamv) -> None:
    shortlist = kiamv("shortlist", "-f", "json").stdout
    found = document(kiamv, "spread", "--ids", "-", stdin=shortlist)
    assert found["size"] == 20
    assert found["spread"] == json.loads(shortlist)["spread"]


def test_ids_from_words_a_file_and_csv(kiamv: Kiamv, tmp_path: Path) -> None:
    for content in (
        "hannn\nferm-rotterdam\n",
        "rank,id\n1,hannn\n2,ferm-rotterdam\n",
        '["hannn", "ferm-rotterdam"]',
    ):
        file = tmp_path / "ids"
        file.write_text(content, encoding="utf-8")
        assert document(kiamv, "spread", "--ids", str(file))["size"] == 2
    assert document(kiamv, "spread", "--ids", "HANNN,FERM Rotterdam")["size"] == 2


def test_a_list_from_standard_input(kiamv: Kiamv) -> None:
    content = Path(LIST).read_text(encoding="utf-8")
    assert document(kiamv, "score", "-", *OWN, stdin=content) == document(
        kiamv, "score", LIST, *OWN
    )


def test_a_file_is_written_whole_and_only_once(kiamv: Kiamv, tmp_path: Path) -> None:
    file = tmp_path / "score.json"
    assert kiamv("score", LIST, *OWN, "-o", str(file)).exit_code == 0
    assert json.loads(file.read_text(encoding="utf-8"))["schema"] == "kiamv/score/2"
    again = kiamv("score", LIST, *OWN, "-f", "csv", "-o", str(file))
    assert (again.exit_code, again.stdout) == (2, "")
    assert "exists already. Give --force" in again.stderr
    assert kiamv("score", LIST, *OWN, "-f", "csv", "-o", str(file), "--force").exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("rank,id,")
    assert [path.name for path in tmp_path.iterdir()] == ["score.json"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("shortlist", "--size", "61"), "--size 61: the long list has only 60"),
        (("shortlist", "--balance", "theme"), "Did you mean themes?"),
        (("shortlist", "--include", "hann"), "Did you mean hannn"),
        (("shortlist", "--include", "hannn", "--exclude", "HANNN"), "hannn is both in"),
        (("shortlist", "--at-least", "NL-XX=1"), '--at-least "NL-XX": unknown'),
        (("shortlist", "--at-least", "NL-ZE"), "write it as CATEGORY=NUMBER"),
        (("shortlist", "--give-up", "2,5"), "Write a decimal point"),
        (("shortlist", "--give-up", "200"), "between 0 and 100"),
        (("shortlist", "--class", "good"), '--class "good": unknown'),
        (
            ("shortlist", "--target", "themes=population"),
            "the population of each of the themes is not known",
        ),
        (("shortlist", "--size", "1", "--include", "hannn,ferm-rotterdam"), "more than --size 1"),
        (("score", "--as-of", "30-11-2020"), "Write year, month, day: 2020-11-30"),
        (("explain", "ferm-r"), "Did you mean ferm-rotterdam"),
        (("spread", "--ids", "nobody-at-all"), "no ecosystem is called"),
        (("scoer",), "No such command 'scoer'. Did you mean 'score'?"),
    ],
)
def test_usage_that_makes_no_sense(kiamv: Kiamv, arguments: tuple[str, ...], message: str) -> None:
    result = kiamv(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_the_reason_for_a_class_says_the_same_as_the_verdicts(kiamv: Kiamv) -> None:
    classes = {one["id"]: one for one in document(kiamv, "classify")["ecosystems"]}
    words = {"met": "met", "partly": "partly", "not-met": "not met"}
    unknowns = set()
    for one in document(kiamv, "score")["ecosystems"]:
        found, criteria = classes[one["id"]], one["criteria"]
        verdicts = Counter(each["verdict"] for each in criteria.values())
        counts = found["reason"].partition(";")[0]
        for verdict, text in words.items():
            shown = re.search(rf"(\d+) {text}(,| and|$)", counts)
            assert (int(shown[1]) if shown else 0) == verdicts[verdict]
        unknown = verdicts["unknown"]
        unknowns.add(unknown)
        assert (f"{unknown} unknown (at worst not met)" in counts) == (unknown > 0)
        worst = found["verdicts"]["worst"]
        assert worst["not-met"] == verdicts["not-met"] + unknown
        may_rise = [
            name for name, each in criteria.items() if each["verdict"] not in {"met", "not-met"}
        ]
        assert set(found["open"]) <= set(may_rise)
        assert {name for name in may_rise if criteria[name]["verdict"] == "unknown"} <= set(
            found["open"]
        )
        assert ("may still turn out better" in found["reason"]) == bool(found["open"])
    assert len(unknowns) > 2


@pytest.mark.parametrize(
    "command", ["sources", "shortlist", "report", "gaps", "flow", "tradeoff", "robustness"]
)
def test_a_list_shorter_than_the_size_that_nobody_typed(kiamv: Kiamv, command: str) -> None:
    total = len(document(kiamv, "score", LIST, *OWN)["ecosystems"])
    left_out = kiamv(command, LIST, *OWN)
    assert (left_out.exit_code, left_out.stdout) == (2, "")
    assert left_out.stderr == (
        f"kiamv: the long list has {total} ecosystems, and 20 are selected unless you say "
        f"otherwise. Give a smaller number, as in --size {(total + 1) // 2}.\n"
    )
    given = kiamv(command, LIST, *OWN, "--size", "20")
    assert given.stderr == f"kiamv: --size 20: the long list has only {total}.\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(kiamv: Kiamv, command: tuple[str, ...]) -> None:
    shown = kiamv(*command, "--help")
    assert shown.exit_code == 0
    assert f"kiamv {command[0]}" in shown.stdout.split("Example:")[1]
