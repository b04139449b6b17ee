"""kiamv as a process of its own: pipes, encodings, terminals, start-up."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from running import without_note

from kiamv_cli import __version__

ROOT = Path(__file__).parent.parent.parent
LIST = str(ROOT / "tests" / "examples" / "flanders" / "longlist.yaml")
OWN = ["--criteria", str(ROOT / "tests" / "examples" / "flanders" / "criteria")]
KIAMV = [sys.executable, "-m", "kiamv_cli"]


def run(
    *arguments: str, env: dict[str, str] | None = None, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    clean = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR", "COLUMNS"}}
    return subprocess.run(
        [*KIAMV, *arguments],
        input=stdin,
        capture_output=True,
        env={**clean, **(env or {})},
        cwd=Path(__file__).parent,
        check=False,
        timeout=60,
    )


def in_terminal(*arguments: str, columns: int, env: dict[str, str] | None = None) -> str:
    """What a terminal of so many columns receives."""
    main, side = pty.openpty()
    settings = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color", **(env or {})}
    with subprocess.Popen([*KIAMV, *arguments], stdout=side, stderr=side, env=settings) as process:
        os.close(side)
        received = b""
        while True:
            try:
                chunk = os.read(main, 65536)
            except OSError:  # the other side is closed
                break
            received += chunk
        process.wait()
    os.close(main)
    return _without_progress(received.decode().replace("\r\n", "\n"))


def _without_progress(shown: str) -> str:
    """Leave out the line of a long search, which comes only where the machine is slow."""
    return re.sub(r"\r\x1b\[K[^\r\n]*(?=\r\x1b\[K)", "", shown).replace("\r\x1b[K", "")


WRITING = {
    "report.html": ("report", LIST, *OWN, "-n", "2", "--without", "margins,robustness,gaps"),
    "decision.json": (
        *("record", LIST, *OWN, "-n", "2", "--by", "A", "--on", "2021-01-01", "--reason", "So."),
    ),
    "list.csv": ("export", LIST, *OWN),
    "results.xlsx": ("export", LIST, *OWN, "-n", "2", "--results"),
    "spread.svg": ("spread", LIST, *OWN),
    "schema.json": ("schema", "longlist"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITING)
def test_a_terminal_is_told_what_was_written_and_a_pipe_is_not(name: str, tmp_path: Path) -> None:
    file = str(tmp_path / name)
    assert in_terminal(*WRITING[name], "-o", file, columns=200) == f"kiamv: wrote {file}\n"
    piped = run(*WRITING[name], "-o", file, "--force")
    assert (piped.returncode, piped.stdout, piped.stderr) == (0, b"", b"")


def test_what_is_not_written_is_not_said_to_be(tmp_path: Path) -> None:
    file = tmp_path / "score.csv"
    file.write_text("mine")
    shown = in_terminal("score", LIST, *OWN, "-o", str(file), columns=200)
    assert "exists already" in shown
    assert "wrote" not in shown


def test_what_says_so_itself_is_not_said_twice(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "longlist", tmp_path / "longlist")
    place = ("--province", "NL-GR", "--theme", "energy", "--folder", str(folder))
    shown = in_terminal("new", "Onder de Zeespiegel", *place, columns=200)
    assert shown.startswith(f"{folder}/onder-de-zeespiegel.yaml\nNext: ")
    assert "wrote" not in shown


def test_a_terminal_never_gets_the_bytes_of_a_picture() -> None:
    shown = in_terminal("spread", "longlist", "-f", "png", columns=80)
    assert shown == (
        "kiamv: a PNG picture cannot be shown in a terminal. "
        "Give a file for it: --output\npicture.png.\n"
    )


@pytest.mark.slow
@pytest.mark.parametrize("columns", [80, 120])
def test_every_line_fits_the_terminal(columns: int) -> None:
    for command in (
        "score",
        "classify",
        "shortlist",
        "spread",
        "tradeoff -n 5",
        "explain hannn ferm-rotterdam",
        "gaps -e ferm,kiemt",
    ):
        shown = in_terminal(*command.split(), columns=columns, env={"NO_COLOR": "1"})
        assert "\x1b" not in shown
        assert max(map(len, shown.splitlines())) <= columns


@pytest.mark.parametrize("wrong", ["score --help", "score --nope", "score nowhere.yaml"])
def test_without_colour_help_and_errors_are_plain_as_well(wrong: str) -> None:
    shown = in_terminal(*wrong.split(), columns=80, env={"NO_COLOR": "1"})
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_message_has_whole_words_in_each_line_of_a_terminal() -> None:
    shown = in_terminal("score", "--as-of", "30-11-2020", columns=40)
    assert max(map(len, shown.splitlines())) <= 40
    assert " ".join(shown.split()) == (
        'kiamv: --as-of "30-11-2020": not a date. Write year, month, day: 2020-11-30.'
    )


def test_messages_fit_their_own_terminal_where_results_go_elsewhere() -> None:
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    env = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    command = [*KIAMV, "score", "--as-of", "2020-13-45"]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=side, env=env, check=False)
    os.close(side)
    lines = os.read(main, 65536).decode().splitlines()
    os.close(main)
    assert len(lines) > 1
    assert max(map(len, lines)) <= 40


def test_plain_help_has_whole_choices() -> None:
    done = run("check", "--help", env={"TYPER_USE_RICH": "0"})
    assert "[table|json|csv|md|github]" in done.stdout.decode()


@pytest.mark.slow
def test_colour_in_a_terminal_unless_told_otherwise() -> None:
    assert "\x1b[" in in_terminal("score", LIST, *OWN, columns=80, env={"NO_COLOR": ""})
    assert "\x1b" not in in_terminal("score", LIST, *OWN, columns=80, env={"TERM": "dumb"})
    assert b"\x1b" not in run("score", LIST, *OWN).stdout
    assert b"\x1b[" in run("score", LIST, *OWN, env={"FORCE_COLOR": "1"}).stdout


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_every_encoding_of_standard_output(encoding: str) -> None:
    for command in ("score", "classify", "shortlist", "spread"):
        result = run(command, env={"PYTHONIOENCODING": encoding})
        assert (result.returncode, without_note(result.stderr)) == (0, b"")
        assert ("█" in result.stdout.decode(encoding)) == (
            encoding == "utf-8" and command != "classify"
        )


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize(
    "command", ["score", "shortlist", "spread", "explain hannn", "tradeoff -n 5", "flow", "check"]
)
def test_plain_letters_where_no_others_can_be_shown(command: str, language: str) -> None:
    result = run(*command.split(), "--lang", language, env={"PYTHONIOENCODING": "ascii"})
    assert b"\\" not in result.stdout + result.stderr
    assert (b"Westerkwartier" in result.stdout) == (
        b"Gebiedscooperatie Westerkwartier" in result.stdout
    )


def test_another_script_is_named_by_its_numbers(tmp_path: Path) -> None:
    file = tmp_path / "list.yaml"
    text = Path(LIST).read_text(encoding="utf-8")
    file.write_text(text.replace("title: ", "title: \u4e2dé ", 1), encoding="utf-8")
    result = run("score", str(file), *OWN, env={"PYTHONIOENCODING": "ascii"})
    assert result.stdout.startswith(b"\\u4e2de ")


@pytest.mark.slow
def test_data_lose_nothing_where_letters_cannot_be_shown() -> None:
    plain = run("score", "-f", "json", env={"PYTHONIOENCODING": "ascii"}).stdout
    assert json.loads(plain) == json.loads(
        run("score", "-f", "json", env={"PYTHONIOENCODING": "utf-8"}).stdout
    )
    table = run("score", "-f", "csv", env={"PYTHONIOENCODING": "ascii"}).stdout
    assert b"Gebiedsco\\xf6peratie" in table


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)])
def test_help_at_once(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.returncode == 0
    assert "Usage: kiamv" in result.stdout.decode()
    assert run(*arguments, env={"PYTHONIOENCODING": "ascii"}).returncode == 0


def test_version() -> None:
    assert run("--version").stdout.decode() == f"kiamv {__version__}\n"
    assert run("score", "--version").returncode == 2


@pytest.mark.parametrize(
    ("command", "heavy"),
    [
        (["--help"], {"typer", "rich", "yaml", "pydantic_core", "numpy", "highspy"}),
        (["score", "-f", "json"], {"rich", "pydantic", "numpy", "highspy", "rapidfuzz"}),
        (["shortlist", "--balance", "none"], {"rich", "pydantic", "numpy", "highspy", "rapidfuzz"}),
    ],
)
def test_what_a_command_does_not_need_is_not_imported(command: list[str], heavy: set[str]) -> None:
    code = (
        "import sys; from kiamv_cli.__main__ import main\n"
        f"sys.argv = ['kiamv', *{command!r}]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print(sorted(set(sys.modules) & {heavy!r}), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert without_note(result.stderr) == b"[]\n"


def test_a_reader_that_has_seen_enough() -> None:
    command = f"{sys.executable} -m kiamv_cli score | head -1"
    result = subprocess.run(  # noqa: S602 - a pipeline is the point
        f"set -o pipefail; {command}; echo ${{PIPESTATUS[0]}} >&2",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in result.stderr
    assert result.stdout.count(b"\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_full_disk() -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run([*KIAMV, "score"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert result.returncode == 2
    assert b"cannot be written: No space left on device" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.slow
def test_the_same_bytes_every_time() -> None:
    first = run("shortlist", "-f", "json", env={"PYTHONHASHSEED": "1"})
    again = run("shortlist", "-f", "json", env={"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"})
    assert first.stdout == again.stdout


@pytest.mark.slow
def test_a_time_limit_that_is_hit_is_said() -> None:
    result = run("shortlist", "-f", "json", "--time-limit", "0")
    assert result.returncode == 4
    found = json.loads(result.stdout)
    assert not found["proven_optimal"]
    assert len(found["selected"]) == 20


@pytest.mark.slow
def test_hostile_text_prints_harmlessly(tmp_path: Path) -> None:
    file = tmp_path / "list.yaml"
    file.write_text(
        "title: '[red]T[/red]'\nas_of: 2021-01-01\necosystems:\n"
        "  - {id: a, name: '[/] :smile: =1+1', provinces: [BE25], themes: [mobility]}\n",
        encoding="utf-8",
    )
    shown = run("score", str(file), *OWN).stdout.decode()
    assert "[red]T[/red]" in shown
    assert "[/] :smile: =1+1" in shown
    assert "[/] :smile: =1+1" in in_terminal("score", str(file), *OWN, columns=80)
    file.write_bytes(b'title: "\\e[31m"\nas_of: 2021-01-01\necosystems: []\n')
    refused = run("score", str(file), *OWN)
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert b"\x1b" not in refused.stderr


def test_a_bug_is_one_line() -> None:
    code = (
        "import sys, kiamv_cli.cli.input as i\n"
        "def broken(*_): raise RuntimeError('boom')\n"
        "i.read_scores = broken\n"
        "sys.argv = ['kiamv', 'score']\n"
        "from kiamv_cli.__main__ import main; main()"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert result.returncode == 70
    assert result.stderr.count(b"\n") == 1
    assert b"a bug in kiamv: RuntimeError: boom" in result.stderr
