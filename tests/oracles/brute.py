"""The answer to a question straight from its definition, by looking at every shortlist."""

from collections.abc import Iterator
from fractions import Fraction
from hashlib import sha256
from itertools import combinations
from math import ceil, floor

from kiamv_cli.selection.model.question import Candidate, Question, Quota, Sum

Shortlist = tuple[Candidate, ...]


def selected(question: Question) -> frozenset[str] | None:
    """Give the one best shortlist, ``None`` if none meets the wishes."""
    equal = equally_good(question)
    return first_drawn(question.seed, equal) if equal else None


def equally_good(question: Question) -> list[Shortlist]:
    """Give the shortlists of which the lottery chooses one; none if none meets the wishes."""
    meeting = allowed(question)
    worths = [worth(question, one) for one in meeting]
    return [one for one, each in zip(meeting, worths, strict=True) if each == min(worths)]


def worth(question: Question, chosen: Shortlist) -> tuple[int | Fraction, ...]:
    """Give what counts before the lottery, in its order: of two the lesser wins."""
    sums = (-sum(each, Fraction(0)) for each in zip(*(one.ties for one in chosen), strict=True))
    return left(question, chosen), out(question, chosen), -score(chosen), *sums


def left(question: Question, chosen: Shortlist) -> int:
    return len(question.keep - {one.id for one in chosen})


def allowed(question: Question) -> list[Shortlist]:
    """Give the shortlists that meet the wishes and give up no more than is allowed."""
    meeting = list(shortlists(question))
    if question.give_up is not None and meeting:
        lowest = (1 - question.give_up) * max(map(score, meeting))
        meeting = [one for one in meeting if score(one) >= lowest]
    return meeting


def shortlists(question: Question) -> Iterator[Shortlist]:
    """Give every shortlist that meets the wishes."""
    for chosen in combinations(question.candidates, question.size):
        ids = {one.id for one in chosen}
        pinned = question.include <= ids and not question.exclude & ids
        quotas = all(obeyed(quota, chosen) for quota in question.quotas)
        if pinned and quotas and all(adds_up(each, ids) for each in question.sums):
            yield chosen


def obeyed(quota: Quota, chosen: Shortlist) -> bool:
    number = sum(quota.category in one.places[quota.dimension] for one in chosen)
    low = 0 if quota.at_least is None else quota.at_least
    return number >= low and (quota.at_most is None or number <= quota.at_most)


def adds_up(each: Sum, ids: set[str]) -> bool:
    """Tell whether a wish holds, from what it is about where that tells."""
    subject = each.wish.subject
    match each.wish.kind:
        case "at-most-one":
            return len(ids & {*subject.split(",")}) <= 1
        case "together":
            group = {*subject.split(",")}
            return not ids & group or group <= ids
        case "only-with":
            name, needed = subject.split("=")
            return name not in ids or needed in ids
        case "changes":
            assert each.wish.number is not None
            return sum(name not in ids for name in each.of) <= each.wish.number
        case "cost-known":
            return not ids & each.of.keys()
        case _:
            assert each.wish.number is not None
            return (
                sum(Fraction(each.of.get(name, 0)) for name in ids) <= each.wish.number * each.unit
            )


def score(chosen: Shortlist) -> Fraction:
    return sum((one.score for one in chosen), Fraction(0))


def out(question: Question, chosen: Shortlist) -> Fraction:
    """Seats out of place over the balanced dimensions."""
    return sum((out_of(question, chosen, name) for name in question.balance), Fraction(0))


def out_of(question: Question, chosen: Shortlist, dimension: str) -> Fraction:
    total = Fraction(0)
    for category, target in question.targets[dimension].items():
        lists = [one.places[dimension] for one in chosen]
        seats = sum((Fraction(m.count(category), len(m) or 1) for m in lists), Fraction(0))
        whole = target == int(target)
        low = max(target - Fraction(1, 2), Fraction(0)) if whole else Fraction(floor(target))
        high = target + Fraction(1, 2) if whole else Fraction(ceil(target))
        total += max(low - seats, seats - high, Fraction(0))
    return total


def first_drawn(seed: str, ties: list[Shortlist]) -> frozenset[str]:
    """Of two shortlists the one wins that holds the first-drawn one in which they differ."""

    def lots(chosen: Shortlist) -> list[str]:
        return sorted(sha256(f"{seed}\n{one.id}".encode()).hexdigest() for one in chosen)

    return frozenset(one.id for one in min(ties, key=lots))
