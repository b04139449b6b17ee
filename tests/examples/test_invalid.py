"""Bad inputs and what is said of each: a folder per case, ``expected.txt`` holding the lines.

A case holds ``longlist…`` (a file or a folder), one of the files that ``READERS`` reads,
``published-flow.yaml``, ``answers.csv``, or ``criteria``, whose files replace those of the bundled
criteria.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiamv_cli.audits.reading import load_published
from kiamv_cli.base.problem import BadInput, Problem, codes
from kiamv_cli.base.text import at_command_line
from kiamv_cli.formats.package_data import bundled
from kiamv_cli.longlist.reading.identities import load_identities
from kiamv_cli.longlist.reading.longlist import load_longlist
from kiamv_cli.longlist.reading.names import load_answers
from kiamv_cli.programme.reading.programme import load_programme
from kiamv_cli.programme.reading.types import load_types
from kiamv_cli.survey.reading.interviews import load_desk, load_interviews
from kiamv_cli.survey.reading.questionnaire import (
    load_codebook,
    load_comparisons,
    load_questionnaire,
)
from kiamv_cli.survey.reading.wordings import load_mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

CASES = sorted(case for case in (Path(__file__).parent / "invalid").iterdir() if case.is_dir())

READERS: Mapping[str, Callable[[str], object]] = {
    "identities.yaml": load_identities,
    "interview.yaml": lambda name: load_interviews(
        name, sub_aspects=("3a", "3c"), questions={"initiator": ("citizens", "government")}
    ),
    "reported.yaml": load_published,
    "published-flow.yaml": load_published,
    "questionnaire.yaml": load_questionnaire,
    "mapping.yaml": lambda name: load_mapping(name, load_questionnaire()),
    "desk.yaml": lambda name: load_desk(name, load_questionnaire()),
    "comparison.yaml": lambda name: load_comparisons(
        Path(name), load_programme(bundled("criteria")), load_questionnaire()
    ),
    "survey/aspects.yaml": lambda _name: load_codebook(Path()),
}


@pytest.fixture
def _at_command_line() -> Iterator[None]:
    """Have hints speak of options, as whoever typed a command reads them."""
    token = at_command_line.set(True)
    yield
    at_command_line.reset(token)


@pytest.mark.usefixtures("_at_command_line")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_bad_input_gets_its_lines(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems = problems_of(case, tmp_path, monkeypatch)
    lines = "".join(f"{problem}\n" for problem in problems)
    assert lines == (case / "expected.txt").read_text(encoding="utf-8")
    assert all(problem.hint for problem in problems)
    assert {problem.code for problem in problems} <= set(codes())


def problems_of(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Problem]:
    programme = load_programme(bundled("criteria"))
    try:
        if (case / "criteria").is_dir():
            shutil.copytree(str(bundled("criteria")), tmp_path / "criteria")
            shutil.copytree(case / "criteria", tmp_path / "criteria", dirs_exist_ok=True)
            monkeypatch.chdir(tmp_path)
            load_programme(Path("criteria"))
            load_types(Path("criteria"))
            return ()
        monkeypatch.chdir(case)
        for name, load in READERS.items():
            if Path(name).exists():
                load(name)
        if Path("identities.yaml").exists():
            load_identities("identities.yaml")
        if Path("answers.csv").exists():
            load_answers("answers.csv", "A. de Vries", date(2020, 11, 2))
        (name,) = (each.name for each in case.iterdir() if each.name.startswith("longlist"))
        return load_longlist(name, programme).warnings
    except BadInput as error:
        return error.problems


def test_every_code_has_an_example() -> None:
    told = {
        line.split(": ", 1)[1][:4]
        for case in CASES
        for line in (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    }
    # What takes a large file or something else than a file is shown in the unit tests.
    # Those of workbooks and of several lists are shown in the tests of tables and of `import`.
    # Those of a review are shown in the tests of its commands, and doubts in those of `check`.
    elsewhere = {"K102", "K103", "K208", "K601", "K602", "K603", "K704", "K706", "K707"}
    # Those of a survey's exports are shown in the tests of merging it.
    elsewhere |= {"K711", "K712", "K713", "K801", "K802"}
    # Those of a project in its tests, those of commands in the tests of messages as JSON.
    elsewhere |= {"K130", "K190", "K191", "K944", "K670", "K671", "K672", "K673"}
    # And that of a file of targets in those of wishes.
    elsewhere |= {"K840"}
    # Those of attributes, which the bundled criteria have none of, in the tests of these.
    elsewhere |= {"K510", "K511", "K512", "K513"}
    # Those of sheets, of wide tables, of records and of reviews are shown in the tests of these.
    elsewhere |= {
        code
        for code in codes()
        if code in {"K107", "K108"} or "K714" <= code <= "K717" or code.startswith("K73")
    }
    elsewhere |= {code for code in codes() if code.startswith(("K60", "K8"))}
    assert {code for code in codes() if code < "K903"} - told <= elsewhere
