"""A long list looked through for all that is wrong or doubtful, shared among processes.

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
from dataclasses import replace
from functools import cache, partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from kiamv_cli.base.language import N_, _, current_language
from kiamv_cli.base.problem import BadInput
from kiamv_cli.formats.document import Piece
from kiamv_cli.longlist.checks.looking import Look, Looking
from kiamv_cli.longlist.checks.subject import doubt
from kiamv_cli.longlist.model.duplicates import Checked
from kiamv_cli.longlist.reading.entry import as_mapping
from kiamv_cli.longlist.reading.longlist import collector_paused, read_into

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from kiamv_cli.base.problem import Problem
    from kiamv_cli.formats.document import Document
    from kiamv_cli.formats.plain import Path as Place
    from kiamv_cli.formats.plain import Plain
    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.longlist.model.duplicates import Named
    from kiamv_cli.programme.model.programme import Programme

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


# Given the names on a list, which two may stand for the same (by their places), and why.
Suspect: TypeAlias = "Callable[[Sequence[Named]], Iterable[tuple[int, int, str]]]"
_HINT = N_("kiamv same asks whether they are; with --identities, check knows what was answered")
_NOTHING_TO_READ = {"K101", "K102", "K103", "K104"}


def check_longlist(
    source: str | Path | Traversable,
    programme: Programme,
    *,
    as_of: date | None = None,
    suspect: Suspect = lambda _: (),
    processes: int = 1,
    hidden: Hidden | None = None,
) -> Checked:
    """Look through a long list; what is wrong with it is in the result.

    Args:
        source: As for ``load_longlist``.
        programme: The criteria and vocabularies that the list must use.
        as_of: The reference date, if not that of the list.
        suspect: Finds duplicates; left out: nobody looks for any.
        processes: How many may share the work on a long list of lines or files. The result is
            the same.
        hidden: What becomes of hidden and struck-through parts of a workbook: ``keep`` or
            ``skip``. Left out: they are errors.

    Raises:
        BadInput: There is nothing to look through: no such file, or none that can be read.
    """
    gathering = _Gathering(programme, processes)
    header = None
    with collector_paused():
        try:
            header = read_into(gathering, source, as_of, hidden=hidden)
        except BadInput as error:
            if any(problem.code in _NOTHING_TO_READ for problem in error.problems):
                raise
            gathering.note(error.problems)
        gathering.compare(suspect)
        return Checked(
            title=header.title if header else "",
            as_of=gathering.as_of,
            ecosystems=gathering.seen,
            problems=tuple(_worth_telling(gathering)),
            unread=header is None,
        )


class _Gathering(Looking):
    """Looks at all of a list: at each ecosystem, and at what concerns several."""

    def __init__(self, programme: Programme, processes: int) -> None:
        super().__init__(programme)
        self._processes = processes
        self._places: list[tuple[Document | Piece, Place]] = []

    def gather(self, pieces: Iterable[Piece]) -> None:
        """Look at the ecosystem in each, in several processes if there are many."""
        make = partial(Look, self.programme, self.as_of, current_language())
        for piece, looked in shared(make, pieces, self._processes):
            self.note(looked.problems)
            self.suggested = self.suggested or looked.suggested
            for named in looked.named:
                self._keep_looked_at(named, piece)

    def add(self, document: Document, base: Place, data: Plain, text: str | None = None) -> None:
        """Look at an ecosystem in a document of several, or in the first line of many."""
        super().add(document, base, data, text)
        here = document if base else document.without_text()
        self._places.append((here, base))
        self.refuse(document, self.repeats(here, base, as_mapping(data)))

    def compare(self, suspect: Suspect) -> None:
        """Note which of them may be the same."""
        for one, other, why in suspect(self.named):
            (first, place), (second, base) = self._places[one], self._places[other]
            flaw = doubt("K942", (*base, "name"), why, _(_HINT))
            before = first.unread() if isinstance(first, Piece) else first
            document = second.read() if isinstance(second, Piece) else second
            self.refuse(document, [replace(flaw, first=(before, (*place, "name")))])

    def _keep_looked_at(self, named: Named, piece: Piece) -> None:
        self.seen += 1
        self.named.append(named)
        document = piece.unread()
        # A line of JSON Lines is not kept for its number alone.
        self._places.append((piece if piece.syntax == "yaml" else document, ()))
        flaws = list(self.repeats(document, (), {"id": named.id, "name": named.name}))
        self.note(piece.read().place(flaws) if flaws else ())


def _worth_telling(gathering: _Gathering) -> Iterator[Problem]:
    """Leave out who suggested an ecosystem where a list does not keep that of any."""
    for problem in gathering.problems():
        if gathering.suggested or problem.code != "K941":
            yield problem
