"""A decision record as the document that is kept, and in words."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from shlex import join
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


def record_fields(record: Record) -> dict[str, Any]:
    """All that a record says; numbers are exact, as text."""
    provenance = record.provenance
    return {
        "decided": decided_fields(record),
        "versions": dict(provenance.versions),
        "as_of": record.as_of.isoformat(),
        "inputs": {
            "longlist": _input_fields(provenance.longlist),
            "criteria": _input_fields(provenance.criteria),
            "reviews": None if provenance.reviews is None else _input_fields(provenance.reviews),
            "reviewer": provenance.reviewer,
            **({"hidden": provenance.hidden} if provenance.hidden else {}),
            **({"mapping": provenance.mapping} if provenance.mapping else {}),
        },
        "options": {
            **request_fields(record.request),
            **({"from": dict(record.asked_by)} if record.asked_by else {}),
        },
        "result": _outcome_fields(record.result),
        "without_balance": str(record.without_balance),
        "overrides": overrides_fields(record),
        "final": _outcome_fields(record.final),
        "names": dict(record.names),
        "proof": record.proof,
        "lots": record.lots,
    }


def request_fields(request: Request) -> dict[str, object]:
    """What was asked of a shortlist."""
    return {
        "size": request.size,
        **({"sizes": list(request.sizes)} if request.sizes else {}),
        "balance": list(request.balance),
        "targets": {
            name: rule if isinstance(rule, str) else {k: str(share) for k, share in rule.items()}
            for name, rule in request.targets.items()
        },
        "give_up": None if request.give_up is None else str(request.give_up),
        "include": sorted(request.include),
        "exclude": sorted(request.exclude),
        "quotas": [
            {
                "dimension": each.dimension,
                "category": each.category,
                "at_least": each.at_least,
                "at_most": each.at_most,
            }
            for each in request.quotas
        ],
        **_further_wishes(request),
        "classes": sorted(request.classes),
        "unknown": request.unknown,
        "seed": request.seed,
    }


def _further_wishes(request: Request) -> dict[str, object]:
    """The wishes that records say only where there are any."""
    further: dict[str, object] = {
        "at_most_one": [list(group) for group in request.at_most_one],
        "together": [list(group) for group in request.together],
        "only_with": {name: list(others) for name, others in request.only_with.items()},
        "cost": {name: str(amount) for name, amount in request.cost.items()},
        "keep": sorted(request.keep),
    }
    changes = {} if request.changes is None else {"changes": request.changes}
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


def recorded_lots(record: Record) -> Iterator[str]:
    """Yield on whom only the lottery decided, if on anyone."""
    lots = record.lots or {}
    drawn = [record.names.get(each, each) for each in lots.get("ecosystems", ())]
    if drawn:
        yield _(
            "{n} shortlists are equally good; only the lottery decided on {names}.",
            n=whole(lots["count"]),
            names=listing(drawn),
        )


def decided_texts(record: Record, names: Mapping[str, str]) -> Iterator[str]:
    """Yield whose decision it is, when and why, then each swap with its price."""
    yield _(
        "Decided by {names} on {date}: {reason}",
        names=listing(record.decided.by),
        date=date_text(record.decided.on),
        reason=sentence(record.decided.reason),
    )
    for each in record.overrides:
        yield swap_text(record, each, names)


def check_commands(record: Record, name: str) -> Iterator[tuple[str, str]]:
    """Yield how anyone can check a record: in words, and what to type for a file of that name."""
    yield _("With the record, on any computer that has kiamv:"), join(("kiamv", "verify", name))
    if record.proof is not None:
        proof = _("The proof in it, with any Python, without kiamv:")
        yield proof, join(("python", "check_proof.py", name))


def told_decision(record: Record, names: Mapping[str, str]) -> Decision:
    """Return what a record says of a decision, for explanations of its selection."""
    swaps = {
        name: swap_text(record, swap, names)
        for swap in record.overrides
        for name in (swap.into, swap.out)
    }
    fields = {"decided": decided_fields(record), "overrides": overrides_fields(record)}
    texts = tuple(decided_texts(record, names))
    return Decision(frozenset(record.final.selected), fields, texts, swaps)


def swap_text(record: Record, swap: Override, names: Mapping[str, str]) -> str:
    """Format a swap with its reason and its price, in words."""
    swapped = _(
        "By decision {into} came in for {out}: {reason}",
        into=names.get(swap.into, swap.into),
        out=names.get(swap.out, swap.out),
        reason=sentence(swap.reason),
    )
    parts = [*_price(swap, balanced=bool(record.request.balance))]
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


def _input_fields(stated: Input) -> dict[str, object]:
    fields: dict[str, object] = {
        "name": stated.name,
        "sha256": stated.sha256,
        "from": stated.origin,
        "source": stated.source,
    }
    return fields if stated.content is None else {**fields, "content": dict(stated.content)}


def _outcome_fields(outcome: Outcome) -> dict[str, object]:
    return {
        "selected": list(outcome.selected),
        "score": str(outcome.score),
        "out_of_place": {name: str(moved) for name, moved in outcome.out_of_place.items()},
    }


def overrides_fields(record: Record) -> list[dict[str, object]]:
    """The swaps that people made, with their price; numbers are exact, as text."""
    return [_override_fields(each) for each in record.overrides]


def decided_fields(record: Record) -> dict[str, object]:
    """Who decided, when, and why."""
    decided = record.decided
    return {"by": list(decided.by), "on": decided.on.isoformat(), "reason": decided.reason}


def _override_fields(override: Override) -> dict[str, object]:
    return {
        "out": override.out,
        "into": override.into,
        "reason": override.reason,
        "score": str(override.score),
        "seats": str(override.seats),
        "breaks": [
            {
                "kind": wish.kind,
                "subject": wish.subject,
                "number": str(wish.number) if isinstance(wish.number, Fraction) else wish.number,
                "dimension": wish.dimension,
            }
            for wish in override.breaks
        ],
    }


def origin_text(stated: Input) -> str:
    """Where an input came from: its path, or in words that it has none."""
    match stated.origin:
        case "bundled":
            return _("comes with kiamv")
        case "standard-input":
            return _("standard input")
        case "python":
            return _("no file: made or edited in Python")
        case "file":
            return stated.source or ""
        case _:
            assert_never(stated.origin)
