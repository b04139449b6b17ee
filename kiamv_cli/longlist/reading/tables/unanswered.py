"""Cells that hold no answer: taken out of an ecosystem, and told once for each column."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.base.labels import folded
from kiamv_cli.base.text import Text, joined
from kiamv_cli.formats.package_data import is_placeholder
from kiamv_cli.formats.plain import shown
from kiamv_cli.longlist.model.layout import ATTRIBUTES, SHEETS, heading, kind_of
from kiamv_cli.longlist.reading.entry import names_itself
from kiamv_cli.longlist.reading.tables.rows import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kiamv_cli.formats.marks import Mark
    from kiamv_cli.formats.plain import Path, Plain
    from kiamv_cli.longlist.reading.tables.document import Table
    from kiamv_cli.longlist.reading.tables.rows import Entry

# In these columns such words are values, or are refused: what a theme leaves open earns score.
_VALUES = {"id", "theme", "verdict", "parts"}
# The text without which there is no fact, no source, nobody who suggested or led.
_WHOLE = {"what", "name", "who", "by", "domain", "title"}
_SHOWN = 5


class _Gone(NamedTuple):
    """A value that is no answer; ``beside`` is what else was said of the same."""

    path: Path
    text: str
    mark: Mark
    beside: tuple[str, ...] = ()


@dataclass(slots=True)
class Unanswered:
    """Takes cells without an answer out of ecosystems, and knows which they were.

    ``literal`` are texts that are meant as they stand, though they look like no answer.
    """

    literal: Iterable[str] = ()
    _columns: dict[tuple[str, int], list[_Gone]] = field(default_factory=lambda: defaultdict(list))

    def take_out(self, entry: Entry) -> list[Mark]:
        """Take out of an ecosystem what is no answer, and whatever hangs on it.

        Returns:
            The cells of which nothing is left.
        """
        emptied = list["Mark"]()
        written = dict(entry.values)
        for path in written:
            if path not in entry.values or not _may_be_none(path):
                continue
            value = entry.values[path]
            meant = partial(self._meant, entry, written, path)
            left, gone = _parted(value, meant)
            if not gone:
                continue
            beside = _beside(entry, path) if left is None else ()
            for text in gone:
                here = _Gone(path, text, value.mark, tuple(map(_last, beside)))
                self._columns[value.mark.sheet, value.mark.column].append(here)
            emptied += [value.mark] if left is None else []
            for each in (path, *beside) if left is None else ():
                entry.values.pop(each, None)
            if left is None and path[0] == "sources":
                _uncite(entry, str(path[1]))
            if left is not None:
                entry.values[path] = value._replace(value=left)
        return emptied

    def _meant(self, entry: Entry, written: Mapping[Path, Value], path: Path, text: str) -> bool:
        """Whether a text is meant as it stands; if so, that is noted beside it."""
        if text.isdecimal() and (path[-1] == "grade" or path[0] == ATTRIBUTES):
            return True
        holder = (*path[:-1], "literal")
        # A word alone for who suggested it stands in the ecosystem itself.
        holders = (holder, ("literal",)) if path[0] == "suggested_by" else (holder,)
        if any(each in written and written[each].value is True for each in holders):
            return True
        if path[-1] in {"source", "confirmed_by"}:
            return any(each[:2] == ("sources", text) for each in written)
        if path == ("name",) and _is_id(entry, text):
            return True
        if folded(text) in map(folded, self.literal):
            _note_literal(entry, path, text, holder)
            return True
        return False

    def tell(self, table: Table) -> None:
        """Note in a table, for each column, which of its values are no answer."""
        for gone in self._columns.values():
            first = gone[0]
            texts = list(dict.fromkeys(shown(each.text) for each in gone))
            beside = sorted({name for each in gone for name in each.beside})
            text = Text(
                "K966.no-answer",
                n=len(gone),
                texts=", ".join(texts[:_SHOWN]) + (", …" if len(texts) > _SHOWN else ""),
                beside=Text("parts.so-is-beside", keys=joined(beside)) if beside else "",
            )
            table.note(first.mark, text, _hint(first.path))


def _parted(value: Value, is_meant: Callable[[str], bool]) -> tuple[Plain, list[str]]:
    """What is left of a cell, ``None`` for nothing, and the texts in it that are no answer."""
    texts = value.value if isinstance(value.value, list) else [value.value]
    gone = [
        text
        for text in texts
        if isinstance(text, str) and is_placeholder(text) and not is_meant(text)
    ]
    left = [text for text in texts if text not in gone]
    return (left or None, gone) if gone else (value.value, [])


def _may_be_none(path: Path) -> bool:
    return kind_of(path) in {"text", "name", "list", "word", "words"} and not _VALUES & {*path}


def _note_literal(entry: Entry, path: Path, text: str, holder: Path) -> None:
    value = entry.values[path]
    keys = {"partners": "name", "suggested_by": "by"}
    if isinstance(value.value, list) and path[0] in keys:
        said: list[Plain] = [
            {keys[str(path[0])]: each, "literal": True} if each == text else each
            for each in value.value
        ]
        entry.values[path] = value._replace(value=said)
    elif kind_of(path) in {"text", "name", "list"}:
        entry.values[holder] = Value(True, value.mark)  # noqa: FBT003 - the value of a key


def _beside(entry: Entry, path: Path) -> tuple[Path, ...]:
    """What hangs on a text that is not there: the rest of its fact, and who cites its source."""
    base = path[:-1]
    if not base or path[-1] not in _WHOLE or base[0] == "verdicts":
        return ()
    rest = (each for each in entry.values if each[: len(base)] == base and each != path)
    cites: Iterator[Path] = iter(())
    if base[0] == "sources":
        cites = (
            each
            for each, value in entry.values.items()
            if each[-1] == "source" and value.value == base[1]
        )
    return (*rest, *cites)


def _uncite(entry: Entry, source: str) -> None:
    """Take a source that is none out of those that confirm a fact."""
    for path, value in list(entry.values.items()):
        if path[-1] == "confirmed_by" and isinstance(value.value, list) and source in value.value:
            left: Plain = [each for each in value.value if each != source]
            entry.values[path] = value._replace(value=left)


def _hint(path: Path) -> Text:
    if path[0] in SHEETS and path[0] not in {"suggested_by", "sources", "verdicts"}:
        key = heading(path[:2]) if path[0] == "partners" else str(path[0])
        return Text("K966.write-absent", key=key)
    return Text("K966.leave-empty")


def _is_id(entry: Entry, name: str) -> bool:
    """Whether the row has an id of its own, and that is what the name says."""
    given = entry.values.get(("id",))
    return bool(given and given.mark.text and names_itself(given.value, name))


def _last(path: Path) -> str:
    return next(str(step) for step in reversed(path) if isinstance(step, str))
