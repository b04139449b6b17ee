"""What changed between two selections, in words."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING

from kiamv_cli.language import N_, _, ngettext
from kiamv_cli.render.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.render.text import date_text, decimal, listing, number
from kiamv_cli.render.words import code_text, key_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.core.differences import Attributed, Change, Differences, Moves
    from kiamv_cli.core.record import Override
    from kiamv_cli.render.document import Block, Value
    from kiamv_cli.render.text import Symbols

_LONGEST = 160
_CONSTANTS = {None: N_("nothing"), True: N_("yes"), False: N_("no")}


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffView:
    """``kiamv diff``: ``one`` and ``other`` are the names of what is compared, as given.

    ``overrides`` are what people changed by decision, in the first and in the second.
    """

    found: Differences
    one: str
    other: str
    overrides: tuple[Sequence[Override], Sequence[Override]] = ((), ())

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/diff/1``."""
        found = self.found
        return {
            "schema": "kiamv/diff/1",
            "score": [number(found.before.score), number(found.after.score)],
            **_moves_fields(found.moves),
            "changes": [_change_fields(each) for each in found.changes],
            "overrides": [
                [{"out": each.out, "in": each.into, "reason": each.reason} for each in side]
                for side in self.overrides
            ],
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per change."""
        for each in self.found.changes:
            change = each.change
            yield {
                "kind": change.kind,
                "subject": change.subject,
                "field": change.field,
                "before": _text(change.before),
                "after": _text(change.after),
                **_moves_record("alone", each.alone),
                **_moves_record("without", each.without),
            }

    def blocks(self, symbols: Symbols) -> Iterator[Block]:
        """Who came in and went out, and which changes did that."""
        found = self.found
        yield Heading(_("From {one} to {other}", one=self.one, other=self.other))
        yield Paragraph(self._who(), "strong")
        if found.before.score != found.after.score:
            yield Paragraph(
                _(
                    "The total went from {before} to {after}.",
                    before=decimal(found.before.score),
                    after=decimal(found.after.score),
                )
            )
        yield from self._matter(symbols)
        yield from self._idle(symbols)
        if not found.changes:
            yield Paragraph(_("Nothing that bears on the selection changed."))
        yield from self._decided()

    def _matter(self, symbols: Symbols) -> Iterator[Block]:
        matter = [each for each in self.found.changes if each.matters]
        if not matter:
            if self.found.moves.comes:
                yield Paragraph(_("No single change did that: only several together."))
            return
        yield Heading(
            ngettext("{n} change that moved someone", "{n} changes that moved someone", len(matter))
        )
        for each in matter:
            yield Paragraph(_what(each.change, symbols), "strong")
            alone = _("With this change alone: {moves}.", moves=_moved(each.alone))
            yield Paragraph(f"  {alone}")
            without = _("With all changes but this: {moves}.", moves=_moved(each.without))
            yield Paragraph(f"  {without}")
        text = _(
            "Only this: from the first. All but this: from the second. Changes may need each "
            "other: then neither tells the whole."
        )
        yield Paragraph(text, "faint")

    def _idle(self, symbols: Symbols) -> Iterator[Block]:
        idle = [each for each in self.found.changes if not each.matters]
        if not idle:
            return
        yield Heading(
            ngettext("{n} change that moved nobody", "{n} changes that moved nobody", len(idle))
        )
        yield Table(
            (Column(_("change"), wraps=True),),
            tuple((Cell(_what(each.change, symbols)),) for each in idle),
        )

    def _who(self) -> str:
        moves = self.found.moves
        if not moves.comes and not moves.goes:
            return _("The same ecosystems are selected.")
        return _("In: {comes}. Out: {goes}.", comes=_names(moves.comes), goes=_names(moves.goes))

    def _decided(self) -> Iterator[Block]:
        for name, side in zip((self.one, self.other), self.overrides, strict=True):
            for each in side:
                swap = _(
                    "By decision in {record}: {into} in for {out}.",
                    record=name,
                    into=each.into,
                    out=each.out,
                )
                yield Paragraph(f"{swap} {each.reason}")


def _what(change: Change, symbols: Symbols) -> str:
    arrow = f" {symbols.arrow} "
    match change.kind:
        case "added":
            return _("{id}: new on the long list", id=change.subject)
        case "removed":
            return _("{id}: no longer on the long list", id=change.subject)
        case "programme":
            return _("the {what} of the programme", what=key_text(change.field))
        case "as-of":
            what = _("reference date")
        case "option":
            what = f"--{change.subject.replace('_', '-')}"
        case "criterion":
            what = _("criterion {id}, {what}", id=change.subject, what=key_text(change.field))
        case "fact":
            what = f"{change.subject}, {key_text(change.field)}"
    return f"{what}: {_values(change.before, change.after, arrow)}"


def _values(before: object, after: object, arrow: str) -> str:
    """The two values; of lists only what went and what came."""
    if isinstance(before, tuple) and isinstance(after, tuple):
        gone = [f"- {_text(each)}" for each in before if each not in after]
        come = [f"+ {_text(each)}" for each in after if each not in before]
        return _short("; ".join([*gone, *come]) or _("another order"))
    return f"{_short(_text(before))}{arrow}{_short(_text(after))}"


def _text(value: object) -> str:
    """A value of the model in words: only what it says, without what is not known."""
    if value is None or isinstance(value, bool):
        return _(_CONSTANTS[value])
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, tuple | frozenset):
        parts = [_text(each) for each in value]
        return "; ".join(parts if isinstance(value, tuple) else sorted(parts)) or _("none")
    if isinstance(value, dict):
        return _pairs(value.items())
    if is_dataclass(value):
        return _pairs((each.name, getattr(value, each.name)) for each in fields(value))
    return code_text(str(value))


def _pairs(pairs: Iterable[tuple[str, object]]) -> str:
    said = ((name, each) for name, each in pairs if each not in (None, (), "", {}))
    return ", ".join(f"{key_text(name)} {_text(each)}" for name, each in said) or _("none")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."


def _moved(moves: Moves | None) -> str:
    if moves is None:
        return _("no shortlist is possible")
    if not moves.comes and not moves.goes:
        return _("the same")
    parts = [_("in {names}", names=_names(moves.comes))] if moves.comes else []
    if moves.goes:
        parts.append(_("out {names}", names=_names(moves.goes)))
    return "; ".join(parts)


def _names(ids: Sequence[str]) -> str:
    return listing(tuple(ids)) or _("none")


def _moves_record(name: str, moves: Moves | None) -> dict[str, Value]:
    if moves is None:
        return {f"{name}_in": None, f"{name}_out": None}
    return {f"{name}_in": " ".join(moves.comes), f"{name}_out": " ".join(moves.goes)}


def _moves_fields(moves: Moves | None) -> dict[str, object]:
    return {} if moves is None else {"in": list(moves.comes), "out": list(moves.goes)}


def _change_fields(each: Attributed) -> dict[str, object]:
    change = each.change
    return {
        "kind": change.kind,
        "subject": change.subject or None,
        "field": change.field or None,
        "before": _text(change.before),
        "after": _text(change.after),
        "alone": None if each.alone is None else _moves_fields(each.alone),
        "without": None if each.without is None else _moves_fields(each.without),
    }
