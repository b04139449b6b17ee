"""What changed between two selections, in words."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, assert_never

from kiamv_cli.base.language import N_, _, ngettext
from kiamv_cli.decision.view.record import sentence
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table, headed
from kiamv_cli.display.text import date_text, decimal, exactly, heading, listing
from kiamv_cli.display.words import code_text, key_text
from kiamv_cli.longlist.view import criteria_fields
from kiamv_cli.selection.view.request import request_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.decision.model.differences import (
        Attributed,
        Change,
        Differences,
        Moves,
        Side,
    )
    from kiamv_cli.decision.model.record import Override
    from kiamv_cli.decision.model.verify import Cause
    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols

_UNLIKE: Mapping[Cause, str] = {
    "longlist": N_("the long list is not the one of the record any more"),
    "criteria": N_("the criteria are not those of the record any more"),
    "reviews": N_("the review is not the one of the record any more"),
    "not-reproduced": N_("its inputs do not give the shortlist that it says"),
}
_INPUTS: Mapping[str, str] = {
    "longlist": N_("the long list (by its SHA-256)"),
    "criteria": N_("the criteria (by their SHA-256)"),
    "reviews": N_("the review (by its SHA-256)"),
    "reviewer": N_("the reviewer who counted alone"),
}
_HASH = 12
_LONGEST = 160
_CONSTANTS = {None: N_("nothing"), True: N_("yes"), False: N_("no")}


@dataclass(frozen=True, slots=True)
class DiffView:
    """``kiamv diff``: ``one`` and ``other`` are the names of what is compared, as given."""

    found: Differences
    one: str = ""
    other: str = ""

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/diff``."""
        found = self.found
        return {
            **heading("diff"),
            "sides": [
                {"file": name, **_side_fields(side)}
                for name, side in zip((self.one, self.other), found.sides, strict=True)
            ],
            "tried": found.tried,
            "score": [exactly(found.before.score), exactly(found.after.score)],
            **_moves_fields(found.moves),
            "proposed": _moves_fields(found.proposed),
            "changes": [_change_fields(each) for each in found.changes],
            "overrides": [
                [{"out": each.out, "in": each.into, "reason": each.reason} for each in side]
                for side in map(_overrides, found.sides)
            ],
        }

    @headed(
        "kind",
        "subject",
        "field",
        "before",
        "after",
        "alone_in",
        "alone_out",
        "without_in",
        "without_out",
        "tried",
    )
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
                "tried": each.tried,
            }

    def blocks(self, symbols: Symbols) -> Iterator[Block]:
        """Who came in and went out, and which changes did that."""
        found = self.found
        yield Heading(_("From {one} to {other}", one=self.one, other=self.other))
        yield from (Paragraph(text, "strong") for text in self._who())
        if found.before.score != found.after.score:
            yield Paragraph(
                _(
                    "The total went from {before} to {after}.",
                    before=decimal(found.before.score),
                    after=decimal(found.after.score),
                )
            )
        if found.tried:
            yield from self._matter(symbols)
            yield from self._idle(symbols)
            if not found.changes:
                yield Paragraph(self._nothing())
        else:
            yield from self._untried(symbols)

    def _nothing(self) -> str:
        if any(map(_overrides, self.found.sides)):
            return _("Nothing else that bears on the selection changed.")
        return _("Nothing that bears on the selection changed.")

    def _untried(self, symbols: Symbols) -> Iterator[Block]:
        """Why nothing can be tried, and what is not the same on record."""
        yield Heading(_("What caused that cannot be determined"))
        for name, side in zip((self.one, self.other), self.found.sides, strict=True):
            if side.gone:
                yield Paragraph(
                    _("{record}: its inputs are gone: {why}", record=name, why=side.gone)
                )
            for cause in side.unlike:
                yield Paragraph(f"{name}: {_(_UNLIKE[cause])}")
        if self.found.changes:
            yield Table(
                (Column(_("what is not the same, as recorded"), wraps=True),),
                tuple((Cell(self._what(each.change, symbols)),) for each in self.found.changes),
            )
        else:
            yield Paragraph(_("According to the records, the same was asked of the same inputs."))

    @property
    def _names(self) -> Mapping[str, str]:
        """The names of ecosystems by id, as the records and the long lists have them."""
        names: dict[str, str] = {}
        for side in self.found.sides:
            listed = side.case.longlist.ecosystems if side.case else ()
            names |= {each.id: each.name for each in listed}
            names |= side.record.names if side.record else {}
        return names

    def _named(self, ids: Iterable[str]) -> str:
        names = self._names
        return listing([names.get(each, each) for each in ids]) or _("none")

    def _moved(self, moves: Moves | None) -> str:
        if moves is None:
            return _("no shortlist is possible")
        if not moves.comes and not moves.goes:
            return _("the same")
        parts = [_("in {names}", names=self._named(moves.comes))] if moves.comes else []
        if moves.goes:
            parts.append(_("out {names}", names=self._named(moves.goes)))
        return "; ".join(parts)

    def _what(self, change: Change, symbols: Symbols) -> str:
        match change.kind:
            case "added":
                return _("{name}: new on the long list", name=self._named([change.subject]))
            case "removed":
                return _("{name}: no longer on the long list", name=self._named([change.subject]))
            case "programme":
                return _("the {what} of the programme", what=key_text(change.field))
            case "fact" | "criterion" | "as-of" | "option" | "input":
                values = _hashes if change.kind == "input" else _values
                return f"{self._subject(change)}: {values(change.before, change.after, symbols)}"
            case _:
                assert_never(change.kind)

    def _subject(self, change: Change) -> str:
        match change.kind:
            case "input":
                return _(_INPUTS[change.subject])
            case "as-of":
                return _("reference date")
            case "option":
                return f"--{change.subject.replace('_', '-')}"
            case "criterion":
                return _("criterion {id}, {what}", id=change.subject, what=key_text(change.field))
            case "added" | "removed" | "fact" | "programme":
                return f"{self._named([change.subject])}, {key_text(change.field)}"
            case _:
                assert_never(change.kind)

    def _matter(self, symbols: Symbols) -> Iterator[Block]:
        matter = [each for each in self.found.changes if each.matters]
        if not matter:
            if self.found.proposed.comes:
                yield Paragraph(_("No single change did that: only several together."))
            return
        yield Heading(
            ngettext("{n} change that moved someone", "{n} changes that moved someone", len(matter))
        )
        for each in matter:
            yield Paragraph(self._what(each.change, symbols), "strong")
            alone = _("With this change alone: {moves}.", moves=self._moved(each.alone))
            yield Paragraph(f"  {alone}")
            without = _("With all changes but this: {moves}.", moves=self._moved(each.without))
            yield Paragraph(f"  {without}")
        text = _(
            "Only this: counted from the first. All but this: counted from the second. "
            "Changes may need each other: then neither shows the whole effect."
        )
        yield Paragraph(text, "faint")
        if any(map(_overrides, self.found.sides)):
            yield Paragraph(_("Both count from the proposals, before people's swaps."), "faint")

    def _idle(self, symbols: Symbols) -> Iterator[Block]:
        idle = [each for each in self.found.changes if not each.matters]
        if not idle:
            return
        yield Heading(
            ngettext("{n} change that moved nobody", "{n} changes that moved nobody", len(idle))
        )
        yield Table(
            (Column(_("change"), wraps=True),),
            tuple((Cell(self._what(each.change, symbols)),) for each in idle),
        )

    def _who(self) -> Iterator[str]:
        """Yield who came in and went out: by swaps first, then all others, then other swaps."""
        moves = self.found.moves
        comes, goes = dict.fromkeys(moves.comes), dict.fromkeys(moves.goes)
        others = []
        for swap, record, back in self._swaps():
            into, out = (swap.out, swap.into) if back else (swap.into, swap.out)
            if into in comes and out in goes:
                del comes[into], goes[out]
                yield self._swapped(swap, record, back=back)
            else:
                others.append(self._standing(swap, record))
        if comes or goes:
            names = {"comes": self._named(comes), "goes": self._named(goes)}
            yield _("In: {comes}. Out: {goes}.", **names)
        elif not moves.comes:
            yield _("The same ecosystems are selected.")
        yield from others

    def _swaps(self) -> Iterator[tuple[Override, str, bool]]:
        """Yield each swap once, in which record it is, and whether its way to the other is back."""
        first, second = map(_overrides, self.found.sides)
        pairs = {(each.out, each.into) for each in first}
        both = {(each.out, each.into) for each in second} & pairs
        for swaps, record, back in ((second, self.other, False), (first, self.one, True)):
            for each in swaps:
                if (each.out, each.into) not in both:
                    yield each, record, back
                elif back:
                    yield each, _("both"), back

    def _swapped(self, swap: Override, record: str, *, back: bool) -> str:
        values = {
            "into": self._named([swap.into]),
            "out": self._named([swap.out]),
            "record": record,
            "reason": sentence(swap.reason),
        }
        if back:
            text = _("{out} in for {into}, who was in by decision in {record}: {reason}", **values)
        else:
            text = _("{into} in for {out}, by decision in {record}: {reason}", **values)
        return text

    def _standing(self, swap: Override, record: str) -> str:
        return _(
            "By decision in {record}, {into} for {out}: {reason}",
            record=record,
            into=self._named([swap.into]),
            out=self._named([swap.out]),
            reason=sentence(swap.reason),
        )


def _overrides(side: Side) -> Sequence[Override]:
    return () if side.record is None else side.record.overrides


def _side_fields(side: Side) -> dict[str, object]:
    """Return what a side is, what was asked of it, and by which criteria, of which list.

    The two may go by other criteria, so the document as a whole has none. Of a record whose
    criteria cannot be read any more, weights are not known.
    """
    as_of, request, hashes = side.stated
    programme = side.case.programme if side.case and "criteria" not in side.unlike else None
    criteria = criteria_fields(programme) if programme else {"sha256": hashes["criteria"]}
    return {
        "criteria": criteria,
        "longlist": {"sha256": hashes["longlist"]},
        "request": request_fields(programme, request, as_of),
        "record": side.record is not None,
        "unlike": list(side.unlike),
        "gone": side.gone or None,
    }


def _hashes(before: object, after: object, symbols: Symbols) -> str:
    """Two inputs of which only the hashes are known, by the start of these."""
    short = [_text(each and str(each)[:_HASH]) for each in (before, after)]
    return f" {symbols.arrow} ".join(short)


def _values(before: object, after: object, symbols: Symbols) -> str:
    """The two values; of lists only what went and what came."""
    if isinstance(before, tuple) and isinstance(after, tuple):
        gone = [f"- {_text(each)}" for each in before if each not in after]
        come = [f"+ {_text(each)}" for each in after if each not in before]
        return _short("; ".join([*gone, *come]) or _("another order"))
    return f"{_short(_text(before))} {symbols.arrow} {_short(_text(after))}"


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
        "tried": each.tried,
        "alone": None if each.alone is None else _moves_fields(each.alone),
        "without": None if each.without is None else _moves_fields(each.without),
    }
