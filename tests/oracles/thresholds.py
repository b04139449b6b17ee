"""Thresholds by the letter of rule M1: every score at which anything can turn, tried in order."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from oracles import brute

from kiamv_cli.selection.model.question import Question


def threshold(question: Question, identifier: str) -> Fraction | None:
    """Give the score below which a candidate is out and above which it is in, ``None`` if none.

    What S5 gives can only turn where totals of two shortlists are equal, or where one is equal to
    the floor that another sets; between two such scores its place is the same.
    """
    ends = sorted({Fraction(0), Fraction(1), *turns(question, identifier)})
    places = [is_in(question, identifier, (low + high) / 2) for low, high in pairwise(ends)]
    assert places == sorted(places), "once it is in, a higher score keeps it in"
    if places[0] or not places[-1]:
        # At 0 and at 1 themselves it may still be otherwise, for the lottery.
        return _at_an_end(question, identifier, inside=places[0])
    return ends[places.index(True)]


def turns(question: Question, identifier: str) -> set[Fraction]:
    """Give the scores from 0 to 1 at which two totals meet, or a total and a floor."""
    having, lacking = set[Fraction](), set[Fraction]()
    for chosen in brute.shortlists(question):
        others = sum((one.score for one in chosen if one.id != identifier), Fraction(0))
        (having if any(one.id == identifier for one in chosen) else lacking).add(others)
    if not having or not lacking:
        return set()
    found = {without - others for others in having for without in lacking}
    if question.give_up is not None:
        kept = 1 - question.give_up
        top_with, top_without = max(having), max(lacking)
        found |= {kept * top_without - others for others in having}
        if kept:
            found |= {without / kept - top_with for without in lacking}
        if kept < 1:
            found |= {(kept * top_with - others) / (1 - kept) for others in having}
    return {score for score in found if 0 <= score <= 1}


def is_in(question: Question, identifier: str, score: Fraction) -> bool:
    """Tell whether a candidate is in the one shortlist when it has this score."""
    candidates = tuple(
        replace(one, score=score) if one.id == identifier else one for one in question.candidates
    )
    found = brute.selected(replace(question, candidates=candidates))
    assert found is not None
    return identifier in found


def _at_an_end(question: Question, identifier: str, *, inside: bool) -> Fraction | None:
    end = Fraction(0 if inside else 1)
    return end if is_in(question, identifier, end) != inside else None
