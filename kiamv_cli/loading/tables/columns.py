"""The row of headings: which column holds what, and what is said of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.core.tables.layout import AS_OF, INTERNAL_PATH, TITLE
from kiamv_cli.language import _
from kiamv_cli.loading.hints import shown
from kiamv_cli.loading.tables.headings import heading_of, path_of, suggestion_for

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from kiamv_cli.loading.marks import Mark
    from kiamv_cli.loading.plain import Path
    from kiamv_cli.loading.tables.document import Table
    from kiamv_cli.loading.workbook import Cell


def columns_of(
    table: Table,
    headings: Sequence[Cell],
    typed: Sequence[Cell],
    ignored: Container[str],
    at: Mark,
) -> dict[int, Path]:
    """Tell which column holds what, and note in the table where that is not known.

    Args:
        table: That of the headings.
        headings: In English, or as people head their own lists.
        typed: The same, as they stand in the file.
        ignored: Those that are passed over.
        at: The place of the first.

    Returns:
        The path of what a column holds, by its place from 0.
    """
    found: dict[int, Path] = {}
    seen: dict[Path, str] = {}
    for place, cell in enumerate(headings):
        mark = at._replace(column=place + 1)
        text = "" if cell is None else str(cell)
        path = (text,) if text in {TITLE, AS_OF} else path_of(text)
        if not text.strip() or text in ignored:
            continue
        if path is None:
            told = _("the column {name} is not known", name=shown(text))
            table.note("K701", mark, told, suggestion_for(text))
        elif path in seen and path != INTERNAL_PATH:
            _tell_twice(table, mark, (seen[path], str(typed[place])), path)
        else:
            seen.setdefault(path, str(typed[place]))
            found[place] = path
    return found


def _tell_twice(table: Table, mark: Mark, names: tuple[str, str], path: Path) -> None:
    first, name = map(shown, names)
    told = _(
        "the columns {first} and {name} are both read as {key}",
        first=first,
        name=name,
        key=heading_of(path),
    )
    hint = _("Keep one of them, or head the other by the key it is (docs/tables.md)")
    table.note("K702", mark, told, hint)


def tell_headings(
    table: Table, headings: Sequence[Cell], columns: Mapping[int, Path], at: Mark
) -> None:
    """Say what columns were taken for, where they are not headed by a key."""
    meant = (
        (" ".join(str(headings[place]).split()), heading_of(path))
        for place, path in columns.items()
    )
    taken = [
        _("{name} as {key}", name=text, key=key)
        for text, key in meant
        if "_".join(text.casefold().split()) != key
    ]
    if taken:
        told = _("columns are read by their names: {columns}", columns=", ".join(taken))
        hint = _("If one of them is something else, head it by the key it is (docs/tables.md)")
        table.note("K956", at, told, hint, "warning")
