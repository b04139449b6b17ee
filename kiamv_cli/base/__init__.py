"""What everything stands on: languages, problems, names, and files read and written whole.

Here are the version of kiamv, and how packages offer names: those that the ``TYPE_CHECKING`` block
of their ``__init__`` imports, once they are used. So kiamv starts fast, and each name stands in one
list, which type checkers read as well.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.base.problem import BadInput as BadInput
    from kiamv_cli.base.problem import Misfit as Misfit
    from kiamv_cli.base.problem import Problem as Problem
    from kiamv_cli.base.text import Joined as Joined
    from kiamv_cli.base.text import Text as Text
    from kiamv_cli.base.value import Brief as Brief
    from kiamv_cli.base.value import FrozenDict as FrozenDict
    from kiamv_cli.base.value import Result as Result
    from kiamv_cli.base.value import Value as Value

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    return offered(__name__, name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(names_of(__name__))


@cache
def names_of(package: str) -> Mapping[str, str]:
    """Return the names that a package offers, each with the module that it comes from."""
    # Commands ask for none, and start faster so.
    from ast import If, ImportFrom, Name, parse  # noqa: PLC0415
    from pkgutil import get_data  # noqa: PLC0415

    source = get_data(package, "__init__.py") or b""
    blocks = (each for each in parse(source).body if isinstance(each, If))
    return {
        alias.name: each.module or ""
        for block in blocks
        if isinstance(block.test, Name) and block.test.id == "TYPE_CHECKING"
        for each in block.body
        if isinstance(each, ImportFrom) and (each.module or "").startswith("kiamv_cli")
        for alias in each.names
    }


def offered(package: str, name: str) -> Any:  # noqa: ANN401 - of any kind
    """Return what a package offers by a name.

    Raises:
        AttributeError: It offers nothing by that name.
    """
    # What is no public name is asked for by the machinery of imports, at every start.
    names = names_of(package) if name == "__all__" or not name.startswith("_") else {}
    if name == "__all__":
        return sorted(names)
    if name in names:
        return getattr(import_module(names[name]), name)
    raise AttributeError(f"module {package!r} has no attribute {name!r}")


def plugin(group: str, name: str) -> Any:  # noqa: ANN401 - what the group holds
    """Return what another installed package brings by an entry point, ``None`` if none does."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - only where a name is not known

    return next((each.load() for each in entry_points(group=group, name=name)), None)
