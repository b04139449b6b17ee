from __future__ import annotations

from fractions import Fraction as F

import pytest

from kiamv_cli.longlist.model.longlist import Ecosystem
from kiamv_cli.programme.model.attributes import Category
from kiamv_cli.programme.model.dimensions import Dimension
from kiamv_cli.selection.model.spread import targets

DIMENSION = Dimension(
    id="provinces",
    label={"en": "Provinces"},
    categories=(
        Category(id="A", label={"en": "A"}, population=1),
        Category(id="B", label={"en": "B"}, population=3),
    ),
)


def listing(*provinces: str) -> Ecosystem:
    return Ecosystem(id="x", name="X", provinces=provinces, themes=("t",))


def test_even_gives_each_category_the_same() -> None:
    assert targets("even", DIMENSION, [], 5, 2020) == {"A": F(5, 2), "B": F(5, 2)}


def test_longlist_follows_the_seats_of_the_list_itself() -> None:
    ecosystems = [listing("A"), listing("A", "B"), listing("A")]
    assert targets("longlist", DIMENSION, ecosystems, 6, 2020) == {"A": 5, "B": 1}


def test_population_follows_inhabitants() -> None:
    assert targets("population", DIMENSION, [], 10, 2020) == {"A": F(5, 2), "B": F(15, 2)}


def test_shares_of_ones_own_are_scaled_and_what_is_left_out_gets_none() -> None:
    assert targets({"B": F(7)}, DIMENSION, [], 4, 2020) == {"A": 0, "B": 4}


def test_shares_that_are_all_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="add up to 0"):
        targets({"A": F(0)}, DIMENSION, [], 4, 2020)


def test_population_needs_figures() -> None:
    bare = Dimension(id="themes", label={}, categories=(Category(id="t", label={}),))
    with pytest.raises(ValueError, match="the population of t"):
        targets("population", bare, [], 4, 2020)
