"""What would follow from an answer, in words."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING, Literal

from kiamv_cli.render.text import count, decimal, listing, seats

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kiamv_cli.core.gaps import Answer, Gap
    from kiamv_cli.core.score import Scores
    from kiamv_cli.core.selection.effect import Effect

# More than these drown who and what it is about; JSON has them all.
_MOST_NAMES, _MOST_NAMES_TOGETHER, _MOST_SETS = 8, 3, 3
LOTTERY, NOT_ALLOWED = "lottery", "not allowed"
WAYS = {"met": "if so", "not_met": "if not"}
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
        yield f"{WAYS[way].capitalize()}{which}: {_follows(*each[0], scores)}"


def worth_text(effect: Effect) -> str:
    """By how much today's shortlist would fall short, in the unit that tells."""
    if not effect.allowed:
        return NOT_ALLOWED
    if effect.seats:
        return count(1, "seat") if effect.seats == 1 else f"{seats(effect.seats)} seats"
    if not effect.points:
        return LOTTERY
    return decimal(effect.points) if effect.points >= _LEAST else f"<{decimal(_LEAST)}"


def _alone(answers: Sequence[tuple[Gap, Answer]], questions: int) -> str:
    if len(answers) == questions:
        return " (any one of these)" if questions > 1 else ""
    labels = [gap.criterion.label["en"] for gap, _ in answers]
    return f" ({_either(labels)})"


def _together(answers: Iterable[tuple[Gap, Answer]], scores: Scores) -> str:
    labels = {one.id: one.label["en"] for one in scores.programme.criteria}
    sets = dict.fromkeys(chosen for _, answer in answers for chosen in answer.sets)
    return f" for {_sets_text([tuple(labels[each] for each in chosen) for chosen in sets])}"


def _follows(gap: Gap, answer: Answer, scores: Scores) -> str:
    effect = answer.effect
    assert effect is not None, "it changes the shortlist"
    if effect.then is None:
        return "no shortlist meets the wishes any more."
    names = {one.id: one.name for one in scores.longlist.ecosystems}
    most = _MOST_NAMES if answer.needed == 1 else _MOST_NAMES_TOGETHER

    def listed(ids: Iterable[str]) -> str:
        """Name them, the ecosystem itself first."""
        own_first = sorted(ids, key=lambda each: each != gap.scored.ecosystem.id)
        shown = [names[each] for each in own_first]
        if len(shown) > most:
            shown[most - 1 :] = [f"{len(shown) - most + 1} more"]
        return listing(shown)

    come, go = ("comes", "goes") if len(effect.comes) == 1 else ("come", "go")
    worth = "" if answer.needed == 1 else f" (worth {worth_text(effect)})"
    return f"{listed(effect.comes)} {come} in, {listed(effect.goes)} {go} out{worth}."


def _sets_text(sets: list[tuple[str, ...]]) -> str:
    """The answers that it takes together: ``a with any 2 of b, c and d``."""
    always = [label for label in sets[0] if all(label in each for each in sets)]
    rest = [tuple(label for label in each if label not in always) for each in sets]
    size, among = len(rest[0]), list(dict.fromkeys(label for each in rest for label in each))
    if not size:
        return f"{listing(always)} together"
    if len(rest) == comb(len(among), size):
        several = f"any {size} of {listing(among)}" if size > 1 else _either(among)
        return f"{listing(always)} with {several}" if always else several
    shown = [listing(each) for each in sets[:_MOST_SETS]]
    if len(sets) > _MOST_SETS:
        shown.append(f"{len(sets) - _MOST_SETS} more such groups")
    return "; or ".join(shown)


def _either(labels: Sequence[str]) -> str:
    return " or ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)
