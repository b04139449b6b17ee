"""Wishes as sums: relations between ecosystems, what they cost together, who may leave.

A sum adds up whole numbers of the members (see ``question.Sum``); so each of these wishes is a row
of an integer program, and of a proof.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor, gcd, lcm
from typing import TYPE_CHECKING

from kiamv_cli.programme.model.attributes import interval_held
from kiamv_cli.programme.model.facts import holding
from kiamv_cli.selection.model.question import Sum, Wish

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.request import Request


def sums(request: Request, scores: Scores) -> Iterator[Sum]:
    """Yield the sums that a request asks for."""
    for group in request.at_most_one:
        yield Sum(Wish("at-most-one", ",".join(group)), dict.fromkeys(group, 1), at_most=1)
    for group in request.together:
        wish = Wish("together", ",".join(group))
        for name in group[1:]:
            yield Sum(wish, {group[0]: 1, name: -1}, at_least=0, at_most=0)
    for name, others in request.only_with.items():
        for needed in others:
            yield Sum(Wish("only-with", f"{name}={needed}"), {name: 1, needed: -1}, at_most=0)
    for attribute, amount in request.cost.items():
        yield from _cost(attribute, amount, amounts(scores, attribute))
    if request.changes is not None:
        base = -len(request.keep)
        wish = Wish("changes", number=request.changes)
        of = dict.fromkeys(sorted(request.keep), -1)
        yield Sum(wish, of, at_most=request.changes + base, base=base)


def amounts(scores: Scores, attribute: str) -> dict[str, Fraction | None]:
    """Return what each ecosystem counts for in a cost: its high end; ``None`` is not known."""
    declared, year = scores.programme.attribute(attribute), scores.as_of.year
    assert declared is not None, "a request is checked before"
    found = {}
    for one in scores.longlist.ecosystems:
        values = holding(one.attributes.get(attribute, ()), year)
        found[one.id] = interval_held(values, declared, year)[1] if values else None
    return found


def _cost(
    attribute: str, amount: Fraction, numbers: Mapping[str, Fraction | None]
) -> Iterator[Sum]:
    if missing := [name for name, number in numbers.items() if number is None]:
        yield Sum(Wish("cost-known", attribute), dict.fromkeys(missing, 1), at_most=0)
    known = {name: number for name, number in numbers.items() if number}
    # As small as can be: solvers tell small numbers apart best.
    common = gcd(*(number.numerator for number in known.values())) or 1
    unit = Fraction(lcm(*(number.denominator for number in known.values())), common)
    of = {name: int(number * unit) for name, number in known.items()}
    number = amount.numerator if amount.denominator == 1 else amount
    yield Sum(Wish("cost", attribute, number), of, at_most=floor(amount * unit), unit=unit)
