"""Ids that are used twice in a file, where each must be its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kiamv_cli.language import _
from kiamv_cli.loading.flaw import Flaw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiamv_cli.loading.plain import Path


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def ids_of(items: Iterable[_Named], path: Path) -> Iterator[tuple[str, Path]]:
    """Give the ids of what stands in the list at ``path``, each with its own path."""
    for index, each in enumerate(items):
        yield each.id, (*path, index, "id")


def used_twice(ids: Iterable[tuple[str, Path]]) -> Iterator[Flaw]:
    """Find every id (K401) that one before it has already."""
    seen = set[str]()
    for name, path in ids:
        if name in seen:
            message = _("the id '{id}' is used twice", id=name)
            yield Flaw(code="K401", path=path, message=message, hint=_("Give each its own id"))
        seen.add(name)
