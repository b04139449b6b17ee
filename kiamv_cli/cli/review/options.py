"""The options that the commands of a review share."""

from __future__ import annotations

from typing import Annotated

import typer

DEFAULT = "review"
Folder = Annotated[
    str,
    typer.Option(
        "--folder",
        "-d",
        metavar="FOLDER",
        help="The folder of the review, with reviewers.yaml.",
        rich_help_panel="Input",
    ),
]
