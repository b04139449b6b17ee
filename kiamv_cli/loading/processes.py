"""Much of the same work shared among processes, or done in this one where that is as good.

Items go out in chunks, so many at a time that all are busy and few wait; what comes of them comes
back in their order. Processes are spawned on every system alike, and end with this one however it
ends. Where they cannot be had, or one of them breaks down, the work is done here instead.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from contextlib import contextmanager, nullcontext
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from concurrent.futures import Future, ProcessPoolExecutor
    from contextlib import AbstractContextManager

    Pool = AbstractContextManager[ProcessPoolExecutor | None]

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

# Fewer items are done here before another process has started.
FEW = 2_000
_CHUNK, _WAITING = 100, 4
# What this process does with an item, if it was started for that.
_work: list[Callable[[Any], Any]] = []


def shared(
    make: Callable[[], Callable[[_Item], _Result]], items: Iterable[_Item], processes: int
) -> Generator[tuple[_Item, _Result], None, None]:
    """Do the same with each item.

    Args:
        make: Makes what does it, once in each process; it, items and results can be pickled.
        items: Any number; the first ones are taken to see how many there are, and from then on no
            more at a time than keep all busy.
        processes: How many to share the work among. None is started for one, nor for few items.

    Returns:
        Each item with its result, in their order.
    """
    items = iter(items)
    first = list(islice(items, FEW))
    if processes > 1 and len(first) == FEW:
        yield from _among(processes, make, chain(first, items))
    else:
        do = make()
        yield from ((item, do(item)) for item in chain(first, items))


def _among(
    processes: int, make: Callable[[], Callable[[_Item], _Result]], items: Iterator[_Item]
) -> Iterator[tuple[_Item, _Result]]:
    here = cache(make)  # what this process does itself is made once
    waiting = deque[tuple[list[_Item], "Future[list[_Result]] | None"]]()
    with _pool(processes, make) as pool:
        while chunk := list(islice(items, _CHUNK)):
            waiting.append((chunk, _handed_out(chunk, pool)))
            if len(waiting) > _WAITING * processes:
                yield from _done(*waiting.popleft(), here)
        for each in waiting:
            yield from _done(*each, here)


def _pool(processes: int, make: Callable[[], Callable[[Any], Any]]) -> Pool:
    """Start processes, if this system has what they need."""
    try:
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - only for long lists
        from multiprocessing import get_context  # noqa: PLC0415 - likewise

        return ProcessPoolExecutor(processes, get_context("spawn"), _start, (make,))
    except (ImportError, NotImplementedError, OSError):
        return nullcontext()


def _handed_out(
    chunk: list[_Item], pool: ProcessPoolExecutor | None
) -> Future[list[_Result]] | None:
    try:
        with _uninterrupted():
            return pool.submit(_do, chunk) if pool else None
    except (OSError, RuntimeError):  # no process can be started, or one broke down
        return None


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back from processes that start now: the one that started them will end them.

    A terminal sends it to all of them, and each would print a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _done(
    chunk: list[_Item],
    future: Future[list[_Result]] | None,
    make: Callable[[], Callable[[_Item], _Result]],
) -> Iterator[tuple[_Item, _Result]]:
    """Wait for what comes of a chunk, or do it here."""
    from concurrent.futures import BrokenExecutor  # noqa: PLC0415 - only for long lists

    try:
        results = future.result() if future else None
    except BrokenExecutor:
        results = None
    return zip(chunk, map(make(), chunk) if results is None else results, strict=True)


def _start(make: Callable[[], Callable[[Any], Any]]) -> None:
    """Make a process ready."""
    from threading import Thread  # noqa: PLC0415 - only in a process of its own

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it could not be held back
    gc.disable()  # as on the command line
    Thread(target=_end_with_parent, daemon=True).start()
    _work[:] = [make()]


def _end_with_parent() -> None:
    from multiprocessing import parent_process  # noqa: PLC0415 - only in a process of its own

    parent = parent_process()
    assert parent
    parent.join()
    os._exit(1)


def _do(chunk: list[Any]) -> list[Any]:
    return list(map(_work[0], chunk))
