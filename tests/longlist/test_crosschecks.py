"""Verdicts on a criterion of four sides, against the verdicts on its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from kiamv_cli.formats.package_data import bundled
from kiamv_cli.longlist.reading.gathering import crosscheck
from kiamv_cli.programme.model.facts import Verdict
from kiamv_cli.programme.reading.programme import load_programme

if TYPE_CHECKING:
    from kiamv_cli.formats.plain import Plain

PROGRAMME = load_programme(bundled("criteria"))
SIDES = ("industry", "government", "research", "citizens")


@pytest.mark.parametrize(
    ("verdicts", "allowed"),
    [
        # Met takes three quarters and the first three sides, partly a half.
        ("met", {"met", "partly", "not-met", "unknown"}),
        ("unknown", {"met", "partly", "not-met", "unknown"}),
        ("not-met", {"partly", "not-met", "unknown"}),
        ("partly", {"partly", "not-met", "unknown"}),
        ("met met", {"met", "partly", "unknown"}),
        ("met met met", {"met", "unknown"}),
        ("met met not-met", {"partly", "unknown"}),
        ("met met not-met met", {"partly"}),
        ("met met met met", {"met"}),
        ("met met met not-met", {"met"}),
        ("met met not-met not-met", {"partly"}),
        ("met not-met not-met not-met", {"not-met"}),
        ("met partly partly not-met", {"partly"}),
        ("not-met not-met not-met", {"not-met", "unknown"}),
    ],
)
def test_a_verdict_may_not_contradict_its_parts(verdicts: str, allowed: set[str]) -> None:
    parts: dict[str, Plain] = dict(zip(SIDES, verdicts.split(), strict=False))
    passed = set()
    for verdict in get_args(Verdict):
        judged: Plain = {"verdicts": {"multi-helix": {"verdict": verdict, "parts": parts}}}
        flaws = list(crosscheck(judged, PROGRAMME))
        assert {flaw.code for flaw in flaws} <= {"K406"}
        if not flaws:
            passed.add(verdict)
    assert passed == allowed
