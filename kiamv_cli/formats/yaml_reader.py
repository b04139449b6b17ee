"""One YAML document to plain values, in one pass over the event stream.

Two deliberate differences, so that nothing is read as a number by surprise: a number with
leading zeros (a postcode, a year mistyped) and ``.inf`` and ``.nan`` stay text.

Refused, each with its place: keys given twice, anchors, aliases, merge keys, tags, more than
one document, nesting deeper than 32 levels. Keys are always text; text is in Unicode NFC.
"""

from __future__ import annotations

import re
from math import isinf
from typing import TYPE_CHECKING, NoReturn

from yaml import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from kiamv_cli.base.files import composed, describe, forbidden_in, is_clean
from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.base.text import Text
from kiamv_cli.formats.plain import Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiamv_cli.formats.plain import Plain

try:
    from yaml._yaml import CParser as Parser
except ImportError:  # PyYAML was built without libyaml: the same events, slower
    from yaml import SafeLoader as Parser  # type: ignore[assignment]

# Blanks that are no spaces: what comes from web pages and word processors is indented with them.
OTHER_BLANKS = frozenset("\u00a0\u2002\u2003\u2007\u2009\u202f\u3000")
_STRUCTURE = re.compile(f"[ ]*(?:- *)?(?:[^\\s:'\"#]+: *)?([{''.join(sorted(OTHER_BLANKS))}])")


def event_source(text: str) -> Callable[[], Event | None]:
    """Return the function that returns the next event, and ``None`` after the last.

    It raises ``yaml.MarkedYAMLError`` where the syntax is broken.
    """
    return Parser(text).get_event


def start_of(event: Event) -> tuple[int, int]:
    """Return the line and column, from 1, where the event's token starts."""
    mark = event.start_mark
    assert mark
    return mark.line + 1, mark.column + 1


def indented_by(sign: str) -> tuple[Text, Text]:
    """Say that a blank stands where only a space does, and what to do."""
    return (
        Text("K204.stands-where-space-should", sign=describe(sign)),
        Text("hints.replace-space-looks-like"),
    )


def explain(error: MarkedYAMLError, text: str, path: str) -> Problem:
    """Turn the parser's error into a problem with a hint that helps."""
    mark = error.problem_mark or error.context_mark
    assert mark
    if blank := _other_blank(text, mark.line):
        line, column, sign = blank
        message, hint = indented_by(sign)
        return Problem(text=message, advice=hint, path=path, line=line, column=column)
    message, hint = _explain(error, _line(text, mark.line), mark.column)
    return Problem(text=message, advice=hint, path=path, line=mark.line + 1, column=mark.column + 1)


def _explain(error: MarkedYAMLError, line: str, column: int) -> tuple[Text, Text]:
    what = error.problem or "broken"
    if "\t" in line[: column + 1] and ("token" in what or "tab" in what):
        return Text("K204.line-indented-tab"), Text("K204.use-spaces")
    if "token" in what:
        hint = Text("K203.put-text-quotes")
        return Text("K203.text-cannot-start", sign=line[column : column + 1]), hint
    if (error.context or "").endswith((" alias", " anchor")):
        sign = line[max(column - 1, 0) : column]
        hint = Text("K203.put-quotes", example=f'"{sign}"')
        return Text("K203.text-cannot-start", sign=sign), hint
    if "mapping values" in what:
        return Text("K203.second-line"), Text("K203.put-text-quotes-if")
    since = error.context_mark
    started = Text("parts.began-at-line", line=since.line + 1) if since and error.context else ""
    context = f"{error.context}{started}: " if error.context else ""
    return (
        Text("K203.broken-yaml", context=context, what=what),
        Text("K203.check-quotes-brackets-indentation"),
    )


def _other_blank(text: str, last: int) -> tuple[int, int, str] | None:
    """Find the first blank that is no space in the structure of a document, up to a line."""
    for number, line in enumerate(text.split("\n")[: last + 1], start=1):
        if (found := _STRUCTURE.match(line)) and not line.isascii():
            return number, found.start(1) + 1, found[1]
    return None


def _line(text: str, index: int) -> str:
    lines = text.splitlines()
    return lines[index] if index < len(lines) else ""


_CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMBER = re.compile(
    r"(?P<decimal>[-+]?(?:0|[1-9][0-9]*))"
    r"|0o(?P<octal>[0-7]+)"
    r"|0x(?P<hex>[0-9a-fA-F]+)"
    r"|[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
)
_STARTS = frozenset("+-.0123456789")
MOST_DIGITS = 300


class TooLongError(ValueError):
    """The number has more digits than any number that is meant."""


def resolve(text: str) -> str | float | bool | None:
    """Return the value of a plain scalar.

    Raises:
        TooLongError: It is a number of more than 300 digits, or beyond what a float holds.
    """
    if text[:1] not in _STARTS:
        return _CONSTANTS.get(text, text)
    found = _NUMBER.fullmatch(text)
    if not found:
        return text
    if len(text) > MOST_DIGITS:
        raise TooLongError
    return _number(found)


def _number(token: re.Match[str]) -> float:
    match token.lastgroup:
        case "decimal":
            return int(token[0])
        case "octal":
            return int(token["octal"], 8)
        case "hex":
            return int(token["hex"], 16)
        case _:
            number = float(token[0])
            if isinf(number):
                raise TooLongError
            return number


DEEPEST = 32
_TOO_LONG = Text("hints.correct-put-quotes-if")
_MOST_PROBLEMS = 1000
_SHARED = 24  # texts up to this length often repeat (codes, source ids) and are kept once
_INTERNAL = ("internal:", '"internal":', "'internal':", "internal :")
# Only where blanks begin: else each of many would be tried as the first of them.
_LOST_TEXT = re.compile(r"(?<![ \t])[ \t]+#(?=\S)")


def read_yaml(text: str, path: str) -> Reading:
    """Read a document.

    Args:
        text: The document, decoded and free of forbidden characters.
        path: The name of the file, for problems.

    Returns:
        The plain values; an empty document is ``None``.

    Raises:
        BadInput: The syntax is broken, there is a second document, the nesting is too deep,
            or there are a thousand problems.
    """
    reader = _Reader(text, path)
    try:
        return Reading(reader.document(), reader.problems)
    except MarkedYAMLError as error:
        raise BadInput([*reader.problems, explain(error, text, path)]) from None


def _starts_of_lost_text(text: str) -> set[int]:
    """Find where ``#`` follows a space and is followed by none: most likely meant as text."""
    if " #" not in text and "\t#" not in text:
        return set()
    return {found.start() for found in _LOST_TEXT.finditer(text)}


class _Reader:
    def __init__(self, text: str, path: str) -> None:
        self.next_event = event_source(text)
        self.path = path
        self.problems: list[Problem] = []
        self.shared: dict[str, str] = {}
        self.lost_text = _starts_of_lost_text(text)
        self._whole = text

    def document(self) -> Plain:
        value: Plain = None
        documents = 0
        while event := self.next_event():
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.stop(
                        event, Text("K209.second-document-starts-here"), Text("K209.take-out")
                    )
            elif isinstance(event, NodeEvent):
                value = self.value(event, 0)
        return value

    def value(self, event: Event | None, depth: int) -> Plain:
        if isinstance(event, ScalarEvent):
            return self.scalar(event)
        if isinstance(event, AliasEvent):
            self.report(
                event, Text("K206.alias-not-read", anchor=event.anchor), Text("K206.write-out")
            )
            return None
        assert isinstance(event, CollectionStartEvent)
        if event.anchor or event.tag:
            self.report_decorations(event)
        if depth == DEEPEST:
            self.stop(
                event, Text("K208.nested-deeper-than-levels", most=DEEPEST), Text("K208.look-stray")
            )
        if isinstance(event, MappingStartEvent):
            return self.mapping(depth + 1)
        return self.sequence(depth + 1)

    def sequence(self, depth: int) -> list[Plain]:
        items = []
        while type(event := self.next_event()) is not SequenceEndEvent:
            items.append(self.value(event, depth))
        return items

    def mapping(self, depth: int) -> dict[str, Plain]:
        items: dict[str, Plain] = {}
        events: dict[str, Event] = {}
        while type(event := self.next_event()) is not MappingEndEvent:
            assert event
            key = self.key(event, depth)
            value = self.value(self.next_event(), depth)
            if key is None:
                continue
            if key in items:
                self.report_repeated(event, key, events[key])
                continue
            items[key] = value
            events[key] = event
        return items

    def key(self, event: Event, depth: int) -> str | None:
        if not isinstance(event, ScalarEvent):
            self.report(event, Text("K203.key-must-text"), Text("K203.take-out"))
            self.value(event, depth)
            return None
        if event.value == "<<" and event.implicit[0]:
            self.report(event, Text("K206.merge-key-not-read"), Text("K206.write-keys-out"))
            return None
        if not event.style and event.value[:1] in OTHER_BLANKS:
            self.stop(event, *indented_by(event.value[0]))
        return self.text(event)

    def scalar(self, event: ScalarEvent) -> Plain:
        if event.anchor or event.tag:
            self.report_decorations(event)
        if not event.implicit[0]:
            return self.text(event)
        try:
            value = resolve(event.value)
        except TooLongError:
            self.report(event, Text("K210.number-too-long-one"), _TOO_LONG)
            return None
        if not isinstance(value, str):
            return value
        if self.lost_text:
            self.warn_of_lost_text(event)
        return self.text(event)

    def text(self, event: ScalarEvent) -> str:
        written = event.value
        known = self.shared.get(written)
        if known is not None:
            return known
        text = composed(written)
        # What comes from an escape in quotes was not seen when the file was checked.
        if event.style == '"' and not is_clean(text):
            self.report(
                event, Text("K202.not-allowed", sign=forbidden_in(text)), Text("hints.remove")
            )
        elif len(written) <= _SHARED:
            self.shared[written] = text
        return text

    def report_decorations(self, event: CollectionStartEvent | ScalarEvent) -> None:
        if event.anchor:
            self.report(
                event, Text("K206.anchor-not-read", anchor=event.anchor), Text("hints.remove")
            )
        if event.tag:
            shown_tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.report(event, Text("K207.tag-not-read", tag=shown_tag), Text("hints.remove"))

    def report_repeated(self, event: Event, key: str, first: Event) -> None:
        self.report(
            event,
            Text("K205.key-given-twice-first", key=key, line=start_of(first)[0]),
            Text("hints.keep-one-two"),
        )

    def warn_of_lost_text(self, event: ScalarEvent) -> None:
        if event.end_mark and event.end_mark.index in self.lost_text:
            if self._is_internal(event):
                message = Text("K901.follows-not-read")
            else:
                message = Text("K901.follows-after-not-read", value=event.value)
            hint = Text("K901.put-text-quotes-if")
            self.report(event, message, hint)

    def _is_internal(self, event: ScalarEvent) -> bool:
        """Whether a text is for the team alone, and not to be shown."""
        start = event.start_mark.index if event.start_mark else 0
        return self._whole[max(0, start - 40) : start].rstrip(" \t\r\n>|-+").endswith(_INTERNAL)

    def stop(self, event: Event, message: Text, hint: Text) -> NoReturn:
        self.report(event, message, hint)
        raise BadInput(self.problems)

    def report(self, event: Event, message: Text, hint: Text | None = None) -> None:
        line, column = start_of(event)
        self.problems.append(
            Problem(text=message, advice=hint, path=self.path, line=line, column=column)
        )
        if len(self.problems) == _MOST_PROBLEMS:
            raise BadInput(self.problems)
