"""``kiamv schema``."""

from __future__ import annotations

from typing import Annotated

import typer

from kiamv_cli.cli import options
from kiamv_cli.formats import package_data

Kind = Annotated[
    package_data.Kind,
    typer.Argument(
        metavar="KIND",
        help="project: kiamv.yaml; longlist: a list in one file; ecosystem, header: the files of a "
        "list in a folder; "
        "programme, criterion, classes, dimension, types: those of the criteria; targets; "
        "identities: answers on suspected duplicates; record: a decision record; mapping: what "
        "the columns of a table are; questionnaire; survey-mapping: what exports mean; "
        "interview: one, as coded; desk: what desk research "
        "found; answers: all of these merged; comparison: of criteria with answers; aspects: a "
        "codebook; reported: what a report prints, and published-flow: both for kiamv audit.",
    ),
]


def schema(
    kind: Kind = "longlist",
    criteria: options.Criteria = None,
    output: options.Output = None,
    *,
    force: options.Force = False,
) -> None:
    """Give the JSON Schema of a kind of file, so that editors complete and check it.

    It allows the provinces, themes and criteria of the programme, and explains each key.

    Example: kiamv schema ecosystem --output ecosystem.schema.json
    """
    from kiamv_cli.cli.input import read_criteria
    from kiamv_cli.cli.json_schema import json_schema
    from kiamv_cli.cli.output import write_text
    from kiamv_cli.display.data import render_json

    programme = read_criteria(options.Input(criteria=criteria))
    write_text(render_json(json_schema(kind, programme)), output, force=force)
