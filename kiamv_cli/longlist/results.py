"""Read, check, exchange and compare long lists: the public functions."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, assert_never, get_args

from kiamv_cli.base.language import _
from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.formats.package_data import bundled
from kiamv_cli.longlist.model.longlist import USUAL, TableOptions
from kiamv_cli.longlist.reading.longlist import load_longlist as _load_longlist
from kiamv_cli.programme.reading.programme import load_programme

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.longlist.model.draft import Draft
    from kiamv_cli.longlist.model.duplicates import Checked, Duplicates, Named
    from kiamv_cli.longlist.model.identity import Identities
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.longlist.model.merging import Imported
    from kiamv_cli.longlist.reading.longlist import Loaded
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.programme.model.types import TypeDimension


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
    from kiamv_cli.programme.reading.types import load_types as load

    return load(bundled("criteria") if folder is None else Path(folder))


def load_longlist(
    source: str | Path | None = None,
    programme: Programme | None = None,
    *,
    as_of: date | None = None,
    hidden: Hidden | None = None,
    tables: TableOptions = USUAL,
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
        tables: How a table is read; see ``import_longlists``.

    Returns:
        The long list, and the warnings about it.

    Raises:
        BadInput: Something is wrong with it; it holds all problems that were found.
    """
    place = bundled("longlist") if source is None else source
    loaded = _load_longlist(
        place,
        programme or load_criteria(),
        as_of=as_of,
        tables=replace(tables, hidden=tables.hidden or hidden),
    )
    return loaded if source is not None else replace(loaded, longlist=_bundled(loaded.longlist))


def _bundled(longlist: Longlist) -> Longlist:
    assert longlist.origin
    return replace(longlist, origin=replace(longlist.origin, source=None))


def longlist_from(
    values: object,
    programme: Programme | None = None,
    *,
    title: str | None = None,
    as_of: date | str | None = None,
    tables: TableOptions = USUAL,
) -> Loaded:
    """Make a long list of values in memory, checked as one from a file is.

    Args:
        values: A mapping as a file holds it (``title``, ``as_of``, ``ecosystems``); records with
            the keys of an ecosystem; or a data frame of pandas or polars, or flat records, with
            the columns of a table (see docs/tables.md). What is missing there is unknown.
        programme: Whose provinces, themes and criteria the list must use; left out: the bundled
            one.
        title: The title, where the values have none.
        as_of: The reference date, where the values have none.
        tables: How flat records are read; see ``import_longlists``.

    Returns:
        The long list, and the warnings about it.

    Raises:
        BadInput: Something is wrong; it holds all problems that were found. Their line is the
            number of the record (in flat ones the headings are line 1), their column that of the
            key.
        Misfit: The values are nothing of these.
    """
    from kiamv_cli.longlist.reading.values import longlist_of_values

    return longlist_of_values(values, programme or load_criteria(), title, as_of, tables)


def edit(
    longlist: Longlist, ecosystem: str, /, programme: Programme | None = None, **changes: object
) -> Longlist:
    """Return a long list in which one ecosystem says something else; it has a hash of its own.

    Args:
        longlist: The list.
        ecosystem: Id, name or alias.
        programme: Whose provinces, themes and criteria the list must use; left out: the bundled
            one.
        changes: Keys of an ecosystem with their values, as in a file; ``None`` for unknown.

    Raises:
        BadInput: A value is not what a file may hold.
        LookupError: Nothing goes by that name.
    """
    from kiamv_cli.longlist.reading.values import edited

    return edited(longlist, ecosystem, changes, programme or load_criteria())


ExportFormat = Literal["yaml", "json", "jsonl", "csv", "xlsx"]
EXPORT_FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)


def import_longlists(
    files: Sequence[str | Path],
    programme: Programme | None = None,
    *,
    as_of: date | None = None,
    title: str | None = None,
    identities: Identities | None = None,
    tables: TableOptions = USUAL,
) -> Imported:
    """Read long lists in any format and make one of them; see ``merge``.

    Args:
        files: Each as for ``load_longlist``.
        programme: Whose provinces, themes and criteria they must use; left out: the bundled one.
        as_of: The reference date; left out: that of the lists, which must then be one and the same.
        title: The title of the result; left out: that of the first list.
        identities: Which names were decided to be the same.
        tables: How tables among them are read: the sheet, a mapping of its columns, whose verdicts
            columns of criteria hold, what becomes of hidden parts.

    Raises:
        BadInput: It holds all problems of all files.
    """
    from kiamv_cli.longlist.reading.joined import joined
    from kiamv_cli.longlist.reading.tables.headings import Ignored

    headings, judged_by = Ignored(tables.ignored), programme or load_criteria()
    read = partial(
        _load_longlist,
        programme=judged_by,
        as_of=as_of,
        tables=replace(tables, ignored=headings),
        placed=True,
    )
    return joined([*map(str, files)], read, headings, identities, title, judged_by)


def draft_mapping(
    file: str | Path, programme: Programme | None = None, tables: TableOptions = USUAL
) -> Draft:
    """Guess what the columns and values of a table are.

    Args:
        file: A CSV file or a workbook.
        programme: Whose provinces, themes and criteria its labels may be; left out: the bundled
            one.
        tables: As for ``import_longlists``.

    Raises:
        BadInput: It is no table; it holds all problems.
    """
    from kiamv_cli.base.files import read_file
    from kiamv_cli.longlist.reading.tables.document import Table
    from kiamv_cli.longlist.reading.tables.guess import guess_mapping

    path = str(file)
    table = Table(path, "workbook", "")
    return guess_mapping(read_file(Path(file)), path, table, programme or load_criteria(), tables)


def export_longlist(
    longlist: Longlist,
    form: ExportFormat,
    programme: Programme | None = None,
    *,
    separator: str = ",",
    internal: bool = False,
) -> bytes:
    """Write a long list in one file of another format; reading it gives the same list.

    Args:
        longlist: The list.
        form: The format. CSV is UTF-8 with a byte order mark, as spreadsheets expect it.
        programme: Whose codes the drop-down lists of a workbook offer; left out: the bundled one.
        separator: What stands between the cells of CSV.
        internal: With what is for the team alone; left out, it is left out.
    """
    from kiamv_cli.longlist.view.table import list_csv, list_json, list_json_lines, list_yaml

    match form:
        case "yaml":
            return list_yaml(longlist, internal=internal).encode()
        case "json":
            return list_json(longlist, internal=internal).encode()
        case "jsonl":
            return list_json_lines(longlist, internal=internal).encode()
        case "csv":
            return list_csv(longlist, separator, internal=internal).encode("utf-8-sig")
        case "xlsx":
            from kiamv_cli.formats.package_data import keys
            from kiamv_cli.longlist.view.workbook import list_workbook

            texts = {**keys()["any"], **keys()["ecosystem"]}
            meanings = {key: _(text) for key, text in texts.items()}
            criteria = programme or load_criteria()
            return list_workbook(longlist, criteria, meanings, internal=internal)
        case _:
            assert_never(form)


def check(
    source: str | Path | None = None,
    programme: Programme | None = None,
    *,
    as_of: date | None = None,
    identities: Identities | None = None,
    hidden: Hidden | None = None,
    tables: TableOptions = USUAL,
    apart: Iterable[Sequence[str]] = (),
    keep: bool = False,
) -> Checked:
    """Find all that is wrong or doubtful in a long list, each with its place, a code and a hint.

    Args:
        source: As for ``load_longlist``; left out: the bundled long list.
        programme: As for ``load_longlist``.
        as_of: The reference date; left out: that of the list itself.
        identities: What was answered on suspected duplicates; these are not told again.
        hidden: As for ``load_longlist``.
        tables: As for ``import_longlists``.
        apart: Groups of which at most one is to be selected, by id or name: of a part and its
            whole in one nothing is told.
        keep: Whether the result has the list itself too, if there are no errors in it.

    Raises:
        BadInput: There is nothing to look through: no such file, or none that can be read.
    """
    from kiamv_cli.longlist.checks.checking import check_longlist
    from kiamv_cli.longlist.model.identity import Identities

    place = bundled("longlist") if source is None else source
    return check_longlist(
        place,
        programme or load_criteria(),
        identities or Identities(),
        as_of=as_of,
        tables=replace(tables, hidden=tables.hidden or hidden),
        apart=apart,
        keep=keep,
    )


def template_workbook(programme: Programme | None = None) -> bytes:
    """Write an empty workbook to fill in, in the current language; it is imported as it is.

    Args:
        programme: Whose criteria, attributes and vocabularies it has; left out: the bundled one.
    """
    from kiamv_cli.longlist.view.template import template_workbook as write

    return write(programme or load_criteria())


def problems_workbook(file: str | Path, problems: Sequence[Problem]) -> bytes:
    """Write a table as a workbook with a comment in each cell that has a problem.

    All else in a workbook stays as it is.

    Args:
        file: A CSV file or a workbook.
        problems: Those that ``check`` found in it.
    """
    from kiamv_cli.base.files import read_file
    from kiamv_cli.longlist.reading.tables.csv_file import read_csv
    from kiamv_cli.longlist.view.problem_cells import commented_copy, commented_rows

    raw = read_file(Path(file))
    if str(file).lower().endswith((".xlsx", ".xlsm")):
        return commented_copy(raw, problems)
    return commented_rows(read_csv(raw, str(file))[0], problems)


def same(
    lists: Sequence[str | Path] = (),
    identities: Identities | None = None,
    programme: Programme | None = None,
    *,
    least: int = 0,
    hidden: Hidden | None = None,
    tables: TableOptions = USUAL,
) -> Duplicates:
    """Find who on long lists, or on plain lists of names, may be the same ecosystem.

    Args:
        lists: Each as for ``load_longlist``, or a ``.txt`` file with a name on each line; only
            names, ids and websites are read. None at all: the bundled long list.
        identities: What was answered before; left out: nothing.
        programme: Whose provinces and themes tables may name; left out: the bundled one.
        least: Leave out suspicions that are less strong, in per cent.
        hidden: As for ``load_longlist``.
        tables: How tables are read; see ``import_longlists``.

    Returns:
        The suspicions, strongest first. What has one id is one, as are a plain name and who has it.

    Raises:
        BadInput: Something is wrong with any of the lists; it holds all problems.
    """
    from kiamv_cli.formats.vocabulary import vocabulary
    from kiamv_cli.longlist.matching.suspects import suspected
    from kiamv_cli.longlist.model.duplicates import Duplicates, gathered
    from kiamv_cli.longlist.model.identity import Identities

    criteria = programme or load_criteria()
    entries, remarks = _entries(lists, criteria, replace(tables, hidden=tables.hidden or hidden))
    named = gathered(entries)
    found, known = suspected(named, vocabulary(), least), identities or Identities()
    return Duplicates(
        programme=criteria, named=named, suspicions=found, identities=known, remarks=remarks
    )


def _entries(
    lists: Sequence[str | Path], programme: Programme, tables: TableOptions
) -> tuple[list[Named], tuple[Problem, ...]]:
    """Read the names on all lists, with what to know of them, or say all that is wrong with any."""
    from kiamv_cli.longlist.reading.names import load_names

    entries: list[Named] = []
    remarks: list[Problem] = []
    problems: list[Problem] = []
    for each in lists or (bundled("longlist"),):
        try:
            # Where the bundled list is on this machine says nothing to anyone.
            found = load_names(each, programme, str(each) if lists else "", tables)
            entries += found.named
            remarks += found.remarks
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)
    return entries, tuple(remarks)
