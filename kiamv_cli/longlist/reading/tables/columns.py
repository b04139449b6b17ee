"""Columns of a table: what is read from each, by its heading or by a mapping."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiamv_cli.base.labels import distinct_labels, folded
from kiamv_cli.base.text import Text, joined
from kiamv_cli.formats.hints import near
from kiamv_cli.formats.plain import shown
from kiamv_cli.longlist.model.layout import (
    AS_OF,
    ATTRIBUTES,
    INTERNAL_PATH,
    MAIN_COLUMNS,
    SHEETS,
    TITLE,
    heading,
    template_headings,
)
from kiamv_cli.longlist.model.mapping import (
    PARTNERS,
    SOURCE,
    UNUSED,
    WHOLE,
    ColumnUse,
    fact_path,
    folded_values,
)
from kiamv_cli.longlist.reading.tables.headings import numbered, other_headings, path_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from kiamv_cli.formats.marks import Mark
    from kiamv_cli.formats.plain import Cell, Path
    from kiamv_cli.longlist.model.mapping import TableMapping
    from kiamv_cli.longlist.reading.tables.document import Table
    from kiamv_cli.programme.model.programme import Programme

_AS_READ = ColumnUse()
# What stands beside a verdict, in its own column.
_REASON = re.compile(
    r"toelichting|onderbouwing|motiver|reden|argument|reason|rationale|justification|comment"
    r"|begründung|erläuterung|anmerkung"
)


@dataclass(frozen=True, slots=True)
class Column:
    """What is read from a column: where its values belong, and what the mapping says of them."""

    paths: tuple[Path, ...]
    use: ColumnUse = _AS_READ
    heading: str = ""


@dataclass(slots=True)
class Columns:
    """The columns of a table by their places from 0.

    ``known`` are the places with a heading; ``unused`` those that are not read on purpose.
    """

    by_place: dict[int, Column] = field(default_factory=dict)
    known: set[int] = field(default_factory=set)
    unused: dict[int, str] = field(default_factory=dict)

    @property
    def paths(self) -> Iterator[Path]:
        """All paths that any column holds."""
        return (path for column in self.by_place.values() for path in column.paths)

    @property
    def first_paths(self) -> dict[int, Path]:
        """What each column holds, of several the first."""
        return {place: column.paths[0] for place, column in self.by_place.items()}

    @property
    def verdicts(self) -> dict[int, Column]:
        """The columns that hold verdicts on a whole criterion."""
        return {
            place: column
            for place, column in self.by_place.items()
            if any(path[0] == "verdicts" and path[-1] == "verdict" for path in column.paths)
        }


@dataclass(frozen=True, slots=True)
class Heads:
    """The headings of a table: ``cells`` in English, ``typed`` as they stand in the file."""

    cells: Sequence[Cell]
    typed: Sequence[Cell]
    at: Mark

    def mark(self, place: int) -> Mark:
        """Return where a heading stands."""
        return self.at._replace(column=place + 1)


def columns_by_heading(
    table: Table, heads: Heads, ignored: Container[str], programme: Programme
) -> Columns:
    """Return what the columns hold by their headings; note in the table where that is not known."""
    columns, seen = Columns(), dict["Path", str]()
    criteria = labels_of_criteria(programme)
    attributes = labels_of_attributes(programme)
    for place, cell in enumerate(heads.cells):
        text = "" if cell is None else str(cell)
        if not text.strip():
            continue
        columns.known.add(place)
        typed = str(heads.typed[place])
        if text in ignored:
            columns.unused[place] = typed
            continue
        path = _path(text, place, criteria, columns)
        if path is None and (name := attributes.get(folded(text))):
            path = (ATTRIBUTES, name)
        if path is None:
            unknown = Text("K701.column-not-known", name=shown(typed))
            table.note(heads.mark(place), unknown, _suggestion_for(text))
        elif path in seen and path != INTERNAL_PATH:
            _tell_twice(table, heads.mark(place), (seen[path], typed), path)
        else:
            seen.setdefault(path, typed)
            columns.by_place[place] = Column((path,), heading=typed)
    _tell_headings(table, heads, columns)
    return columns


def _path(text: str, place: int, criteria: Mapping[str, str], columns: Columns) -> Path | None:
    if text in {TITLE, AS_OF}:
        return (text,)
    if criterion := criteria.get(folded(text)):
        return ("verdicts", criterion, "verdict")
    before = columns.by_place.get(place - 1)
    if before and place - 1 in columns.verdicts and _REASON.search(folded(text)):
        return (*before.paths[0][:2], "reason")
    return path_of(text)


def criterion_of_reason(text: str, criteria: Mapping[str, str]) -> str | None:
    """Return the criterion whose reasons a heading names, ``Toelichting regionale urgentie``."""
    words = folded(text)
    if not _REASON.search(words):
        return None
    return next((code for name, code in criteria.items() if name in words), None)


def is_reason(text: str) -> bool:
    """Return whether a heading is one of reasons."""
    return bool(_REASON.search(folded(text)))


def _suggestion_for(text: str) -> Text:
    known = [*MAIN_COLUMNS, *(f"{name}.1.{key}" for name in SHEETS for key in SHEETS[name].columns)]
    return near(text.strip().casefold(), [*known, *other_headings()]) or Text(
        "K701.rename-leave-out-draft"
    )


def _tell_twice(table: Table, mark: Mark, names: tuple[str, str], path: Path) -> None:
    first, name = map(shown, names)
    text = Text("K702.columns-both-read", first=first, name=name, key=heading(path))
    table.note(mark, text, Text("K702.keep-one-or-head-other"))


def _tell_headings(table: Table, heads: Heads, columns: Columns) -> None:
    """Say what columns were taken for, where they are not headed by a key."""
    keys = {
        " ".join(str(heads.cells[place]).split()): heading(column.paths[0])
        for place, column in columns.by_place.items()
    }
    others = {text: key for text, key in keys.items() if "_".join(text.casefold().split()) != key}
    # A workbook that kiamv made to be filled in is sure of its headings.
    if others.keys() and not {*map(folded, others)} <= template_headings().keys():
        named = joined(Text("parts.as-key", name=text, key=key) for text, key in others.items())
        text = Text("K956.read-by-names", columns=named)
        table.note(heads.at, text, Text("K956.head-by-key"))


def columns_by_mapping(table: Table, heads: Heads, mapping: TableMapping) -> Columns:
    """Return what the columns hold by a mapping; note which of either the other does not have."""
    columns, last = Columns(), dict[str, int]()
    names = numbered(heads.typed)
    for place, name in enumerate(names):
        if not name:
            continue
        columns.known.add(place)
        use = mapping.columns.get(folded(name))
        if use is None:
            unknown = Text("K730.column-not-in-mapping", name=shown(name))
            table.note(heads.mark(place), unknown, Text("K730.say-what-it-is", file=mapping.path))
        elif use.targets:
            paths = tuple(target_path(target, place, last) for target in use.targets)
            columns.by_place[place] = Column(paths, _with_verdicts(use, paths, mapping), name)
        else:
            columns.unused[place] = name
    _tell_missing(table, heads, mapping, names)
    return columns


def _with_verdicts(use: ColumnUse, paths: Sequence[Path], mapping: TableMapping) -> ColumnUse:
    """Return how a column is read: of criteria, also by what the mapping says of all of these."""
    if not any(path[0] == "verdicts" and path[-1] == "verdict" for path in paths):
        return use
    values = {**folded_values(mapping.verdicts), **use.values}
    return ColumnUse(targets=use.targets, values=values, split=use.split)


def _tell_missing(table: Table, heads: Heads, mapping: TableMapping, names: Sequence[str]) -> None:
    there = {*map(folded, names)}
    missing = [name for name in (*mapping.columns, *mapping.leave_out) if name not in there]
    if missing:
        names_of = joined(map(shown, dict.fromkeys(missing)))
        table.note(
            heads.at,
            Text("K976.columns-not-there", names=names_of),
            Text("K976.correct-names", file=mapping.path),
        )


def target_path(target: str, place: int, last: dict[str, int]) -> Path:
    """Return where the values of a target in a mapping belong.

    Args:
        target: As the mapping has it.
        place: The column, from 0.
        last: The last column of each kind of facts; what is said beside belongs to the same facts.
    """
    if target in {PARTNERS, SOURCE, TITLE, AS_OF}:
        return (target,)
    top, _dot, key = target.partition(".")
    if top == ATTRIBUTES and "." not in key:
        return (top, key)
    if _is_bare(target):
        whole = WHOLE.get(top)
        if whole and key in {"", whole}:
            last[top] = place
        return fact_path(target, last.get(top, place))
    path = path_of(target)
    assert path
    return path


def _is_bare(target: str) -> bool:
    """Return whether a target is a kind of facts, or a key of these, without a number."""
    top, _dot, key = target.partition(".")
    sheet = SHEETS.get(top)
    if sheet is None or target in MAIN_COLUMNS:
        return False
    return top == "verdicts" or (sheet.listed and not sheet.keys and key in {"", *sheet.columns})


def is_target(target: str, programme: Programme) -> bool:
    """Return whether a text is a target that a mapping can name."""
    top, *rest = target.split(".")
    if target in {UNUSED, PARTNERS, SOURCE, TITLE, AS_OF}:
        return True
    if top == "verdicts":
        known = {each.id for each in programme.criteria}
        return rest[:1] != [] and rest[0] in known and ".".join(rest[1:]) in {"", *_VERDICT_KEYS}
    if top in WHOLE and ".".join(rest) in {"", *SHEETS[top].columns}:
        return True
    if top == ATTRIBUTES:
        return rest[:1] != [] and programme.attribute(rest[0]) is not None
    return path_of(target) is not None and (top in SHEETS or target in MAIN_COLUMNS)


_VERDICT_KEYS = {*SHEETS["verdicts"].columns}


def targets(programme: Programme) -> list[str]:
    """Return the targets that a mapping can name, those with numbers left out."""
    facts = (
        target
        for top in WHOLE
        if top != "verdicts"
        for target in (top, *(f"{top}.{key}" for key in SHEETS[top].columns))
    )
    judged = (
        target
        for each in programme.criteria
        for target in (
            f"verdicts.{each.id}",
            *(f"verdicts.{each.id}.{key}" for key in sorted(_VERDICT_KEYS)),
        )
    )
    own = (f"{ATTRIBUTES}.{each.id}" for each in programme.attributes)
    return [UNUSED, *MAIN_COLUMNS, PARTNERS, *facts, *own, SOURCE, *judged]


def labels_of_attributes(programme: Programme) -> Mapping[str, str]:
    """Return the attributes by their labels and ids, folded."""
    return {
        **distinct_labels((each.id, each.label.values()) for each in programme.attributes),
        **{each.id: each.id for each in programme.attributes},
    }


def labels_of_criteria(programme: Programme) -> Mapping[str, str]:
    """Return the criteria by their labels and ids, folded."""
    return {
        **distinct_labels((each.id, each.label.values()) for each in programme.criteria),
        **{each.id: each.id for each in programme.criteria},
    }
