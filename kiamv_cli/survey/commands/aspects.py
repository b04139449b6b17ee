"""``kiamv survey aspects``."""

from __future__ import annotations

from typing import Annotated

import typer

from kiamv_cli.cli import options

Interviews = Annotated[
    str,
    typer.Argument(
        metavar="FOLDER",
        help="A folder with coded interviews, one YAML or JSON file each, or one such file; "
        "kiamv schema interview tells their form.",
    ),
]
Criteria = Annotated[
    options.Text,
    options.of_criteria(
        "The folder of another programme; its survey/aspects.yaml is the codebook."
    ),
    options.FromProject("criteria"),
]


def aspects(interviews: Interviews, *, criteria: Criteria = None, out: options.Out) -> None:
    """Count what was said in interviews, once per ecosystem, with its places and its ties.

    Example: kiamv survey aspects interviews
    """
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.cli.output import write
    from kiamv_cli.survey.commands.work import read_programme
    from kiamv_cli.survey.results import aspects as count
    from kiamv_cli.survey.results import load_codebook, load_interviews
    from kiamv_cli.survey.view.aspects import AspectsView

    programme = read_programme(criteria)
    with refusing():
        codebook = load_codebook(criteria)
        read = load_interviews(interviews, codebook)
    write(AspectsView(count(read, codebook), programme), out)
