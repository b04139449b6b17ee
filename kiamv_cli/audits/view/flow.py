"""Whether a published flow adds up, in words and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.audits.model.published import Between
from kiamv_cli.base.language import N_, _, ngettext
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.display.text import heading, listing, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.audits.model.adding_up import AddingUp, Number, NumberChange, Range, Violation
    from kiamv_cli.audits.model.published import Balance
    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols

_MOST_SHOWN = 20
_WHY = {
    "time-limit": N_(
        "NOT complete: the time limit was reached first. Allow more with --time-limit."
    ),
    "interrupted": N_("NOT complete: it was interrupted."),
    "steps": N_("NOT complete: with so many boxes without a number it would take too long."),
}
_BETWEEN = {
    "arrow": N_("from {one} to {other}"),
    "both": N_("in both {one} and {other}"),
    "only": N_("in {one} but not in {other}"),
}


@dataclass(frozen=True, slots=True)
class PublishedFlowView:
    """``kiamv audit`` of a flow."""

    found: AddingUp

    def payload(self) -> Mapping[str, object]:
        """Return the document ``kiamv/flow-check``; what others published follows no criteria."""
        found = self.found
        return {
            **heading("flow-check"),
            "title": found.flow.title,
            "source": found.flow.source,
            "adds_up": found.adds_up if found.settled else None,
            "violations": [
                {
                    "numbers": [_number_fields(each) for each in violation.numbers],
                    "balances": [_balance_fields(each) for each in violation.balances],
                }
                for violation in found.violations
            ],
            "repairs": [[_change_fields(each) for each in repair] for repair in found.repairs],
            "repairs_complete": found.complete,
            "unknown": [
                {"box": name, **_range_fields(each)} for name, each in found.unknown.items()
            ],
            "not_checked": list(found.apart),
            "not_found": list(found.unsettled),
            "ended_by": found.why,
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """Yield a row per number of each violation and repair, and per box without a number."""
        for place, violation in enumerate(self.found.violations, start=1):
            for each in violation.numbers:
                yield _record("violation", place, _number_fields(each))
        for place, repair in enumerate(self.found.repairs, start=1):
            for change in repair:
                yield _record("repair", place, _change_fields(change))
        for name, found in [*self.found.unknown.items(), *self._unsettled()]:
            yield _record("unknown", None, {"box": name, **_range_fields(found)})

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """Yield what fails, what repairs it, and what follows for the boxes without a number."""
        found = self.found
        yield Heading(found.flow.title)
        if found.flow.source:
            yield Paragraph(found.flow.source, "faint")
        yield Paragraph(self._verdict(), "met" if found.adds_up else "not-met")
        if found.why:
            yield Paragraph(_(_WHY[found.why]), "not-met")
        for violation in found.violations:
            yield Paragraph(f"{symbols.point} {self._violation(violation)}")
        if found.repairs:
            yield Paragraph("")
            yield Paragraph(self._repair(), "strong")
            yield self._repairs(symbols)
        if found.unknown or found.unsettled:
            yield Paragraph("")
            yield self._unknown(symbols)
        if found.apart:
            names = listing([self._labels[name] for name in found.apart])
            text = _("Not checked, as no arrow, split or overlap has it: {names}.", names=names)
            yield Paragraph(text, "faint")

    @property
    def _labels(self) -> Mapping[str, str]:
        return {box.id: box.label for box in self.found.flow.boxes}

    def _verdict(self) -> str:
        if not self.found.settled:
            return _("It is not known yet whether it adds up.")
        if not self.found.adds_up:
            return _("It does not add up:")
        stated = sum(len(box.stated) for box in self.found.flow.boxes)
        return ngettext(
            "It adds up: the {n} number can be right.",
            "It adds up: all {n} numbers can be right at once.",
            stated,
        )

    def _violation(self, violation: Violation) -> str:
        balances = violation.balances
        if not balances:
            return self._twice(*violation.numbers)
        counts = {each.box: each for each in violation.numbers}
        if len(balances) > 1:
            texts = [self._balance(each, counts) for each in balances]
            return _("These cannot all hold: {balances}.", balances="; ".join(texts))
        left, right = (_total(side, counts) for side in (balances[0].left, balances[0].right))
        return _(
            "{balance}: {left} and {right} do not fit.",
            balance=self._balance(balances[0], counts),
            left=left,
            right=right,
        )

    def _twice(self, first: Number, other: Number) -> str:
        return _(
            "{box}: {one} and {other} are both stated.",
            box=self._labels[first.box],
            one=_stated(first),
            other=_stated(other),
        )

    def _balance(self, balance: Balance, counts: Mapping[str, Number]) -> str:
        sides = (
            " + ".join(self._term(name, counts) for name in side)
            for side in (balance.left, balance.right)
        )
        return " = ".join(sides)

    def _term(self, name: str | Between, counts: Mapping[str, Number]) -> str:
        if isinstance(name, Between):
            one, other = self._labels[name.one], self._labels[name.other]
            return f"{_(_BETWEEN[name.kind], one=one, other=other)} ?"
        if name not in counts:
            return f"{self._labels[name]} ?"
        number = counts[name]
        several = any(box.also for box in self.found.flow.boxes if box.id == name)
        return f"{self._labels[name]} {_stated(number) if several else whole(number.stated.count)}"

    def _repair(self) -> str:
        repairs, ways = self.found.repairs, len(self.found.repairs)
        if len(repairs[0]) == 1:
            return ngettext(
                "One number repairs it, if all others are right:",
                "Each of these {n} numbers repairs it by itself, if all others are right:",
                ways,
            )
        together = len(repairs[0])
        if ways == 1:
            text = _("No single number repairs it. These {n} together do:", n=together)
        elif self.found.complete:
            text = _(
                "No single number repairs it. {n} together do, in {ways} ways:",
                n=together,
                ways=whole(ways),
            )
        else:
            text = _(
                "No single number repairs it. {n} together do, in more than {ways} ways:",
                n=together,
                ways=whole(ways),
            )
        return text

    def _repairs(self, symbols: Symbols) -> Table:
        together = len(self.found.repairs[0]) > 1 and len(self.found.repairs) > 1
        columns = (
            *((Column(_("way"), "right"),) if together else ()),
            Column(_("box"), wraps=True),
            Column(_("where"), wraps=True),
            Column(_("stated"), "right"),
            Column(_("would be"), "right"),
        )
        rows = (
            (*((Cell(str(way)),) if together else ()), *self._change(change, symbols))
            for way, repair in enumerate(self.found.repairs[:_MOST_SHOWN], start=1)
            for change in repair
        )
        return Table(columns, tuple(rows))

    def _change(self, change: NumberChange, symbols: Symbols) -> tuple[Cell, ...]:
        return (
            Cell(self._labels[change.number.box]),
            Cell(change.number.stated.where or ""),
            Cell(whole(change.number.stated.count)),
            Cell(_range_text(change.instead, symbols), "strong"),
        )

    def _unsettled(self) -> list[tuple[str, Range | None]]:
        return [(name, None) for name in self.found.unsettled]

    def _unknown(self, symbols: Symbols) -> Table:
        adds_up = self.found.adds_up
        heading = _("it must be") if adds_up else _("then it must be")
        columns = (Column(_("not stated"), wraps=True), Column(heading, "right"))
        rows = (
            (Cell(self._labels[name]), Cell(_range_text(each, symbols)))
            for name, each in [*self.found.unknown.items(), *self._unsettled()]
        )
        return Table(columns, tuple(rows))


def _stated(number: Number) -> str:
    stated = number.stated
    return f"{whole(stated.count)} ({stated.where})" if stated.where else whole(stated.count)


def _total(side: tuple[str | Between, ...], counts: Mapping[str, Number]) -> str:
    """Return what the numbers of a side add up to, at least."""
    known = [counts[name].stated.count for name in side if isinstance(name, str) if name in counts]
    total = whole(sum(known))
    return total if len(known) == len(side) else _("at least {number}", number=total)


def _range_text(span: Range | None, symbols: Symbols) -> str:
    if span is None:
        return _("not found")
    if span.most is None:
        return _("at least {number}", number=whole(span.least))
    if span.least == span.most:
        return whole(span.least)
    return f"{whole(span.least)}{symbols.dash}{whole(span.most)}"


def _number_fields(number: Number) -> dict[str, Value]:
    return {"box": number.box, "count": number.stated.count, "where": number.stated.where}


def _change_fields(change: NumberChange) -> dict[str, Value]:
    return {**_number_fields(change.number), **_range_fields(change.instead)}


def _range_fields(span: Range | None) -> dict[str, Value]:
    if span is None:
        return {"least": None, "most": None}
    return {"least": span.least, "most": span.most}


def _balance_fields(balance: Balance) -> dict[str, object]:
    left, right = (
        [
            {"between": each.kind, "boxes": [each.one, each.other]}
            if isinstance(each, Between)
            else {"box": each}
            for each in side
        ]
        for side in (balance.left, balance.right)
    )
    return {"by": balance.reason, "left": left, "right": right}


def _record(kind: str, item: int | None, fields: Mapping[str, Value]) -> Mapping[str, Value]:
    empty: dict[str, Value] = dict.fromkeys(("box", "count", "found_at", "least", "most"))
    found_at = {"found_at": fields["where"]} if "where" in fields else {}
    others = {name: value for name, value in fields.items() if name != "where"}
    return {"kind": kind, "item": item, **empty, **others, **found_at}
