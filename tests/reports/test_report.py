"""kiamv report: where it goes, what it leaves out, and what ends it early."""

from __future__ import annotations

import html
import re
import shlex
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from reports import SIZE, part_of
from running import Tiring
from typer.main import get_command

from kiamv_cli import Quota, Request, gaps, load_criteria, load_longlist, score, tradeoff
from kiamv_cli.cli.app import build
from kiamv_cli.decision.model.record import arguments
from kiamv_cli.decision.provenance import Sources, provenance
from kiamv_cli.reports import Plan
from kiamv_cli.reports.model import PARTS
from kiamv_cli.reports.results import Work
from kiamv_cli.selection.commands.options import Wishes
from kiamv_cli.selection.commands.wishes import to_request
from kiamv_cli.selection.model.explain import explain
from kiamv_cli.selection.model.search import NoShortlistError
from kiamv_cli.selection.solving.solver import HighsSolver

if TYPE_CHECKING:
    from running import Kiamv

    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.integer_program import Program, SolverOutcome

QUICK = ("--without", ",".join(PARTS), "--balance", "themes")


@pytest.fixture(scope="module")
def scores() -> Scores:
    programme = load_criteria()
    return score(part_of(load_longlist(programme=programme).longlist, 12), programme)


@pytest.mark.slow
def test_writes_the_same_bytes_every_time(kiamv: Kiamv, tmp_path: Path) -> None:
    files = tmp_path / "one.html", tmp_path / "other.html"
    for file in files:
        done = kiamv("report", *QUICK, "-o", str(file))
        assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    assert files[0].read_bytes() == files[1].read_bytes()
    assert kiamv("report", *QUICK).stdout.encode() == files[0].read_bytes()


def test_says_what_was_left_out_and_how_to_make_it_again(kiamv: Kiamv) -> None:
    page = kiamv("report", *QUICK, "--size", "7").stdout
    assert page.count("Not in this report: it was not asked for.") == len(PARTS)
    again = "kiamv report --size 7 --balance themes --without gaps,margins,robustness,tradeoff"
    assert again in page
    assert load_longlist().longlist.sha256 in page


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_command_in_it_makes_the_same_file(
    kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.chdir(tmp_path)
    page = kiamv("report", *QUICK, "--lang", language).stdout
    (command,) = re.findall("<code>(kiamv report [^<]*)</code>", page)
    done = kiamv(*shlex.split(html.unescape(command))[1:])
    assert (done.exit_code, done.stderr) == (0, "")
    assert Path("report.html").read_text(encoding="utf-8") == page
    assert f'<html lang="{language}">' in page


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("-o", "report.docx"), "report.docx: a report is written as"),
        (("-o", "report"), "report: a report is written as"),
        (("--without", "tradeof"), 'kiamv: --without "tradeof": unknown. Did you mean tradeoff?'),
        (("--size", "100", "-o", "report.html"), "--size 100: the long list has only 60."),
        (("missing.yaml", "-o", "report.html"), "missing.yaml: K101"),
    ],
)
def test_bad_usage_is_said_before_anything_takes_time(
    kiamv: Kiamv, options: tuple[str, ...], said: str
) -> None:
    done = kiamv("report", *options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


@pytest.mark.slow
def test_a_file_that_is_there_stays(kiamv: Kiamv, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text("mine")
    done = kiamv("report", *QUICK, "-o", str(file))
    assert done.exit_code == 2
    assert file.read_text() == "mine"
    assert kiamv("report", *QUICK, "-o", str(file), "--force").exit_code == 0
    assert file.read_text().startswith("<!DOCTYPE html>")


def test_wishes_that_clash_give_no_report(kiamv: Kiamv, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    done = kiamv("report", "--size", "1", "--at-least", "NL-ZE=2", "-o", str(file))
    assert done.exit_code == 3
    assert not file.exists()


def test_without_time_the_report_says_what_it_lacks(kiamv: Kiamv) -> None:
    done = kiamv("report", "--time-limit", "0")
    assert done.exit_code == 4
    assert "This report is NOT complete." in done.stdout
    assert "It is NOT proven that no other selection does better" in done.stdout
    lacking = "Not in this report: the shortlist itself is not proven."
    assert done.stdout.count(lacking) == len(PARTS)


@pytest.mark.slow
def test_no_part_solves_what_another_has_solved(scores: Scores) -> None:
    solved: list[Program] = []

    class Noting(HighsSolver):
        def solve(self, program: Program) -> SolverOutcome:
            solved.append(program)
            return super().solve(program)

    request = Request(size=SIZE)
    made = provenance(scores.longlist, scores.programme, Sources())
    plan = Plan(without=frozenset({"robustness"}))
    found = Work(scores=scores, request=request, plan=plan, solver=Noting()).report(made)
    assert len(set(solved)) == len(solved) > 0
    assert found.gaps == gaps(scores, request)
    assert found.tradeoffs == tradeoff(scores, request)
    ids = [one.scored.ecosystem.id for one in found.explanation.ecosystems]
    assert found.explanation == explain(scores, ids, request, HighsSolver(), with_ways=False)


@pytest.mark.parametrize("patience", [0, 3, 8, 30, 60, 90])
def test_what_is_there_outlives_an_interruption(scores: Scores, patience: int) -> None:
    solver: Any = Tiring(patience)
    solver.twin = solver.quick_twin = lambda: solver
    made = provenance(scores.longlist, scores.programme, Sources())
    work = Work(
        scores=scores, request=Request(size=SIZE), plan=Plan(draws=5), solver=solver, threads=1
    )
    try:
        found = work.report(made)
    except (KeyboardInterrupt, NoShortlistError):
        assert patience <= 8  # not even a shortlist
        return
    assert len(found.explanation.ecosystems) == len(scores.ecosystems)
    assert not found.complete
    assert found.interrupted
    places = sum(one.place is not None for one in found.explanation.ecosystems)
    there = {
        "margins": places,
        "gaps": found.gaps.tried if found.gaps else 0,
        "tradeoff": len(found.tradeoffs.steps) if found.tradeoffs else 0,
        "robustness": found.robustness.same.draws if found.robustness else 0,
    }
    cut = [one for one in found.omissions if one.why == "interrupted"]
    assert cut
    assert all(one.there == there[one.part] for one in cut)


REQUESTS = [
    Request(),
    Request(size=5, balance=(), seed="a seed; rm -rf", unknown="known"),
    Request(balance=("provinces",), give_up=Fraction(1, 40), classes=frozenset({"eligible"})),
    Request(give_up=Fraction(1, 300), targets={"provinces": "population", "themes": "longlist"}),
    Request(
        include=frozenset({"hannn", "foodvalley"}),
        exclude=frozenset({"steenbreek"}),
        quotas=(
            Quota("provinces", "NL-ZE", at_least=1),
            Quota("themes", "energy", at_most=8),
        ),
    ),
]


@pytest.mark.parametrize("request_", REQUESTS)
def test_the_command_asks_for_the_same_again(request_: Request) -> None:
    programme = load_criteria()
    scores = score(load_longlist(programme=programme).longlist, programme)
    words = arguments(scores, request_, provenance(scores.longlist, programme, Sources()))
    command: Any = get_command(build(["report"]))
    parsed = command.commands["report"].make_context("report", list(words)).params
    wishes = Wishes(**{name: parsed[name] for name in Wishes.__dataclass_fields__})
    assert to_request(wishes, scores) == request_
