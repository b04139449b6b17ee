"""A problem that still lacks its place: found in plain values, at a path in a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kiamv_cli.base.labels import not_told_apart
from kiamv_cli.base.language import LANGUAGES, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kiamv_cli.base.language import Language
    from kiamv_cli.base.problem import Severity
    from kiamv_cli.formats.plain import Path


class Located(Protocol):
    """A document as far as a message names it."""

    path: str
    first_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One thing wrong with the value (or ``on_key`` with the key) at ``path``.

    ``hint`` may need the text as it was written, which the value no longer shows (``1.000``).
    ``first`` is another place that belongs to the problem, told after the message.
    """

    code: str
    path: Path
    message: str
    hint: str | Callable[[str], str] = ""
    on_key: bool = False
    first: tuple[Located, Path] | None = None
    severity: Severity = "error"


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


def alike(named: Iterable[tuple[str, Mapping[Language, str], Path]]) -> Iterator[Flaw]:
    """Find labels (K801) that cannot be told from another one's, or from its id.

    Args:
        named: Each with its id, its labels by language, and where it stands.

    Returns:
        Two flaws for each such pair, so that both places are told.
    """
    there, told = tuple(named), set["tuple[Path, Path]"]()
    for language in LANGUAGES:
        names = [
            (text, id_, path)
            for id_, labels, path in there
            for text in dict.fromkeys((labels.get(language, id_), id_))
        ]
        for label, path, first in not_told_apart(names):
            if path != first and (path, first) not in told:
                told.add((path, first))
                ids = {each: id_ for id_, _labels, each in there}
                yield _same(label, path, ids[first])
                yield _same(label, first, ids[path])


def _same(label: str, path: Path, other: str) -> Flaw:
    return Flaw(
        code="K801",
        path=path,
        message=_("'{label}' is also what '{id}' is called", label=label, id=other),
        hint=_("Word one of the two so that answers can tell them apart"),
    )
