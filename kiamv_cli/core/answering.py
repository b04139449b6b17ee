"""Answers on suspected duplicates, given one after the other, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.core.duplicates import answer_on
from kiamv_cli.core.identity import Decision, Identities, conflicts
from kiamv_cli.core.labels import folded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kiamv_cli.core.duplicates import Suspicion
    from kiamv_cli.core.identity import Answer


class ContradictionError(Exception):
    """Answers cannot hold beside earlier ones; ``flaws`` are their indexes, with the reasons."""

    def __init__(self, flaws: Iterable[tuple[int, str]]) -> None:
        self.flaws = tuple(flaws)
        super().__init__("; ".join(why for _, why in self.flaws))


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer on a suspicion; ``turned`` with ``part-of``: the other is a part of the one."""

    answer: Answer
    turned: bool = False
    reason: str | None = None


def decision(suspicion: Suspicion, given: Given, by: str, on: date) -> Decision:
    """Put an answer under the names that were asked about."""
    one, other = reversed(suspicion.asked_as) if given.turned else suspicion.asked_as
    return Decision(one=one, answer=given.answer, other=other, by=by, date=on, reason=given.reason)


def with_answers(identities: Identities, answers: Iterable[Decision]) -> Identities:
    """Add answers; one that says what was said before on the same two names is not kept twice.

    *Later* may be said again, by somebody else or on another day.

    Raises:
        ContradictionError: Some cannot hold beside what was answered before, or each other.
    """
    said = {_said(each) for each in identities.decisions}
    kept = {*identities.decisions}
    known, fresh, places = len(identities.decisions), list[Decision](), list[int]()
    for place, each in enumerate(answers):
        if _said(each) not in said or (each.answer == "later" and each not in kept):
            fresh.append(each)
            places.append(place)
            said.add(_said(each))
            kept.add(each)
    whole = (*identities.decisions, *fresh)
    flaws = [(places[at - known], why) for at, why in conflicts(whole) if at >= known]
    flaws += [(-1, why) for at, why in conflicts(whole) if at < known]
    if flaws:
        raise ContradictionError(flaws)
    return Identities(decisions=whole)


def without_last(identities: Identities, name: str | None = None) -> tuple[Identities, Decision]:
    """Take the last answer back, or the last one on a name or id.

    Raises:
        LookupError: There is none.
    """
    for place in range(len(identities.decisions) - 1, -1, -1):
        each = identities.decisions[place]
        if name is None or folded(name) in each.pair:
            left = (*identities.decisions[:place], *identities.decisions[place + 1 :])
            return Identities(decisions=left), each
    raise LookupError


def without(identities: Identities, gone: Decision) -> Identities:
    """Take an answer back; others may have been given since. One that is gone already stays so."""
    left = list(identities.decisions)
    if gone in left:
        left.reverse()
        left.remove(gone)
        left.reverse()
    return Identities(decisions=tuple(left))


def is_asked(suspicion: Suspicion, identities: Identities, *, later: bool) -> bool:
    """Tell whether to ask about it: nobody answered, or ``later`` and that is asked again."""
    answer = answer_on(suspicion, identities).answer
    return answer is None or (later and answer == "later")


def _said(each: Decision) -> tuple[str, Answer, str]:
    one, other = folded(each.one), folded(each.other)
    if each.answer != "part-of":
        one, other = sorted((one, other))
    return one, each.answer, other
