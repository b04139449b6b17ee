"""Small integer programs, and all their solutions."""

from itertools import product

from hypothesis import strategies as st

from kiamv_cli.selection.model.integer_program import Program, Row

small = st.integers(-5, 5)


@st.composite
def programs(draw: st.DrawFn) -> Program:
    columns = draw(st.integers(1, 4))
    lowers = draw(st.lists(st.integers(0, 2), min_size=columns, max_size=columns))
    rows = draw(st.lists(rows_over(columns), max_size=4))
    return Program(
        profits=tuple(draw(st.lists(small, min_size=columns, max_size=columns))),
        lowers=tuple(lowers),
        uppers=tuple(lower + draw(st.integers(0, 2)) for lower in lowers),
        rows=tuple(rows),
    )


@st.composite
def rows_over(draw: st.DrawFn, columns: int) -> Row:
    terms = draw(st.dictionaries(st.integers(0, columns - 1), small))
    low, high = draw(st.none() | small), draw(st.none() | small)
    if low is not None and high is not None:
        low, high = sorted((low, high))
    return Row(tuple(terms.items()), low, high)


def solutions(program: Program) -> list[tuple[int, ...]]:
    limits = zip(program.lowers, program.uppers, strict=True)
    every = product(*(range(lower, upper + 1) for lower, upper in limits))
    return [values for values in every if not any(program.violations(values))]


@st.composite
def knapsacks(draw: st.DrawFn) -> Program:
    """Programs of which much is feasible, and the best seldom where the relaxation has it."""
    columns = draw(st.integers(3, 6))
    sizes = st.lists(st.integers(1, 3), min_size=columns, max_size=columns)
    rows = [
        Row(tuple(enumerate(draw(sizes))), None, draw(st.integers(2, 6)))
        for _ in range(draw(st.integers(1, 2)))
    ]
    return Program(
        profits=tuple(draw(st.lists(st.integers(1, 6), min_size=columns, max_size=columns))),
        lowers=(0,) * columns,
        uppers=tuple(draw(st.lists(st.integers(1, 2), min_size=columns, max_size=columns))),
        rows=tuple(rows),
    )
