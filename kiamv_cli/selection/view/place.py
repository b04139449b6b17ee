"""The place of an ecosystem as to a shortlist, in words: what would have to be different."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, label_in, ngettext
from kiamv_cli.display.text import exact, first_of, listing, number, one_or_many, seats

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiamv_cli.scoring.model.score import EcosystemScore, Scores
    from kiamv_cli.selection.model.constrained import Margin
    from kiamv_cli.selection.model.explain import Place
    from kiamv_cli.selection.model.shortlist import Request

from kiamv_cli.selection.view.request import bound_words

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
    """Puts the place of ecosystems into sentences; without ``commands`` none says what to type."""

    scores: Scores
    request: Request
    commands: bool = True

    def sentences(self, one: EcosystemScore, place: Place) -> Iterator[str]:
        """In or out, the exact margin, who would change, and what of its own could bring that."""
        found = place.margin
        size, bound = self.request.size, bound_words(self.request.unknown)
        score = _("{bound} of {score}", bound=bound, score=exact(found.score))
        if found.member:
            yield _("In the shortlist of {size}, with a {score}.", size=size, score=score)
        else:
            yield _("NOT in the shortlist of {size}, with a {score}.", size=size, score=score)
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
        if found.member:
            return _("Even with a score of 0 it would stay in: {why}.", why=self.bar(found))
        return _("Even with a score of 1 it would be out: {why}.", why=self.bar(found))

    def bar(self, found: Margin) -> str:
        """Why no score of its own changes its place."""
        if found.bar == "wishes":
            return _("the wishes leave no choice")
        if not found.then:
            side = (
                _("the highest total without it")
                if found.member
                else _("the highest total with it")
            )
            return _(
                "{total} misses what --give-up asks for by {points}",
                total=side,
                points=exact(found.points),
            )
        side = (
            _("the best shortlist without it") if found.member else _("the best shortlist with it")
        )
        return self._worse(found, side)

    def _worse(self, found: Margin, other: str) -> str:
        """Say in what the other shortlist is worse."""
        if found.bar == "balance":
            more = seats(found.seats)
            return ngettext(
                "{shortlist} has {seats} more seat out of place",
                "{shortlist} has {seats} more seats out of place",
                one_or_many(found.seats),
                shortlist=other,
                seats=more,
            )
        if not found.points:
            return _(
                "{shortlist} is as good, but the lottery decides against that one", shortlist=other
            )
        lower = exact(found.points)
        if self.request.balance:
            return _(
                "{shortlist}, though as well balanced, has a total that is {points} lower",
                shortlist=other,
                points=lower,
            )
        return _("{shortlist} has a total that is {points} lower", shortlist=other, points=lower)

    def _fall(self, found: Margin) -> str:
        assert found.threshold is not None, "asked for"
        lower = found.score - found.threshold
        if not lower:
            return _("It is on the line: with any lower score it would drop out.")
        line = exact(found.threshold)
        if found.in_at_threshold:
            return _(
                "It would drop out if its score fell below {line}, which is {points} lower.",
                line=line,
                points=exact(lower),
            )
        return _(
            "It would drop out if its score fell to {line} or below, which is {points} lower.",
            line=line,
            points=exact(lower),
        )

    def _rise(self, found: Margin) -> str:
        assert found.threshold is not None, "asked for"
        more = found.threshold - found.score
        if not more:
            if self.request.give_up is not None:
                return _("It is on the line: with any higher score it would be in.")
            return _(
                "It is on the line: the lottery decided against it, and with any higher score it "
                "would be in."
            )
        line = exact(found.threshold)
        if found.in_at_threshold:
            return _(
                "To be in it would need a score of {line} or more, which is {points} higher.",
                line=line,
                points=exact(more),
            )
        return _(
            "To be in it would need a score of more than {line}, which is {points} higher.",
            line=line,
            points=exact(more),
        )

    def _wishes(self, one: EcosystemScore, place: Place) -> str:
        name, request = one.ecosystem.id, self.request
        if name in request.include:
            return _("It is in whatever its score, because --include asks for it.")
        if name in request.exclude:
            return _("It is out whatever its score, because --exclude asks for that.")
        if place.barred:
            labels = {each.id: label_in(each.label) for each in self.scores.programme.classes}
            return _(
                "It is out whatever its score, because only {classes} is asked for: it is {worst} "
                "at worst, {best} at best.",
                classes=listing([labels[each] for each in sorted(request.classes)]),
                worst=labels[one.worst.id],
                best=labels[one.best.id],
            )
        if place.margin.member:
            return _("It is in whatever its score: the wishes leave no shortlist without it.")
        return _("It is out whatever its score: the wishes leave no shortlist with it.")

    def _changes(self, found: Margin) -> str:
        comes = listing(self._names(one for one in found.comes if one != found.id))
        goes = listing(self._names(one for one in found.goes if one != found.id))
        if not comes and not goes:
            return ""
        if found.threshold is not None:
            when = _("Then")
        elif found.member:
            when = _("In the best shortlist without it")
        else:
            when = _("In the best shortlist with it")
        if not goes:
            return _("{when} {comes} would come in.", when=when, comes=comes)
        if not comes:
            return _("{when} {goes} would go out.", when=when, goes=goes)
        return _(
            "{when} {comes} would come in, and {goes} would go out.",
            when=when,
            comes=comes,
            goes=goes,
        )

    def _own(self, place: Place) -> Iterator[str]:
        """Say whether its own open criteria could turn its place."""
        found = place.margin
        if found.threshold is None:
            return
        if not place.decisive:
            if not found.member:
                yield self._out_of_reach(place)
            return
        labels = {one.id: label_in(one.label) for one in self.scores.programme.criteria}
        sets = [listing([labels[each] for each in chosen]) for chosen in place.decisive]
        which = _any_of(sets, len(place.decisive[0]))
        if found.member:
            turn = _(
                "Of what is open, it would drop out if {which} turned out no better than is proven",
                which=which,
            )
        else:
            turn = _(
                "Of what is open, it would be enough if {which} turned out as well as possible",
                which=which,
            )
        told = turn if len(sets) == 1 else f"{turn}: {'; '.join(first_of(sets, _MOST_SETS))}"
        yield f"{told}."
        if self.commands:
            yield _("What to ask: kiamv gaps --ecosystem {id}.", id=found.id)

    def _out_of_reach(self, place: Place) -> str:
        if place.reach == place.margin.score:
            return _("No open question of its own can raise the score that counts.")
        return _(
            "Its own open questions cannot bring that: if all turned out as well as possible, its "
            "score would be {score}.",
            score=exact(place.reach),
        )

    def _balance(self, place: Place) -> str:
        if place.margin.member:
            if place.without_balance:
                return _("Without balance it would be in as well.")
            return _("Without balance it would be out.")
        if place.without_balance:
            return _("Without balance it would be in.")
        return _("Without balance it would be out as well.")

    def _names(self, ids: Iterable[str]) -> list[str]:
        names = {one.id: one.name for one in self.scores.longlist.ecosystems}
        return [names[each] for each in ids]


def _any_of(sets: list[str], size: int) -> str:
    """What has to turn out so: the only set, or any one of several."""
    if len(sets) == 1:
        return sets[0]
    return _("any one of these") if size == 1 else _("all of any one of these groups")
