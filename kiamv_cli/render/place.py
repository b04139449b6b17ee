"""The place of an ecosystem as to a shortlist, in words: what would have to be different."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.render.shortlist import BOUND_WORDS
from kiamv_cli.render.text import exact, listing, number, seats

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiamv_cli.core.explain import Place
    from kiamv_cli.core.score import EcosystemScore, Scores
    from kiamv_cli.core.selection.margins import Margin
    from kiamv_cli.core.shortlist import Request

# More sets than this are no help to read; JSON has them all.
_MOST_SETS = 6


def margin_fields(found: Margin) -> dict[str, object]:
    """A margin for JSON."""
    return {
        "member": found.member,
        "score": number(found.score),
        "threshold": None if found.threshold is None else number(found.threshold),
        "in_at_threshold": found.in_at_threshold,
        "exact": [str(found.score), None if found.threshold is None else str(found.threshold)],
        "bar": found.bar,
        "seats": number(found.seats),
        "points": number(found.points),
        "in": list(found.comes),
        "out": list(found.goes),
    }


def place_fields(place: Place) -> dict[str, object]:
    """A place for JSON."""
    return {
        **margin_fields(place.margin),
        "decisive": [list(chosen) for chosen in place.decisive],
        "reach": number(place.reach),
        "without_balance": place.without_balance,
    }


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Puts the place of ecosystems into sentences."""

    scores: Scores
    request: Request

    def sentences(self, one: EcosystemScore, place: Place) -> Iterator[str]:
        """In or out, the exact margin, who would change, and what of its own could bring that."""
        found = place.margin
        where = "In" if found.member else "NOT in"
        score = f"{BOUND_WORDS[self.request.unknown]} of {exact(found.score)}"
        yield f"{where} the shortlist of {self.request.size}, with a {score}."
        yield self._margin(one, place)
        if changes := self._changes(found):
            yield changes
        yield from self._own(place)
        if self.request.balance:
            yield self._balance(place)

    def _margin(self, one: EcosystemScore, place: Place) -> str:
        found = place.margin
        if found.threshold is not None:
            return self._fall(found) if found.member else self._rise(found)
        if found.bar == "wishes":
            return self._wishes(one, place)
        extreme = "0 it would stay in" if found.member else "1 it would be out"
        return f"Even with a score of {extreme}: {self.bar(found)}."

    def bar(self, found: Margin) -> str:
        """Why no score of its own changes its place."""
        if found.bar == "wishes":
            return "the wishes leave no choice"
        side = "without it" if found.member else "with it"
        if not found.then:
            return (
                f"the highest total {side} misses what --give-up asks for by {exact(found.points)}"
            )
        if found.bar == "balance":
            return f"the best shortlist {side} has {seats(found.seats)} more seats out of place"
        balanced = ", though as well balanced," if self.request.balance else ""
        if found.points:
            lower = exact(found.points)
            return f"the best shortlist {side}{balanced} has a total that is {lower} lower"
        return f"the best shortlist {side} is as good, but the lottery decides against that one"

    def _fall(self, found: Margin) -> str:
        assert found.threshold is not None, "asked for"
        lower = found.score - found.threshold
        if not lower:
            return "It is on the line: with any lower score it would drop out."
        line = f"below {exact(found.threshold)}"
        if not found.in_at_threshold:
            line = f"to {exact(found.threshold)} or below"
        return f"It would drop out if its score fell {line}, which is {exact(lower)} lower."

    def _rise(self, found: Margin) -> str:
        assert found.threshold is not None, "asked for"
        more = found.threshold - found.score
        if not more:
            draw = (
                "" if self.request.give_up is not None else "the lottery decided against it, and "
            )
            return f"It is on the line: {draw}with any higher score it would be in."
        line = f"{exact(found.threshold)} or more"
        if not found.in_at_threshold:
            line = f"more than {exact(found.threshold)}"
        return f"To be in it would need a score of {line}, which is {exact(more)} higher."

    def _wishes(self, one: EcosystemScore, place: Place) -> str:
        name, request = one.ecosystem.id, self.request
        if name in request.include:
            return "It is in whatever its score, because --include asks for it."
        if name in request.exclude:
            return "It is out whatever its score, because --exclude asks for that."
        if place.barred:
            return (
                f"It is out whatever its score, because only {listing(sorted(request.classes))} is "
                f"asked for: it is {one.worst.id} at worst, {one.best.id} at best."
            )
        if place.margin.member:
            return "It is in whatever its score: the wishes leave no shortlist without it."
        return "It is out whatever its score: the wishes leave no shortlist with it."

    def _changes(self, found: Margin) -> str:
        comes = self._names(one for one in found.comes if one != found.id)
        goes = self._names(one for one in found.goes if one != found.id)
        parts = []
        if comes:
            parts.append(f"{listing(comes)} would come in")
        if goes:
            parts.append(f"{listing(goes)} would go out")
        if not parts:
            return ""
        nearest = "Then" if found.threshold is not None else "In the best shortlist"
        if found.threshold is None:
            nearest += " without it" if found.member else " with it"
        return f"{nearest} {', and '.join(parts)}."

    def _own(self, place: Place) -> Iterator[str]:
        """Say whether its own open criteria could turn its place."""
        found = place.margin
        if found.threshold is None:
            return
        if not place.decisive:
            if not found.member:
                yield self._out_of_reach(place)
            return
        labels = {one.id: one.label["en"] for one in self.scores.programme.criteria}
        sets = [listing([labels[each] for each in chosen]) for chosen in place.decisive]
        how = "no better than is proven" if found.member else "as well as possible"
        result = "it would drop out" if found.member else "it would be enough"
        yield (
            f"Of what is open, {result} if {_one_of(sets, len(place.decisive[0]), how)}. "
            f"What to ask: kiamv gaps --ecosystem {found.id}."
        )

    def _out_of_reach(self, place: Place) -> str:
        if place.reach == place.margin.score:
            return "No open question of its own can raise the score that counts."
        return (
            "Its own open questions cannot bring that: if all turned out as well as possible, its "
            f"score would be {exact(place.reach)}."
        )

    def _balance(self, place: Place) -> str:
        where = "in" if place.without_balance else "out"
        same = " as well" if place.without_balance == place.margin.member else ""
        return f"Without balance it would be {where}{same}."

    def _names(self, ids: Iterable[str]) -> list[str]:
        names = {one.id: one.name for one in self.scores.longlist.ecosystems}
        return [names[each] for each in ids]


def _one_of(sets: list[str], size: int, how: str) -> str:
    """A condition: the only set, or any one of several, turns out so."""
    if len(sets) == 1:
        return f"{sets[0]} turned out {how}"
    if len(sets) > _MOST_SETS:
        sets = [*sets[:_MOST_SETS], f"{len(sets) - _MOST_SETS} more"]
    which = "any one of these" if size == 1 else "all of any one of these groups"
    return f"{which} turned out {how}: {'; '.join(sets)}"
