"""Read what a command works on, or say everything that is wrong with it."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.language import _
from kiamv_cli.cli.output import Status, fail, note, note_problems, print_problems
from kiamv_cli.cli.project import current_project

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiamv_cli.base.problem import Code
    from kiamv_cli.cli.options import Input, Source
    from kiamv_cli.longlist.model.longlist import Longlist, TableOptions
    from kiamv_cli.longlist.reading.longlist import Loaded
    from kiamv_cli.programme.model.dimensions import Dimension, DimensionId
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.reading import Shares


def read_scores(source: Source) -> Scores:
    """Load the criteria and the long list, and score it."""
    from kiamv_cli.scoring.model.score import score

    programme, longlist = read_longlist(source)
    if source.reviews is not None:
        from kiamv_cli.review.commands.work import reviewed

        longlist = reviewed(longlist, programme, source)
    elif source.reviewer is not None:
        fail(_("--reviewer: also give the review, with --reviews FOLDER."))
    return score(longlist, programme, to_date(source.as_of))


def read_longlist(source: Input) -> tuple[Programme, Longlist]:
    """Load the criteria and the long list; warnings go to standard error."""
    programme, loaded = _load(source, to_date(source.as_of))
    note_problems(loaded.warnings)
    return programme, loaded.longlist


def read_criteria(source: Input) -> Programme:
    """Load the criteria."""
    from kiamv_cli.longlist.results import load_criteria

    _announce(source)
    with refusing():
        return load_criteria(source.criteria)


def _load(source: Input, as_of: date | None) -> tuple[Programme, Loaded]:
    from kiamv_cli.longlist.results import load_longlist

    programme = read_criteria(source)
    if source.longlist is None:
        note_bundled()
    tables = tables_of(programme, source.hidden, mapping_of(source))
    with refusing():
        return programme, load_longlist(source.longlist, programme, as_of=as_of, tables=tables)


def mapping_of(source: Input) -> str | None:
    """Return the mapping by which a list is read: the one typed, else that of the project's list.

    One that the project names and is not there ends the command.
    """
    project = current_project()
    if source.mapping is not None or project is None or source.longlist is None:
        return source.mapping
    if source.longlist != project.path("longlist"):
        return None
    with refusing():
        return project.mapping()


def tables_of(
    programme: Programme, hidden: Literal["keep", "skip"] | None, mapping: str | None
) -> TableOptions:
    """Return how tables are read; a mapping that is wrong ends the command."""
    from kiamv_cli.longlist.model.longlist import TableOptions

    if mapping is None:
        return TableOptions(hidden=hidden)
    from kiamv_cli.longlist.reading.tables.mapping import load_mapping

    with refusing():
        return TableOptions(hidden=hidden, mapping=load_mapping(mapping, programme))


def note_bundled() -> None:
    """Say that the list is the one that comes with kiamv: nobody named another."""
    project = current_project()
    if project is None:
        text = _("kiamv: no kiamv.yaml here or above, so this is about the bundled long list")
    else:
        path = project.document.path
        text = _("kiamv: {path} names no long list, so this is about the bundled one", path=path)
    note(text)


def _announce(source: Input) -> None:
    if source.longlist == "-" and sys.stdin.isatty():
        note(_("kiamv: reading a long list from standard input; end it with Ctrl-D"))


def meaning_of(code: str) -> tuple[Code, ...]:
    """Find what a code means, or ``all`` codes; an unknown one ends the command."""
    from kiamv_cli.base.problem import codes
    from kiamv_cli.formats.hints import near

    known = codes()
    if code.casefold() == "all":
        return tuple(known.values())
    if code.upper() not in known:
        close = near(code.upper(), [*known]) or _("kiamv check --explain all lists them.")
        fail(_('--explain "{code}": there is no such code. {hint}', code=code, hint=close))
    return (known[code.upper()],)


def read_targets(
    path: str,
    dimensions: Mapping[DimensionId, Dimension],
    dimension: DimensionId | None = None,
) -> Shares:
    """Load shares per category from a file, of all dimensions that it has or of one."""
    from kiamv_cli.selection.reading import load_targets

    with refusing():
        return load_targets(path, dimensions, dimension)


@contextmanager
def refusing(**by_code: Status) -> Iterator[None]:
    """Report a bad input and end the command; with another status for certain codes."""
    from kiamv_cli.base.problem import BadInput

    try:
        yield
    except BadInput as bad:
        print_problems(bad.problems)
        statuses = (by_code[each.code] for each in bad.problems if each.code in by_code)
        raise SystemExit(next(statuses, Status.BAD_INPUT)) from None


def to_date(text: str | None, option: str = "--as-of") -> date | None:
    """Read an option that is a date; what is none ends the command."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(
            _(
                '{option} "{text}": not a date. Write year, month, day: {example}.',
                option=option,
                text=text,
                example=_the_date(text) or "2020-11-30",
            )
        )


def _the_date(text: str) -> date | None:
    """Find the one date that a text of day, month and year can mean, such as 30-11-2020."""
    import re

    parts = re.fullmatch(r"\s*(\d{1,2})([-/.])(\d{1,2})\2(\d{4})\s*", text, re.ASCII)
    if not parts:
        return None
    first, second, year = int(parts[1]), int(parts[3]), int(parts[4])
    dates = set[date]()
    for day, month in ((first, second), (second, first)):
        with suppress(ValueError):
            dates.add(date(year, month, day))
    return dates.pop() if len(dates) == 1 else None
