"""What would follow from an answer, and the fact that is missing, in words."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from math import comb
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.language import N_, _, label_in, labels_of, ngettext
from kiamv_cli.display.text import decimal, either, first_of, listing, seats_text
from kiamv_cli.programme.view import missing_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.gaps import Answer, Gap
    from kiamv_cli.selection.model.what_if import Effect

# More than these drown who and what it is about; JSON has them all.
_MOST_NAMES, _MOST_NAMES_TOGETHER, _MOST_SETS = 8, 3, 3
_WAYS = {"met": N_("If so"), "not_met": N_("If not")}
_LEAST = Fraction(1, 100)


def effects_text(
    gaps: Sequence[Gap], way: Literal["met", "not_met"], scores: Scores
) -> Iterator[str]:
    """What follows from the answers to the questions of one call, one way.

    Questions that have the same effect are taken together; those that need more answers than the
    others are left out.
    """
    needed = gaps[0].needed
    alike: dict[tuple[object, ...], list[tuple[Gap, Answer]]] = {}
    for gap in gaps:
        answer = gap.met if way == "met" else gap.not_met
        if answer.effect is not None and answer.needed == needed:
            key = (frozenset(answer.effect.comes), frozenset(answer.effect.goes))
            alike.setdefault(key, []).append((gap, answer))
    for each in alike.values():
        which = _together(each, scores) if needed > 1 else _alone(each, len(gaps))
        yield f"{_(_WAYS[way])}{which}: {_follows(*each[0], scores)}"


def worth_text(effect: Effect) -> str:
    """By how much today's shortlist would fall short, in the unit that tells."""
    if not effect.allowed:
        return _("not allowed")
    if effect.leaving:
        return ngettext("{n} leaves", "{n} leave", effect.leaving)
    if effect.seats:
        return seats_text(effect.seats)
    if by_lottery(effect):
        return _("lottery")
    return decimal(effect.points) if effect.points >= _LEAST else f"<{decimal(_LEAST)}"


def by_lottery(effect: Effect) -> bool:
    """Whether today's shortlist would be as good as the best, and only the lottery decides."""
    return effect.allowed and not (effect.leaving or effect.seats or effect.points)


def _alone(answers: Sequence[tuple[Gap, Answer]], questions: int) -> str:
    if len(answers) == questions:
        any_one = _("any one of these")
        return f" ({any_one})" if questions > 1 else ""
    return f" ({either([label_in(gap.criterion.label) for gap, _answer in answers])})"


def _together(answers: Iterable[tuple[Gap, Answer]], scores: Scores) -> str:
    labels = labels_of(scores.programme.criteria)
    sets = dict.fromkeys(chosen for _gap, answer in answers for chosen in answer.sets)
    told = _sets_text([tuple(labels[each] for each in chosen) for chosen in sets])
    which = _("for {criteria}", criteria=told)
    return f" {which}"


def _follows(gap: Gap, answer: Answer, scores: Scores) -> str:
    effect = answer.effect
    assert effect is not None, "it changes the shortlist"
    if effect.then is None:
        return _("no shortlist meets the wishes any more.")
    names = scores.longlist.names
    most = _MOST_NAMES if answer.needed == 1 else _MOST_NAMES_TOGETHER

    def listed(ids: Iterable[str]) -> str:
        """Name them, the ecosystem itself first."""
        own_first = sorted(ids, key=lambda each: each != gap.scored.ecosystem.id)
        shown = [names[each] for each in own_first]
        return listing(first_of(shown, most if len(shown) <= most else most - 1))

    comes = ngettext(
        "{names} comes in", "{names} come in", len(effect.comes), names=listed(effect.comes)
    )
    goes = ngettext(
        "{names} goes out", "{names} go out", len(effect.goes), names=listed(effect.goes)
    )
    if answer.needed == 1:
        return f"{comes}; {goes}."
    worth = _("worth {what}", what=worth_text(effect))
    return f"{comes}; {goes} ({worth})."


def _sets_text(sets: list[tuple[str, ...]]) -> str:
    """The answers that it takes together: ``a with any 2 of b, c and d``."""
    always = [label for label in sets[0] if all(label in each for each in sets)]
    rest = [tuple(label for label in each if label not in always) for each in sets]
    size, among = len(rest[0]), list(dict.fromkeys(label for each in rest for label in each))
    if not size:
        return _("{criteria} together", criteria=listing(always))
    if len(rest) == comb(len(among), size):
        if size == 1:
            several = either(among)
        else:
            several = _("any {n} of {criteria}", n=size, criteria=listing(among))
        if not always:
            return several
        return _("{criteria} with {others}", criteria=listing(always), others=several)
    shown = [listing(each) for each in sets[:_MOST_SETS]]
    if more := len(sets) - len(shown):
        shown.append(ngettext("{n} more such group", "{n} more such groups", more))
    return reduce(lambda first, other: _("{one}; or {other}", one=first, other=other), shown)


def gap_text(gap: Gap, programme: Programme) -> str:
    """What further facts an open criterion takes, beside what is known."""
    return missing_text(gap.criterion, gap.possible, gap.known, programme)
