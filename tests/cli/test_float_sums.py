"""Floats are added up exactly: the built-in sum rounds otherwise from Python 3.12 on."""

from __future__ import annotations

import builtins
import sys
from typing import TYPE_CHECKING, Any

import pytest

from kiamv_cli import (
    Request,
    load_criteria,
    load_longlist,
    report,
    robustness,
    score,
    shortlist,
    tradeoff,
)
from kiamv_cli.reports import Plan
from kiamv_cli.reports.results import draw, export_report
from kiamv_cli.selection import Sampling

if TYPE_CHECKING:
    from collections.abc import Iterable

_sum = builtins.sum


def checked_sum(items: Iterable[Any], /, start: Any = 0) -> Any:  # noqa: ANN401 - as the built-in
    given = list(items)
    caller = sys._getframe(1).f_globals["__name__"]  # noqa: SLF001 - whose sum it is
    floats = [each for each in given if isinstance(each, float)]
    assert not (floats and caller.startswith("kiamv_cli")), (caller, floats[:3])
    return _sum(given, start)


@pytest.fixture(autouse=True)
def _no_sum_of_floats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtins, "sum", checked_sum)


@pytest.mark.slow
def test_no_part_of_a_report_adds_floats_with_sum() -> None:
    scores = score(load_longlist().longlist, load_criteria())
    plan = Plan(without=frozenset({"gaps"}), draws=10)
    made = report(scores, Request(size=3), plan=plan)
    assert export_report(made, "html")
    assert export_report(made, "html", language="nl")


@pytest.mark.slow
def test_no_picture_adds_floats_with_sum() -> None:
    scores = score(load_longlist().longlist, load_criteria())
    found = shortlist(scores, Request(size=3))
    for picture in ("map", "tiles", "provinces", "themes", "heat"):
        assert draw(found, "svg", picture)
    assert draw(scores)
    assert draw(tradeoff(scores, Request(size=2, balance=("themes",))))
    assert draw(robustness(scores, Request(size=3), Sampling(samples=10)))
