"""Merged answers: order plays no part, nothing is overwritten, and numbers add up."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies.answers import INVITED, QUESTIONNAIRE, answers, put_together, said

from kiamv_cli.survey import characterise, load_answers
from kiamv_cli.survey.model.answers import ORIGINS, SURVEY_ONLY, Answers, SourcedAnswer
from kiamv_cli.survey.model.characterise import Base
from kiamv_cli.survey.reading.answers import answers_text

ORDERS = st.randoms(use_true_random=False)


@pytest.mark.slow
@given(
    st.lists(said(), max_size=14).flatmap(
        lambda all_of: st.tuples(st.just(all_of), st.permutations(all_of))
    )
)
def test_the_order_of_files_and_rows_plays_no_part(
    both: tuple[list[SourcedAnswer], list[SourcedAnswer]],
) -> None:
    one, other = (put_together(each) for each in both)
    assert one == other
    assert {*one.said()} == {*both[0]}


@pytest.mark.slow
@given(st.lists(said(SURVEY_ONLY), max_size=10), st.lists(said(("interview", "desk")), max_size=10))
def test_an_interview_fills_a_gap_and_never_overwrites(
    survey: list[SourcedAnswer], others: list[SourcedAnswer]
) -> None:
    alone, both = put_together(survey), put_together([*survey, *others])
    for name, question in product(INVITED, QUESTIONNAIRE.by_id):
        cell = alone.cells.get(name, {}).get(question)
        if cell:
            assert both.options(name, question) == cell.options()
            assert both.options(name, question, SURVEY_ONLY) == cell.options()
        else:
            heard = {
                each.options
                for each in others
                if (each.ecosystem, each.question) == (name, question)
            }
            assert both.options(name, question) in {None, *heard}


@pytest.mark.slow
@given(answers())
def test_whatever_differs_from_what_counts_is_listed(merged: Answers) -> None:
    listed = {each for cell in merged.contradictions for each in cell.contradicting}
    for each in merged.said():
        kept = merged.options(each.ecosystem, each.question)
        if kept is not None and not {*each.options} <= {*kept}:
            assert each in listed
        if kept == each.options:
            assert each not in listed


@pytest.mark.slow
@given(answers(), st.sampled_from(get_args(Base)))
def test_counts_are_those_of_counting_by_hand(merged: Answers, base: Base) -> None:
    profile = characterise(merged, QUESTIONNAIRE, base)
    assert {*profile.unanswered} | {each.question.id for each in profile.questions} == {
        "area",
        "themes",
    }
    for each in profile.questions:
        for origins, basis in ((SURVEY_ONLY, each.survey), (ORIGINS, each.supplemented)):
            given_here = [merged.options(name, each.question.id, origins) for name in INVITED]
            known = [options for options in given_here if options is not None]
            assert basis.answered == len(known)
            assert basis.answered + basis.missing == basis.invited == len(INVITED)
            assert basis.chose == len([options for options in known if options])
            assert basis.chose <= basis.answered <= basis.asked <= basis.invited
            assert basis.answered + basis.contested <= basis.asked
            for one in each.characteristics:
                part = one.survey if origins == SURVEY_ONLY else one.supplemented
                wanted = (
                    sum(one.id in options for options in known)
                    if one.kind == "option"
                    else sum(len(options) >= 2 for options in known)
                )
                assert part.count == wanted <= part.base


@pytest.mark.slow
@given(answers())
def test_the_bounds_are_the_least_and_most_of_every_way_to_complete_the_answers(
    merged: Answers,
) -> None:
    for each in characterise(merged, QUESTIONNAIRE).questions:
        options = [merged.options(name, each.question.id) for name in INVITED]
        for one in each.characteristics:
            if one.kind == "tally":
                continue
            ways = product(*((False, True) if o is None else (one.id in o,) for o in options))
            shares = [Fraction(sum(way), len(INVITED)) for way in ways]
            assert one.supplemented.bounds == (min(shares), max(shares))


@pytest.mark.slow
@given(merged=answers())
def test_the_hash_is_that_which_the_file_states(
    tmp_path_factory: pytest.TempPathFactory, merged: Answers
) -> None:
    place = tmp_path_factory.mktemp("answers") / "answers.yaml"
    place.write_text(answers_text(merged), encoding="utf-8")
    text = place.read_text(encoding="utf-8")
    assert merged.sha256 in text
    if "food, water" not in text:  # which is no id
        assert load_answers(place).sha256 == merged.sha256
    assert replace(merged, title=f"{merged.title}.").sha256 != merged.sha256
    assert replace(merged, made_up=not merged.made_up).sha256 != merged.sha256
