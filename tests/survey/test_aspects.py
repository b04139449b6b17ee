"""Statements counted once per ecosystem, against a count by hand and one by brute force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import Path as ZipPath
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiamv_cli import load_criteria
from kiamv_cli.formats.package_data import bundled
from kiamv_cli.survey import aspects, load_codebook, load_interviews
from kiamv_cli.survey.model.aspects import STANCES
from kiamv_cli.survey.model.questionnaire import Interview, Stance, Statement
from kiamv_cli.survey.reading.questionnaire import load_codebook as read_codebook

FOLDER = Path(__file__).parent.parent / "examples" / "interviews"
CODEBOOK = load_codebook()
SUB_ASPECTS = tuple(CODEBOOK.sub_aspects)


def test_the_codebook_is_that_of_the_study() -> None:
    assert len(CODEBOOK.aspects) == 5
    new = [each.id for each in CODEBOOK.sub_aspects.values() if each.from_interviews]
    assert (len(SUB_ASPECTS), new) == (17, ["3e", "3f", "5e"])
    for each in CODEBOOK.sub_aspects.values():
        assert each.label["nl"] != each.label["en"]
        assert each.when["nl"] != each.when["en"]
        assert (each.line is None) == each.from_interviews
        assert each.findings


def test_a_codebook_is_no_part_of_the_criteria(tmp_path: Path) -> None:
    for place in bundled("criteria").iterdir():
        if place.is_file():
            (tmp_path / place.name).write_bytes(place.read_bytes())
    assert load_criteria(tmp_path) == load_criteria()


def test_a_codebook_from_a_zip_file(tmp_path: Path) -> None:
    text = (bundled("criteria") / "survey" / "aspects.yaml").read_bytes()
    with ZipFile(tmp_path / "data.zip", "w") as archive:
        archive.writestr("criteria/survey/aspects.yaml", text)
    with ZipFile(tmp_path / "data.zip") as archive:
        assert read_codebook(ZipPath(archive, "criteria/")) == CODEBOOK


def test_four_interviews_counted_by_hand() -> None:
    found = aspects(load_interviews(FOLDER))
    assert found.made_up
    assert found.base == ("alder", "birch", "cedar")
    conflict = found.naming("3a", "bottleneck")
    # Twice by each, but each is one ecosystem.
    assert (conflict.by, conflict.disputed, len(conflict.said)) == (("alder", "birch"), (), 4)
    assert [each.sub_aspect for each in found.most_named()] == ["3a", "5e"]
    # Two coders agree on it, so it is said in two places by two ecosystems.
    assert len(found.naming("5e", "bottleneck").places) == 2
    assert [(each.ecosystem, bool(each.disputed)) for each in found.passages] == [
        ("alder", False),
        ("alder", True),
        ("birch", True),
    ]


def test_what_coders_dispute_counts_at_most() -> None:
    found = aspects(load_interviews(FOLDER))
    factor = found.naming("1b", "success-factor")
    assert (factor.count, factor.most, factor.disputed) == (0, 1, ("alder",))
    # On which sub-aspect it was they agree, whatever its stance.
    assert found.naming("1b", None).by == ("alder",)
    assert found.naming("3c", None).by == ()
    assert [each.sub_aspect for each in found.may_be_most_named("success-factor")] == ["1b"]
    assert found.most_named("question") == ()
    assert [each.sub_aspect for each in found.may_be_most_named("question")] == ["3c", "3e"]


statements = st.builds(
    Statement,
    sub_aspect=st.sampled_from(SUB_ASPECTS[:3]),
    stance=st.sampled_from(STANCES),
    text=st.just("said"),
    at=st.sampled_from(["l. 1-2", "l. 1–2", "l. 3"]),
    coded_by=st.sampled_from([None, "one", "two"]),
)
interviews = st.builds(
    Interview,
    ecosystem=st.sampled_from(["a", "b", "c"]),
    date=st.just(date(2020, 9, 1)),
    interviewers=st.just(("i",)),
    coded_by=st.just("one"),
    statements=st.lists(statements, max_size=6).map(tuple),
)


def apart(said: list[Interview]) -> list[Interview]:
    """The same as interviews on days of their own."""
    return [replace(each, date=date(2020, 9, 1 + day)) for day, each in enumerate(said)]


def coded(coder: str, *codes: tuple[str, str, Stance], day: int = 1) -> Interview:
    """A file of one coder: place, sub-aspect and stance of each statement."""
    return Interview(
        ecosystem="a",
        date=date(2020, 9, day),
        interviewers=(f"with {coder}",),
        coded_by=coder,
        statements=tuple(
            Statement(sub_aspect=sub_aspect, stance=stance, text="said", at=at)
            for at, sub_aspect, stance in codes
        ),
        file=f"{coder}.yaml",
    )


ONE, TWO = SUB_ASPECTS[:2]
B: Stance = "bottleneck"
S: Stance = "success-factor"


def test_two_files_of_one_interview_are_two_readings_of_it() -> None:
    first = coded("anna", ("l. 1", ONE, B), ("l. 2", ONE, S), ("l. 9-12", TWO, B))
    second = coded("bram", ("l. 1", ONE, B), ("l. 2", TWO, S), ("l. 9-13", TWO, B))
    found = aspects([first, second])
    assert [each.readers for each in found.interviews] == [
        (("anna", "anna.yaml"), ("bram", "bram.yaml"))
    ]
    assert found.interviews[0].interviewers == ("with anna", "with bram")
    # What both gave counts once, at the same place or at places of their own.
    assert (found.naming(ONE, B).by, len(found.naming(ONE, B).places)) == (("a",), 1)
    assert found.naming(TWO, B).by == ("a",)
    # What only one of them gave is disputed.
    for name in (ONE, TWO):
        assert (found.naming(name, S).by, found.naming(name, S).disputed) == ((), ("a",))
    (disputed,) = (each for each in found.passages if each.disputed)
    assert (disputed.at, disputed.files) == ("l. 2", {"anna": "anna.yaml", "bram": "bram.yaml"})


def test_what_a_second_reader_passes_over_is_disputed() -> None:
    found = aspects([coded("anna", ("l. 1", ONE, B), ("l. 5", TWO, S)), coded("bram")])
    for name, stance in ((ONE, B), (TWO, S), (ONE, None), (TWO, None)):
        assert found.naming(name, stance).by == ()
        assert found.naming(name, stance).most == 1
    assert [dict(each.codes)["bram"] for each in found.passages] == [frozenset(), frozenset()]


def test_a_code_given_elsewhere_does_not_stand_for_one_that_was_disputed() -> None:
    first = coded("anna", ("l. 1", ONE, B))
    second = coded("bram", ("l. 1", ONE, S), ("l. 7", ONE, B))
    found = aspects([first, second])
    assert (found.naming(ONE, B).by, found.naming(ONE, S).by) == ((), ())
    # Both saw the sub-aspect at line 1.
    assert found.naming(ONE, None).by == ("a",)


def test_another_day_is_another_interview_and_the_same_coder_no_second_reading() -> None:
    first = coded("anna", ("l. 1", ONE, B))
    found = aspects([first, coded("bram", ("l. 1", ONE, S), day=2)])
    assert (len(found.interviews), found.passages) == (2, ())
    assert (found.naming(ONE, B).by, found.naming(ONE, S).by) == (("a",), ("a",))
    found = aspects([first, coded("ANNA ", ("l. 3", TWO, S))])
    assert (len(found.interviews), found.passages) == (1, ())
    assert found.naming(TWO, S).by == ("a",)


@pytest.mark.slow
@given(st.lists(interviews, max_size=5).map(apart))
@settings(max_examples=150, deadline=None)
def test_counts_are_those_of_going_through_every_interview(said: list[Interview]) -> None:
    found = aspects(said)
    assert found.base == tuple(sorted({each.ecosystem for each in said}))
    for naming in found.namings:
        sure, any_ = set(), set()
        for interview in said:
            for place in ("l. 1-2", "l. 3"):
                by_coder: dict[str, set[bool]] = {}
                for each in interview.statements:
                    if each.at.replace("–", "-") == place:
                        holds = each.sub_aspect == naming.sub_aspect
                        holds &= naming.stance in {None, each.stance}
                        by_coder.setdefault(each.coded_by or "one", set()).add(holds)
                votes = [True in given for given in by_coder.values()]
                if any(votes):
                    any_.add(interview.ecosystem)
                if votes and all(votes):
                    sure.add(interview.ecosystem)
        assert set(naming.by) == sure
        assert set(naming.by) | set(naming.disputed) == any_
        assert naming.count <= naming.most <= len(found.base)


@pytest.mark.slow
@given(st.lists(interviews, max_size=5))
@settings(max_examples=100, deadline=None)
def test_neither_order_nor_repetition_changes_a_count(said: list[Interview]) -> None:
    once = {(each.sub_aspect, each.stance): each.by for each in aspects(said).namings}
    turned = [replace(each, statements=each.statements[::-1]) for each in said[::-1]]
    again = aspects([*turned, *said])
    assert {(each.sub_aspect, each.stance): each.by for each in again.namings} == once


@pytest.mark.slow
@given(st.lists(interviews, max_size=5))
@settings(max_examples=100, deadline=None)
def test_the_most_named_are_all_with_the_highest_count(said: list[Interview]) -> None:
    found = aspects(said)
    for stance in (None, *STANCES):
        among = [each for each in found.namings if each.stance in ({stance} if stance else STANCES)]
        most = max(each.count for each in among)
        first = found.most_named(stance)
        assert list(first) == [each for each in among if most and each.count == most]
        for each in found.may_be_most_named(stance):
            assert each not in first
            assert each.most >= max(most, 1)
