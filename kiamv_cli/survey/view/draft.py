"""A mapping of an export as it was guessed, as YAML with remarks on what to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.formats.records import schema_of
from kiamv_cli.formats.yaml_writer import yaml_scalar
from kiamv_cli.longlist.view.draft import remarked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.survey.model.questionnaire import ExportColumn, ExportDraft


def export_draft_text(draft: ExportDraft) -> str:
    """Write a draft as a mapping file."""
    return "".join(f"{line}\n" for line in _lines(draft))


def _lines(draft: ExportDraft) -> Iterator[str]:
    rows = ngettext("{n} row", "{n} rows", draft.rows)
    yield "# " + _("What the columns of {file} are ({rows}).", file=draft.file, rows=rows)
    yield "# " + _("Check what is marked # ?, correct it, and remove the mark.")
    yield "# " + _("kiamv schema survey-mapping shows editors what this file can hold.")
    yield f"schema: {schema_of('survey-mapping')}"
    if draft.respondent:
        yield f"respondent: {yaml_scalar(draft.respondent)}"
    else:
        yield remarked("# respondent: …", _("no column seems to say who answered"), sure=False)
    if draft.submitted:
        told = _("of several rows of one respondent the one that was sent last counts")
        yield remarked(f"submitted: {yaml_scalar(draft.submitted)}", told, sure=False)
    if draft.leave_out:
        name, texts = draft.leave_out
        listed = ", ".join(map(yaml_scalar, texts))
        yield "leave_out:"
        told = _("these rows seem to be no answers")
        yield remarked(f"  {yaml_scalar(name)}: [{listed}]", told, sure=False)
    yield "columns:"
    for column in draft.columns:
        yield _column(column)
    yield from _values(draft)


def _column(column: ExportColumn) -> str:
    count = ngettext("{n} value", "{n} values", column.filled)
    told = count if column.question else _("matches no question; {values}", values=count)
    return remarked(f"  {yaml_scalar(column.heading)}: {_target(column)}", told, sure=column.sure)


def _target(column: ExportColumn) -> str:
    if column.question is None:
        return "null"
    option = f", option: {yaml_scalar(column.option)}" if column.option else ""
    return f"{{question: {yaml_scalar(column.question)}{option}}}"


def _values(draft: ExportDraft) -> Iterator[str]:
    """Yield the values that are no option of their question, to be filled in."""
    odd = [each for each in draft.columns if each.odd]
    if not odd:
        return
    yield "# " + _("Say which option a value means, and take away the # in front.")
    yield "# values:"
    for column in odd:
        assert column.question
        question = column.question
        options = ", ".join(draft.options[question])
        yield remarked(f"#   {yaml_scalar(question)}:", options)
        for text, times in column.odd.items():
            yield remarked(f"#     {yaml_scalar(text)}: …", str(times), sure=False)
