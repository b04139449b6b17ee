"""What a package offers: the names that its ``TYPE_CHECKING`` block imports, once they are used.

So kiamv starts fast, and each name stands in one list, which type checkers read as well.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


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
        if isinstance(each, ImportFrom)
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
