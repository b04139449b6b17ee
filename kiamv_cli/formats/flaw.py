"""A problem that still lacks its place: found in plain values, at a path in a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiamv_cli.base.problem import Severity
    from kiamv_cli.formats.plain import Path


class Named(Protocol):
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
    first: tuple[Named, Path] | None = None
    severity: Severity = "error"
