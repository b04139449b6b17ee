"""Look through a long list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kiamv_cli.api.reading import load_criteria
from kiamv_cli.core.identity import Identities
from kiamv_cli.core.labels import folded
from kiamv_cli.language import _
from kiamv_cli.loading.checking import check_longlist
from kiamv_cli.loading.codes import codes
from kiamv_cli.loading.datafiles import bundled
from kiamv_cli.loading.hints import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from kiamv_cli.core.checked import Checked
    from kiamv_cli.core.duplicates import Named
    from kiamv_cli.core.programme import Programme
    from kiamv_cli.loading.sheets.sheet import Hidden

__all__ = ["check", "codes"]


def check(
    source: str | Path | None = None,
    programme: Programme | None = None,
    *,
    as_of: date | None = None,
    identities: Identities | None = None,
    processes: int = 1,
    hidden: Hidden | None = None,
) -> Checked:
    """Find everything that is wrong with a long list or doubtful in it.

    Args:
        source: As for ``load_longlist``; left out: the bundled long list.
        programme: Whose provinces, themes and criteria the list must use; left out: the bundled
            one.
        as_of: The reference date; left out: that of the list itself.
        identities: What was answered on suspected duplicates; these are not told again.
        processes: How many may share the work on a long list of lines or files. The result is
            the same. A script that asks for more than one must start below
            ``if __name__ == "__main__":``, as the module multiprocessing of Python needs it.
        hidden: What becomes of hidden and struck-through parts of a workbook: ``keep`` or
            ``skip``. Left out: they are errors.

    Returns:
        All problems, each with its place, a code (see ``codes``) and a hint.

    Raises:
        BadInput: There is nothing to look through: no such file, or none that can be read.
    """
    place = bundled("longlist") if source is None else source
    return check_longlist(
        place,
        programme or load_criteria(),
        as_of=as_of,
        processes=processes,
        hidden=hidden,
        suspect=partial(_duplicates, identities=identities or Identities()),
    )


def _duplicates(named: Sequence[Named], identities: Identities) -> Iterator[tuple[int, int, str]]:
    """Find strongly suspected duplicates that nobody answered on; the later one comes second."""
    from kiamv_cli.core.duplicates import STRONG, answer_on
    from kiamv_cli.matching.suspects import suspected
    from kiamv_cli.render.same import why

    places = {id(each): place for place, each in enumerate(named)}
    for each in suspected(named, STRONG):
        one, other = sorted((each.one, each.other), key=lambda entry: places[id(entry)])
        # Equal ids and equal names are told by codes of their own.
        told = one.id == other.id or folded(one.name) == folded(other.name)
        if not told and answer_on(each, identities).is_open:
            message = _(
                "{other} may be the same as {one}: {why}",
                other=shown(other.name),
                one=shown(one.name),
                why=why(each),
            )
            yield places[id(one)], places[id(other)], message
