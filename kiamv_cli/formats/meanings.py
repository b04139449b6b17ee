"""What codes of problems and keys of files mean, from ``texts`` and ``keys.yaml``."""

from __future__ import annotations

from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, Literal, cast, get_args

from kiamv_cli.base import text
from kiamv_cli.base.language import _
from kiamv_cli.base.problem import Code
from kiamv_cli.formats.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.formats.plain import Plain


def _table(name: str) -> Plain:
    raw = get_data(__package__, name)
    assert raw is not None
    return read_yaml(raw.decode(), name).data


def codes() -> Mapping[str, Code]:
    """Return every code that a problem can have, in order, with what it means."""
    return {code: Code(code) for code in text.codes()}


@cache
def keys() -> Mapping[str, Mapping[str, str]]:
    """Return the meaning of each key in English, by kind of file and by path."""
    return cast("Mapping[str, Mapping[str, str]]", _table("keys.yaml"))


def meaning(kind: str, path: tuple[str, ...]) -> str:
    """What the key at a path means, in the current language; empty if nothing is written of it.

    A path through a mapping with names of people's own has ``*`` for them.
    """
    of_kind = keys()[kind]
    said = of_kind.get(".".join(path)) or keys()["any"].get(path[-1], "") if path else ""
    return _(said) if said else ""


# The kinds of files that people write for kiamv, as ``kiamv schema`` names them.
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
