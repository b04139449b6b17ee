"""A decision record as the document that is kept, and in words."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, assert_never

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.display.text import (
    count,
    date_text,
    decimal,
    listing,
    one_or_many,
    seats,
    whole,
)
from kiamv_cli.selection.view.explain import Decision

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiamv_cli.decision.model.record import Input, Outcome, Override, Record
    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.selection.model.question import Wish
    from kiamv_cli.selection.model.request import Request


def record_fields(one: Record) -> dict[str, Any]:
    """All that a record says; numbers are exact, as text."""
    provenance = one.provenance
    return {
        "decided": decided_fields(one),
        "versions": dict(provenance.versions),
        "as_of": one.as_of.isoformat(),
        "inputs": {
            "longlist": _input_fields(provenance.longlist),
            "criteria": _input_fields(provenance.criteria),
            "reviews": None if provenance.reviews is None else _input_fields(provenance.reviews),
            "reviewer": provenance.reviewer,
            **({"hidden": provenance.hidden} if provenance.hidden else {}),
            **({"mapping": provenance.mapping} if provenance.mapping else {}),
        },
        "options": {
            **request_fields(one.request),
            **({"from": dict(one.asked_by)} if one.asked_by else {}),
        },
        "result": _outcome_fields(one.result),
        "without_balance": str(one.without_balance),
        "overrides": overrides_fields(one),
        "final": _outcome_fields(one.final),
        "names": dict(one.names),
        "proof": one.proof,
        "lots": one.lots,
    }


def request_fields(one: Request) -> dict[str, object]:
    """What was asked of a shortlist."""
    return {
        "size": one.size,
        "balance": list(one.balance),
        "targets": {
            name: rule if isinstance(rule, str) else {k: str(share) for k, share in rule.items()}
            for name, rule in one.targets.items()
        },
        "give_up": None if one.give_up is None else str(one.give_up),
        "include": sorted(one.include),
        "exclude": sorted(one.exclude),
        "quotas": [
            {
                "dimension": each.dimension,
                "category": each.category,
                "at_least": each.at_least,
                "at_most": each.at_most,
            }
            for each in one.quotas
        ],
        **_further_wishes(one),
        "classes": sorted(one.classes),
        "unknown": one.unknown,
        "seed": one.seed,
    }


def _further_wishes(one: Request) -> dict[str, object]:
    """The wishes that records say only where there are any."""
    further: dict[str, object] = {
        "at_most_one": [list(group) for group in one.at_most_one],
        "together": [list(group) for group in one.together],
        "only_with": {name: list(others) for name, others in one.only_with.items()},
        "cost": {name: str(amount) for name, amount in one.cost.items()},
        "keep": sorted(one.keep),
    }
    changes = {} if one.changes is None else {"changes": one.changes}
    return {**{name: value for name, value in further.items() if value}, **changes}


def record_view(recorded: Record) -> RecordView:
    """Return the view of a record, with the document that is kept."""
    from kiamv_cli.formats.records import hashed  # noqa: PLC0415 - reads schemas

    return RecordView(recorded, hashed("record", record_fields(recorded)))


@dataclass(frozen=True, slots=True)
class RecordView:
    """``kiamv record``.

    ``document`` is what is kept: the fields of the record with their kind and SHA-256.
    """

    record: Record
    document: Mapping[str, object]

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/record``."""
        return self.document

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per ecosystem that was selected or decided on."""
        one = self.record
        for identifier in dict.fromkeys((*one.result.selected, *one.final.selected)):
            yield {
                "id": identifier,
                "name": self.record.names[identifier],
                "proposed": identifier in one.result.selected,
                "member": identifier in one.final.selected,
            }

    def blocks(self, symbols: Symbols) -> Iterator[Block]:
        """Who decided what and why, on which inputs, and what overrides cost."""
        one = self.record
        decided = one.decided
        size = count(len(one.final.selected), "ecosystem", "ecosystems")
        yield Heading(
            _("Decision of {date}: {ecosystems}", date=date_text(decided.on), ecosystems=size)
        )
        by = _("By {names}.", names=listing(decided.by))
        yield Paragraph(f"{by} {decided.reason}")
        yield from (Paragraph(swap_text(one, each, one.names)) for each in one.overrides)
        yield Paragraph("")
        yield Table(
            (Column("", "right"), Column(_("ecosystem"), wraps=True), Column(_("id")), Column("")),
            tuple(self._rows()),
        )
        figures = {"score": decimal(one.result.score), "best": decimal(one.without_balance)}
        if one.proof is None:
            text = _("Total {score}, best found by a solver; without balance {best}.", **figures)
        else:
            text = _(
                "Total {score}, proven optimal by the proof in the record; without balance {best}.",
                **figures,
            )
        yield Paragraph(text)
        yield from map(Paragraph, recorded_lots(one))
        if one.overrides:
            yield Heading(_("What people changed"))
            yield self._overrides(symbols)
        yield from self._inputs()

    def _inputs(self) -> Iterator[Block]:
        record, provenance = self.record, self.record.provenance
        yield Heading(_("Inputs"))
        yield Paragraph(
            _(
                "As of {date}; seed of the lottery: {seed}.",
                date=date_text(record.as_of),
                seed=record.request.seed,
            )
        )
        inputs = [
            (_("long list"), provenance.longlist),
            (_("criteria"), provenance.criteria),
            (_("review"), provenance.reviews),
        ]
        yield Table(
            (
                Column(_("input")),
                Column(_("name"), wraps=True),
                Column(_("read from"), wraps=True),
                Column("SHA-256", wraps=True),
            ),
            tuple(
                (Cell(kind), Cell(one.name), Cell(origin_text(one)), Cell(one.sha256))
                for kind, one in inputs
                if one is not None
            ),
        )
        made = ", ".join(f"{name} {version}" for name, version in provenance.versions.items())
        yield Paragraph(_("Made with {programs}.", programs=made), "faint")

    def _rows(self) -> Iterator[tuple[Cell, ...]]:
        added = set(self.record.final.selected) - set(self.record.result.selected)
        for place, each in enumerate(self.record.final.selected, start=1):
            note = _("by decision") if each in added else ""
            yield Cell(str(place)), Cell(self.record.names[each]), Cell(each), Cell(note)

    def _overrides(self, symbols: Symbols) -> Table:
        columns = (
            Column(_("out"), wraps=True),
            Column(_("in"), wraps=True),
            Column(_("total"), "right"),
            Column(_("out of place"), "right"),
            Column(_("breaks"), wraps=True),
            Column(_("reason"), wraps=True),
        )
        rows = (
            (
                Cell(self.record.names[each.out]),
                Cell(self.record.names[each.into]),
                Cell(signed(each.score)),
                Cell(signed(each.seats)),
                Cell(", ".join(map(wish_text, each.breaks)) or symbols.dash),
                Cell(each.reason),
            )
            for each in self.record.overrides
        )
        return Table(columns, tuple(rows))


def recorded_lots(one: Record) -> Iterator[str]:
    """Yield on whom only the lottery decided, if on anyone."""
    lots = one.lots or {}
    drawn = [one.names.get(each, each) for each in lots.get("ecosystems", ())]
    if drawn:
        yield _(
            "{n} shortlists are equally good; only the lottery decided on {names}.",
            n=whole(lots["count"]),
            names=listing(drawn),
        )


def decided_texts(one: Record, names: Mapping[str, str]) -> Iterator[str]:
    """Yield whose decision it is, when and why, then each swap with its price."""
    yield _(
        "Decided by {names} on {date}: {reason}",
        names=listing(one.decided.by),
        date=date_text(one.decided.on),
        reason=sentence(one.decided.reason),
    )
    for each in one.overrides:
        yield swap_text(one, each, names)


def told_decision(one: Record, names: Mapping[str, str]) -> Decision:
    """Return what a record says of a decision, for explanations of its selection."""
    swaps = {
        name: swap_text(one, swap, names)
        for swap in one.overrides
        for name in (swap.into, swap.out)
    }
    fields = {"decided": decided_fields(one), "overrides": overrides_fields(one)}
    texts = tuple(decided_texts(one, names))
    return Decision(frozenset(one.final.selected), fields, texts, swaps)


def swap_text(one: Record, swap: Override, names: Mapping[str, str]) -> str:
    """Format a swap with its reason and its price, in words."""
    swapped = _(
        "By decision {into} came in for {out}: {reason}",
        into=names.get(swap.into, swap.into),
        out=names.get(swap.out, swap.out),
        reason=sentence(swap.reason),
    )
    parts = [*_price(swap, balanced=bool(one.request.balance))]
    if swap.breaks:
        parts.append(_("it breaks {wishes}", wishes=listing([*map(wish_text, swap.breaks)])))
    price = _("Its price: {price}.", price=listing(parts) or _("nothing"))
    return f"{swapped} {price}"


def sentence(reason: str) -> str:
    """Return what somebody wrote with a full stop, if it has no end of its own."""
    return reason if reason.endswith((".", "!", "?", "…")) else f"{reason}."


def _price(swap: Override, *, balanced: bool) -> Iterator[str]:
    points = decimal(abs(swap.score), 3).rstrip("0").rstrip(".,")
    if swap.score > 0:
        yield _("the total score is {points} higher", points=points)
    elif swap.score < 0:
        yield _("the total score is {points} lower", points=points)
    if balanced and swap.seats:
        moved, many = seats(abs(swap.seats)), one_or_many(abs(swap.seats))
        if swap.seats > 0:
            yield ngettext(
                "{seats} more seat out of place",
                "{seats} more seats out of place",
                many,
                seats=moved,
            )
        else:
            yield ngettext(
                "{seats} seat less out of place",
                "{seats} seats less out of place",
                many,
                seats=moved,
            )


def signed(number: Fraction) -> str:
    """A difference, with its sign: ``+0.5``, ``-1``, ``0``."""
    return f"{'+' if number > 0 else ''}{seats(number)}"


def wish_text(wish: Wish) -> str:
    """A wish as the option that makes it."""
    if wish.kind in {"at-least", "at-most", "cost"}:
        return f"--{wish.kind} {wish.subject}={wish.number}"
    if wish.kind == "cost-known":
        return f"--cost {wish.subject}"
    return f"--{wish.kind} {wish.subject or wish.number or ''}".rstrip()


def _input_fields(one: Input) -> dict[str, object]:
    fields: dict[str, object] = {
        "name": one.name,
        "sha256": one.sha256,
        "from": one.origin,
        "source": one.source,
    }
    return fields if one.content is None else {**fields, "content": dict(one.content)}


def _outcome_fields(one: Outcome) -> dict[str, object]:
    return {
        "selected": list(one.selected),
        "score": str(one.score),
        "out_of_place": {name: str(moved) for name, moved in one.out_of_place.items()},
    }


def overrides_fields(one: Record) -> list[dict[str, object]]:
    """The swaps that people made, with their price; numbers are exact, as text."""
    return [_override_fields(each) for each in one.overrides]


def decided_fields(one: Record) -> dict[str, object]:
    """Who decided, when, and why."""
    decided = one.decided
    return {"by": list(decided.by), "on": decided.on.isoformat(), "reason": decided.reason}


def _override_fields(one: Override) -> dict[str, object]:
    return {
        "out": one.out,
        "into": one.into,
        "reason": one.reason,
        "score": str(one.score),
        "seats": str(one.seats),
        "breaks": [
            {
                "kind": wish.kind,
                "subject": wish.subject,
                "number": str(wish.number) if isinstance(wish.number, Fraction) else wish.number,
                "dimension": wish.dimension,
            }
            for wish in one.breaks
        ],
    }


def origin_text(one: Input) -> str:
    """Where an input came from: its path, or in words that it has none."""
    match one.origin:
        case "bundled":
            return _("comes with kiamv")
        case "standard-input":
            return _("standard input")
        case "python":
            return _("no file: made or edited in Python")
        case "file":
            return one.source or ""
        case _:
            assert_never(one.origin)
