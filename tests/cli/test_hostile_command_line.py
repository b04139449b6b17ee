"""What is typed, where it goes, and what the machine is like: never more than one clear line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from running import without_note

if TYPE_CHECKING:
    from running import Kiamv

LONG = "n" * 300
KIAMV = f"{sys.executable} -m kiamv_cli"
FULL = pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="a device of Linux")


def shell(command: str, where: Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    clean = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "LINES"}}
    return subprocess.run(
        ["/bin/bash", "-c", command.replace("kiamv", KIAMV, 1)],
        capture_output=True,
        env={**clean, "NO_COLOR": "1", **env},
        cwd=where,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("score", LONG),
        ("score", "--criteria", LONG),
        ("score", "--reviews", LONG),
        ("score", "-o", LONG),
        ("spread", "--ids", LONG),
        ("diff", f"{LONG}.json", "b.json"),
        ("verify", f"{LONG}.json"),
        ("new", "X", "--province", "NL-GR", "--theme", "energy", "--folder", LONG),
        ("review", "open", "--folder", LONG),
        ("init", LONG),
        ("same", "--identities", f"{LONG}.yaml", "--by", "A", "--on", "2020-11-02"),
        ("export", "-o", f"{LONG}/folder"),
    ],
)
def test_a_name_too_long_for_a_file_is_bad_input(
    kiamv: Kiamv, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = kiamv(*arguments)
    assert run.exit_code == 2
    assert LONG[:40] in run.stderr  # a name on the list is shown shortened
    assert not run.stdout


def test_ids_that_are_together_too_long_for_a_file_are_ids(kiamv: Kiamv, tmp_path: Path) -> None:
    place = tmp_path / "list.yaml"
    named = [f"an-ecosystem-with-a-long-id-{n}" for n in range(20)]
    lines = (
        f"  - {{id: {each}, name: N{each[-2:]}, provinces: [NL-GR], themes: [energy]}}\n"
        for each in named
    )
    place.write_text("title: T\nas_of: 2020-11-30\necosystems:\n" + "".join(lines))
    run = kiamv("spread", str(place), "--ids", ",".join(named), "-f", "json")
    assert run.exit_code == 0


@pytest.mark.parametrize("raw", ["Frysl\u00e2n".encode("cp1252"), b"a\xff\xfe"])
def test_ids_in_a_file_that_is_no_utf8_are_told_by_their_byte(
    kiamv: Kiamv, raw: bytes, tmp_path: Path
) -> None:
    place = tmp_path / "ids.txt"
    place.write_bytes(raw)
    run = kiamv("spread", "--ids", str(place))
    assert run.exit_code == 2
    assert f"{place}:1:" in run.stderr
    assert "K201" in run.stderr


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("\u202e", "U+202E"),
        ("\x1b", "U+001B"),
        ("\u2028", "U+2028"),
        ("\ufeff", "U+FEFF"),
        ("\udce9", "byte 0xe9"),
        ("\x85", "U+0085"),
        ("\u2066", "U+2066"),
    ],
)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("shortlist", "--seed"), ()),
        (("init", "place", "--title"), ()),
        (("review", "seal", "form.yaml", "--salt"), ()),
        (("record", "--reason"), ("--by", "A")),
        (("explain",), ()),
    ],
)
def test_what_no_file_may_hold_no_argument_may(
    kiamv: Kiamv, before: tuple[str, ...], after: tuple[str, ...], sign: str, name: str
) -> None:
    run = kiamv(*before, f"a{sign}b", *after)
    assert run.exit_code == 2
    where = before[-1] if before[-1].startswith("-") else f"argument {len(before) + 1}"
    assert run.stderr.startswith(f"kiamv: {where}: {name}")
    assert run.stderr.count("\n") == 1


def test_a_name_with_an_accent_and_a_seed_with_an_equals_sign_are_fine(
    kiamv: Kiamv, tmp_path: Path
) -> None:
    assert kiamv("spread", "--ids", "hannn", "-f", "json").exit_code == 0
    assert kiamv("init", str(tmp_path / "p"), "--title=Frysl\u00e2n=").exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("score", ""),
        ("score", " "),
        ("shortlist", "--seed", ""),
        ("review", "seal", "form.yaml", "--salt="),
        ("score", "--criteria", ""),
    ],
)
def test_what_is_empty_is_told_and_never_taken_for_something(
    kiamv: Kiamv, arguments: tuple[str, ...]
) -> None:
    run = kiamv(*arguments)
    assert run.exit_code == 2
    assert "it is empty" in run.stderr


@pytest.mark.parametrize("command", ["score", "check", "gaps", "spread", "classify", "same"])
def test_a_diagram_is_refused_where_there_is_none(
    kiamv: Kiamv, command: str, tmp_path: Path
) -> None:
    place = tmp_path / "x.mmd"
    run = kiamv(command, "-o", str(place))
    assert (run.exit_code, place.exists()) == (2, False)
    assert "no diagram" in run.stderr


def test_a_diagram_is_drawn_where_there_is_one(kiamv: Kiamv, tmp_path: Path) -> None:
    place = tmp_path / "x.mmd"
    assert kiamv("flow", "-o", str(place), "--size", "3").exit_code == 0
    assert place.read_text().startswith("flowchart")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("kiamv score >&-", 2),
        ("kiamv score - <&-", 2),
        ("kiamv --help >&-", 2),
        ("kiamv --version >&-", 2),
        pytest.param("kiamv --help >/dev/full", 2, marks=FULL),
        pytest.param("kiamv score --help >/dev/full", 2, marks=FULL),
        pytest.param("kiamv --version >/dev/full", 2, marks=FULL),
        pytest.param("kiamv --lang nl --help >/dev/full", 2, marks=FULL),
        pytest.param("kiamv score -o /dev/full --force", 2, marks=FULL),
        pytest.param("kiamv score nothing.yaml 2>/dev/full", 2, marks=FULL),
        ("kiamv score nothing.yaml 2>&-", 2),
        ("kiamv score nothing.yaml <&- >&- 2>&-", 2),
        ("kiamv score -o made.csv <&- >&- 2>&-", 0),
    ],
)
def test_streams_that_cannot_be_used_cost_one_line(
    command: str, status: int, tmp_path: Path
) -> None:
    run = shell(command, tmp_path)
    assert run.returncode == status
    assert b"Traceback" not in run.stderr
    assert b"a bug" not in run.stderr
    told = without_note(run.stderr).decode().splitlines()
    assert len(told) == (0 if "2>" in command else 2 if "<&-" in command else 1), told


@pytest.mark.slow
def test_no_file_gets_what_is_said_on_a_stream_that_was_closed(tmp_path: Path) -> None:
    shell("kiamv score -o made.json -f json >&- 2>&-", tmp_path)
    whole = shell("kiamv score -f json", tmp_path)
    assert (tmp_path / "made.json").read_bytes() == whole.stdout


def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    run = shell("kiamv score -f csv --force -o pipe & cat pipe; wait", tmp_path)
    assert run.stdout.startswith(b"rank,")
    assert pipe.is_fifo()


@pytest.mark.slow
@pytest.mark.parametrize("columns", ["\u00b2", "\u0663", "999999999", "-5", "0", "8e1", "1" * 5000])
def test_a_width_that_makes_no_sense_plays_no_part(columns: str, tmp_path: Path) -> None:
    told = [
        shell("kiamv score --help", tmp_path, COLUMNS=columns, LINES=columns),
        shell("kiamv score --bogus", tmp_path, COLUMNS=columns),
    ]
    usual = [shell("kiamv score --help", tmp_path), shell("kiamv score --bogus", tmp_path)]
    assert [(r.returncode, r.stdout, r.stderr) for r in told] == [
        (r.returncode, r.stdout, r.stderr) for r in usual
    ]


@pytest.mark.parametrize("said", ["NL", "nl_NL.UTF-8", "nl-NL", "nl_BE@euro", "Nl"])
def test_the_language_as_a_system_names_it(kiamv: Kiamv, said: str) -> None:
    assert "bestaat niet" in kiamv("score", "niets.yaml", env={"KIAMV_LANG": said}).stderr
    assert "bestaat niet" in kiamv("score", "niets.yaml", "--lang", said).stderr


@pytest.mark.parametrize("said", ["fy_NL", "dutch", "nl.", "C"])
def test_another_language_is_named_as_it_was_given(kiamv: Kiamv, said: str) -> None:
    run = kiamv("score", env={"KIAMV_LANG": said})
    assert (run.exit_code, f'KIAMV_LANG "{said}"' in run.stderr) == (
        (0, False) if said == "nl." else (2, True)
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("30-11-2020", "2020-11-30"),
        ("11/30/2020", "2020-11-30"),
        ("5.5.2021", "2021-05-05"),
        ("1-2-2021", "2020-11-30"),
        ("31-31-2021", "2020-11-30"),
        ("yesterday", "2020-11-30"),
    ],
)
def test_a_date_in_another_form_is_told_the_form(kiamv: Kiamv, typed: str, meant: str) -> None:
    run = kiamv("score", "--as-of", typed)
    assert run.exit_code == 2
    assert f"Write year, month, day: {meant}." in run.stderr
