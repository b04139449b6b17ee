"""``kiamv schema``."""

from __future__ import annotations

from typing import Annotated, Literal, Optional

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.formats import package_data

Kind = Annotated[
    Literal[package_data.Kind, "output"],
    typer.Argument(
        metavar="KIND",
        help="project: kiamv.yaml; longlist: a list in one file; ecosystem, header: the files of a "
        "list in a folder; "
        "programme, criterion, classes, dimension, types: those of the criteria; targets; "
        "identities: answers on suspected duplicates; record: a decision record; mapping: what "
        "the columns of a table are; questionnaire; survey-mapping: what exports mean; "
        "interview: one, as coded; desk: what desk research "
        "found; answers: all of these merged; comparison: of criteria with answers; aspects: a "
        "codebook; reported: what a report prints, and published-flow: both for kiamv audit; "
        "output: what a command writes as JSON.",
    ),
]
Command = Annotated[
    Optional[list[str]],  # noqa: UP045 - Typer reads it
    typer.Argument(
        metavar="COMMAND",
        help="With output: the command, such as shortlist or review agreement.",
        show_default=False,
    ),
]


def schema(
    kind: Kind = "longlist",
    command: Command = None,
    criteria: options.Criteria = None,
    output: options.Output = None,
    *,
    force: options.Force = False,
) -> None:
    """Print the JSON Schema of a kind of file, with which editors complete and check it.

    It allows the provinces, themes and criteria of the programme, and explains each key. That of
    an output says what each field of a document means.

    Example: kiamv schema ecosystem --output ecosystem.schema.json
    """
    from kiamv_cli.cli.file_schemas import json_schema
    from kiamv_cli.cli.input import read_criteria
    from kiamv_cli.cli.output import fail, write_text
    from kiamv_cli.display.data import render_json

    if kind == "output":
        text = render_json(_of_output("-".join(command or ())))
        write_text(text, output, force=force)
        return
    if command:
        fail(_("COMMAND goes with output, as in kiamv schema output shortlist."))
    programme = read_criteria(options.Input(criteria=criteria))
    write_text(render_json(json_schema(kind, programme)), output, force=force)


def _of_output(command: str) -> dict[str, object]:
    from kiamv_cli.cli.output import fail, unknown_value
    from kiamv_cli.cli.output_schema import commands, output_schema

    if command not in commands():
        fail(unknown_value("COMMAND", command.replace("-", " "), commands()))
    return output_schema(command)
