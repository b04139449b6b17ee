"""YAML's event stream, and the marks of its tokens.

Events only: composing a YAML document in PyYAML's C code can end in a segmentation fault, and
constructing it in surprises. The stream does neither, and is faster.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from kiamv_cli.formats.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

try:
    from yaml._yaml import CParser as Parser
except ImportError:  # PyYAML was built without libyaml: the same events, slower
    from yaml import SafeLoader as Parser  # type: ignore[assignment]

_BRACKETS: dict[type[Event], str] = {
    MappingStartEvent: "{",
    MappingEndEvent: "}",
    SequenceStartEvent: "[",
    SequenceEndEvent: "]",
}


def event_source(text: str) -> Callable[[], Event | None]:
    """Give the function that returns the next event, and ``None`` after the last.

    It raises ``yaml.MarkedYAMLError`` where the syntax is broken.
    """
    return Parser(text).get_event


def yaml_marks(text: str) -> Iterator[Mark]:
    """Give the marks of a document that could be read, up to its end."""
    next_event = event_source(text)
    while event := next_event():
        bracket = _BRACKETS.get(type(event))
        if bracket:
            yield Mark(bracket, *start_of(event))
        elif isinstance(event, ScalarEvent):
            yield Mark(".", *start_of(event), event.value)
        elif isinstance(event, AliasEvent):
            yield Mark(".", *start_of(event))


def start_of(event: Event) -> tuple[int, int]:
    """Give the line and column, from 1, where the event's token starts."""
    mark = event.start_mark
    assert mark
    return mark.line + 1, mark.column + 1
