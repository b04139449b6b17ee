"""A long list looked through for everything that is wrong with it or doubtful in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from kiamv_cli.core.checked import Checked
from kiamv_cli.core.problem import BadInput
from kiamv_cli.language import N_, _
from kiamv_cli.loading.doubts.ecosystem import doubts
from kiamv_cli.loading.doubts.subject import doubt
from kiamv_cli.loading.gathering import Gathering
from kiamv_cli.loading.longlist import collector_paused, read_into
from kiamv_cli.loading.names import named_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from kiamv_cli.core.duplicates import Named
    from kiamv_cli.core.problem import Problem
    from kiamv_cli.core.programme import Programme
    from kiamv_cli.loading.document import Document
    from kiamv_cli.loading.gathering import Examine
    from kiamv_cli.loading.plain import Path as Place
    from kiamv_cli.loading.plain import Plain


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
) -> Checked:
    """Look through a long list; what is wrong with it is in the result.

    Args:
        source: As for ``load_longlist``.
        programme: The criteria and vocabularies that the list must use.
        as_of: The reference date, if not that of the list.
        suspect: Finds duplicates; left out: nobody looks for any.

    Raises:
        BadInput: There is nothing to look through: no such file, or none that can be read.
    """
    gathering = _Gathering(programme, doubts)
    header = None
    with collector_paused():
        try:
            header = read_into(gathering, source, as_of)
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


class _Gathering(Gathering):
    """Remembers also the names, and where they stand."""

    def __init__(self, programme: Programme, examine: Examine) -> None:
        super().__init__(programme, examine)
        self._named: list[Named] = []
        self._places: list[tuple[Document, Place]] = []

    def add(self, document: Document, base: Place, data: Plain, text: str | None = None) -> None:
        """Check an ecosystem, and remember its names."""
        super().add(document, base, data, text)
        # A line of JSON Lines is not kept for its number alone.
        self._named.append(named_in(data))
        self._places.append(
            (document if base or document.syntax == "yaml" else document.without_text(), base)
        )

    def compare(self, suspect: Suspect) -> None:
        """Note which of them may be the same."""
        for one, other, why in suspect(self._named):
            document, base = self._places[other]
            first, place = self._places[one]
            flaw = doubt("K942", (*base, "name"), why, _(_HINT))
            self.refuse(document, [replace(flaw, first=(first, (*place, "name")))])


def _worth_telling(gathering: Gathering) -> Iterator[Problem]:
    """Leave out who suggested an ecosystem where a list does not keep that of any."""
    kept = any(each.suggested_by or each.named_in_study for each in gathering.ecosystems)
    for problem in gathering.problems():
        if kept or problem.code != "K941":
            yield problem
