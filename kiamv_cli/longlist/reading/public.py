"""A long list as text, without what is for the team alone: to be kept where others read it."""

from __future__ import annotations

import csv
import io
import json
from itertools import accumulate
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from kiamv_cli.base.spreadsheet import guarded
from kiamv_cli.formats.plain import INTERNAL
from kiamv_cli.formats.yaml_reader import event_source, start_of
from kiamv_cli.longlist.model.layout import INTERNAL_PATH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from yaml.events import Event

    Next = Callable[[], Event | None]

_LIST = "ecosystems"
_STARTS = (MappingStartEvent, SequenceStartEvent)
_ENDS = (MappingEndEvent, SequenceEndEvent)


def public(texts: Mapping[str, str]) -> dict[str, str]:
    """Take what is for the team alone out of the files of a long list.

    Args:
        texts: Texts by name, whose ending tells the format; each can be read as a long list.

    Returns:
        The same, with nothing in place of these remarks; read again, it is the same list.
    """
    return {name: _reader(name)(text) for name, text in texts.items()}


def _reader(name: str) -> Callable[[str], str]:
    suffix = PurePath(name).suffix.lower()
    return {".json": _json, ".jsonl": _lines, ".ndjson": _lines, ".csv": _csv}.get(suffix, _yaml)


def _json(text: str) -> str:
    said = json.loads(text.removeprefix("\ufeff"))
    return json.dumps(_without(said), ensure_ascii=False, indent=2) + "\n"


def _lines(text: str) -> str:
    return "".join(
        json.dumps(_without(json.loads(line)), ensure_ascii=False) + "\n"
        for line in text.removeprefix("\ufeff").splitlines()
        if line.strip()
    )


def _without(node: Any) -> Any:  # noqa: ANN401 - any JSON
    if not isinstance(node, dict):
        return node
    left = {key: value for key, value in node.items() if key != INTERNAL}
    if isinstance(left.get(_LIST), list):
        left[_LIST] = [_without(each) for each in left[_LIST]]
    return left


def _csv(text: str) -> str:
    from kiamv_cli.longlist.reading.tables.csv_file import read_csv
    from kiamv_cli.longlist.reading.tables.headings import path_of

    rows = [row for _line, row in read_csv(text.encode(), "")[0]]
    head = next((row for row in rows if any(cell is not None for cell in row)), [])
    hidden = {place for place, cell in enumerate(head) if path_of(str(cell)) == INTERNAL_PATH}
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        shown = (
            None if place in hidden and row is not head else cell for place, cell in enumerate(row)
        )
        writer.writerow(["" if cell is None else guarded(str(cell)) for cell in shown])
    return out.getvalue()


def _yaml(text: str) -> str:
    """Write ``null`` where such a remark stands, and keep every other sign."""
    text = text.removeprefix("\ufeff")
    starts = [0, *accumulate(map(len, text.splitlines(keepends=True)))]
    made, done = "", 0
    for event in _remarks(text):
        line, column = start_of(event)
        start = starts[line - 1] + column - 1
        assert event.end_mark
        end = starts[event.end_mark.line] + event.end_mark.column
        break_after = "\n" if text[start:end].endswith(("\n", "\r")) else ""
        made, done = f"{made}{text[done:start]}null{break_after}", end
    return made + text[done:]


def _remarks(text: str) -> Iterator[Event]:
    """The values under ``internal`` of the ecosystem, or the ecosystems, of a document."""
    following = event_source(text)
    while event := following():
        if isinstance(event, MappingStartEvent):
            yield from _of_mapping(following, is_list=True)


def _of_mapping(following: Next, *, is_list: bool) -> Iterator[Event]:
    while isinstance(key := following(), ScalarEvent):
        value = following()
        if key.value == INTERNAL and isinstance(value, ScalarEvent):
            yield value
        elif is_list and key.value == _LIST and isinstance(value, SequenceStartEvent):
            yield from _of_list(following)
        else:
            _pass(value, following)


def _of_list(following: Next) -> Iterator[Event]:
    while isinstance(event := following(), (*_STARTS, ScalarEvent)):
        if isinstance(event, MappingStartEvent):
            yield from _of_mapping(following, is_list=False)
        else:
            _pass(event, following)


def _pass(event: Event | None, following: Next) -> None:
    """Go on after a value."""
    level = int(isinstance(event, _STARTS))
    while level and (each := following()):
        level += isinstance(each, _STARTS) - isinstance(each, _ENDS)
