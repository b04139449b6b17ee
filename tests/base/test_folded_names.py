"""Names of ecosystems, sources and people compare by one rule, wherever they are compared."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiamv_cli import load_criteria, score
from kiamv_cli.base.labels import folded
from kiamv_cli.flows.model import flow
from kiamv_cli.longlist.model.identity import nearest, spellings
from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist, Suggestion
from kiamv_cli.longlist.model.lookup import UnknownEcosystemError, contributions, find
from kiamv_cli.longlist.model.merging import merge
from kiamv_cli.selection.model.request import Request
from kiamv_cli.selection.model.shortlist import shortlist
from kiamv_cli.selection.solving.solver import HighsSolver
from kiamv_cli.survey.model.aspects import aspects
from kiamv_cli.survey.model.questionnaire import Codebook, Interview, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable

ALIKE = [
    ("Provincie Noord-Holland", "provincie  noord\u2013holland"),
    ("Provincie Noord-Holland", "Provincie Noord \u2010 Holland"),
    ("Provincie Noord-Holland", "\uff30rovincie\u00a0Noord\u2011Holland\u200b"),
    ("'s-Hertogenbosch", "\u2019S\u2212hertogenbosch"),
    ("Fryslân", "FRYSLA\u0302N"),
    ("Straße 5", "STRASSE\t5"),
    ("Innovatie Vallei", " innovatie\n vallei "),
]
DIFFERENT = [("Alder 1", "Alder 2"), ("Vallei Noord", "ValleiNoord"), ("Fryslân", "Fryslan")]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_names_that_people_would_call_the_same_are(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_names_that_differ_in_a_letter_a_digit_or_a_blank_are_not(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(name=st.text(max_size=12))
@example(name="\ufe31")
@example(name="\u0149")
@example(name="\u1fee a")
@example(name=" \u2013 -\u00ad- ")
def test_what_is_folded_stays_as_it_is(name: str) -> None:
    assert folded(folded(name)) == folded(name)
    assert folded(unicodedata.normalize("NFD", name)) == folded(name)


def test_a_name_goes_by_its_most_frequent_spelling() -> None:
    names = ["rom", "ROM", "Rom", "ROM", "desk"]
    assert spellings(names) == {"rom": "ROM", "desk": "desk"}
    assert spellings(reversed(names)) == spellings(names)
    assert spellings(["b B", "B b"]) == {"b b": "B b"}


def test_the_nearest_is_one_that_is_near() -> None:
    known = ["Stichting Innovatie Vallei", "Provinciedesk"]
    assert nearest("innovatie-vallei stichting", known) is None
    assert nearest("STICHTING INOVATIE VALLEI", known) == "Stichting Innovatie Vallei"


def listed(*by: Iterable[str], title: str = "List") -> Longlist:
    ecosystems = tuple(
        Ecosystem(
            id=f"e{n}",
            name=f"E\u2013{n}",
            provinces=("NL-GR",),
            themes=("energy",),
            suggested_by=tuple(Suggestion(by=name) for name in names),
        )
        for n, names in enumerate(by)
    )
    return Longlist(title=title, as_of=date(2026, 1, 1), ecosystems=ecosystems)


SOURCES = (["Provincie-desk"], ["provincie\u2011desk", "ROM"], ["PROVINCIE-DESK", "Provincie-desk"])


def test_a_source_counts_once_however_it_was_typed() -> None:
    found = contributions(listed(*SOURCES), {"e2"})
    assert [(each.by, each.brought, each.alone) for each in found.sources] == [
        ("Provincie-desk", ("e0", "e1", "e2"), ("e0", "e2")),
        ("ROM", ("e1",), ()),
    ]
    assert found.overlaps == {("Provincie-desk", "ROM"): ("e1",)}


def test_a_source_is_one_box_of_the_flow() -> None:
    scores = score(listed(*SOURCES), load_criteria())
    found = flow(shortlist(scores, Request(size=1), HighsSolver()))
    (split,) = found.steps[0].splits
    assert [(part.id, part.count) for part in split.parts] == [
        ("Provincie-desk", 4),
        ("ROM", 1),
        ("not-recorded", 0),
    ]


def test_an_ecosystem_is_found_by_any_spelling_of_its_name() -> None:
    given_list = listed([], [])
    assert find(given_list, "e - 1").id == "e1"
    with pytest.raises(UnknownEcosystemError):
        find(given_list, "e 1")


def test_one_suggestion_on_two_lists_is_one_however_it_was_typed() -> None:
    found = merge(
        [listed(["Provincie-desk"]), listed(["provincie\u2013desk", "ROM"], title="Other")]
    )
    assert [each.by for each in found.ecosystems[0].suggested_by] == ["Provincie-desk", "ROM"]


@pytest.mark.parametrize(
    ("coders", "found"),
    [
        (["Anna de Vries", "Anna  de vries"], []),
        (["Anna de Vries", "ANNA DE VRIES", "Anna de Vries", "Bram"], ["Anna de Vries", "Bram"]),
    ],
)
def test_one_coder_is_one_however_the_name_was_typed(coders: list[str], found: list[str]) -> None:
    statements = tuple(
        Statement(sub_aspect="a", stance="practice", text="t", at="l. 1-2", coded_by=coder)
        for coder in coders
    )
    interview = Interview(
        ecosystem="e0",
        date=date(2026, 1, 1),
        interviewers=("C",),
        coded_by="C",
        statements=statements,
    )
    read = aspects([interview], Codebook(label={"en": "t"}, aspects=())).passages
    assert [name for passage in read for name in passage.codes] == found
