"""Long lists from other formats, several as one, and to other formats."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from kiamv_cli.api.reading import load_criteria
from kiamv_cli.core.identity import Identities
from kiamv_cli.core.merging import Imported, merge
from kiamv_cli.core.problem import BadInput, Problem
from kiamv_cli.language import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from kiamv_cli.core.longlist import Longlist
    from kiamv_cli.core.programme import Programme
    from kiamv_cli.loading.sheets.sheet import Hidden
    from kiamv_cli.loading.tables.ignored import Ignored

ExportFormat = Literal["yaml", "json", "jsonl", "csv", "xlsx"]
EXPORT_FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)


def import_longlists(
    files: Sequence[str | Path],
    programme: Programme | None = None,
    *,
    as_of: date | None = None,
    title: str | None = None,
    identities: Identities | None = None,
    ignored: Collection[str] = (),
    literal: Collection[str] = (),
    hidden: Hidden | None = None,
) -> Imported:
    """Read long lists in any format and make one of them; see ``merge``.

    Args:
        files: Each as for ``load_longlist``.
        programme: Whose provinces, themes and criteria they must use; left out: the bundled one.
        as_of: The reference date; left out: that of the lists, which must then be one and the same.
        title: The title of the result; left out: that of the first list.
        identities: Which names were decided to be the same; left out: nobody decided anything.
        ignored: Headings of columns in tables that are not read, whatever their capitals.
        literal: Texts in tables that are names after all, though they look like no answer.
        hidden: What becomes of hidden and struck-through parts of a workbook: ``keep`` or
            ``skip``. Left out: they are errors.

    Raises:
        BadInput: Something is wrong with any of them; it holds all problems of all files.
    """
    from kiamv_cli.loading.joined import merging_remarks
    from kiamv_cli.loading.longlist import load_longlist
    from kiamv_cli.loading.tables.ignored import Ignored

    left_out, names = Ignored(ignored), tuple(str(file) for file in files)
    criteria = programme or load_criteria()
    loaded, problems = [], list[Problem]()
    for file in files:
        try:
            loaded.append(
                load_longlist(
                    str(file),
                    criteria,
                    as_of=as_of,
                    ignored=left_out,
                    hidden=hidden,
                    literal=literal,
                    placed=True,
                )
            )
        except BadInput as error:
            problems += error.problems
    lists = [
        replace(each.longlist, title=_title(each.longlist, file), ecosystems=each.as_read)
        for file, each in zip(files, loaded, strict=False)
    ]
    if not problems:
        problems += _dates(files, lists)
    remarks = [
        *(each for one in loaded for each in one.warnings),
        *(_unmatched(left_out, names) if all(map(_has_headings, problems)) else ()),
    ]
    if problems:
        raise BadInput([*problems, *remarks])
    merged = merge(lists, (identities or Identities()).canonical)
    return Imported(
        title=title or lists[0].title,
        as_of=lists[0].as_of,
        files=names,
        counts=tuple(len(each.ecosystems) for each in lists),
        merged=merged,
        remarks=(
            *remarks,
            *merging_remarks(merged, [each.places for each in loaded]),
        ),
    )


def _title(longlist: Longlist, file: str | Path) -> str:
    """Give the title that stands for a list as a source of suggestions: a name, or its file."""
    from kiamv_cli.loading.placeholders import is_placeholder

    return Path(file).name if is_placeholder(longlist.title) else longlist.title


def _has_headings(problem: Problem) -> bool:
    """Whether a file with this problem was read so far that its headings were looked at."""
    return problem.code[:2] not in {"K1", "K2"} and problem.code != "K708"


def _unmatched(ignored: Ignored, files: Sequence[str]) -> Iterable[Problem]:
    for each in ignored.unmatched:
        yield Problem(
            code="K959",
            message=_("no column is headed {heading}", heading=f"'{each}'"),
            hint=_("Give --ignore-column as the heading is written in the table"),
            path=", ".join(files),
            severity="warning",
        )


def _dates(files: Sequence[str | Path], lists: Sequence[Longlist]) -> Iterable[Problem]:
    first = lists[0].as_of
    for file, each in zip(files, lists, strict=True):
        if each.as_of != first:
            yield Problem(
                code="K706",
                message=_(
                    "its reference date is {date}, and that of {file} is {other}",
                    date=each.as_of,
                    file=files[0],
                    other=first,
                ),
                hint=_("Give the one that counts as --as-of"),
                path=str(file),
            )


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
    from kiamv_cli.render.longlist.text import list_json, list_json_lines, list_yaml

    match form:
        case "yaml":
            return list_yaml(longlist, internal=internal).encode()
        case "json":
            return list_json(longlist, internal=internal).encode()
        case "jsonl":
            return list_json_lines(longlist, internal=internal).encode()
        case "csv":
            from kiamv_cli.render.longlist.table import list_csv

            return list_csv(longlist, separator, internal=internal).encode("utf-8-sig")
        case "xlsx":
            from kiamv_cli.loading.keys import keys
            from kiamv_cli.render.longlist.workbook import list_workbook

            table = keys()
            said = {**table["any"], **table["ecosystem"]}
            told = {key: _(text) for key, text in said.items()}
            criteria = programme or load_criteria()
            return list_workbook(longlist, criteria, told, internal=internal)
