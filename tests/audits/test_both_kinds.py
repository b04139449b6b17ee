"""kiamv audit: which of the two kinds a file is, and what goes with each."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiamv_cli import BadInput, Misfit
from kiamv_cli.audits import AddingUp, Audit, audit

if TYPE_CHECKING:
    from running import Kiamv

STUDY = Path(__file__).parents[2] / "examples" / "study-2020"
FIGURES, FLOW = str(STUDY / "figures.yaml"), str(STUDY / "flow.yaml")


def test_a_file_says_what_it_is_in_python() -> None:
    assert isinstance(audit(FIGURES, bases=range(15, 20), about=Fraction(1)), Audit)
    assert isinstance(audit(FLOW, time_limit=60), AddingUp)


@pytest.mark.parametrize("schema", ["", "schema: kiamv/aspects/1\n"])
def test_what_is_neither_is_refused_with_both(kiamv: Kiamv, tmp_path: Path, schema: str) -> None:
    place = tmp_path / "other.yaml"
    place.write_text(f"{schema}title: T\n", encoding="utf-8")
    done = kiamv("audit", str(place))
    assert (done.exit_code, done.stdout) == (2, "")
    if schema:
        assert "Choose from kiamv/reported/1, kiamv/published-flow/1" in done.stderr
    with pytest.raises(BadInput):
        audit(place)


@pytest.mark.parametrize(
    ("file", "option"),
    [
        (FLOW, ("--bases", "15..32")),
        (FLOW, ("--rounding", "down")),
        (FLOW, ("--about", "2.5")),
        (FLOW, ("--explain",)),
        (FIGURES, ("--time-limit", "10")),
    ],
)
def test_an_option_for_the_other_kind_is_refused(
    kiamv: Kiamv, file: str, option: tuple[str, ...]
) -> None:
    done = kiamv("audit", file, *option)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"kiamv: {option[0]} is for " in done.stderr


def test_an_argument_for_the_other_kind_is_refused() -> None:
    with pytest.raises(Misfit, match=r"^rounding is for figures"):
        audit(FLOW, rounding="down")
    with pytest.raises(Misfit, match=r"^time_limit is for a flow"):
        audit(FIGURES, time_limit=1)
