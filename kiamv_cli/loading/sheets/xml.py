"""XML by its start tags: fast, and without the declarations that make a small file grow."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers.expat import ParserCreate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Handler = Callable[[Mapping[str, str]], None]


class Reader:
    """Reads a document, and tells handlers of the elements that begin.

    They are found by the name of the element without its prefix, and given its attributes.
    """

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        """Make a reader for one document."""
        self._parser = ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse
        by_name = _ByName(handlers)

        def start(name: str, attributes: dict[str, str]) -> None:
            handler = by_name[name]
            if handler:
                handler(attributes)

        self._parser.StartElementHandler = start

    def collect(self, texts: list[str] | None) -> None:
        """Put the text that follows into a list, or let it go."""
        self._parser.CharacterDataHandler = texts.append if texts is not None else None

    def collect_within(self) -> None:
        """Let text go where any element ends, from now on."""
        self._parser.EndElementHandler = lambda _name: self.collect(None)

    def read(self, raw: bytes) -> None:
        """Read it whole; raises ``ExpatError`` or ``ValueError`` if it is broken."""
        # In one piece: of a tag in many pieces, each new one would have it looked through again.
        self._parser.Parse(raw, True)  # noqa: FBT003 - expat's own


def is_on(said: Mapping[str, str], name: str) -> bool:
    """Tell whether an attribute says yes; one that is not there says no."""
    return said.get(name) in {"1", "true", "on"}


class _ByName(dict[str, "Handler | None"]):
    """Handlers by the names as they are written, with their prefixes."""

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        super().__init__(handlers)
        self._handlers = handlers

    def __missing__(self, name: str) -> Handler | None:
        found = self[name] = self._handlers.get(name.rpartition(":")[2])
        return found


def _refuse(name: str, *_declared: object) -> None:
    """Refuse a document type, which no workbook declares: it may define what grows."""
    raise ValueError(name)
