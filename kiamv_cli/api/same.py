"""Suspected duplicates, and the answers on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.api.reading import load_criteria
from kiamv_cli.core.duplicates import Duplicates, gathered
from kiamv_cli.core.identity import Identities
from kiamv_cli.core.problem import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kiamv_cli.core.duplicates import Named
    from kiamv_cli.core.programme import Programme
    from kiamv_cli.loading.sheets.sheet import Hidden


def same(
    lists: Sequence[str | Path] = (),
    identities: Identities | None = None,
    programme: Programme | None = None,
    *,
    least: int = 0,
    hidden: Hidden | None = None,
) -> Duplicates:
    """Find who on long lists, or on plain lists of names, may be the same ecosystem.

    Args:
        lists: Each as for ``load_longlist``, or a ``.txt`` file with a name on each line; only
            names, ids and websites are read. None at all: the bundled long list.
        identities: What was answered before; left out: nothing.
        programme: Whose provinces and themes tables may name; left out: the bundled one.
        least: Leave out suspicions that are less strong, in per cent.
        hidden: What becomes of hidden and struck-through parts of a workbook: ``keep`` or
            ``skip``. Left out: they are errors.

    Returns:
        The suspicions, strongest first. Entries with one id are one, and so is a plain name with
        the entry that has it.

    Raises:
        BadInput: Something is wrong with any of the lists; it holds all problems.
    """
    from kiamv_cli.matching.suspects import suspected

    entries, remarks = _entries(lists, programme or load_criteria(), hidden)
    named = gathered(entries)
    return Duplicates(
        named=named,
        suspicions=suspected(named, least),
        identities=identities or Identities(),
        remarks=tuple(remarks),
    )


def _entries(
    lists: Sequence[str | Path], programme: Programme, hidden: Hidden | None
) -> tuple[list[Named], list[Problem]]:
    """Read the names on all lists, with what to know of them, or say all that is wrong with any."""
    from kiamv_cli.loading.datafiles import bundled
    from kiamv_cli.loading.names import load_names

    entries: list[Named] = []
    remarks: list[Problem] = []
    problems: list[Problem] = []
    for each in lists or (bundled("longlist"),):
        try:
            # Where the bundled list is on this machine says nothing to anyone.
            found = load_names(each, programme, str(each) if lists else "", hidden)
            entries += found.named
            remarks += found.remarks
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)
    return entries, remarks
