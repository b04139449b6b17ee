"""The heading of a column: which value of an ecosystem stands beneath it."""

from __future__ import annotations

from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, cast

from kiamv_cli.core.tables.layout import MAIN_COLUMNS, SHEETS, kind_of
from kiamv_cli.language import _
from kiamv_cli.loading.hints import closest
from kiamv_cli.loading.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.core.tables.layout import Path

_TABLE = "headings.yaml"
# The fewest steps of a heading whose middle is a name of people's own, which may hold dots.
_NAMED = 3


def path_of(text: str) -> Path | None:
    """Read a heading: a path with dots, or another word for one; ``None`` if it is neither."""
    for path in (_steps(text), _steps(_others().get(" ".join(text.casefold().split()), ""))):
        if kind_of(path):
            return path
    folded = _steps("_".join(text.casefold().split()))
    return folded if kind_of(folded) else None


def suggestion_for(text: str) -> str:
    """Say what a heading that is not known may have meant."""
    known = [*MAIN_COLUMNS, *(f"{name}.1.{key}" for name in SHEETS for key in SHEETS[name].columns)]
    return closest(text.strip().casefold(), [*known, *_others()]) or (
        _("Rename it, or leave it out with --ignore-column")
    )


def _steps(text: str) -> Path:
    top, *rest = text.split(".")
    if top == "sources" and len(rest) >= _NAMED - 1:
        rest = [".".join(rest[:-1]), rest[-1]]
        return (top, *rest)
    return (top, *(int(step) - 1 if _is_place(step) else step for step in rest))


def _is_place(step: str) -> bool:
    return step.isascii() and step.isdigit() and not step.startswith("0") and len(step) < 5  # noqa: PLR2004


@cache
def _others() -> Mapping[str, str]:
    raw = get_data(__package__, _TABLE)
    assert raw is not None
    table = cast("Mapping[str, list[str]]", read_yaml(raw.decode(), _TABLE).data)
    return {word: name for name, words in table.items() for word in words}
