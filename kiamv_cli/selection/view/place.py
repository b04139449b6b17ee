"""The place of an ecosystem as to a shortlist, in words: what would have to be different."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, labels_of, ngettext
from kiamv_cli.display.text import (
    decimal,
    difference,
    exactly,
    first_of,
    listing,
    number,
    one_or_many,
    points_text,
    seats,
)
from kiamv_cli.selection.view.proof import lot_texts
from kiamv_cli.selection.view.request import bound_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiamv_cli.scoring.model.score import EcosystemScore, Scores
    from kiamv_cli.selection.model.explain import Place
    from kiamv_cli.selection.model.near_misses import Margin
    from kiamv_cli.selection.model.request import Request


# More sets than this are no help to read; JSON has them all.
_MOST_SETS = 6


def margin_fields(margin: Margin) -> dict[str, object]:
    """A margin for JSON."""
    return {
        "member": margin.member,
        "score": exactly(margin.score),
        "threshold": None if margin.threshold is None else exactly(margin.threshold),
        "in_at_threshold": margin.in_at_threshold,
        "bar": margin.bar,
        "leaving": margin.leaving,
        "seats": number(margin.seats),
        "points": number(margin.points),
        "in": list(margin.comes),
        "out": list(margin.goes),
    }


def place_fields(place: Place) -> dict[str, object]:
    """A place for JSON."""
    return {
        **margin_fields(place.margin),
        "decisive": [list(chosen) for chosen in place.decisive],
        "reach": number(place.reach),
        "without_balance": place.without_balance,
        "lot": place.lots and place.lots.fields_of(place.margin.id),
    }


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Puts the place of ecosystems into sentences.

    Without ``commands`` none says what to type, without ``others`` none who else would change.
    """

    scores: Scores
    request: Request
    commands: bool = True
    others: bool = True

    def sentences(self, scored: EcosystemScore, place: Place) -> Iterator[str]:
        """In or out, the exact margin, who would change, and what of its own could bring that."""
        found = place.margin
        size, bound = self.request.size, bound_words(self.request.unknown)
        score = _("{bound} of {score}", bound=bound, score=self._shown(found))
        if found.member:
            yield _("In the shortlist of {size}, with a {score}.", size=size, score=score)
        else:
            yield _("NOT in the shortlist of {size}, with a {score}.", size=size, score=score)
        yield from lot_texts(place.lots, found.id)
        yield self._margin(scored, place)
        if self.others and (changes := self._changes(found)):
            yield changes
        yield from self._own(place)
        if self.request.balance:
            yield self._balance(place)

    def _shown(self, margin: Margin) -> str:
        """The score, with as many decimals as its line and their difference take."""
        if margin.threshold is None:
            return decimal(margin.score)
        high, low = max(margin.score, margin.threshold), min(margin.score, margin.threshold)
        shown = difference(high, low)
        return shown[0] if margin.score == high else shown[1]

    def _margin(self, scored: EcosystemScore, place: Place) -> str:
        found = place.margin
        if found.threshold is not None:
            return self._fall(found) if found.member else self._rise(found)
        if found.bar == "wishes":
            return self._wishes(scored, place)
        if found.member:
            return _("Even with a score of 0 it would stay in: {why}.", why=self.bar(found))
        return _("Even with a score of 1 it would be out: {why}.", why=self.bar(found))

    def bar(self, margin: Margin) -> str:
        """Why no score of its own changes its place."""
        if margin.bar == "wishes":
            return _("the wishes leave no choice")
        if not margin.then:
            side = (
                _("the highest total without it")
                if margin.member
                else _("the highest total with it")
            )
            return _(
                "{total} misses what --give-up asks for by {points}",
                total=side,
                points=points_text(margin.points),
            )
        side = (
            _("the best shortlist without it") if margin.member else _("the best shortlist with it")
        )
        return self._worse(margin, side)

    def _worse(self, margin: Margin, other: str) -> str:
        """Say in what the other shortlist is worse."""
        if margin.bar == "keep":
            return ngettext(
                "with {shortlist} {n} more of those to keep leaves",
                "with {shortlist} {n} more of those to keep leave",
                margin.leaving,
                shortlist=other,
            )
        if margin.bar == "balance":
            more = seats(margin.seats)
            return ngettext(
                "{shortlist} has {seats} more seat out of place",
                "{shortlist} has {seats} more seats out of place",
                one_or_many(margin.seats),
                shortlist=other,
                seats=more,
            )
        if not margin.points:
            if self.scores.programme.ties:
                return _(
                    "{shortlist} has the same total, but what decides between equals is against it",
                    shortlist=other,
                )
            return _(
                "{shortlist} is as good, but the lottery decides against that one", shortlist=other
            )
        lower = points_text(margin.points)
        if self.request.balance:
            return _(
                "{shortlist}, though as well balanced, has a total that is {points} lower",
                shortlist=other,
                points=lower,
            )
        return _("{shortlist} has a total that is {points} lower", shortlist=other, points=lower)

    def _fall(self, margin: Margin) -> str:
        assert margin.threshold is not None, "asked for"
        lower = margin.score - margin.threshold
        if not lower:
            return _("It is on the line: with any lower score it would drop out.")
        _score, line, points = difference(margin.score, margin.threshold)
        if margin.in_at_threshold:
            return _(
                "It would drop out if its score fell below {line}, which is {points} lower.",
                line=line,
                points=points,
            )
        return _(
            "It would drop out if its score fell to {line} or below, which is {points} lower.",
            line=line,
            points=points,
        )

    def _rise(self, margin: Margin) -> str:
        assert margin.threshold is not None, "asked for"
        more = margin.threshold - margin.score
        if not more:
            if self.request.give_up is not None:
                return _("It is on the line: with any higher score it would be in.")
            if self.scores.programme.ties:
                return _(
                    "It is on the line: what decides between equal totals was against it, and with "
                    "any higher score it would be in."
                )
            return _(
                "It is on the line: the lottery decided against it, and with any higher score it "
                "would be in."
            )
        line, _score, points = difference(margin.threshold, margin.score)
        if margin.in_at_threshold:
            return _(
                "To get in, it would need a score of {line} or more, which is {points} higher.",
                line=line,
                points=points,
            )
        return _(
            "To get in, it would need a score of more than {line}, which is {points} higher.",
            line=line,
            points=points,
        )

    def _wishes(self, scored: EcosystemScore, place: Place) -> str:
        name, request = scored.ecosystem.id, self.request
        if name in request.include:
            return _("It is in whatever its score, because --include asks for it.")
        if name in request.exclude:
            return _("It is out whatever its score, because --exclude asks for that.")
        if place.barred:
            labels = labels_of(self.scores.programme.classes)
            return _(
                "It is out whatever its score, because only {classes} is asked for: it is {worst} "
                "at worst, {best} at best.",
                classes=listing([labels[each] for each in sorted(request.classes)]),
                worst=labels[scored.worst.id],
                best=labels[scored.best.id],
            )
        if place.margin.member:
            return _("It is in whatever its score: the wishes leave no shortlist without it.")
        return _("It is out whatever its score: the wishes leave no shortlist with it.")

    def _changes(self, margin: Margin) -> str:
        comes = listing(self._names(one for one in margin.comes if one != margin.id))
        goes = listing(self._names(one for one in margin.goes if one != margin.id))
        if not comes and not goes:
            return ""
        if margin.threshold is not None:
            when = _("Then")
        elif margin.member:
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
        labels = labels_of(self.scores.programme.criteria)
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
            score=decimal(place.reach),
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
        names = self.scores.longlist.names
        return [names[each] for each in ids]


def _any_of(sets: list[str], size: int) -> str:
    """What has to turn out so: the only set, or any one of several."""
    if len(sets) == 1:
        return sets[0]
    return _("any one of these") if size == 1 else _("all of any one of these groups")
