"""Values that never change, all the way down, their SHA-256; and what all results have in common.

A mapping that is part of a value becomes a ``FrozenDict``, a set and a list become frozen ones, so
that a value can be hashed, kept as a key, sent to another process, and is what it was.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from hashlib import sha256
from importlib import import_module
from json.encoder import JSONEncoder
from math import isfinite
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from os import PathLike

    Written: TypeAlias = "dict[str, Written] | list[Written] | str | int | bool | None"


# What can say a number exactly: see ``exact``.
Number: TypeAlias = int | float | Decimal | Fraction | str
Key = TypeVar("Key")
Item = TypeVar("Item")

# Words of annotations of what never changes: a field of these alone needs no look.
_FIXED = {
    "str",
    "int",
    "bool",
    "float",
    "None",
    "Fraction",
    "date",
    "tuple",
    "frozenset",
    "Literal",
}


def _refuse(self: object, *_args: object, **_named: object) -> NoReturn:
    raise TypeError(f"a {type(self).__name__} cannot be changed: make a dict of it first")


class FrozenDict(dict[Key, Item]):
    """A mapping that never changes; it compares and shows like any other, and can be hashed."""

    __slots__ = ()

    def __hash__(self) -> int:  # type: ignore[override]
        """Compute a hash that, like equality, does not depend on the order."""
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Callable[..., object], tuple[dict[Key, Item]]]:
        """Return how to make it again, from a copy or a pickle."""
        return type(self), (dict(self),)

    def __ior__(self, _other: object) -> NoReturn:  # type: ignore[misc]
        """Refuse to change it."""
        _refuse(self)

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = _refuse


def frozen(value: Any) -> Any:  # noqa: ANN401 - of any type, and then of that type
    """Return a value with every mapping, list and set in it made unchangeable; others as they are.

    A value that cannot be changed already is itself.
    """
    if isinstance(value, FrozenDict):
        return value
    if isinstance(value, dict):
        return FrozenDict({key: frozen(each) for key, each in value.items()})
    if isinstance(value, set):
        return frozenset(value)
    if isinstance(value, list):
        return tuple(map(frozen, value))
    return value


def frozen_dict(mapping: Mapping[Key, Item]) -> FrozenDict[Key, Item]:
    """Return a mapping that never changes."""
    return FrozenDict({key: frozen(each) for key, each in mapping.items()})


@cache
def _changeable(of: type) -> tuple[str, ...]:
    """Return the names of the fields of a dataclass that may hold something changeable."""
    assert is_dataclass(of)
    words = {each.name: {*re.findall(r"\w+", str(each.type))} for each in fields(of)}
    # A document of JSON within, of any values, stays plain: it is checked and hashed as such.
    return tuple(
        name
        for name, annotation in words.items()
        if annotation - _FIXED and "Any" not in annotation
    )


def exact(value: object) -> Fraction | None:
    """Return the one number that a value says, exactly; ``None`` where it says none.

    A float says the shortest decimal number that it stands for: 0.05 is five hundredths. A text
    may be a fraction (``1/20``) or a percentage (``5%``).
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.rstrip().endswith("%"):
        share = exact(value.rstrip().removesuffix("%"))
        return None if share is None else share / 100
    if isinstance(value, int | Fraction | Decimal | str):
        with suppress(ValueError, OverflowError, ZeroDivisionError):
            return Fraction(value)
    elif isinstance(value, float) and isfinite(value):
        return Fraction(repr(float(value)))
    return None


class Value:
    """A frozen dataclass of which also the mappings, sets and lists never change."""

    __slots__ = ()

    def __post_init__(self) -> None:
        """Make what its fields hold unchangeable."""
        kind: type = type(self)
        for name in _changeable(kind):
            value = getattr(self, name)
            unchangeable = frozen(value)
            if unchangeable is not value:
                object.__setattr__(self, name, unchangeable)


class Brief:
    """What shows itself in one line: its kind, and the figures that matter."""

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        """Keep the dataclass that it is from showing all that it holds."""
        if "__repr__" not in cls.__dict__:
            cls.__repr__ = Brief.__repr__  # type: ignore[method-assign]

    def figures(self) -> Iterator[object]:
        """Yield what tells it from others of its kind, most telling first."""
        yield from ()

    def __repr__(self) -> str:
        """Format it in one line, as ``<Shortlist: 20 of 60, score 17.25, proven>``."""
        said = ", ".join(map(str, self.figures()))
        return f"<{type(self).__name__}: {said}>" if said else f"<{type(self).__name__}>"


class Result(Brief, Value):
    """A result as data: the very documents that the command of its kind writes.

    How a result is shown is told by its room: ``VIEWS`` of the package ``view`` names the view of
    each kind of result. It is looked up when it is asked for, so no result knows its view.
    """

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document, as ``-f json`` writes it: only what JSON can hold."""
        document: dict[str, Any] = _shown().document(self)
        return document

    def to_json(self) -> str:
        """Format the JSON document as text."""
        text: str = _shown().json_text(self)
        return text

    def to_records(self) -> list[dict[str, Any]]:
        """Return the rows that ``-f csv`` writes: one thing a row, all with the same keys."""
        rows: list[dict[str, Any]] = _shown().rows(self)
        return rows

    def save(self, path: str | PathLike[str], *, force: bool = False) -> None:
        """Write it to a file, whole or not at all, in the format that the name ends in.

        Args:
            path: The file: ``.json``, ``.csv``, ``.md``, ``.txt``, and where it has a picture
                ``.svg`` or ``.png``.
            force: Whether a file that is there is replaced.

        Raises:
            FileExistsError: The file is there, and ``force`` is not.
            Misfit: The name ends in something else.
            OSError: It cannot be written.
        """
        _shown().save(self, path, force=force)

    def _repr_html_(self) -> str:
        """Format it as a notebook shows it."""
        markup: str = _shown().html_text(self)
        return markup


def _shown() -> Any:  # noqa: ANN401 - a module above this one
    return import_module("kiamv_cli.display.results")


def rooms_views(result: object) -> Mapping[str, str]:
    """Return what the room of a result says of its views: by kind, ``module:view``."""
    room = type(result).__module__.split(".")[1]
    views: Mapping[str, str] = import_module(f"kiamv_cli.{room}.view").VIEWS
    return views


# The canonical text of a value is JSON with its keys sorted, without spaces, in UTF-8. The
# fingerprint of a list is the SHA-256 of the canonical text of {"as_of": …, "ecosystems": {id:
# digest, …}, "title": …}, where each digest is the SHA-256 (hex) of the canonical text of that
# ecosystem as kiamv writes it (see ``written``), and title and reference date are as the list
# states them (else null). So it is the same for a file, a folder and JSON Lines that say the same:
# the order of ecosystems, keys and files does not matter, no list has to be held as text, and what
# says nothing (a null, an empty list of names) changes nothing.
canonical = JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def digest(text: str) -> str:
    """Compute the SHA-256 of a text in UTF-8, in hex."""
    return sha256(text.encode()).hexdigest()


def longlist_sha256(title: str | None, as_of: str | None, digests: Mapping[str, str]) -> str:
    """Combine title, reference date and the digest of each ecosystem by its id."""
    return digest(canonical({"as_of": as_of, "ecosystems": digests, "title": title}))
