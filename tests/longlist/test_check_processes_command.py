"""Processes that ``kiamv check`` shares its work with end as it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from kiamv_cli.cli.progress import processes

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES = b"".join(
    json.dumps({"id": f"eco-{at}", "name": f"Eco {at}", "provinces": ["NL-GR"]}).encode() + b"\n"
    for at in range(5000)
)
pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks into /proc"),
    pytest.mark.skipif(processes() < 2, reason="needs two processors"),
]


def feed(started: subprocess.Popen[bytes]) -> None:
    """Give it all lines, without an end; it takes them only as fast as they are looked at."""
    assert started.stdin
    with suppress(OSError):
        started.stdin.write(LINES)
        started.stdin.flush()


@pytest.fixture
def checking() -> Iterator[subprocess.Popen[bytes]]:
    """A check that waits for more lines; in a session of its own, as in a terminal."""
    with subprocess.Popen(
        [sys.executable, "-m", "kiamv_cli", "check", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as started:
        try:
            Thread(target=feed, args=[started]).start()
            yield started
        finally:
            started.kill()


def others(started: subprocess.Popen[bytes]) -> set[int]:
    """The processes of its session, but for itself, that are there and not about to be gone."""
    found = set()
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, _group, session = place.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(session) == started.pid and state != "Z":
            found.add(int(place.parent.name))
    return found - {started.pid}


def wait_for(started: subprocess.Popen[bytes], *, there: bool) -> set[int]:
    for _ in range(300):
        found = others(started)
        if (len(found) > 1) == there and (there or not found):
            return found
        time.sleep(0.05)
    raise AssertionError(found)


@pytest.mark.parametrize("after", [0, 0.2, 0.5, 2])
def test_interrupted_all_end_without_a_word(
    checking: subprocess.Popen[bytes], after: float
) -> None:
    wait_for(checking, there=True)
    time.sleep(after)
    os.killpg(checking.pid, signal.SIGINT)
    assert checking.wait(20) == 130
    assert checking.stdout
    assert checking.stderr
    assert (checking.stdout.read(), checking.stderr.read()) == (b"", b"")
    wait_for(checking, there=False)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_no_other_outlives_one_that_is_killed(
    checking: subprocess.Popen[bytes], how: signal.Signals
) -> None:
    wait_for(checking, there=True)
    time.sleep(1)
    checking.send_signal(how)
    wait_for(checking, there=False)
