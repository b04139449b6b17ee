"""The command that gives a result again, word by word, with only what differs from the defaults."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.core.shortlist import Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.core.record import Input, Provenance
    from kiamv_cli.core.score import Scores

SHARES_FILE = "SHARES.yaml"
LONGLIST_FILE = "LONGLIST.yaml"
CRITERIA_FOLDER = "CRITERIA"


def arguments(scores: Scores, request: Request, provenance: Provenance) -> tuple[str, ...]:
    """Give the words after the command for a long list and a request.

    What came from no file has no word, nor have shares of one's own: ``SHARES_FILE``,
    ``LONGLIST_FILE`` and ``CRITERIA_FOLDER`` stand for them.

    Args:
        scores: The scored long list.
        request: What was asked of a shortlist.
        provenance: Where the inputs were read from.
    """
    return (*_inputs(scores, provenance), *_wishes(request), *_balance(request), *_search(request))


def _inputs(scores: Scores, provenance: Provenance) -> Iterator[str]:
    if place := _place(provenance.longlist, LONGLIST_FILE):
        yield place
    if provenance.hidden is not None:
        yield from ("--hidden", provenance.hidden)
    if place := _place(provenance.criteria, CRITERIA_FOLDER):
        yield from ("--criteria", place)
    if provenance.reviews is not None and provenance.reviews.source is not None:
        yield from ("--reviews", provenance.reviews.source)
    if provenance.reviewer is not None:
        yield from ("--reviewer", provenance.reviewer)
    if scores.as_of != scores.longlist.as_of:
        yield from ("--as-of", scores.as_of.isoformat())


def _place(one: Input, stand_in: str) -> str | None:
    return stand_in if one.origin == "python" else one.source


def _wishes(request: Request) -> Iterator[str]:
    if request.size != Request().size:
        yield from ("--size", str(request.size))
    for option, ids in (("--include", request.include), ("--exclude", request.exclude)):
        if ids:
            yield from (option, ",".join(sorted(ids)))
    for quota in request.quotas:
        if quota.at_least is not None:
            yield from ("--at-least", f"{quota.category}={quota.at_least}")
        if quota.at_most is not None:
            yield from ("--at-most", f"{quota.category}={quota.at_most}")
    if request.classes:
        yield from ("--class", ",".join(sorted(request.classes)))


def _balance(request: Request) -> Iterator[str]:
    if request.balance != Request().balance:
        yield from ("--balance", ",".join(request.balance) or "none")
    for dimension, rule in request.targets.items():
        if rule != "even":
            yield "--target"
            yield f"{dimension}={rule}" if isinstance(rule, str) else SHARES_FILE
    if request.give_up is not None:
        yield from ("--give-up", _percent(request.give_up))


def _search(request: Request) -> Iterator[str]:
    if request.unknown != Request().unknown:
        yield from ("--unknown", request.unknown)
    if request.seed != Request().seed:
        yield from ("--seed", request.seed)


def _percent(share: Fraction) -> str:
    """Write a share as a percentage, as a decimal where that is exact."""
    percent = share * 100
    short = f"{float(percent):g}"
    return short if Fraction(short) == percent else str(percent)
