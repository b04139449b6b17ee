"""Files are there whole or not at all, also when kiamv is killed or the disk is full."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

# Kills itself just before the call to the system of that number, of those that change files.
KILLED = """
import atexit, os, signal, sys
left = int(sys.argv[1])
def counted(call):
    def wrapped(*given, **named):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*given, **named)
    return wrapped
for name in ("fsync", "chmod", "replace", "link", "rename", "mkdir", "unlink"):
    setattr(os, name, counted(getattr(os, name)))
asked = left
atexit.register(lambda: print(asked - left, file=sys.stderr))
sys.argv = ["kiamv", *sys.argv[2:]]
from kiamv_cli.__main__ import main
main()
"""
LIST = """\
title: T
as_of: 2026-01-01
ecosystems:
  - {id: alfa, name: Alfa, provinces: [NL-GR], themes: [energy]}
  - {id: beta, name: Beta, provinces: [NL-FR], themes: [health]}
"""
TARGETS = [
    ("export", "list.yaml", "-o", "out.csv", "--force"),
    ("export", "list.yaml", "-o", "out.csv"),
    ("import", "list.yaml", "-o", "out", "--force"),
    ("import", "list.yaml", "-o", "out"),
    ("init", "out", "--title", "T", "--force"),
    ("init", "out", "--title", "T"),
]


def content(place: Path) -> dict[str, bytes] | bytes | None:
    if place.is_file():
        return place.read_bytes()
    files = (each for each in place.rglob("*") if each.is_file())
    return {str(each.relative_to(place)): each.read_bytes() for each in files} or None


def run(tmp_path: Path, command: tuple[str, ...], stop: int) -> int:
    """Run a command; give its status if it was killed, else how many such calls it made."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(stop), *command],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    return done.returncode or int(done.stderr.split()[-1])


def before(tmp_path: Path, target: Path, command: tuple[str, ...]) -> None:
    """Put something in the place of the target, where it may be replaced."""
    (tmp_path / "list.yaml").write_text(LIST, encoding="utf-8")
    if "--force" not in command:
        return
    if target.suffix:
        target.write_text("the old one", encoding="utf-8")
    else:
        name = "README.md" if command[0] == "init" else "old.yaml"
        target.mkdir()
        (target / name).write_text("the old one", encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("command", [*TARGETS[:3], TARGETS[4]], ids=" ".join)
def test_killed_at_any_moment_it_leaves_the_old_or_the_new(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    target = tmp_path / next(each for each in command if each.startswith("out"))
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    before(fresh, fresh / target.name, command)
    calls = run(fresh, command, 10_000)
    new = content(fresh / target.name)
    # Every one of the last calls, which put the new in the place of the old, and some before.
    for stop in sorted({*range(0, calls, calls // 3), *range(max(calls - 6, 0), calls)}):
        place = tmp_path / str(stop)
        place.mkdir()
        before(place, place / target.name, command)
        old = content(place / target.name)
        assert run(place, command, stop) == -signal.SIGKILL
        # Between two renames the old folder is beside its place, whole.
        aside = [*place.glob(f".kiamv-old-*/{target.name}")]
        there = (place / target.name).exists()
        assert content(place / target.name if there or not aside else aside[0]) in (old, new)
        left = {each.name for each in place.iterdir()} - {"list.yaml", target.name}
        assert all(each.startswith(".kiamv-") for each in left)


@pytest.mark.slow
@pytest.mark.parametrize("command", TARGETS, ids=" ".join)
def test_a_disk_that_is_full_leaves_the_old(tmp_path: Path, command: tuple[str, ...]) -> None:
    target = tmp_path / next(each for each in command if each.startswith("out"))
    before(tmp_path, target, command)
    old = content(target)

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))

    done = subprocess.run(
        [sys.executable, "-m", "kiamv_cli", *command],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        preexec_fn=small,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"cannot be written: File too large" in done.stderr
    assert content(target) == old
    assert {each.name for each in tmp_path.iterdir()} <= {"list.yaml", target.name}
