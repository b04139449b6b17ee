"""The plain values that YAML and JSON are read into, paths within them, and what is wrong there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from kiamv_cli.base.labels import LANGUAGES, not_told_apart
from kiamv_cli.base.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kiamv_cli.base.labels import Language
    from kiamv_cli.base.problem import Problem

    # What a cell of a table holds; rows come with their numbers.
    Cell: TypeAlias = str | float | bool | None
    Rows: TypeAlias = list[tuple[int, list[Cell]]]


Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | float | bool | None"

Path: TypeAlias = tuple[str | int, ...]

"""Keys and list indexes (from 0) from the top of a document to a value in it."""


def existing(data: Plain, path: Path) -> Path:
    """Leave out of a path what the data do not have, such as the key that is missing."""
    found: list[str | int] = []
    for step in path:
        if isinstance(data, dict) and isinstance(step, str) and step in data:  # noqa: SIM114 - or the types are lost
            data = data[step]
            found.append(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
            found.append(step)
    return tuple(found)


class Reading(NamedTuple):
    """What a reader makes of a document, with the problems that did not stop it.

    ``json`` is ``data`` as JSON, the keys in any order, where the reader had to make it anyway.
    """

    data: Plain
    problems: list[Problem]
    json: str | None = None


INTERNAL = "internal"


class Located(Protocol):
    """A document as far as a message names it."""

    path: str
    first_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One thing wrong with the value (or ``on_key`` with the key) at ``path``.

    ``advice`` may need the text as it was written, which the value no longer shows (``1.000``).
    ``first`` is another place that belongs to the problem, ``{first}`` in its text.
    """

    text: Text
    path: Path
    advice: Text | Callable[[str], Text] | None = None
    on_key: bool = False
    first: tuple[Located, Path] | None = None

    @property
    def code(self) -> str:
        """The code of the kind of problem."""
        return self.text.key.partition(".")[0]

    def hint(self, written: str = "") -> Text | None:
        """Return what to do where the value was written so."""
        return self.advice(written) if callable(self.advice) else self.advice


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def ids_of(items: Iterable[_Named], path: Path) -> Iterator[tuple[str, Path]]:
    """Yield the ids of what stands in the list at ``path``, each with its own path."""
    for index, each in enumerate(items):
        yield each.id, (*path, index, "id")


def used_twice(ids: Iterable[tuple[str, Path]]) -> Iterator[Flaw]:
    """Find every id (K401) that one before it has already."""
    seen = set[str]()
    for name, path in ids:
        if name in seen:
            message = Text("K401.id-used-twice", id=name)
            yield Flaw(path=path, text=message, advice=Text("K401.give-each-own-id"))
        seen.add(name)


def alike(entries: Iterable[tuple[str, Mapping[Language, str], Path]]) -> Iterator[Flaw]:
    """Find labels (K801) that cannot be told from another one's, or from its id.

    Args:
        entries: Each with its id, its labels by language, and where it stands.

    Returns:
        Two flaws for each such pair, so that both places are told.
    """
    there, told = tuple(entries), set["tuple[Path, Path]"]()
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
        path=path,
        text=Text("K801.also-called", label=label, id=other),
        advice=Text("K801.word-one-two-answers"),
    )


_LONGEST_SHOWN = 60


def shown(value: object) -> str:
    """Show a value in a message: short, and text in quotes."""
    if isinstance(value, bool):
        return str(value).lower()
    text = " ".join(f"'{value}'".split()) if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
