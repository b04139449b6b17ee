"""Seats, bounds and what is out of place, exactly."""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiamv_cli.selection.model.spread import bounds, out_of_place, spread


@pytest.mark.parametrize(
    ("target", "low", "high"),
    [
        (F(5), F(9, 2), F(11, 2)),
        (F(5, 3), F(1), F(2)),
        (F(0), F(0), F(1, 2)),
        (F(1, 4), F(0), F(1)),
        (F(1), F(1, 2), F(3, 2)),
    ],
)
def test_bounds_are_the_quota_rule_or_half_a_seat_around_a_whole(
    target: F, low: F, high: F
) -> None:
    assert bounds(target) == (low, high)


def test_a_negative_target_is_refused() -> None:
    with pytest.raises(ValueError, match="-1/2 seats is negative"):
        bounds(F(-1, 2))


def test_seats_are_shared_and_counted_against_the_bounds() -> None:
    members = [("east", "north", "south"), ("east",), ("east",), ("east", "south")]
    found = spread(members, {"south": F(1), "east": F(5, 3), "north": F(0), "west": F(4, 3)})
    assert [(one.id, one.seats, one.out_of_place) for one in found] == [
        ("south", F(5, 6), F(0)),
        ("east", F(17, 6), F(5, 6)),
        ("north", F(1, 3), F(0)),
        ("west", F(0), F(1)),
    ]
    assert out_of_place(found) == F(11, 6)


def test_a_category_without_a_target_is_refused() -> None:
    with pytest.raises(KeyError, match="west"):
        spread([("west",)], {"east": F(1)})


lists = st.lists(st.sampled_from("abcdef"), min_size=1, unique=True).map(tuple)


@given(st.lists(lists))
def test_seats_add_up_to_the_number_of_members(members: list[tuple[str, ...]]) -> None:
    found = spread(members, dict.fromkeys("abcdef", F(len(members), 6)))
    assert sum(one.seats for one in found) == len(members)
    assert out_of_place(found) == sum(one.out_of_place for one in found) >= 0
