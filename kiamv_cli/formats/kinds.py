"""The kinds of files that people write for kiamv, as ``kiamv schema`` names them."""

from __future__ import annotations

from typing import Literal, get_args

Kind = Literal[
    "longlist",
    "ecosystem",
    "header",
    "programme",
    "criterion",
    "classes",
    "dimension",
    "types",
    "targets",
    "identities",
    "published-flow",
    "record",
    "questionnaire",
    "survey-mapping",
    "interview",
    "desk",
    "answers",
    "comparison",
    "aspects",
    "reported",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
