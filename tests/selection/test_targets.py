from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from typing import TYPE_CHECKING

import pytest

from kiamv_cli import load_criteria, load_longlist
from kiamv_cli.longlist.model.longlist import Ecosystem
from kiamv_cli.programme.model.attributes import Category
from kiamv_cli.programme.model.dimensions import Dimension
from kiamv_cli.scoring.model.dimensions import Dimensions
from kiamv_cli.selection.model.spread import rule_for, targets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiamv_cli.selection.model.spread import TargetRule

DIMENSION = Dimension(
    id="provinces",
    label={"en": "Provinces"},
    categories=(
        Category(id="A", label={"en": "A"}, population=1),
        Category(id="B", label={"en": "B"}, population=3),
    ),
)
COARSER = Dimension(
    id="parts",
    label={"en": "Parts"},
    categories=(Category(id="all", label={"en": "All"}), Category(id="none", label={"en": "None"})),
    of="provinces",
    groups={"all": ("A", "B"), "none": ("C",)},
)
THREE = replace(
    DIMENSION,
    categories=(*DIMENSION.categories, Category(id="C", label={"en": "C"}, population=4)),
)


def listing(*provinces: str) -> Ecosystem:
    return Ecosystem(id="x", name="X", provinces=provinces, themes=("t",))


def divided(
    rule: TargetRule | dict[str, F],
    ecosystems: Sequence[Ecosystem],
    size: int,
    *others: Dimension,
    of: str = "provinces",
) -> dict[str, F]:
    spread_over = {each.id: each for each in (DIMENSION, *others)}
    programme = replace(load_criteria(), dimensions=spread_over)
    dimensions = Dimensions(programme, lambda: load_longlist().longlist, 2020)
    return targets({"provinces": rule}, of, dimensions, ecosystems, size)


def test_even_gives_each_category_the_same() -> None:
    assert divided("even", [], 5) == {"A": F(5, 2), "B": F(5, 2)}


def test_longlist_follows_the_seats_of_the_list_itself() -> None:
    ecosystems = [listing("A"), listing("A", "B"), listing("A")]
    assert divided("longlist", ecosystems, 6) == {"A": 5, "B": 1}


def test_population_follows_inhabitants() -> None:
    assert divided("population", [], 10) == {"A": F(5, 2), "B": F(15, 2)}


def test_shares_of_ones_own_are_scaled_and_what_is_left_out_gets_none() -> None:
    assert divided({"B": F(7)}, [], 4) == {"A": 0, "B": 4}


def test_shares_that_are_all_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="add up to 0"):
        divided({"A": F(0)}, [], 4)


def test_population_needs_figures() -> None:
    bare = Dimension(id="themes", label={}, categories=(Category(id="t", label={}),))
    programme = replace(load_criteria(), dimensions={"themes": bare})
    dimensions = Dimensions(programme, lambda: load_longlist().longlist, 2020)
    with pytest.raises(ValueError, match="the population of t"):
        targets({"themes": "population"}, "themes", dimensions, [], 4)


def test_groups_get_what_their_parts_get() -> None:
    """The targets of a coarser dimension are the sums of those of its categories."""
    ecosystems = [listing("A"), listing("B", "C"), listing("C")]
    for rule in ("even", "longlist", "population", {"A": F(1), "C": F(2)}):
        fine = divided(rule, ecosystems, 8, THREE, COARSER)
        coarse = divided(rule, ecosystems, 8, THREE, COARSER, of="parts")
        assert coarse == {"all": fine["A"] + fine["B"], "none": fine["C"]}


def test_groups_may_have_a_rule_of_their_own() -> None:
    both = {"provinces": DIMENSION, "parts": COARSER}
    assert rule_for({"provinces": "longlist", "parts": "even"}, "parts", both) == "even"
    assert rule_for({"provinces": "longlist"}, "parts", both) == "longlist"
    assert rule_for({"provinces": {"A": F(1)}}, "parts", both) == {
        "all": F(1),
        "none": F(0),
    }
