"""Small questions of every kind: pins, quotas, ties, fractional seats, floors."""

from fractions import Fraction

from hypothesis import strategies as st

from kiamv_cli.selection.model.question import Candidate, Question, Quota

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
