"""What the keys of files mean, for people; all of it is written in ``keys.yaml``."""

from __future__ import annotations

from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, cast

from kiamv_cli.base.language import _
from kiamv_cli.formats.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

_TABLE = "keys.yaml"


@cache
def keys() -> Mapping[str, Mapping[str, str]]:
    """The meaning of each key in English, by kind of file and by path."""
    raw = get_data(__package__, _TABLE)
    assert raw is not None
    return cast("Mapping[str, Mapping[str, str]]", read_yaml(raw.decode(), _TABLE).data)


def meaning(kind: str, path: tuple[str, ...]) -> str:
    """What the key at a path means, in the current language; empty if nothing is written of it.

    A path through a mapping with names of people's own has ``*`` for them.
    """
    of_kind = keys()[kind]
    said = of_kind.get(".".join(path)) or keys()["any"].get(path[-1], "") if path else ""
    return _(said) if said else ""
