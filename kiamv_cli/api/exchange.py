"""Long lists from other formats, several as one, and to other formats."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, get_args

from kiamv_cli.api.reading import load_criteria
from kiamv_cli.core.identity import Identities
from kiamv_cli.core.merging import Imported, merge
from kiamv_cli.core.problem import BadInput, Problem
from kiamv_cli.language import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from kiamv_cli.core.longlist import Longlist
    from kiamv_cli.core.merging import Merged
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
        hidden: What becomes of hidden and struck-through parts of a workbook: ``keep`` or
            ``skip``. Left out: they are errors.

    Raises:
        BadInput: Something is wrong with any of them; it holds all problems of all files.
    """
    from kiamv_cli.loading.longlist import load_longlist
    from kiamv_cli.loading.tables.ignored import Ignored

    left_out, names = Ignored(ignored), tuple(str(file) for file in files)
    criteria = programme or load_criteria()
    loaded, problems = [], list[Problem]()
    for file in files:
        try:
            loaded.append(
                load_longlist(str(file), criteria, as_of=as_of, ignored=left_out, hidden=hidden)
            )
        except BadInput as error:
            problems += error.problems
    lists = [replace(each.longlist, ecosystems=each.as_read) for each in loaded]
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
            *_contradictions(merged, names),
            *_pooled(merged, names),
        ),
    )


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


def _contradictions(merged: Merged, files: Sequence[str]) -> Iterable[Problem]:
    from kiamv_cli.loading.hints import shown

    for each in merged.contradictions:
        first, second = each.lists
        said = {
            "id": each.id,
            "key": each.key,
            "other": shown(_words(each.other)),
            "kept": shown(_words(each.kept)),
        }
        if first == second:
            one, two = map(shown, each.names)
            message = _(
                "{id}: {key} is {other} for {two}, and {kept} for {one}", one=one, two=two, **said
            )
            hint = _("What stands first in the file was kept")
        else:
            message = _(
                "{id}: {key} is {other} here, and {kept} in {first}", first=files[first], **said
            )
            hint = _("What the first file says was kept")
        yield _merging("K955", files[second], message, hint)


def _pooled(merged: Merged, files: Sequence[str]) -> Iterable[Problem]:
    from kiamv_cli.loading.hints import shown

    for each in merged.pooled:
        one, two = map(shown, each.names)
        first, second = (files[number] for number in each.lists)
        message = (
            _("{id}: both {one} and {two} have budget lines", id=each.id, one=one, two=two)
            if first == second
            else _("{id}: budget lines stand here and in {first}", id=each.id, first=first)
        )
        hint = _("All were kept, and add up; if it is the same money, take one out")
        yield _merging("K957", second, message, hint)


def _merging(code: str, path: str, message: str, hint: str) -> Problem:
    return Problem(code=code, message=message, hint=hint, path=path, severity="warning")


def _words(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_words, value)) or _("none")
    for name in ("name", "what", "who", "domain", "verdict", "note"):
        found = getattr(value, name, None)
        if found:
            return str(found)
    return str(value)


def export_longlist(
    longlist: Longlist,
    form: ExportFormat,
    programme: Programme | None = None,
    *,
    separator: str = ",",
) -> bytes:
    """Write a long list in one file of another format; reading it gives the same list.

    Args:
        longlist: The list.
        form: The format. CSV is UTF-8 with a byte order mark, as spreadsheets expect it.
        programme: Whose codes the drop-down lists of a workbook offer; left out: the bundled one.
        separator: What stands between the cells of CSV.
    """
    from kiamv_cli.render.longlist.text import list_json, list_json_lines, list_yaml

    match form:
        case "yaml":
            return list_yaml(longlist).encode()
        case "json":
            return list_json(longlist).encode()
        case "jsonl":
            return list_json_lines(longlist).encode()
        case "csv":
            from kiamv_cli.render.longlist.table import list_csv

            return list_csv(longlist, separator).encode("utf-8-sig")
        case "xlsx":
            from kiamv_cli.loading.keys import keys
            from kiamv_cli.render.longlist.workbook import list_workbook

            table = keys()
            said = {**table["any"], **table["ecosystem"]}
            told = {key: _(text) for key, text in said.items()}
            return list_workbook(longlist, programme or load_criteria(), told)
