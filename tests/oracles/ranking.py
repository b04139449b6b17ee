"""All shortlists in their exact order, straight from the definition."""

from collections.abc import Iterable
from fractions import Fraction
from hashlib import sha256

from oracles import brute

from kiamv_cli.selection.model.question import Question

Key = tuple[tuple[int | Fraction, ...], list[str]]


def ids(chosen: brute.Shortlist) -> frozenset[str]:
    return frozenset(one.id for one in chosen)


def allowed(question: Question) -> list[brute.Shortlist]:
    """Give those that meet the wishes and reach the floor."""
    meeting = list(brute.shortlists(question))
    least = lowest(question, meeting)
    return [one for one in meeting if least is None or brute.score(one) >= least]


def lowest(question: Question, meeting: Iterable[brute.Shortlist]) -> Fraction | None:
    """Give the least total that is allowed; ``None`` for any."""
    if question.give_up is None:
        return None
    return (1 - question.give_up) * max(map(brute.score, meeting), default=Fraction(0))


def ranked(question: Question, shortlists: Iterable[brute.Shortlist]) -> list[brute.Shortlist]:
    """Sort: who is kept, fewest seats out of place, highest score, ties, lottery."""

    def key(chosen: brute.Shortlist) -> Key:
        lots = sorted(sha256(f"{question.seed}\n{one.id}".encode()).hexdigest() for one in chosen)
        return brute.worth(question, chosen), lots

    return sorted(shortlists, key=key)
