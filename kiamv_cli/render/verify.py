"""What came of running a recorded selection again, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.render.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.render.text import listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.core.record import Outcome, Record
    from kiamv_cli.core.verify import Cause, Verification
    from kiamv_cli.render.document import Block, Value
    from kiamv_cli.render.text import Symbols

_CAUSES: Mapping[Cause, str] = {
    "longlist": "The long list is not the one of the record: its SHA-256 differs. kiamv diff tells "
    "what changed, if the record keeps its inputs.",
    "criteria": "The criteria are not those of the record: their SHA-256 differs.",
    "reviews": "The review is not the one of the record: its SHA-256 differs.",
    "versions": "Other versions made the record.",
    "tampered": "The inputs and versions are those of the record, but they do not give what it "
    "says: it was changed by someone who also changed its checksum.",
}


@dataclass(frozen=True, slots=True)
class VerifyView:
    """``kiamv verify``; ``file`` is the name of the record as it was given."""

    found: Verification
    file: str

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/verify/1``."""
        found = self.found
        return {
            "schema": "kiamv/verify/1",
            "same": found.same,
            "changed": list(found.changed),
            "failed": found.failed or None,
            "differences": [
                {"what": what, "recorded": before, "now": now}
                for what, before, now in self._differences()
            ],
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per difference."""
        for what, before, now in self._differences():
            yield {"what": what, "recorded": before, "now": now}

    def blocks(self, symbols: Symbols) -> Iterator[Block]:  # noqa: ARG002 - the same in any signs
        """The same, or what differs and why."""
        found = self.found
        yield Heading(f"{self.file}: decision of {found.record.decided.on}")
        if found.same:
            yield Paragraph("The same: run again on the same inputs, all of it came out.", "met")
        else:
            yield Paragraph("NOT the same.", "not-met")
        yield from (Paragraph(_CAUSES[cause]) for cause in found.changed)
        if found.failed:
            yield Paragraph(f"It could not be run again: {found.failed}.", "not-met")
        if differences := list(self._differences()):
            yield Paragraph("")
            yield Table(
                (
                    Column("what", wraps=True),
                    Column("recorded", wraps=True),
                    Column("now", wraps=True),
                ),
                tuple((Cell(what), Cell(before), Cell(now)) for what, before, now in differences),
            )
        elif not found.same and not found.failed:
            yield Paragraph("What comes out is the same all the same.")

    def _differences(self) -> Iterator[tuple[str, str, str]]:
        before, again = self.found.record, self.found.again
        past = before.provenance.versions
        if again is None:
            return
        now = again.provenance.versions
        for name in sorted({*past, *now}):
            if past.get(name) != now.get(name):
                yield f"version of {name}", past.get(name, "none"), now.get(name, "none")
        yield from _outcomes("shortlist", before.result, again.result)
        if before.without_balance != again.without_balance:
            yield "total without balance", str(before.without_balance), str(again.without_balance)
        yield from _overrides(before, again)
        yield from _outcomes("decision", before.final, again.final)


def _outcomes(what: str, before: Outcome, now: Outcome) -> Iterator[tuple[str, str, str]]:
    gone = [one for one in before.selected if one not in now.selected]
    come = [one for one in now.selected if one not in before.selected]
    if gone or come:
        yield f"in the {what}", _names(gone), _names(come)
    if before.score != now.score:
        yield f"total of the {what}", str(before.score), str(now.score)
    for name, moved in before.out_of_place.items():
        if moved != now.out_of_place[name]:
            yield f"{name} out of place in the {what}", str(moved), str(now.out_of_place[name])


def _overrides(before: Record, now: Record) -> Iterator[tuple[str, str, str]]:
    for one, other in zip(before.overrides, now.overrides, strict=True):
        if one != other:
            what = f"price of taking {one.into} for {one.out}"
            yield what, f"{one.score}, {one.seats} seats", f"{other.score}, {other.seats} seats"


def _names(ids: Iterable[str]) -> str:
    return listing(list(ids)) or "none"
