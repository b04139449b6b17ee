"""Read what a selection is made from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli.loading.datafiles import bundled
from kiamv_cli.loading.longlist import load_longlist as _load_longlist
from kiamv_cli.loading.programme import load_programme

if TYPE_CHECKING:
    from datetime import date

    from kiamv_cli.core.longlist import Longlist
    from kiamv_cli.core.programme import Programme
    from kiamv_cli.core.types.dimension import TypeDimension
    from kiamv_cli.loading.longlist import Loaded
    from kiamv_cli.loading.sheets.sheet import Hidden


def load_criteria(folder: str | Path | None = None) -> Programme:
    """Read a programme: criteria, classes, provinces and themes.

    Args:
        folder: Where it lies; left out: the bundled criteria.

    Raises:
        BadInput: Something is wrong with it; it holds all problems that were found.
    """
    if folder is not None:
        return load_programme(Path(folder))
    programme = load_programme(bundled("criteria"))
    assert programme.origin
    return replace(programme, origin=replace(programme.origin, source=None))


def load_types(folder: str | Path | None = None) -> tuple[TypeDimension, ...]:
    """Read the dimensions by which a programme classifies.

    Args:
        folder: Where the programme lies; left out: the bundled criteria.

    Raises:
        BadInput: It has none, or something is wrong with them; it holds all problems.
    """
    from kiamv_cli.loading.types import load_types as load

    return load(bundled("criteria") if folder is None else Path(folder))


def load_longlist(
    source: str | Path | None = None,
    programme: Programme | None = None,
    *,
    as_of: date | None = None,
    hidden: Hidden | None = None,
) -> Loaded:
    """Read and check a long list.

    Args:
        source: A file (YAML, JSON, JSON Lines, CSV, XLSX), a folder with one YAML file per
            ecosystem, or ``-`` for standard input; left out: the bundled long list.
        programme: Whose provinces, themes and criteria the list must use; left out: the bundled
            one.
        as_of: The reference date; left out: that of the list itself.
        hidden: What becomes of hidden and struck-through parts of a workbook: ``keep`` or
            ``skip``. Left out: they are errors.

    Returns:
        The long list, and the warnings about it.

    Raises:
        BadInput: Something is wrong with it; it holds all problems that were found.
    """
    place = bundled("longlist") if source is None else source
    loaded = _load_longlist(place, programme or load_criteria(), as_of=as_of, hidden=hidden)
    return loaded if source is not None else replace(loaded, longlist=_bundled(loaded.longlist))


def _bundled(longlist: Longlist) -> Longlist:
    assert longlist.origin
    return replace(longlist, origin=replace(longlist.origin, source=None))
