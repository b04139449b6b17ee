"""What the codes of problems mean; all of it is written in ``codes.yaml``."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, cast

from kiamv_cli.base.problem import Code
from kiamv_cli.formats.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

_TABLE = "codes.yaml"


@cache
def codes() -> Mapping[str, Code]:
    """Every code that a problem can have, in order, with what it means."""
    raw = get_data(__package__, _TABLE)
    assert raw is not None
    said = cast("dict[str, dict[str, str]]", read_yaml(raw.decode(), _TABLE).data)
    keys = [each.name for each in fields(Code) if each.name != "id"]
    return {code: Code(id=code, **{key: said[code][key] for key in keys}) for code in said}
