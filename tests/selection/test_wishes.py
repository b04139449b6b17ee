"""Wishes that clash, targets of one's own, and what is unknown, as a user meets them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kiamv_cli import Quota, Request, load_criteria, load_longlist, score
from kiamv_cli.selection import clash

if TYPE_CHECKING:
    from pathlib import Path

    from running import Kiamv


def document(kiamv: Kiamv, *arguments: str) -> Any:  # noqa: ANN401 - JSON
    result = kiamv("shortlist", *arguments, "-f", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wishes", "message"),
    [
        (
            ["--at-least", "NL-ZE=10"],
            """No shortlist meets the wishes.
This one cannot be met:
  - at least 10 members of Zeeland, of which the long list has 9 (--at-least NL-ZE=10)
The closest that is possible, with all other wishes kept:
  - --at-least NL-ZE=9 instead of --at-least NL-ZE=10
""",
        ),
        (
            ["--class", "eligible"],
            """No shortlist meets the wishes.
These cannot be met together:
  - the shortlist has 20 members (--size 20)
  - every member is eligible (--class eligible)
Without any one of them the others can be met.
The closest that is possible, with all other wishes kept:
  - --size 10 instead of --size 20
""",
        ),
        (
            ["--include", "hannn", "--at-most", "health=0", "--exclude", "foodvalley"],
            """No shortlist meets the wishes.
These cannot be met together:
  - at most 0 members of Health and care (--at-most health=0)
  - Healthy Ageing Network Northern Netherlands is in (--include hannn)
Without any one of them the others can be met.
The closest that is possible, with all other wishes kept:
  - --at-most health=1 instead of --at-most health=0
""",
        ),
        (
            ["-n", "3", "--class", "eligible", "--include", "ferm-rotterdam"],
            """No shortlist meets the wishes.
These cannot be met together:
  - FERM Rotterdam is in (--include ferm-rotterdam)
  - every member is eligible (--class eligible)
Without any one of them the others can be met.
The closest that is possible, with all other wishes kept:
  - without --include ferm-rotterdam
""",
        ),
    ],
)
def test_wishes_that_clash_are_named(kiamv: Kiamv, wishes: list[str], message: str) -> None:
    result = kiamv("shortlist", *wishes)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.partition("\nAll ")[0].rstrip() == message.rstrip()


@pytest.mark.slow
def test_every_smallest_change_is_shown_with_its_price(kiamv: Kiamv) -> None:
    wishes = ("-n", "3", "--class", "eligible", "--include", "ferm-rotterdam")
    shown = kiamv("shortlist", *wishes).stderr
    assert "All 2 smallest changes that help" in shown
    assert "without --include ferm-rotterdam  0.08  2.88            0" in shown
    clashing = kiamv("shortlist", *wishes, "-f", "json")
    assert clashing.exit_code == 3
    found = json.loads(clashing.stdout)
    assert (found["schema"], found["complete"]) == ("kiamv/clash/2", True)
    assert found["nearest"] == found["relaxations"][0]["changes"]
    for one in found["relaxations"]:
        dropped = {each["kind"]: each["subject"] for each in one["changes"]}
        left = [w for w in wishes if w not in {"--include", dropped.get("include")}]
        if "class" in dropped:
            left = [w for w in wishes if w not in {"--class", "eligible"}]
        again = document(kiamv, *left)
        assert one["score"]["value"] == again["score"]
        assert one["ids"] == [each["id"] for each in again["selected"]]
    rows = kiamv("tradeoff", *wishes, "-f", "csv")
    assert rows.exit_code == 3
    assert [row.split(",")[1:3] for row in rows.stdout.splitlines()[1:]] == [
        ["include", "ferm-rotterdam"],
        ["class", ""],
    ]


def test_in_python_a_clash_is_a_value() -> None:
    programme = load_criteria()
    scores = score(load_longlist(programme=programme).longlist, programme)
    found = clash(scores, Request(quotas=(Quota("provinces", "NL-ZE", at_least=10),)))
    assert [one.changes[0].to for one in found.relaxations] == [9]
    with pytest.raises(ValueError, match="do not clash"):
        clash(scores)


def test_targets_from_a_file(kiamv: Kiamv, tmp_path: Path) -> None:
    file = tmp_path / "targets.yaml"
    file.write_text("themes: {energy: 2, health: 1.5, agrifood: 1, security: 1/2}\n", "utf-8")
    found = document(kiamv, "--target", str(file))
    assert [c["target"] for c in found["spread"]["themes"]] == [8, 4, 6, 2]
    assert found["spread"]["provinces"][0]["target"] == pytest.approx(20 / 12)


@pytest.mark.slow
def test_everything_wrong_with_a_file_of_targets(kiamv: Kiamv, tmp_path: Path) -> None:
    file = tmp_path / "targets.yaml"
    file.write_text("themes: {enrgy: 2}\nprovinces: {NL-GR: 0}\nregions: {}\n", "utf-8")
    result = kiamv("shortlist", "--target", str(file))
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{file}:1:10: K301 unknown key 'enrgy'. Did you mean energy?" in result.stderr
    assert f"{file}:3:1: K301 unknown key 'regions'" in result.stderr
    file.write_text("provinces: {NL-GR: 0}\n", "utf-8")
    assert (
        "K502 the shares of provinces add up to 0"
        in kiamv("shortlist", "--target", str(file)).stderr
    )


def test_population_is_for_the_dimension_that_has_it(kiamv: Kiamv) -> None:
    found = document(kiamv, "--target", "population")
    assert found["spread"]["provinces"][8]["target"] == pytest.approx(20 * 3708696 / 17407585)
    assert found["spread"]["themes"][0]["target"] == 5


@pytest.mark.slow
@pytest.mark.parametrize("unknown", ["proven", "middle", "possible", "known"])
def test_which_score_counts(kiamv: Kiamv, unknown: str) -> None:
    found = document(kiamv, "--unknown", unknown)
    assert found["unknown"] == unknown
    assert sum(one["score"] for one in found["selected"]) == pytest.approx(found["score"], abs=1e-4)
    assert found["hanging"] is not None


def test_another_seed_may_draw_another_shortlist_of_the_same_score(kiamv: Kiamv) -> None:
    first, second = (document(kiamv, "--balance", "none", "-n", "22", "--seed", s) for s in "ab")
    assert first["score"] == second["score"]
    assert first["seed"] == "a"


@pytest.mark.slow
def test_every_replacement_is_another(kiamv: Kiamv) -> None:
    found = document(kiamv, "--include", "hannn")
    chosen = {one["id"] for one in found["selected"]}
    stand_ins = {one["id"]: one["replacement"] for one in found["selected"]}
    assert stand_ins["hannn"] is None
    assert all(name not in chosen for name in stand_ins.values() if name)


@pytest.mark.slow
def test_who_gave_way_to_whom_is_the_whole_difference(kiamv: Kiamv) -> None:
    balanced, free = document(kiamv), document(kiamv, "--balance", "none")
    before, after = ({one["id"] for one in found["selected"]} for found in (free, balanced))
    assert {each["out"] for each in balanced["exchanges"]} == before - after
    assert {each["in"] for each in balanced["exchanges"]} == after - before
    assert balanced["score_without_balance"] == free["score"]
    assert free["exchanges"] == []


def test_ecosystem_ids_are_completed(kiamv: Kiamv) -> None:
    env = {
        "_KIAMV_COMPLETE": "complete_bash",
        "COMP_WORDS": "kiamv shortlist --include ha",
        "COMP_CWORD": "3",
    }
    assert kiamv(env=env).stdout.split() == ["hannn"]


def test_nothing_is_written_where_there_is_nothing_to_select(kiamv: Kiamv, tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    assert kiamv("shortlist", "--at-least", "NL-ZE=10", "-o", str(file)).exit_code == 3
    assert not file.exists()


HUGE = "9" * 5_000


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--at-least", "NL-GR=61"), "--at-least NL-GR=61: the long list has only 60."),
        (
            ("--at-least", "NL-GR=999999999999999999999"),
            '--at-least "NL-GR=999999999999999999999": a number has at most 9 digits.',
        ),
        (
            ("--at-most", f"energy={HUGE}"),
            f'--at-most "energy={HUGE[:33]}…": a number has at most 9 digits.',
        ),
        (
            ("--at-least", "NL-GR=٣"),
            '--at-least "NL-GR=٣": write it as CATEGORY=NUMBER, such as NL-ZE=1.',
        ),
        (("--at-least", "enrgy=1"), '--at-least "enrgy": unknown. Did you mean energy?'),
        (("--size", "61"), "--size 61: the long list has only 60."),
        (("--give-up", "1e999999999"), '--give-up "1e999999999": not a percentage, such as 2.5.'),
        (("--give-up", HUGE), f'--give-up "{HUGE[:40]}…": not a percentage, such as 2.5.'),
        (("--give-up", "1/0"), '--give-up "1/0": a percentage lies between 0 and 100.'),
        (("--give-up", "-1"), '--give-up "-1": a percentage lies between 0 and 100.'),
        (("--time-limit", "nan"), "--time-limit nan: not a number of seconds from 0."),
        (
            ("--alternatives", "100001"),
            "--alternatives 100001: not a whole number from 0 to 100000.",
        ),
        (
            ("--class", "eligibl"),
            '--class "eligibl": unknown. Did you mean eligible or ineligible?',
        ),
        (("--balance", "theme"), '--balance "theme": unknown. Did you mean themes?'),
        (("--target", "themes=evn"), '--target "evn": unknown. Did you mean even?'),
        (("--target", "theme=even"), '--target "theme": unknown. Did you mean themes?'),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(
    kiamv: Kiamv, options: tuple[str, ...], message: str
) -> None:
    result = kiamv("shortlist", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"kiamv: {message}\n"


@pytest.mark.slow
def test_the_most_that_may_be_asked_says_what_is_possible(kiamv: Kiamv) -> None:
    result = kiamv("shortlist", "--at-least", "NL-GR=60", "-f", "json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["nearest"][0]["to"] == 10
    unlimited = document(kiamv, "--at-most", "NL-GR=999999999")
    assert unlimited["selected"] == document(kiamv)["selected"]


@pytest.mark.slow
def test_a_file_can_give_the_shares_of_one_dimension(kiamv: Kiamv, tmp_path: Path) -> None:
    both, bare = tmp_path / "both.yaml", tmp_path / "bare=.yaml"
    both.write_text("themes: {energy: 1}\nprovinces: {NL-GR: 3, NL-FR: 1}\n", "utf-8")
    bare.write_text("NL-GR: 3\nNL-FR: 1\n", "utf-8")
    for file in (both, bare):
        found = document(kiamv, "--target", f"provinces={file}", "--balance", "provinces")
        targets = {one["id"]: one["target"] for one in found["spread"]["provinces"]}
        assert (targets["NL-GR"], targets["NL-FR"], targets["NL-ZH"]) == (15, 5, 0)
        assert {one["target"] for one in found["spread"]["themes"]} == {5}
    found = document(kiamv, "--target", "longlist", "--target", f"themes={both}")
    assert [one["target"] for one in found["spread"]["themes"]] == [20, 0, 0, 0]
    assert document(kiamv, "--target", str(both))["spread"]["provinces"][0]["target"] == 15


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("provinces: {NL-GR: 1}\n", "K840 there are no shares of themes."),
        ("enrgy: 1\n", ":1:1: K301 unknown key 'enrgy'. Did you mean energy?"),
        ("energy: 0\n", "K502 the shares of themes add up to 0."),
        ("energy: -1\n", ":1:9: K311"),
    ],
)
def test_what_is_wrong_with_the_shares_of_one_dimension(
    kiamv: Kiamv, tmp_path: Path, text: str, message: str
) -> None:
    file = tmp_path / "shares.yaml"
    file.write_text(text, "utf-8")
    result = kiamv("shortlist", "--target", f"themes={file}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{file}" in result.stderr
    assert message in result.stderr
