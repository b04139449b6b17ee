"""What came of running a recorded selection again, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from kiamv_cli.base.language import N_, _, ngettext
from kiamv_cli.decision.model.verify import called
from kiamv_cli.decision.view.record import decided_fields, decided_texts, overrides_fields
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table, headed
from kiamv_cli.display.text import date_text, heading, listing, one_or_many
from kiamv_cli.display.words import word
from kiamv_cli.longlist.view import criteria_fields
from kiamv_cli.selection.view.request import request_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.decision.model.commitment import Kept
    from kiamv_cli.decision.model.record import Outcome, Override, Record
    from kiamv_cli.decision.model.verify import Cause, Recalled, Verification
    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols

_CAUSES: Mapping[Cause, str] = {
    "longlist": N_(
        "The long list is not the one of the record: its SHA-256 differs. kiamv diff tells what "
        "changed, if the record keeps its inputs."
    ),
    "criteria": N_("The criteria are not those of the record: their SHA-256 differs."),
    "reviews": N_("The review is not the one of the record: its SHA-256 differs."),
    "versions": N_("Other versions made the record."),
    "older": N_(
        "An older kiamv made the record, by rules and hashes some of which were others: what "
        "differs cannot be compared."
    ),
    "not-reproduced": N_(
        "Not reproduced: the inputs and versions are those of the record, but they do not give "
        "what it says."
    ),
}
_FIXED = {
    "criteria": N_("criteria"),
    "request": N_("wishes"),
    "ids": N_("ids"),
    "seed": N_("seed"),
}
_CALLED = (N_("name of the long list"), N_("name of the criteria"), N_("name of the review"))
# Who is in, the total, and what is out of place: of the shortlist, and of what people decided.
_SHORTLIST = (
    N_("in the shortlist"),
    N_("total of the shortlist"),
    N_("{dimension} out of place in the shortlist"),
)
_DECISION = (
    N_("in the decision"),
    N_("total of the decision"),
    N_("{dimension} out of place in the decision"),
)


@dataclass(frozen=True, slots=True)
class VerifyView:
    """``kiamv verify``; ``file`` is the name of the record as it was given."""

    found: Verification
    file: str = ""
    kept: Kept | None = None

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/verify``."""
        found = self.found
        return {
            **heading("verify"),
            "criteria": criteria_fields(found.programme),
            "request": request_fields(found.programme, found.record.request, found.record.as_of),
            "decided": decided_fields(found.record),
            "overrides": overrides_fields(found.record),
            "proof": {"state": found.proof, "why": found.why or None},
            "commitment": self.kept and {"broken": list(self.kept.broken)},
            "same": found.same,
            "changed": list(found.changed),
            "failed": str(found.failed) or None,
            "differences": [
                {"what": what, "recorded": before, "now": now}
                for what, before, now in self._differences()
            ],
        }

    @headed("what", "recorded", "now")
    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per difference."""
        for what, before, now in self._differences():
            yield {"what": what, "recorded": before, "now": now}

    def blocks(self, symbols: Symbols) -> Iterator[Block]:  # noqa: ARG002 - the same in any signs
        """The same, or what differs and why."""
        found = self.found
        day = date_text(found.record.decided.on)
        yield Heading(_("{file}: decision of {date}", file=self.file, date=day))
        yield from map(Paragraph, decided_texts(found.record, self._names))
        yield from self._proof()
        if found.same and found.proof == "holds":
            text = _("The same: the inputs ask what is proven, and all of it is as recorded.")
            yield Paragraph(text, "met")
        elif found.same:
            text = _("The same: run again on the same inputs, with exactly the same result.")
            yield Paragraph(text, "met")
        else:
            yield Paragraph(_("NOT the same."), "not-met")
        yield from self._commitment()
        yield from (Paragraph(_(_CAUSES[cause])) for cause in found.changed)
        if found.failed:
            text = _("It could not be run again: {why}.", why=found.failed)
            yield Paragraph(text, "not-met")
        if differences := list(self._differences()):
            yield Paragraph("")
            yield Table(
                (
                    Column(_("what"), wraps=True),
                    Column(_("recorded"), wraps=True),
                    Column(_("now"), wraps=True),
                ),
                tuple((Cell(what), Cell(before), Cell(now)) for what, before, now in differences),
            )
        elif not found.same and not found.failed:
            yield Paragraph(_("The result is the same nevertheless."))

    def _commitment(self) -> Iterator[Block]:
        if self.kept is None:
            return
        first, *others = kept_texts(self.kept, self.found.record)
        yield Paragraph(first, "not-met" if self.kept.broken else "met")
        yield from map(Paragraph, others)

    def _proof(self) -> Iterator[Block]:
        found = self.found
        match found.proof:
            case "holds":
                yield Paragraph(_("The proof holds: no other shortlist is better."), "met")
            case "of-other-inputs":
                yield Paragraph(
                    _("The proof holds, but for a different question than the inputs ask.")
                )
            case "none":
                yield Paragraph(_("The record has no proof, so it was run again."))
            case "fails":
                why = found.why or _("the record does not say what its proof shows")
                yield Paragraph(_("The proof does NOT hold: {why}.", why=why), "not-met")
            case _:
                assert_never(found.proof)

    def _differences(self) -> Iterator[tuple[str, str, str]]:
        before, again = self.found.record, self.found.again
        past = before.provenance.versions
        if again is None:
            return
        now = again.provenance.versions
        for name in sorted({*past, *now}):
            if past.get(name) != now.get(name):
                none = _("none")
                what = _("version of {program}", program=name)
                yield what, past.get(name, none), now.get(name, none)
        yield from self._called()
        yield from self._outcomes(_SHORTLIST, before.result, again.result)
        if before.without_balance != again.without_balance:
            what = _("total without balance")
            yield what, str(before.without_balance), str(again.without_balance)
        yield from self._overrides()
        yield from self._outcomes(_DECISION, before.final, again.final)

    def _called(self) -> Iterator[tuple[str, str, str]]:
        """What the record calls the inputs and the ecosystems, where that is not their name."""
        before, again = self.found.record, self.found.again
        assert again is not None
        pairs = zip(_CALLED, called(before.provenance), called(again.provenance), strict=True)
        for what, old, new in pairs:
            if old != new:
                yield _(what), old or _("none"), new or _("none")
        for identifier, name in before.names.items():
            now = again.names.get(identifier, name)
            if now != name:
                yield _("name of {id}", id=identifier), name, now

    def _outcomes(
        self, texts: tuple[str, str, str], before: Outcome, now: Outcome
    ) -> Iterator[tuple[str, str, str]]:
        members, total, misplaced = texts
        gone = [one for one in before.selected if one not in now.selected]
        come = [one for one in now.selected if one not in before.selected]
        if gone or come:
            yield _(members), self._named(gone), self._named(come)
        if before.score != now.score:
            yield _(total), str(before.score), str(now.score)
        for name, moved in before.out_of_place.items():
            if moved != now.out_of_place[name]:
                what = _(misplaced, dimension=word(name))
                yield what, str(moved), str(now.out_of_place[name])

    def _overrides(self) -> Iterator[tuple[str, str, str]]:
        before, again = self.found.record, self.found.again
        assert again is not None
        for one, other in zip(before.overrides, again.overrides, strict=True):
            if one != other:
                into, out = self._named([one.into]), self._named([one.out])
                what = _("price of taking {into} for {out}", into=into, out=out)
                yield what, _price(one), _price(other)

    def _named(self, ids: Iterable[str]) -> str:
        """Ecosystems by their names, as far as the record or the long list has them."""
        return listing([self._names.get(each, each) for each in ids]) or _("none")

    @property
    def _names(self) -> Mapping[str, str]:
        again = self.found.again
        return {**self.found.record.names, **({} if again is None else again.names)}


def kept_texts(kept: Kept, record: Record) -> Iterator[str]:
    """Yield whether a record keeps to what was published, and what its seed was to be."""
    if kept.broken:
        parts = listing([_(_FIXED[part]) for part in kept.broken])
        yield _("It does NOT keep to what was published: other {parts}.", parts=parts)
    else:
        yield _("It keeps to what was published beforehand.")
    if kept.published.later:
        yield _(
            "The seed was to be {promised}; it is {seed}.",
            promised=kept.published.seed,
            seed=record.request.seed,
        )


def unlike_texts(recalled: Recalled) -> Iterator[str]:
    """Yield why a record cannot be shown with its inputs: gone, or others than it says."""
    found = recalled.verification
    if found is None:
        yield _("The inputs of the record cannot be read: {why}.", why=recalled.gone)
        return
    yield from (_(_CAUSES[cause]) for cause in found.changed)
    if found.proof == "fails":
        why = found.why or _("the record does not say what its proof shows")
        yield _("The proof does NOT hold: {why}.", why=why)


def _price(override: Override) -> str:
    many = one_or_many(abs(override.seats))
    return ngettext(
        "{score}, {seats} seat",
        "{score}, {seats} seats",
        many,
        score=override.score,
        seats=override.seats,
    )
