"""What is said of a proof and of lots: the same words and fields wherever a shortlist is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.display.text import MOST_NAMES, first_of, listing, percent, whole
from kiamv_cli.selection.model.prove import MOST_EQUAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiamv_cli.selection.model.lots import Lot, Lots
    from kiamv_cli.selection.model.prove import Proof
    from kiamv_cli.selection.model.shortlist import Shortlist


def proof_fields(proof: Proof | None, solver: str) -> dict[str, object]:
    """Return what data say of how a shortlist is known to be the best."""
    if proof is None:
        return {"by": "solver", "solver": f"HiGHS {solver}".strip()}
    return {"by": "steps", "steps": proof.steps, "sha256": proof.sha256}


def proven_text(shortlist: Shortlist) -> str:
    """Format how a shortlist that was searched to the end is known to be the best."""
    if shortlist.proof is None or shortlist.lots is None:
        return _(
            "Best found: HiGHS {version} found nothing better. That is NOT a proof, which would "
            "take more steps: --prove.",
            version=shortlist.solver,
        )
    steps = whole(shortlist.proof.steps)
    if shortlist.lots.more:
        return _(
            "Proven optimal in {steps} steps that were checked; more than {n} shortlists are "
            "equally good, and the lottery chose (seed {seed}).",
            steps=steps,
            n=whole(MOST_EQUAL),
            seed=shortlist.request.seed,
        )
    return ngettext(
        "Proven optimal in {steps} steps that were checked, and the only one that is that good.",
        "Proven optimal in {steps} steps that were checked; {n} shortlists are equally good, and "
        "the lottery chose (seed {seed}).",
        shortlist.lots.count,
        steps=steps,
        seed=shortlist.request.seed,
    )


def lots_texts(lots: Lots | None, names: Mapping[str, str]) -> Iterator[str]:
    """Yield whose place only the lottery decided, with the chances of being in."""
    if lots is None or not lots.ecosystems:
        return
    inside = [_with_chance(names[name], lot, lots) for name, lot in _sided(lots, member=True)]
    outside = [_with_chance(names[name], lot, lots) for name, lot in _sided(lots, member=False)]
    yield _(
        "A lottery between equally good shortlists put in {inside}, and left out {outside}; in "
        "brackets: the chance of being in before the draw.",
        inside=listing(first_of(inside, MOST_NAMES)),
        outside=listing(first_of(outside, MOST_NAMES)),
    )


def lot_texts(lots: Lots | None, name: str) -> Iterator[str]:
    """Yield that only the lottery decided on an ecosystem, if it did."""
    lot = lots and lots.ecosystems.get(name)
    if not lot or not lots:
        return
    shortlists, chance = whole(lots.count), chance_text(lot, lots)
    if lot.member:
        yield _(
            "Only the lottery put it in: of {n} equally good shortlists some have it, and over "
            "all seeds its chance is {chance}.",
            n=shortlists,
            chance=chance,
        )
        return
    yield _(
        "Only the lottery left it out: of {n} equally good shortlists some have it, and over all "
        "seeds its chance is {chance}.",
        n=shortlists,
        chance=chance,
    )


def lot_mark(lots: Lots | None, name: str) -> str:
    """Format that only the lottery put a member in, with its chance; nothing if that is not so."""
    lot = lots and lots.ecosystems.get(name)
    if not lot or not lots or not lot.member:
        return ""
    return _("by lot ({chance})", chance=chance_text(lot, lots))


def _sided(lots: Lots, *, member: bool) -> Iterator[tuple[str, Lot]]:
    return (pair for pair in lots.ecosystems.items() if pair[1].member == member)


def _with_chance(name: str, lot: Lot, lots: Lots) -> str:
    return f"{name} ({chance_text(lot, lots)})"


def chance_text(lot: Lot, lots: Lots) -> str:
    """Format a chance; one that is estimated says so."""
    chance = percent(lot.chance, 0)
    return chance if lots.exact else _("about {chance}", chance=chance)
