"""Bases of printed percentages, and the fewest that explain them, against trying everything."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.printed import all_smallest_sets, counts_of, printed

from kiamv_cli.audits.model.bases import (
    Reading,
    Rounding,
    fit,
    fits,
    prints_as,
    share,
    smallest_sets,
)
from kiamv_cli.audits.model.reported import Figure, Percentage

BY: dict[Rounding, tuple[str, ...]] = {
    "nearest": ("half-up", "half-even"),
    "half-up": ("half-up",),
    "half-even": ("half-even",),
    "down": ("down",),
}
roundings = st.sampled_from(sorted(BY))


def figure(text: str, *, about: bool = False) -> Figure:
    whole, _, decimals = text.removesuffix("%").partition(".")
    value = Percentage(text=text, value=F(f"{whole}.{decimals or 0}"), decimals=len(decimals))
    return Figure(id="f", value=value, about=about, of="all", question="q", option="o")


@pytest.mark.slow
@given(st.integers(0, 10_100), st.integers(0, 2), st.integers(1, 60), roundings)
@settings(max_examples=200, deadline=None)
def test_bases_are_those_found_by_trying_every_count(
    hundredths: int, decimals: int, base: int, rounding: Rounding
) -> None:
    whole = hundredths * 10**decimals // 100
    digits = f"{Decimal(whole).scaleb(-decimals)}%"
    reading = Reading(bases=(base,), rounding=rounding)
    found = fit(figure(digits), base, reading)
    assert set(found.counts if found else ()) == counts_of(digits, base, decimals, BY[rounding])


@pytest.mark.slow
@given(st.data(), st.integers(1, 300), st.integers(0, 3), roundings)
@settings(max_examples=200, deadline=None)
def test_whatever_is_printed_of_a_base_can_be_a_share_of_it(
    data: st.DataObject, base: int, decimals: int, rounding: Rounding
) -> None:
    count = data.draw(st.integers(0, base))
    text = printed(count, base, decimals, data.draw(st.sampled_from(BY[rounding])))
    one = figure(text)
    found = fit(one, base, Reading(bases=(base,), rounding=rounding))
    assert found is not None
    assert count in found.counts
    assert prints_as(share(count, base), one.value, rounding)


@given(st.integers(0, 100), st.integers(1, 60))
@settings(max_examples=150, deadline=None)
def test_a_tie_is_where_no_count_comes_out_by_both_rules(percent: int, base: int) -> None:
    text = f"{percent}%"
    up, even = (counts_of(text, base, 0, [each]) for each in ("half-up", "half-even"))
    found = fit(figure(text), base, Reading(bases=(base,)))
    assert (found is not None) == bool(up | even)
    assert (found is not None and found.tie) == bool(up | even and not up & even)


@pytest.mark.parametrize(
    ("percent", "tie"), [("63%", True), ("62%", True), ("38%", False), ("13%", True), ("12%", True)]
)
def test_ties_of_sixteen(percent: str, *, tie: bool) -> None:
    found = fit(figure(percent), 16, Reading(bases=(16,)))
    assert found is not None
    assert found.tie == tie


@given(st.integers(0, 100), st.integers(1, 40), st.integers(0, 50))
@settings(max_examples=150, deadline=None)
def test_an_approximate_figure_may_be_off_by_so_much(percent: int, base: int, tenths: int) -> None:
    reading = Reading(bases=(base,), about=F(tenths, 10))
    found = fits(figure(f"{percent}%", about=True), reading)
    near = {k for k in range(base + 1) if abs(F(100 * k, base) - percent) <= F(tenths, 10)}
    assert {k for each in found for k in each.counts} == near


@pytest.mark.slow
@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.sets(st.integers(1, 9), min_size=1, max_size=4))
)
@settings(max_examples=200, deadline=None)
def test_the_smallest_sets_are_those_found_by_trying_every_set(
    bases_of: dict[str, set[int]],
) -> None:
    assert smallest_sets(bases_of) == (all_smallest_sets(bases_of) if bases_of else ())


@given(st.lists(st.integers(1, 12), min_size=1, max_size=12), st.integers(1, 12))
@settings(max_examples=100, deadline=None)
def test_a_figure_without_a_base_keeps_no_set_from_being_found(
    bases: list[int], other: int
) -> None:
    asked = {"one": set(bases), "none": set[int](), "other": {other}}
    assert smallest_sets(asked) == all_smallest_sets({"one": set(bases), "other": {other}})


@pytest.mark.slow
def test_every_whole_percentage_of_every_small_base() -> None:
    """All of them, since halves are rare among drawn ones."""
    for rounding, rules in BY.items():
        for base in range(1, 61):
            reading = Reading(bases=(base,), rounding=rounding)
            for percent in range(101):
                found = fit(figure(f"{percent}%"), base, reading)
                wanted = counts_of(f"{percent}%", base, 0, rules)
                assert set(found.counts if found else ()) == wanted, (percent, base, rounding)
