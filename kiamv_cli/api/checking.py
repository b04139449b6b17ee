"""Look through a long list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.api.reading import load_criteria
from kiamv_cli.loading.checking import check_longlist
from kiamv_cli.loading.codes import codes
from kiamv_cli.loading.datafiles import bundled

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kiamv_cli.core.checked import Checked
    from kiamv_cli.core.programme import Programme

__all__ = ["check", "codes"]


def check(
    source: str | Path | None = None,
    programme: Programme | None = None,
    *,
    as_of: date | None = None,
) -> Checked:
    """Find everything that is wrong with a long list or doubtful in it.

    Args:
        source: As for ``load_longlist``; left out: the bundled long list.
        programme: Whose provinces, themes and criteria the list must use; left out: the bundled
            one.
        as_of: The reference date; left out: that of the list itself.

    Returns:
        All problems, each with its place, a code (see ``codes``) and a hint.

    Raises:
        BadInput: There is nothing to look through: no such file, or none that can be read.
    """
    place = bundled("longlist") if source is None else source
    return check_longlist(place, programme or load_criteria(), as_of=as_of)
