"""Groups with options that overlap: every way in which people could have answered is tried."""

from __future__ import annotations

from functools import cache
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies.answers import options

from kiamv_cli.survey import crosstabs
from kiamv_cli.survey.model.answers import Answers, SourcedAnswer, merge
from kiamv_cli.survey.model.questionnaire import Question, Questionnaire

if TYPE_CHECKING:
    from kiamv_cli.survey.model.crosstab import CrossTab

INVITED = ("alder", "birch", "cedar", "dogwood", "elder")
AREA = Question(id="area", wording={"en": "Area"}, kind="single", options=options("one", "several"))
THEMES = Question(
    id="themes", wording={"en": "Themes"}, kind="multiple", options=options("energy", "health")
)
ASKED = Questionnaire(id="small", label={"en": "Small"}, questions=(AREA, THEMES))
# What one respondent can have answered to both questions; None is no answer.
AREAS = (("one",), ("several",), None)
GIVEN = ((), ("energy",), ("health",), ("energy", "health"), None)
STATES = tuple(product(AREAS, GIVEN))
World = tuple[int, ...]


@cache
def worlds(people: int = len(INVITED)) -> list[World]:
    """The states of all respondents, who are told apart by nothing else."""
    return [*combinations_with_replacement(range(len(STATES)), people)]


def answers_of(world: World) -> Answers:
    said = [
        SourcedAnswer(
            ecosystem=name,
            question=question,
            options=given_,
            origin="survey",
            file="a",
            at=str(place),
        )
        for place, (name, state) in enumerate(zip(INVITED, world, strict=False))
        for question, given_ in zip(("area", "themes"), STATES[state], strict=True)
        if given_ is not None
    ]
    return Answers(
        title="Test",
        questionnaire="small",
        invited=INVITED[: len(world)],
        took_part={"survey": INVITED[: len(world)]},
        cells=merge(said, INVITED[: len(world)], ("area", "themes")),
    )


@cache
def table_of(world: World) -> tuple[int, ...]:
    """The cells of the table in a world: each option, then no answer, by groups."""
    states = [STATES[each] for each in world]
    yes = [
        sum(area == group and option in (given_ or ()) for area, given_ in states)
        for option in THEMES.option_ids
        for group in AREAS
    ]
    return (*yes, *(sum(a == group and g is None for a, g in states) for group in AREAS))


@cache
def totals_of(world: World) -> tuple[int, ...]:
    cells = table_of(world)
    sizes = (sum(STATES[each][0] == group for each in world) for group in AREAS)
    return (*(sum(cells[at : at + 3]) for at in (0, 3, 6)), *sizes)


def shown(table: CrossTab) -> tuple[int | None, ...]:
    return (*(cell for row in table.rows for cell in row.cells), *table.unanswered)


@cache
def tables_alike(totals: tuple[int, ...], people: int) -> frozenset[tuple[int, ...]]:
    """All tables that have these totals."""
    return frozenset(table_of(each) for each in worlds(people) if totals_of(each) == totals)


def check(world: World, least: int) -> None:
    tables = crosstabs(answers_of(world), ASKED, "area", least).tables
    if not tables:
        return
    seen = shown(tables[0])
    alike = tables_alike(totals_of(world), len(world))
    fitting = [
        each
        for each in alike
        if all(c is None or c == true for c, true in zip(seen, each, strict=True))
    ]
    assert table_of(world) in fitting
    for at, cell in enumerate(seen):
        assert cell is None or not 0 < cell < least
        if cell is None:
            by_totals = {each[at] for each in alike}
            # What the totals alone tell cannot be kept from anybody who knows them.
            assert len({each[at] for each in fitting}) > 1 or len(by_totals) == 1, (world, at)


@pytest.mark.slow
@settings(max_examples=80)
@given(st.sampled_from(range(len(worlds()))), st.integers(2, 3))
def test_no_cell_that_is_left_out_follows_from_all_that_is_shown(place: int, least: int) -> None:
    check(worlds()[place], least)


@pytest.mark.slow
@pytest.mark.parametrize("least", [2, 3])
@pytest.mark.parametrize("people", [1, 2, 3, 4])
def test_it_is_so_for_every_way_in_which_a_few_people_can_answer(people: int, least: int) -> None:
    for world in worlds(people):
        check(world, least)
