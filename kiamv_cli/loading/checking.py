"""A long list looked through for everything that is wrong with it or doubtful in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.core.checked import Checked
from kiamv_cli.core.problem import BadInput
from kiamv_cli.loading.doubts.ecosystem import doubts
from kiamv_cli.loading.gathering import Gathering
from kiamv_cli.loading.longlist import collector_paused, read_into

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from kiamv_cli.core.problem import Problem
    from kiamv_cli.core.programme import Programme


_NOTHING_TO_READ = {"K101", "K102", "K103", "K104"}


def check_longlist(
    source: str | Path | Traversable, programme: Programme, *, as_of: date | None = None
) -> Checked:
    """Look through a long list; what is wrong with it is in the result.

    Args:
        source: As for ``load_longlist``.
        programme: The criteria and vocabularies that the list must use.
        as_of: The reference date, if not that of the list.

    Raises:
        BadInput: There is nothing to look through: no such file, or none that can be read.
    """
    gathering = Gathering(programme, doubts)
    header = None
    with collector_paused():
        try:
            header = read_into(gathering, source, as_of)
        except BadInput as error:
            if any(problem.code in _NOTHING_TO_READ for problem in error.problems):
                raise
            gathering.note(error.problems)
        return Checked(
            title=header.title if header else "",
            as_of=gathering.as_of,
            ecosystems=gathering.seen,
            problems=tuple(_worth_telling(gathering)),
            unread=header is None,
        )


def _worth_telling(gathering: Gathering) -> Iterator[Problem]:
    """Leave out who suggested an ecosystem where a list does not keep that of any."""
    kept = any(each.suggested_by or each.named_in_study for each in gathering.ecosystems)
    for problem in gathering.problems():
        if kept or problem.code != "K941":
            yield problem
