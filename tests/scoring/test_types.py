"""Types of ecosystems: by facts, by answers, at least and unknown; nothing unknown is counted."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction as F
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies.longlist import longlists

from kiamv_cli import load_criteria, load_longlist
from kiamv_cli.base.problem import BadInput
from kiamv_cli.formats.package_data import bundled
from kiamv_cli.longlist.model.longlist import Ecosystem, Lead
from kiamv_cli.programme.model.facts import SIDES, LifeDomain, Partner, Partners
from kiamv_cli.programme.reading.types import load_types
from kiamv_cli.scoring.model.types import classify, typed

if TYPE_CHECKING:
    from pathlib import Path

    from kiamv_cli.longlist.model.longlist import Longlist

DIMENSIONS = {each.id: each for each in load_types(bundled("criteria"))}
YEAR = 2020
PROGRAMME = load_criteria()
BASE: dict[str, Any] = {"id": "x", "name": "X", "provinces": ("NL-GR",), "themes": ("energy",)}


@dataclass(frozen=True)
class Said:
    said: dict[tuple[str, str], tuple[str, ...]]
    made_up: bool = False

    def options(self, ecosystem: str, question: str, /) -> tuple[str, ...] | None:
        return self.said.get((ecosystem, question))


def ecosystem(**more: Any) -> Ecosystem:  # noqa: ANN401 - fields of an ecosystem
    return Ecosystem(**{**BASE, **more})


def partners(**sides: int | None) -> Partners:
    return Partners(
        **{
            side: None if n is None else tuple(Partner(name=f"{side} {i}") for i in range(n))
            for side, n in sides.items()
        }
    )


@pytest.mark.parametrize(
    ("dimension", "of", "expected"),
    [
        ("area", {"scope": "national"}, ("several-provinces",)),
        ("area", {"scope": "municipal"}, ("within-province",)),
        ("area", {}, None),
        ("term", {"end_date": "open"}, ("no-end-date",)),
        ("term", {"end_date": 2030}, ("end-date",)),
        ("term", {}, None),
        ("initiator", {"lead": Lead(who="A", kind="research")}, ("knowledge",)),
        ("number-of-themes", {}, ("one",)),
        ("number-of-themes", {"themes": ("energy", "health")}, ("several",)),
        ("life-domains", {}, None),
        ("life-domains", {"life_domains": ()}, ()),
        (
            "life-domains",
            {
                "life_domains": (
                    LifeDomain(domain="living"),
                    LifeDomain(domain="housing", since=2021),
                )
            },
            ("living",),
        ),
        ("dominant", {"partners": partners(industry=2, research=1)}, ("business",)),
        ("dominant", {"partners": partners(industry=1, research=1)}, ("none",)),
        ("dominant", {"partners": partners(industry=3)}, None),
        ("citizens", {}, None),
    ],
)
def test_a_type_by_facts(
    dimension: str, of: dict[str, Any], expected: tuple[str, ...] | None
) -> None:
    assert typed(ecosystem(**of), DIMENSIONS[dimension], YEAR).categories == expected


def test_the_helix_is_known_only_where_no_further_partner_could_change_it() -> None:
    """Against every way in which the sides that are not known may turn out."""
    helix = DIMENSIONS["helix"]
    for numbers in product((None, 0, 1), repeat=4):
        sides = dict(zip(SIDES, numbers, strict=True))
        found = typed(ecosystem(partners=partners(**sides)), helix, YEAR)
        ways = {
            typed(ecosystem(partners=partners(**dict(zip(SIDES, full, strict=True)))), helix, YEAR)
            for full in product((0, 1), repeat=4)
            if all(n in {None, f} for n, f in zip(numbers, full, strict=True))
        }
        outcomes = {way.categories for way in ways}
        assert found.categories == (outcomes.pop() if len(outcomes) == 1 else None)
        if found.at_least:
            assert found.at_least in {way.categories for way in ways}


def test_sides_that_are_listed_are_certain_though_others_are_not_known() -> None:
    found = typed(ecosystem(partners=partners(industry=1, research=0)), DIMENSIONS["sides"], YEAR)
    assert (found.categories, found.at_least) == (None, ("industry",))


def test_an_answer_comes_before_the_facts() -> None:
    one = ecosystem(scope="municipal", lead=Lead(who="A", kind="business"))
    said = Said({("x", "area"): ("several-provinces",), ("x", "initiator"): ("municipality",)})
    by_answer = typed(one, DIMENSIONS["area"], YEAR, said)
    assert (by_answer.categories, by_answer.basis) == (("several-provinces",), "answers")
    assert typed(one, DIMENSIONS["initiator"], YEAR, said).categories == ("government",)
    assert typed(one, DIMENSIONS["scope"], YEAR, said).basis == "facts"


def test_none_of_the_options_is_an_answer() -> None:
    found = typed(ecosystem(), DIMENSIONS["barriers"], YEAR, Said({("x", "barriers"): ()}))
    assert (found.categories, found.basis) == ((), "answers")


@pytest.mark.slow
@given(longlists(), st.sampled_from(sorted(DIMENSIONS)), st.sampled_from(sorted(DIMENSIONS)))
def test_every_ecosystem_is_counted_and_nothing_unknown(
    longlist: Longlist, first: str, second: str
) -> None:
    found = classify(longlist, PROGRAMME, [DIMENSIONS[first], DIMENSIONS[second]])
    everyone = sorted(each.id for each in longlist.ecosystems)
    for types in found.by:
        assert sorted([*types.known, *types.unknown]) == everyone
        if types.dimension.answer == "single":
            inside = [name for each in types.dimension.categories for name in types.of(each.id)]
            assert len(inside) == len(set(inside))
            assert set(inside) <= set(types.known)
        for each in types.dimension.categories:
            bounds = types.bounds(each.id)
            if bounds:
                low, high = bounds
                assert F(len(types.of(each.id)), len(everyone)) <= low <= high <= 1
    rows, columns = found.by
    if rows.dimension.answer == columns.dimension.answer == "single" and not any(
        each.categories == () for types in found.by for each in types.typed
    ):
        cells = [found.cell(row, column) for row in rows.parts() for column in columns.parts()]
        assert sorted(name for cell in cells for name in cell) == everyone


def test_the_bundled_list_by_hand() -> None:
    longlist = load_longlist().longlist
    (term,) = classify(longlist, PROGRAMME, [DIMENSIONS["term"]]).by
    dated = [each.id for each in longlist.ecosystems if isinstance(each.end_date, int)]
    assert list(term.of("end-date")) == dated
    assert term.share("end-date") == F(7, 8)
    assert term.bounds("end-date") == (F(7, 60), F(59, 60))


def test_every_dimension_that_the_bundled_facts_settle_is_settled() -> None:
    found = classify(load_longlist().longlist, PROGRAMME, [*DIMENSIONS.values()])
    by_facts = {types.dimension.id for types in found.by if types.known}
    assert by_facts >= {"area", "scope", "helix", "sides", "dominant", "initiator", "themes"}
    assert "citizens" not in by_facts


def test_a_programme_without_dimensions_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"types\.yaml: K101 this programme has no dimensions"):
        load_types(tmp_path)
