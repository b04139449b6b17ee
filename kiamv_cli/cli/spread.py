"""``kiamv spread``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kiamv_cli.cli import options
from kiamv_cli.language import _

if TYPE_CHECKING:
    from kiamv_cli.core.score import Scores

Ids = Annotated[
    options.Text,
    typer.Option(
        metavar="IDS",
        help="Only these ecosystems: ids with commas, a file of them, or - for standard input "
        "(ids, or what kiamv prints as json or csv). Left out: the whole long list.",
        rich_help_panel=options.INPUT,
    ),
]
Target = Annotated[
    Optional[list[str]],  # noqa: UP045 - read at run time by Typer
    typer.Option(
        metavar="[DIM=]RULE",
        help="Seats to compare with: even (default), longlist, population, or a YAML file.",
        rich_help_panel=options.INPUT,
    ),
]


def spread(
    source: options.Source,
    out: options.DrawnOut,
    ids: Ids = None,
    target: Target = None,
    picture: options.OfSpread = None,
) -> None:
    """Show how a long list, or any set of its ecosystems, lies over provinces and themes.

    Example: kiamv shortlist -f json | kiamv spread --ids -
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import write
    from kiamv_cli.cli.wishes import to_targets
    from kiamv_cli.core.shortlist import spread_of
    from kiamv_cli.render.spread import SpreadView

    scores = read_scores(source)
    members = _members(ids, scores)
    targets = to_targets(target, scores.programme)
    spreads = spread_of(scores, members, targets)
    write(SpreadView(scores, members, spreads, targets), out, picture)


def _members(ids: str | None, scores: Scores) -> tuple[str, ...]:
    from kiamv_cli.cli.output import fail
    from kiamv_cli.core.lookup import UnknownEcosystemError, find

    if ids is None:
        return tuple(one.id for one in scores.longlist.ecosystems)
    names = _names(_content(ids))
    if not names:
        fail(_("--ids {ids}: holds no ids.", ids=ids))
    try:
        return tuple(dict.fromkeys(find(scores.longlist, name).id for name in names))
    except UnknownEcosystemError as error:
        fail(f"--ids: {error}")


def _content(ids: str) -> str:
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.loading.files import is_file, read_file, read_rest
    from kiamv_cli.loading.text import decode

    with refusing():
        if ids == "-":
            return decode(read_rest(sys.stdin.buffer, "<stdin>"), "<stdin>")
        path = Path(ids)
        return decode(read_file(path), ids) if is_file(path) else ids


def _names(text: str) -> list[str]:
    """Ids from a JSON result of kiamv, a CSV file with a column id, or words."""
    if text.lstrip().startswith(("{", "[")):
        return _json_ids(text)
    lines = text.split("\n")
    header = [cell.strip() for cell in lines[0].split(",")]
    if "id" in header and len(lines) > 1:
        import csv

        return [row["id"] for row in csv.DictReader(lines)]
    return [part.strip() for line in lines for part in line.split(",") if part.strip()]


def _json_ids(text: str) -> list[str]:
    import json

    from kiamv_cli.cli.output import fail

    try:
        found = json.loads(text)
        rows = found if isinstance(found, list) else found.get("selected", found.get("ecosystems"))
        return [row if isinstance(row, str) else row["id"] for row in rows]
    except (ValueError, TypeError, KeyError):
        fail(_("--ids: this JSON holds no ids; a list of ids, or what kiamv prints, is read."))
