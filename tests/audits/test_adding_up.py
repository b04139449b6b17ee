"""Whether published flows add up, and what repairs them, against trying every number."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kiamv_cli.audits.model.adding_up import Range, adding_up
from kiamv_cli.audits.model.published import (
    Arrow,
    Balance,
    Between,
    Division,
    Overlap,
    PublishedBox,
    PublishedFlow,
    StatedCount,
    balances,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiamv_cli.audits.model.adding_up import Number

STATED, MOST = 2, 8  # so that whatever follows from what is stated is among the numbers tried
Values = dict[str | Between, int]


@st.composite
def flows(draw: st.DrawFn) -> PublishedFlow:
    """Small flows of any make-up."""
    names = "abcde"[: draw(st.integers(2, 5))]
    counts = st.integers(0, STATED)
    boxes = tuple(
        PublishedBox(
            id=name,
            label=name.upper(),
            count=draw(st.one_of(counts, st.just("unknown"))),
            also=tuple(StatedCount(count=each) for each in draw(st.lists(counts, max_size=1))),
        )
        for name in names
    )
    pairs = st.permutations(names).map(lambda them: (them[0], them[1]))
    arrows = draw(st.lists(pairs, max_size=4, unique=True))
    splits = [
        Division(of=them[0], parts=tuple(them[1 : draw(st.integers(2, len(them)))]))
        for them in draw(st.lists(st.permutations(names), max_size=2))
    ]
    overlaps = [
        Overlap(of=(one, other), both=(*rest, None)[0], either=(*rest, None, None)[1])
        for one, other, *rest in draw(st.lists(st.permutations(names), max_size=1))
    ]
    return PublishedFlow(
        title="T",
        boxes=boxes,
        arrows=tuple(Arrow(start=one, end=other) for one, other in arrows),
        splits=tuple(splits),
        overlaps=tuple(overlaps),
    )


def holds(balance: Balance, values: Values) -> bool:
    left, right = (sum(map(values.__getitem__, side)) for side in (balance.left, balance.right))
    return left == right


def every_way(flow: PublishedFlow) -> list[Values]:
    """Fill the boxes, and those between them, in every way in which all balances hold."""
    held = balances(flow)
    used = [name for each in held for name in (*each.left, *each.right)]
    names = list(dict.fromkeys([*(box.id for box in flow.boxes), *used]))
    assume(len(names) <= 5)
    tried = (
        dict(zip(names, said, strict=True)) for said in product(range(MOST + 1), repeat=len(names))
    )
    return [values for values in tried if all(holds(each, values) for each in held)]


def same(said: Range, values: list[int]) -> bool:
    within = said.most is not None and said.most <= MOST
    return said.least == min(values) and (said.most == max(values) if within else True)


@pytest.mark.slow
@settings(max_examples=60)
@given(flows())
def test_repairs_are_all_smallest_sets_of_numbers_that_can_be_changed(flow: PublishedFlow) -> None:
    ways = every_way(flow)
    numbers = [(box.id, stated.count) for box in flow.boxes for stated in box.stated]

    def without(changed: tuple[int, ...]) -> list[Values]:
        kept = [each for place, each in enumerate(numbers) if place not in changed]
        return [values for values in ways if all(values[box] == count for box, count in kept)]

    size = next(
        size
        for size in range(len(numbers) + 1)
        if any(map(without, combinations(range(len(numbers)), size)))
    )
    expected = [each for each in combinations(range(len(numbers)), size) if without(each)]
    found = adding_up(flow)
    assert found.adds_up == (size == 0)
    assert found.complete
    told = sorted(
        sorted((change.number.box, change.number.stated.count) for change in repair)
        for repair in found.repairs
    )
    assert told == sorted(sorted(numbers[n] for n in each) for each in expected if each)
    for changed in expected if len(expected) == 1 else ():
        for change in (each for repair in found.repairs for each in repair):
            assert change.instead
            assert same(change.instead, [values[change.number.box] for values in without(changed)])
    for name, said in found.unknown.items():
        assert same(said, [values[name] for each in expected for values in without(each)])


@pytest.mark.slow
@settings(max_examples=60)
@given(flows())
def test_numbers_of_a_violation_cannot_all_be_right(flow: PublishedFlow) -> None:
    ways = every_way(PublishedFlow(title="T", boxes=flow.boxes))  # any numbers at all
    for violation in adding_up(flow).violations:
        left = [values for values in ways if _fits(violation.numbers, values)]
        between = [n for each in violation.balances for n in (*each.left, *each.right)]
        if not any(isinstance(name, Between) for name in between):
            assert not any(all(holds(b, v) for b in violation.balances) for v in left)
    failed = [each for each in adding_up(flow).violations if len(each.balances) == 1]
    for balance in balances(flow):
        counts = {box.id: [each.count for each in box.stated] for box in flow.boxes}
        names = [name for name in (*balance.left, *balance.right) if isinstance(name, str)]
        if len(names) < len(balance.left) + len(balance.right):
            continue
        for said in product(*(counts[name] for name in names)):
            values: Values = dict(zip(names, said, strict=True))
            if not holds(balance, values):
                assert any(balance in each.balances for each in failed)


def too_much(side: Sequence[str | Between], other: Sequence[str | Between], said: Values) -> bool:
    """Whether what is known of one side is more than all of the other, of which all is known."""
    known = sum(said.get(name, 0) for name in side)
    return all(name in said for name in other) and known > sum(said[name] for name in other)


@pytest.mark.slow
@settings(max_examples=150)
@given(flows())
def test_each_balance_that_fails_by_itself_is_told_by_itself(flow: PublishedFlow) -> None:
    """Also where a box in it has no number, which then plays no part."""
    counts = {box.id: sorted({each.count for each in box.stated}) for box in flow.boxes}
    told = [each for each in adding_up(flow).violations if len(each.balances) == 1]
    for balance in balances(flow):
        names = [name for name in (*balance.left, *balance.right) if counts.get(str(name))]
        for numbers in product(*(counts[str(name)] for name in names)):
            said: Values = dict(zip(names, numbers, strict=True))
            if too_much(balance.left, balance.right, said) or too_much(
                balance.right, balance.left, said
            ):
                wanted = {(str(name), count) for name, count in said.items()}
                assert any(
                    each.balances == (balance,)
                    and {(one.box, one.stated.count) for one in each.numbers} >= wanted
                    for each in told
                )


def _fits(numbers: tuple[Number, ...], values: Values) -> bool:
    return all(values[each.box] == each.stated.count for each in numbers)


def test_a_balance_that_fails_by_what_is_known_of_it_is_told_with_these_numbers_only() -> None:
    """What is unknown on one side can only add to it."""
    boxes = [("whole", 3), ("part", 5), ("rest", "unknown"), ("far", 2), ("end", 2)]
    flow = PublishedFlow(
        title="T",
        boxes=tuple(PublishedBox(id=name, label=name, count=n) for name, n in boxes),  # type: ignore[arg-type]
        arrows=(Arrow(start="far", end="end"),),
        splits=(Division(of="whole", parts=("part", "rest")),),
        overlaps=(),
    )
    (violation,) = adding_up(flow).violations
    assert [(each.box, each.stated.count) for each in violation.numbers] == [
        ("whole", 3),
        ("part", 5),
    ]
    (balance,) = violation.balances
    assert (balance.left, balance.right) == (("whole",), ("part", "rest"))


def test_what_an_unknown_part_can_make_up_for_is_no_violation() -> None:
    for part, violations in ((3, 0), (4, 1)):
        boxes = {"whole": 3, "part": part, "rest": "unknown"}
        flow = PublishedFlow(
            title="T",
            boxes=tuple(
                PublishedBox(id=name, label=name, count=n)  # type: ignore[arg-type]
                for name, n in boxes.items()
            ),
            arrows=(),
            splits=(Division(of="whole", parts=("part", "rest")),),
            overlaps=(),
        )
        assert len(adding_up(flow).violations) == violations
