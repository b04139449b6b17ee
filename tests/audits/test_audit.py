"""Each kind of finding, on a report that has it, and not on one that is right."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from typing import get_args

import pytest

from kiamv_cli.audits.model.bases import Reading
from kiamv_cli.audits.model.figures import audit_figures
from kiamv_cli.audits.model.reported import (
    Claim,
    Count,
    Figure,
    Kind,
    Part,
    Percentage,
    Reported,
    Respondents,
    Stated,
)
from kiamv_cli.audits.model.respondents import matches, same_name
from kiamv_cli.audits.view.figures import AuditView
from kiamv_cli.audits.view.findings import KINDS, sentence
from kiamv_cli.display.text import ASCII


def percentage(text: str) -> Percentage:
    number = text.removesuffix("%")
    return Percentage(text=text, value=F(number), decimals=len(number.partition(".")[2]))


def figure(name: str, text: str, **more: object) -> Figure:
    given: dict[str, object] = {"question": "q", "option": name, "of": "all", **more}
    return Figure(id=name, value=percentage(text), **given)  # type: ignore[arg-type] # as a test gives it


def count(name: str, number: int, base: int | None = None) -> Count:
    return Count(id=name, count=number, base=base, of="all", what=name)


ALL = Respondents(id="all", what="all who answered", stated=(Stated(value=20),))
HALF = figure("half", "50%", base=20, count=10, group="g", answer="single")
REST = figure("rest", "50%", base=20, group="g", answer="single")
RIGHT = Reported(
    title="A right report",
    respondents=(ALL,),
    figures=(HALF, REST),
    counts=(count("often", 12, 20), count("seldom", 2, 20)),
    claims=(Claim(id="claim", says="most-named", count="often"),),
)
TWO = (
    replace(ALL, stated=(), names=("A", "B", "C"), parts=(Part(value=3, what="own"),)),
    Respondents(id="others", what="others", names=("D",)),
)


def with_parts(*values: int) -> tuple[Respondents, ...]:
    own, supplied = values
    parts = (Part(value=own, what="own"), Part(value=supplied, what="more", of="others"))
    return replace(TWO[0], parts=parts), TWO[1]


CASES: list[tuple[Kind, Reported]] = [
    ("impossible-figure", replace(RIGHT, figures=(figure("odd", "3.5%"),))),
    ("figure-against-base", replace(RIGHT, figures=(figure("odd", "51%", base=20),))),
    ("figure-against-base", replace(RIGHT, figures=(replace(HALF, count=11),))),
    (
        "no-shared-base",
        replace(RIGHT, figures=(figure("a", "58%", group="g"), figure("b", "80%", group="g"))),
    ),
    ("hidden-base", replace(RIGHT, figures=(figure("a", "3.7%"),))),
    ("several-bases", replace(RIGHT, figures=(figure("a", "58%"), figure("b", "80%")))),
    ("base-against-figures", replace(RIGHT, figures=(figure("a", "58%"),))),
    ("base-not-printed", replace(RIGHT, figures=(figure("a", "50%"),))),
    ("sum-off", replace(RIGHT, figures=(HALF, replace(REST, value=percentage("45%"))))),
    ("sum-off", replace(RIGHT, figures=(HALF, replace(REST, value=percentage("55%"))))),
    ("value-twice", replace(RIGHT, figures=(HALF, replace(REST, group=None)))),
    ("decimals-differ", replace(RIGHT, figures=(HALF, replace(REST, value=percentage("50.0%"))))),
    (
        "units-differ",
        replace(RIGHT, figures=(replace(HALF, unit="firms"), replace(REST, unit="persons"))),
    ),
    (
        "numbers-differ",
        replace(RIGHT, respondents=(replace(ALL, stated=(*ALL.stated, Stated(value=21))),)),
    ),
    ("list-not-closed", Reported(title="t", respondents=with_parts(2, 1))),
    ("list-not-closed", Reported(title="t", respondents=with_parts(3, 1))),
    ("name-twice", Reported(title="t", respondents=(replace(ALL, names=("A b", "a B")),))),
    (
        "names-spelled-differently",
        Reported(title="t", respondents=(TWO[0], replace(TWO[1], names=("a",)))),
    ),
    (
        "names-alike",
        Reported(title="t", respondents=(replace(ALL, names=("One (X)", "Two (X)")),)),
    ),
    ("count-over-base", replace(RIGHT, counts=(count("often", 21, 20),))),
    ("count-over-base", replace(RIGHT, counts=(count("often", 21),))),
    ("count-bases-differ", replace(RIGHT, counts=(count("often", 12, 18),))),
    ("most-named-tied", replace(RIGHT, counts=(count("often", 12), count("also", 12)))),
    ("not-most-named", replace(RIGHT, counts=(count("often", 12), count("more", 13)))),
]


def test_a_right_report_has_no_findings() -> None:
    assert audit_figures(RIGHT).findings == ()
    supplied = (
        replace(TWO[0], names=("A", "B"), parts=with_parts(1, 1)[0].parts),
        replace(TWO[1], names=("B",)),
    )
    assert audit_figures(Reported(title="t", respondents=supplied)).findings == ()


@pytest.mark.parametrize(("kind", "reported"), CASES)
def test_what_is_wrong_is_found(kind: Kind, reported: Reported) -> None:
    if not any(each.id == "often" for each in reported.counts):
        reported = replace(reported, claims=())
    found = audit_figures(reported)
    assert kind in {each.kind for each in found.findings}
    assert len({each.id for each in found.findings}) == len(found.findings)
    for each in found.findings:
        said = sentence(each)
        assert said.endswith(".")
        assert "{" not in said
    assert list(AuditView(audit=found, explain=True).blocks(ASCII))


def test_every_kind_is_tried_and_has_its_words() -> None:
    assert {kind for kind, _ in CASES} == set(get_args(Kind)) == set(KINDS)


def test_rounding_decides_what_a_figure_can_be() -> None:
    one = replace(RIGHT, figures=(figure("a", "62%", base=16),))
    for rounding, wrong in {"half-even": 0, "nearest": 0, "half-up": 1, "down": 0}.items():
        reading = Reading(rounding=rounding)  # type: ignore[arg-type] # one of the roundings
        found = audit_figures(one, reading).findings
        assert sum(each.kind == "figure-against-base" for each in found) == wrong


def test_answers_of_which_several_could_be_given_need_not_add_up() -> None:
    several = tuple(replace(each, answer="multiple") for each in RIGHT.figures)
    off = replace(several[1], value=percentage("70%"))
    assert audit_figures(replace(RIGHT, figures=(several[0], off))).findings == ()


def test_what_rounding_alone_takes_from_a_sum_is_no_finding() -> None:
    thirds = tuple(
        figure(name, "33%", base=21, group="g", answer="single", option=name) for name in "abc"
    )
    twenty_one = replace(ALL, stated=(Stated(value=21),))
    reported = replace(RIGHT, respondents=(twenty_one,), figures=thirds, counts=(), claims=())
    assert audit_figures(reported).findings == ()


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Kiemt", "Kiemt", "exact"),
        ("Kiemt", "KIEMT", "case"),
        ("Samen030", "Samen 030", "blanks"),
        ("Greenport West-Holland", "Greenport West Holland", "blanks"),
        ("Safety Campus Twente", "Twente Safety Campus", "word-order"),
        ("Amsterdam Economic Board (AMEC)", "Amsterdam Economic Board", "bracket"),
        ("HANNN", "Healthy Ageing Network Northern Netherlands (HANNN)", "acronym"),
        ("Zero Emission Stadslogistiek (AMEC)", "Amsterdam Economic Board (AMEC)", None),
        ("Greenport West-Holland", "Greenport NHN", None),
        ("Medical Delta", "Clean Tech Delta", None),
    ],
)
def test_names_are_the_same_whichever_way_round(one: str, other: str, reason: str | None) -> None:
    assert same_name(one, other) == reason
    assert same_name(other, one) == reason


def test_each_name_has_one_partner_the_most_alike_first() -> None:
    found = matches(["board", "Board"], ["Board (B)", "Board"])
    assert [(each.one, each.other) for each in found] == [
        ("board", "Board (B)"),
        ("Board", "Board"),
    ]


def test_a_figure_without_a_base_is_not_among_those_that_need_several() -> None:
    figures = (
        figure("third", "33.33%"),
        figure("eighth", "47.06%"),
        figure("none", "47.13%"),
        figure("nought", "12.34%"),
    )
    found = audit_figures(replace(RIGHT, figures=figures, counts=(), claims=()))
    (several,) = (each for each in found.findings if each.kind == "several-bases")
    assert several.ids == ("third", "eighth")
    elsewhere = {one for each in found.findings if each != several for one in each.ids}
    assert elsewhere >= {"none", "nought"}
