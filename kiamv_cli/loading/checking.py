"""A long list looked through for everything that is wrong with it or doubtful in it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from kiamv_cli.core.checked import Checked
from kiamv_cli.core.problem import BadInput
from kiamv_cli.language import N_, _, current_language
from kiamv_cli.loading.document import Piece
from kiamv_cli.loading.doubts.subject import doubt
from kiamv_cli.loading.entry import as_mapping
from kiamv_cli.loading.longlist import collector_paused, read_into
from kiamv_cli.loading.looking import Look, Looking
from kiamv_cli.loading.processes import shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from kiamv_cli.core.duplicates import Named
    from kiamv_cli.core.problem import Problem
    from kiamv_cli.core.programme import Programme
    from kiamv_cli.loading.document import Document
    from kiamv_cli.loading.plain import Path as Place
    from kiamv_cli.loading.plain import Plain
    from kiamv_cli.loading.sheets.sheet import Hidden


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
