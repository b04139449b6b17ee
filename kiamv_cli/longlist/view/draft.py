"""A mapping as it was guessed, as YAML with remarks on what to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, ngettext
from kiamv_cli.formats.records import schema_of
from kiamv_cli.formats.yaml_writer import yaml_code, yaml_scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.longlist.model.draft import Draft, DraftColumn, DraftValue, Why

_WHY: Mapping[Why, str] = {
    "heading": N_("by its heading"),
    "words": N_("by words in its heading"),
    "values": N_("by its values"),
    "beside": N_("as it is beside the verdict"),
    "needed": N_("because something must be the name"),
    "unclear": N_("nothing shows what it is"),
    "taken": N_("another column has that role"),
}
_MARK = "# ?"
# More values that mean nothing yet are decided on together.
_MOST_UNKNOWN = 8


def draft_text(draft: Draft, as_of: str | None = None) -> str:
    """Write a draft as a mapping file; ``as_of`` is the reference date, if it is known."""
    return "".join(f"{line}\n" for line in _lines(draft, as_of))


def _lines(draft: Draft, as_of: str | None) -> Iterator[str]:
    rows = ngettext("{n} row", "{n} rows", draft.rows)
    yield "# " + _("What the columns of {file} are ({rows}).", file=draft.file, rows=rows)
    yield "# " + _("Check what is marked # ?, correct it, and remove the mark.")
    yield "# " + _("kiamv schema mapping shows editors what this file can hold.")
    yield f"schema: {schema_of('mapping')}"
    if as_of:
        yield f"as_of: {as_of}"
    if draft.sheet:
        others = ", ".join(draft.other_sheets)
        told = _("not read: {sheets}", sheets=others) if others else ""
        yield remarked(f"sheet: {yaml_scalar(draft.sheet)}", told)
    first, last = draft.headings
    yield f"headings: {first}" if first == last else f"headings: [{first}, {last}]"
    if draft.hides:
        yield remarked(
            "hidden: skip", _("rows, columns or cells are hidden or struck through"), sure=False
        )
    yield from _source(draft)
    yield from _judged(draft)
    if draft.missing:
        yield "always:"
        for name in draft.missing:
            yield remarked(
                f"  {name}: null", _("no column seems to be it; what holds of all?"), sure=False
            )
    if draft.gone:
        name, texts = draft.gone
        yield "leave_out:"
        listed = ", ".join(map(yaml_scalar, texts))
        yield remarked(
            f"  {yaml_scalar(name)}: [{listed}]", _("these rows seem to be gone"), sure=False
        )
    yield "columns:"
    for column in draft.columns:
        yield from _column(column)


def _source(draft: Draft) -> Iterator[str]:
    """Yield where facts were read, if there are any."""
    where = (
        _("{file}, sheet {sheet}, row {row}", file="{file}", sheet="{sheet}", row="{row}")
        if draft.sheet
        else _("{file}, row {row}", file="{file}", row="{row}")
    )
    yield f"source: {yaml_scalar(where)}"


def _judged(draft: Draft) -> Iterator[str]:
    if not any(each.target.startswith("verdicts.") for each in draft.columns):
        return
    yield remarked("# by: …\n# on: …", _("whose verdicts these are, and of which date"), sure=False)
    if draft.verdicts:
        yield "verdicts:"
        yield from _values(draft.verdicts, "  ")


def _column(column: DraftColumn) -> Iterator[str]:
    key = yaml_scalar(column.heading)
    count = ngettext("{n} value", "{n} values", column.filled)
    told = f"{column.letters}: {_(_WHY[column.why])}; {count}"
    target = column.target or "unused"
    if not column.values and not column.split:
        yield remarked(f"  {key}: {target}", told, sure=column.sure)
        return
    yield f"  {key}:"
    yield remarked(f"    is: {target}", told, sure=column.sure)
    if column.split:
        several = _("several names? {text}", text=yaml_scalar(column.example))
        yield remarked(f'    split: "{column.split}"', several, sure=False)
    if column.values:
        yield "    values:"
        yield from _values(column.values, "      ")


def _values(values: Sequence[DraftValue], indent: str) -> Iterator[str]:
    """Yield values; where too many mean nothing yet, one line decides on all of these."""
    unknown = [each for each in values if each.text and each.meant is None and not each.sure]
    if len(unknown) > _MOST_UNKNOWN:
        told = ngettext("{n} other value, below", "{n} other values, below", len(unknown))
        yield remarked(f'{indent}"*": null', told, sure=False)
        for each in unknown:
            yield f"{indent}# {yaml_scalar(each.text)}: null  # {each.count}"
    else:
        unknown = []
    for each in (each for each in values if each not in unknown):
        if isinstance(each.meant, tuple):
            listed = ", ".join(map(yaml_code, each.meant))
            meant = f"[{listed}]" if len(each.meant) > 1 else listed
        else:
            meant = "null" if each.meant is None else _scalar(each.meant)
        empty = ngettext("{n} cell is empty", "{n} cells are empty", each.count)
        told = str(each.count) if each.text else empty
        yield remarked(f"{indent}{yaml_scalar(each.text)}: {meant}", told, sure=each.sure)


def _scalar(text: str) -> str:
    return text if text.isdecimal() and not text.startswith("0") else yaml_code(text)


def remarked(line: str, remark: str, *, sure: bool = True) -> str:
    """Write a line with a remark behind it, marked where a person has to look."""
    if not remark:
        return line
    return f"{line}  {'#' if sure else _MARK} {remark}"
