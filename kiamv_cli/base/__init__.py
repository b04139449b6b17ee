"""What everything stands on: languages, problems, names, and files read and written whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.public import names_of, offered

if TYPE_CHECKING:
    from kiamv_cli.base.problem import BadInput as BadInput
    from kiamv_cli.base.problem import Misfit as Misfit
    from kiamv_cli.base.problem import Problem as Problem
    from kiamv_cli.base.text import Joined as Joined
    from kiamv_cli.base.text import Text as Text
    from kiamv_cli.base.value import Brief as Brief
    from kiamv_cli.base.value import FrozenDict as FrozenDict
    from kiamv_cli.base.value import Result as Result
    from kiamv_cli.base.value import Value as Value


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    return offered(__name__, name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(names_of(__name__))
