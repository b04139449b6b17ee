"""Worked examples as they were published, each with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiamv_cli.review.model.coefficients import (
    Scale,
    ac1,
    alpha,
    cohen,
    fleiss,
    nominal_alpha,
    share,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from kiamv_cli.review.model.coefficients import Ratio, Sums, Why

    Coefficient: TypeAlias = Callable[[Sums], Ratio | Why]


def sums(units: Iterable[Sequence[str]], categories: str) -> Sums:
    """Verdicts are single signs; a dot is none."""
    rows = [[None if sign == "." else sign for sign in unit] for unit in units]
    scale = Scale(tuple(categories), max(map(len, rows)))
    return scale.sums([sum(column) for column in zip(*map(scale.row_of, rows), strict=True)])


def reviewers(*said: str) -> list[str]:
    """One text per reviewer, a sign per unit."""
    return ["".join(signs) for signs in zip(*said, strict=True)]


def table(cells: str) -> list[str]:
    """Cohen's table: rows of counts."""
    counts = [[int(number) for number in row.split()] for row in cells.split("/")]
    return [f"{i}{j}" for i, row in enumerate(counts) for j, n in enumerate(row) for _ in range(n)]


# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections A, B, and C with E.
KRIPPENDORFF_A = reviewers("0100000010", "1110010000")
KRIPPENDORFF_B = reviewers("aabbdcccedda", "babbbccceddd")
KRIPPENDORFF_C = reviewers("123321412...", "1233224125..", ".33323422513", "12332441251.")
# Fleiss, Measuring nominal scale agreement among many raters, Psychol. Bull. 76 (1971), table 1:
# 30 patients, six psychiatrists; how many gave each of five diagnoses.
FLEISS = """
00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""
DIAGNOSES = [
    "".join(str(place) * int(n) for place, n in enumerate(counts)) for counts in FLEISS.split()
]
# Cohen, A coefficient of agreement for nominal scales, Educ. Psychol. Meas. 20 (1960): shares of
# 0.44 0.05 0.01, 0.07 0.20 0.03, 0.09 0.05 0.06, here of 100.
COHEN = table("44 5 1/7 20 3/9 5 6")
# Gwet, Inter-rater reliability: dependency on trait prevalence and marginal homogeneity (2002):
# the paradox of kappa.
PARADOX = table("118 5/2 0")
# Gwet, Handbook of Inter-Rater Reliability (2014), in the documentation of irrCAC: three ways of
# ruling on pregnancies ("cont3x3abstractors"), and four raters with gaps ("cac.raw4raters").
ABSTRACTORS = table("13 0 0/0 20 7/0 4 56")


@pytest.mark.parametrize(
    ("units", "categories", "coefficient", "published"),
    [
        (KRIPPENDORFF_A, "01", nominal_alpha, 0.095),
        (KRIPPENDORFF_B, "abcde", nominal_alpha, 0.692),
        (KRIPPENDORFF_C, "12345", nominal_alpha, 0.743),
        (KRIPPENDORFF_C, "12345", alpha, 0.815),
        (DIAGNOSES, "01234", fleiss, 0.430),
        (COHEN, "012", cohen, 0.492),
        (PARADOX, "01", cohen, -0.0234),
        (PARADOX, "01", ac1, 0.9408),
        (ABSTRACTORS, "012", cohen, 0.7964094),
        (ABSTRACTORS, "012", fleiss, 0.7962397),  # Scott's pi, which it is for two
        (ABSTRACTORS, "012", ac1, 0.84933),
        (KRIPPENDORFF_C, "12345", ac1, 0.77544),
        (KRIPPENDORFF_C, "12345", fleiss, 0.76117),
        # The agreement observed that goes with these, as published beside them: Fleiss' mean of
        # the patients, Gwet's percent agreement, Cohen's proportion.
        (DIAGNOSES, "01234", share, 0.5556),
        (KRIPPENDORFF_C, "12345", share, 0.8181818),
        (ABSTRACTORS, "012", share, 0.89),
        (COHEN, "012", share, 0.7),
    ],
)
def test_a_published_example_comes_out_as_published(
    units: list[str], categories: str, coefficient: Coefficient, published: float
) -> None:
    found = coefficient(sums(units, categories))
    assert not isinstance(found, str)
    places = len(str(published).split(".")[1])
    assert round(found[0] / found[1], places) == published


@pytest.mark.parametrize("coefficient", [ac1, alpha, nominal_alpha, fleiss, cohen])
def test_without_two_verdicts_on_anything_agreement_is_undefined(coefficient: Coefficient) -> None:
    assert coefficient(sums(["a.", ".b", ".."], "ab")) == "no-pairs"


@pytest.mark.parametrize("coefficient", [alpha, nominal_alpha, fleiss, cohen])
def test_where_all_are_alike_there_is_nothing_to_agree_on(coefficient: Coefficient) -> None:
    assert coefficient(sums(["aa", "aa", "aa"], "ab")) == "all-alike"


def test_where_all_are_alike_ac1_is_defined_for_the_scale_has_more() -> None:
    found = ac1(sums(["aa", "aa"], "ab"))
    assert not isinstance(found, str)
    assert found[0] == found[1]


def test_full_agreement_is_1_and_systematic_disagreement_below_0() -> None:
    for coefficient in (ac1, alpha, nominal_alpha, fleiss, cohen):
        full = coefficient(sums(["aa", "bb", "cc"], "abc"))
        against = coefficient(sums(["ac", "ca", "ac", "ca"], "abc"))
        assert not isinstance(full, str)
        assert not isinstance(against, str)
        assert full[0] / full[1] == 1
        assert against[0] / against[1] < 0
