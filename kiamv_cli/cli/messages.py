"""How a command speaks on standard error: remarks that can be left out, and problems as data."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_SHORT, _LONG, _JSON = "-f", "--format", "json"


@dataclass(slots=True)
class Messages:
    """What becomes of the messages of a command.

    With ``data`` problems are a JSON document. Remarks wait for the end then, as nothing else may
    stand beside such a document; if there is one it holds them. With ``quiet`` there are none.
    """

    data: bool = False
    quiet: bool = False
    waiting: list[str] = field(default_factory=list)

    def remark(self, text: str) -> None:
        """Print a remark, keep it for the end, or leave it out."""
        if self.quiet:
            return
        if self.data and not sys.stderr.isatty():
            self.waiting.append(text)
        else:
            print(text, file=sys.stderr)  # noqa: T201 - the place for messages

    def problems(self, problems: Sequence[Mapping[str, object]]) -> None:
        """Print problems as the document ``kiamv/problems``, with the remarks before them."""
        from kiamv_cli.display.data import render_json
        from kiamv_cli.display.heading import heading

        remarks, self.waiting = self.waiting, []
        document = {**heading("problems"), "problems": problems, "remarks": remarks}
        print(render_json(document), end="", file=sys.stderr)  # noqa: T201 - as above

    def end(self) -> None:
        """Print the remarks that waited."""
        for text in self.waiting:
            print(text, file=sys.stderr)  # noqa: T201 - as above
        self.waiting.clear()


_current: ContextVar[Messages | None] = ContextVar("messages", default=None)


def messages() -> Messages:
    """Return what becomes of the messages of the running command."""
    return _current.get() or Messages()


@contextmanager
def speaking(words: Sequence[str]) -> Iterator[None]:
    """Have messages as the words after ``kiamv`` ask for it; within another such, as that does."""
    if _current.get() is not None:
        yield
        return
    own = Messages(data=_asks_for_json(words))
    token = _current.set(own)
    try:
        yield
    finally:
        own.end()
        _current.reset(token)


def _asks_for_json(words: Sequence[str]) -> bool:
    """Tell whether JSON is asked for by name, before anybody knows whether the words are right."""
    options = words[: words.index("--")] if "--" in words else words
    pairs = tuple(pairwise(options))
    return any(pair in {(_SHORT, _JSON), (_LONG, _JSON)} for pair in pairs) or any(
        each in {f"{_SHORT}{_JSON}", f"{_LONG}={_JSON}"} for each in options
    )
