"""An ecosystem as it was written, walked through without trust in the kinds of its values.

What has the wrong kind is passed over: it is told elsewhere, and the rest is still checked, so
that all problems come at once.
"""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING

from kiamv_cli.base.names import id_of
from kiamv_cli.base.text import Text
from kiamv_cli.formats.package_data import is_placeholder
from kiamv_cli.formats.plain import Flaw, shown
from kiamv_cli.programme.model.facts import Partners

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.formats.plain import Path, Plain

    PlacedText = tuple[Path, str]

FACT_LISTS = ("challenges", "life_domains", "comparable_elsewhere", "maturity", "budget")

LEAD: Path = ("lead",)

SIDES = tuple(each.name for each in fields(Partners))


def as_mapping(value: Plain) -> dict[str, Plain]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Plain) -> list[Plain]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def as_text(value: Plain) -> str:
    """The value if it is a text, else an empty one."""
    return value if isinstance(value, str) else ""


def as_year(value: Plain) -> int | None:
    """The value if it is a whole number, else nothing."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def sourced(entry: dict[str, Plain]) -> Iterator[tuple[Path, dict[str, Plain]]]:
    """All that has a source: the facts, the partners and the lead, each with its path."""
    for key in FACT_LISTS:
        for index, fact in enumerate(as_list(entry.get(key))):
            yield (key, index), as_mapping(fact)
    yield from partners(entry)
    yield from _attributes(entry)
    yield LEAD, as_mapping(entry.get("lead"))


def _attributes(entry: dict[str, Plain]) -> Iterator[tuple[Path, dict[str, Plain]]]:
    """The values of attributes that say more than the value, each with its path."""
    for name, value in as_mapping(entry.get("attributes")).items():
        if isinstance(value, dict):
            yield ("attributes", name), value
        for index, each in enumerate(as_list(value)):
            if isinstance(each, dict):
                yield ("attributes", name, index), each


def partners(entry: dict[str, Plain]) -> Iterator[tuple[Path, dict[str, Plain]]]:
    """The partners on all sides, each with its path."""
    named = as_mapping(entry.get("partners"))
    for side in SIDES:
        for index, partner in enumerate(as_list(named.get(side))):
            yield ("partners", side, index), as_mapping(partner)


def texts(value: Plain, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text within a value, each with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from texts(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from texts(each, (*path, index))


_OF_FACT = ("what",)

_OF_SUGGESTION = ("by", "via", "wording")

NO_ANSWER_HINT = Text("hints.leave-out-or-literal")


def unanswered(entry: dict[str, Plain], base: Path = ()) -> Iterator[Flaw]:
    """Find the texts of an ecosystem at ``base`` that are no answer, and are not meant to be."""
    for path, text in _without_answer(entry):
        yield no_answer((*base, *path), text, NO_ANSWER_HINT)


# What spreadsheets call the row beneath all others.
_TOTAL = re.compile(
    r"((sub|eind)?(totaal|totalen)|som|((sub|grand )?totals?)|sum|gesamt|summe)( \(?\d+\)?)?[ :]*",
    re.IGNORECASE,
)


def is_total(name: str) -> bool:
    """Return whether a name is that of a row which adds up the others."""
    return bool(_TOTAL.fullmatch(name.strip()))


def names_itself(id_: Plain, name: Plain) -> bool:
    """Return whether an id that somebody gave repeats the name, which is then meant so."""
    return isinstance(name, str) and id_ == id_of(name)


def no_answer(path: Path, text: str, hint: Text) -> Flaw:
    """Say of a text that it is no answer."""
    message = Text("K725.no-answer", text=shown(text))
    return Flaw(path=path, text=message, advice=hint)


def _without_answer(entry: dict[str, Plain]) -> Iterator[PlacedText]:
    """Of all names and texts that something rests on, those that are no answer nor meant to be."""
    if not _is_literal(entry):
        own = () if names_itself(entry.get("id"), entry.get("name")) else ("name",)
        yield from _at(entry, (), (*own, "seat"))
        yield from _items(entry.get("aliases"), ("aliases",))
        yield from _items(entry.get("suggested_by"), ("suggested_by",))
    for path, holder, keys in _holders(entry):
        if not _is_literal(holder):
            yield from _at(holder, path, keys)
            if path[0] == "budget":
                yield from _items(holder.get("funders"), (*path, "funders"))


def _holders(entry: dict[str, Plain]) -> Iterator[tuple[Path, dict[str, Plain], tuple[str, ...]]]:
    """The mappings within an ecosystem that hold texts, with the keys of these."""
    for key in FACT_LISTS:
        for index, fact in enumerate(as_list(entry.get(key))):
            yield (key, index), as_mapping(fact), _OF_FACT
    for path, partner in partners(entry):
        yield path, partner, ("name",)
    for path, value in _attributes(entry):
        yield path, value, _OF_FACT
    yield LEAD, as_mapping(entry.get("lead")), ("who",)
    for index, each in enumerate(as_list(entry.get("suggested_by"))):
        yield ("suggested_by", index), as_mapping(each), _OF_SUGGESTION
    for name, source in as_mapping(entry.get("sources")).items():
        yield ("sources", name), as_mapping(source), ("title", "publisher")
    for name, judgement in as_mapping(entry.get("verdicts")).items():
        yield ("verdicts", name), as_mapping(judgement), ("by", "reason")


def _is_literal(holder: dict[str, Plain]) -> bool:
    return holder.get("literal") is True


def _at(holder: dict[str, Plain], path: Path, keys: tuple[str, ...]) -> Iterator[PlacedText]:
    for key in keys:
        text = holder.get(key)
        if isinstance(text, str) and is_placeholder(text):
            yield (*path, key), text


def _items(values: Plain, path: Path) -> Iterator[PlacedText]:
    for index, each in enumerate(as_list(values)):
        if isinstance(each, str) and is_placeholder(each):
            yield (*path, index), each
