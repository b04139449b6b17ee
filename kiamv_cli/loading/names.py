"""The names on a list, whatever else stands there: suggestions seldom come complete."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import SchemaValidator, ValidationError, core_schema

from kiamv_cli.core.duplicates import Named
from kiamv_cli.core.problem import BadInput, Problem
from kiamv_cli.language import _
from kiamv_cli.loading.entry import as_list, as_mapping, as_text
from kiamv_cli.loading.files import read_file, refusal
from kiamv_cli.loading.gathering import Gathering
from kiamv_cli.loading.longlist import collector_paused, read_into
from kiamv_cli.loading.shapes import ID, LONGEST_NAME, NAME, list_of
from kiamv_cli.loading.text import composed, decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.resources.abc import Traversable

    from kiamv_cli.core.programme import Programme
    from kiamv_cli.loading.document import Document
    from kiamv_cli.loading.plain import Path as Place
    from kiamv_cli.loading.plain import Plain
    from kiamv_cli.loading.sheets.sheet import Hidden

PLAIN_SUFFIX = ".txt"
# Names need no reference date, so any will do for a list that states none.
_ANY_DATE = date(2000, 1, 1)
# What does not keep names from being read: columns of people's own.
_HARMLESS = {"K701", "K702", "K703", "K704", "K705"}
# What does: an encoding that was guessed, parts of a workbook that were not read.
_WORTH_TELLING = {"K951", "K952"}


class NamesRead(NamedTuple):
    """The names on a list, and what to know of how its file was read."""

    named: tuple[Named, ...]
    remarks: tuple[Problem, ...] = ()


def load_names(
    source: str | Path | Traversable,
    programme: Programme,
    where: str = "",
    hidden: Hidden | None = None,
) -> NamesRead:
    """Read the names on a list.

    Of a long list, in any format, only ids, names, aliases, wordings of suggestions and websites
    are looked at: provinces and themes may still be missing, and a spreadsheet may have columns of
    one's own. A file ending in ``.txt`` has a name on each line.

    Args:
        source: As for ``load_longlist``, or a ``.txt`` file.
        programme: Whose names of provinces and themes may stand in a table.
        where: What to call the list; left out: an entry does not say where it stands.
        hidden: What becomes of hidden and struck-through parts of a workbook: ``keep`` or
            ``skip``. Left out: they are errors.

    Returns:
        The entries in their order, and what to know of how the file was read.

    Raises:
        BadInput: It cannot be read, or an entry has no name; it holds all problems.
    """
    if str(source).lower().endswith(PLAIN_SUFFIX):
        return NamesRead(tuple(_plain(Path(str(source)), where)))
    gathering = _Gathering(programme, where)
    with collector_paused():
        read_into(gathering, source, _ANY_DATE, hidden=hidden)
        remarks = [each for each in gathering.warnings() if each.code in _WORTH_TELLING]
    return NamesRead(tuple(gathering.named), tuple(remarks))


def named_in(entry: Plain, where: str = "") -> Named:
    """Give the names in an ecosystem as it was written; what has the wrong kind is passed over."""
    said = as_mapping(entry)
    suggestions = (as_mapping(each) for each in as_list(said.get("suggested_by")))
    others = (
        *map(as_text, as_list(said.get("aliases"))),
        *(as_text(each.get("wording")) for each in suggestions),
    )
    return Named(
        id=as_text(said.get("id")) or None,
        name=as_text(said.get("name")),
        others=tuple(filter(None, others)),
        website=as_text(said.get("website")) or None,
        lists=_lists(where),
    )


def _lists(where: str) -> tuple[str, ...]:
    return (where,) if where else ()


class _Gathering(Gathering):
    """Gathers names, and minds no more than what these need."""

    def __init__(self, programme: Programme, where: str) -> None:
        super().__init__(programme)
        self.named: list[Named] = []
        self._where = where

    def add(self, document: Document, base: Place, data: Plain, text: str | None = None) -> None:
        """Keep the names of the ecosystem ``data`` that stands at ``base`` in a document."""
        del text
        self.seen += 1
        try:
            _NAMES.validate_python(data)
        except ValidationError as error:
            from kiamv_cli.loading.faults import flaws_of  # noqa: PLC0415 - only for errors

            self.refuse(document, flaws_of(error, _ENTRY, base))
        else:
            self.named.append(named_in(data, self._where))
            here = document if base else document.without_text()
            self.refuse(document, self.repeats(here, base, as_mapping(data)))

    def note(self, problems: Iterable[Problem]) -> None:
        """Note problems, but for those of columns without names."""
        super().note(each for each in problems if each.code not in _HARMLESS)


def _entry() -> core_schema.CoreSchema:
    keys: dict[str, Any] = {"id": ID, "name": NAME, "aliases": list_of(NAME)}
    return core_schema.typed_dict_schema(
        {
            key: core_schema.typed_dict_field(shape, required=key == "name")
            for key, shape in keys.items()
        },
        extra_behavior="ignore",
    )


_ENTRY = _entry()
_NAMES = SchemaValidator(_ENTRY)


def _plain(place: Path, where: str) -> Iterator[Named]:
    """A name on each line that is not blank."""
    lines = decode(read_file(place), str(place)).splitlines()
    problems = [
        Problem(
            code="K306",
            message=_(
                "a name has {n} characters; {most} are allowed",
                n=len(line.strip()),
                most=LONGEST_NAME,
            ),
            hint=_("Write one name on each line"),
            path=str(place),
            line=number,
            column=1,
        )
        for number, line in enumerate(lines, start=1)
        if len(line.strip()) > LONGEST_NAME
    ]
    if problems:
        raise BadInput(problems)
    if not any(map(str.strip, lines)):
        raise refusal("K105", str(place), _("there is no name in it"), _("Write one on each line"))
    for line in lines:
        if line.strip():
            yield Named(name=composed(" ".join(line.split())), lists=_lists(where))
