"""The standard streams: usable also where whoever started kiamv closed them, never a traceback."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from kiamv_cli.cli import encoding

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

_MOST_COLUMNS = 2_000  # wider than any terminal; what is padded to more takes for ever


def prepare() -> None:
    """Have all three streams there, and their settings such that nothing fails on them.

    A stream that was closed is there again and fails when it is used, as one on a full disk does;
    its number is taken, so that no file that is opened later gets what is said on it. What cannot
    be said on standard error is lost: there is no other place to say so.
    """
    _reopen()
    encoding.register()
    results = _Results(1, "w", closefd=False)
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(results),
        encoding=sys.stdout.encoding,
        errors=encoding.PEOPLE,
        line_buffering=results.isatty(),
    )
    sys.stderr = io.TextIOWrapper(
        _Forgiving(2, "w", closefd=False),
        encoding=sys.stderr.encoding,
        errors=encoding.PEOPLE,
        write_through=True,
    )
    for name in ("COLUMNS", "LINES"):
        if (said := os.environ.get(name)) is not None and not _is_sensible(said):
            del os.environ[name]


def silence() -> None:
    """Write nothing more to standard output, also not what waits to be written."""
    with suppress(OSError, ValueError):
        _onto(os.O_WRONLY, sys.stdout.fileno())


class UnwritableError(OSError):
    """Standard output does not take what is written to it; ``errno`` and ``strerror`` say why."""


class _Results(io.FileIO):
    """What cannot be written is told apart from other errors of the system."""

    def write(self, content: Buffer, /) -> int:
        try:
            return super().write(content)
        except OSError as error:
            raise UnwritableError(error.errno, error.strerror) from None


class _Forgiving(io.FileIO):
    """What cannot be written is lost."""

    def write(self, content: Buffer, /) -> int:
        try:
            return super().write(content)
        except OSError:
            return memoryview(content).nbytes


def _reopen() -> None:
    """Give a number to each stream that has none; the two of results and input can't be used."""
    for number, flags in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            _onto(flags, number)
    if sys.stdin is None:
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)


def _onto(flags: int, number: int) -> None:
    """Open nothing at all under a number."""
    there = os.open(os.devnull, flags)
    if there != number:
        os.dup2(there, number)
        os.close(there)


def _is_sensible(columns: str) -> bool:
    return columns.isascii() and columns.isdigit() and 0 < int(columns[:9]) <= _MOST_COLUMNS
