"""Small questions of every kind: pins, quotas, relations, costs, ties, who is kept, floors."""

from dataclasses import replace
from fractions import Fraction
from math import floor

from hypothesis import strategies as st

from kiamv_cli.selection.model.question import Candidate, Question, Quota, Sum, Wish

CATEGORIES = {"provinces": ("east", "north", "south", "west"), "themes": ("food", "health", "sun")}


def listed(dimension: str) -> st.SearchStrategy[tuple[str, ...]]:
    names = st.sampled_from(CATEGORIES[dimension])
    return st.lists(names, min_size=1, max_size=3, unique=True).map(tuple)


scores = st.integers(0, 4).map(lambda quarter: Fraction(quarter, 4)) | st.fractions(
    0, 1, max_denominator=30
)


@st.composite
def longlists(draw: st.DrawFn, most: int = 10) -> tuple[Candidate, ...]:
    entries = st.tuples(scores, listed("provinces"), listed("themes"))
    rows = draw(st.lists(entries, min_size=1, max_size=most))
    return tuple(
        Candidate(f"e{number}", score, {"provinces": provinces, "themes": themes})
        for number, (score, provinces, themes) in enumerate(rows)
    )


@st.composite
def shares(draw: st.DrawFn, names: tuple[str, ...], size: int) -> dict[str, Fraction]:
    """Targets that add up to the size, often whole, sometimes 0."""
    weights = draw(st.lists(st.integers(0, 3), min_size=len(names), max_size=len(names)))
    total = sum(weights) or 1
    if not sum(weights):
        weights[0] = 1
    return {name: Fraction(size * w, total) for name, w in zip(names, weights, strict=True)}


@st.composite
def quotas(draw: st.DrawFn, size: int) -> Quota:
    dimension = draw(st.sampled_from(sorted(CATEGORIES)))
    category = draw(st.sampled_from(CATEGORIES[dimension]))
    low = draw(st.none() | st.integers(0, size))
    high = draw(st.none() | st.integers(0, size))
    return Quota(dimension, category, low, high)


def three(question: Question) -> st.SearchStrategy[Question]:
    """Add a third dimension to a question, balanced, in which some list nothing.

    Some list a category twice, as they do where it is a group of categories of a finer dimension.
    """
    names = ("early", "late")
    lists = st.lists(
        st.sampled_from([(), ("early",), ("late",), names, ("early", "late", "late")]),
        min_size=len(question.candidates),
        max_size=len(question.candidates),
    )
    return st.builds(
        lambda rows, seats: replace(
            question,
            candidates=tuple(
                replace(one, places={**one.places, "phase": row})
                for one, row in zip(question.candidates, rows, strict=True)
            ),
            targets={**question.targets, "phase": seats},
            balance=(*question.balance, "phase"),
        ),
        lists,
        shares(names, question.size),
    )


@st.composite
def sums(draw: st.DrawFn, ids: list[str]) -> list[Sum]:
    """Draw a wish of a kind that adds up numbers, as its sums."""
    kind = draw(st.sampled_from(["at-most-one", "together", "only-with", "cost", "changes"]))
    group = draw(st.lists(st.sampled_from(ids), min_size=2, max_size=3, unique=True))
    first, second, *_ = group
    match kind:
        case "at-most-one":
            return [Sum(Wish(kind, ",".join(group)), dict.fromkeys(group, 1), at_most=1)]
        case "together":
            wish = Wish(kind, ",".join(group))
            return [Sum(wish, {first: 1, each: -1}, at_least=0, at_most=0) for each in group[1:]]
        case "only-with":
            return [Sum(Wish(kind, f"{first}={second}"), {first: 1, second: -1}, at_most=0)]
        case "changes":
            number = draw(st.integers(0, len(group)))
            of = dict.fromkeys(group, -1)
            wish, base = Wish(kind, number=number), -len(group)
            return [Sum(wish, of, at_most=number + base, base=base)]
        case _:
            return draw(costs(ids))


@st.composite
def costs(draw: st.DrawFn, ids: list[str]) -> list[Sum]:
    """Draw what members may cost together in halves, some of whom have no number."""
    numbers = {name: draw(st.none() | st.integers(0, 6)) for name in ids}
    limit = Fraction(draw(st.integers(0, 20)), draw(st.sampled_from([1, 3])))
    unit = Fraction(2)
    wish = Wish("cost", "ask", limit.numerator if limit.denominator == 1 else limit)
    known = {name: number for name, number in numbers.items() if number}
    missing = {name: 1 for name, number in numbers.items() if number is None}
    of_all = [Sum(wish, known, at_most=floor(limit * unit), unit=unit)]
    return [Sum(Wish("cost-known", "ask"), missing, at_most=0), *of_all] if missing else of_all


@st.composite
def wishing(draw: st.DrawFn, most: int = 10, *, wild: bool = False) -> Question:
    """Draw a question with wishes of every kind, ties, and who is to be kept."""
    question = draw(questions(most, wild=wild))
    ids = [one.id for one in question.candidates]
    wishes: list[Sum] = []
    if len(ids) > 1:
        for each in draw(st.lists(sums(ids), max_size=3)):
            if not {one.wish.kind for one in each} & {one.wish.kind for one in wishes}:
                wishes += each
    ties = draw(st.integers(0, 2))
    candidates = tuple(
        replace(one, ties=tuple(draw(scores) for _ in range(ties))) for one in question.candidates
    )
    keep = draw(st.frozensets(st.sampled_from([*ids, "gone"]), max_size=4))
    question = replace(question, candidates=candidates, sums=tuple(wishes), keep=keep)
    return draw(three(question)) if draw(st.booleans()) else question


@st.composite
def questions(draw: st.DrawFn, most: int = 10, *, wild: bool = False) -> Question:
    """Make a question; ``wild`` ones have more wishes, so that many clash."""
    candidates = draw(longlists(most))
    size = draw(st.integers(0 if not wild else 1, len(candidates) + wild))
    ids = [one.id for one in candidates]
    include = draw(st.frozensets(st.sampled_from(ids), max_size=min(2, size)))
    exclude = draw(st.frozensets(st.sampled_from(ids), max_size=2)) - include
    return Question(
        candidates=candidates,
        size=size,
        targets={name: draw(shares(names, size)) for name, names in CATEGORIES.items()},
        balance=draw(st.sampled_from([("themes", "provinces"), ("themes",), ("provinces",), ()])),
        include=include,
        exclude=exclude,
        quotas=tuple(draw(st.lists(quotas(size), max_size=4 if wild else 2))),
        give_up=draw(st.none() | st.integers(0, 100).map(lambda part: Fraction(part, 100))),
        seed=draw(st.sampled_from(["kiamv", "2020", "é"])),
    )
