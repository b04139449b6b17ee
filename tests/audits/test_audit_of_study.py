"""The audit of the study of 2020 finds what others found, from nothing but what it prints."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
import yaml

from kiamv_cli.audits import audit
from kiamv_cli.audits.model.bases import Reading, fit, fits, shared_bases
from kiamv_cli.audits.model.figures import audit_figures

if TYPE_CHECKING:
    from kiamv_cli.audits import Audit
    from kiamv_cli.audits.model.reported import AuditFinding

ROOT = Path(__file__).parent.parent.parent
FOUND = cast("Audit", audit(ROOT / "examples" / "study-2020" / "figures.yaml"))
REPORTED = FOUND.reported
FINDINGS = {each.id: each for each in FOUND.findings}
KNOWN: dict[str, Any] = yaml.load(
    (ROOT / "tests" / "oracles" / "study_2020_bases.yaml").read_text("utf-8"),
    Loader=yaml.SafeLoader,
)
EXACT = [each for each in REPORTED.figures if not each.about]
READING = Reading()


def finding(name: str) -> AuditFinding:
    return FINDINGS[name]


def test_all_figures_of_the_study_are_there() -> None:
    assert [each.id for each in REPORTED.figures] == list(KNOWN["figures"])
    assert (len(REPORTED.figures), len(EXACT), len(REPORTED.counts)) == (25, 22, 23)


@pytest.mark.parametrize("name", KNOWN["figures"])
def test_the_bases_of_each_figure(name: str) -> None:
    (figure,) = (each for each in REPORTED.figures if each.id == name)
    known = KNOWN["figures"][name]
    exact = fits(replace(figure, about=False), READING)
    assert {each.base: list(each.counts) for each in exact} == {
        base: [count] for base, count in known["bases"].items()
    }
    assert [each.base for each in exact if each.tie] == known["only_by_tie"]
    if figure.about:
        told = {each.base: list(each.counts) for each in FOUND.fits[name]}
        assert told == known["about"]
    else:
        assert FOUND.fits[name] == exact


@pytest.mark.parametrize("name", KNOWN["groups"])
def test_the_bases_that_answers_to_one_question_share(name: str) -> None:
    figures, known = REPORTED.groups[name], KNOWN["groups"][name]
    assert [each.id for each in figures] == known["members"]
    assert list(shared_bases(FOUND.fits[each.id] for each in figures)) == known["common"]
    assert float(sum(each.value.value for each in figures)) == known["sum"]
    assert (f"no-shared-base:{name}" in FINDINGS) == (not known["common"])


@pytest.mark.parametrize("base", range(15, 33))
def test_how_many_exact_figures_each_base_explains(base: int) -> None:
    failing = [each.id for each in EXACT if fit(each, base, READING) is None]
    assert failing == KNOWN["inconsistent_by_base"][base]
    assert len(EXACT) - len(failing) == KNOWN["consistent_by_base"][base]


def test_at_least_four_bases() -> None:
    told = finding("several-bases:survey").evidence
    assert told["how_many"] == 4
    assert told["sets"] == KNOWN["minimum_sets"]


def test_the_initiator_is_of_27_and_the_plan_of_20() -> None:
    assert finding("hidden-base:initiator").evidence["base"] == 27
    assert finding("hidden-base:initiator").evidence["counts"]["initiator-citizens"] == [1]
    assert finding("hidden-base:planning").evidence["base"] == 20


def test_55_percent_is_no_share_of_the_24_of_the_other_kinds_of_innovation() -> None:
    told = finding("no-shared-base:innovation-types").evidence
    assert told["best"] == [{"base": 24, "fails": ["innovation-business-model"]}]
    assert told["bases_of"] == {"innovation-business-model": [20, 22, 29, 31]}


def test_31_against_32_and_20_against_21() -> None:
    survey = finding("numbers-differ:survey").evidence
    assert [each["number"] for each in survey["numbers"]] == [32, 31]
    assert survey["numbers"][1]["by"] == ["listed", "parts"]
    assert survey["same_as"][0]["is"]["what"] == "distinct"
    interviews = finding("numbers-differ:interviews").evidence
    assert [each["number"] for each in interviews["numbers"]] == [20, 21]
    assert finding("base-against-figures:survey-32").evidence["possible"] == 6
    assert finding("base-against-figures:survey-31").evidence["possible"] == 9


def test_the_plan_makes_95_percent_and_35_percent_is_told_twice() -> None:
    told = finding("sum-off:planning").evidence
    assert (told["sum"], told["at"]) == ("95%", [{"base": 20, "counts_add_up_to": [19]}])
    twice = [each for each in FOUND.findings if each.kind == "value-twice"]
    assert [each.ids for each in twice] == [("planning-one-party", "planning-one-or-few")]


def test_18_against_20_and_the_tie_of_11() -> None:
    bases = finding("count-bases-differ:interviews").evidence["bases"]
    assert [each["base"] for each in bases] == [20, 18]
    tied = finding("most-named-tied:most-named-indicators").evidence
    assert [(each["id"], each["count"]) for each in tied["others"]] == [("i-knowledge", 11)]


def test_the_lists_close_at_31() -> None:
    (two,) = FOUND.lists
    assert (two.only_one, len(two.both), two.only_other, two.distinct) == (12, 19, 1, 32)
    assert (two.own, two.supplied, two.own_and_other, two.closes) == (21, 10, 9, True)
    spelled = finding("names-spelled-differently:survey+interviews").evidence["pairs"]
    assert sorted(each["reason"] for each in spelled) == sorted(
        ["acronym", "acronym", "blanks", "bracket", "case", "word-order"]
    )
    (related,) = finding("names-alike:lists").evidence["pairs"]
    assert related["shared"] == "AMEC"


def test_nothing_is_found_that_another_value_would_not_have_changed() -> None:
    """Findings follow the file: with one figure corrected, exactly its findings go."""
    corrected = tuple(
        replace(each, value=replace(each.value, text="54%", value=each.value.value - 1))
        if each.id == "innovation-business-model"
        else each
        for each in REPORTED.figures
    )
    after = {each.id for each in audit_figures(replace(REPORTED, figures=corrected)).findings}
    assert set(FINDINGS) - after == {"no-shared-base:innovation-types"}
    # All six are shares of 24 then, which the report does not give either.
    assert after - set(FINDINGS) == {"hidden-base:innovation-types"}
