"""Whom a respondent means, where people decided that names stand for the same ecosystem."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kiamv_cli.longlist.model.identity import Answer, Decision, Identities
from kiamv_cli.longlist.model.longlist import Ecosystem
from kiamv_cli.longlist.model.lookup import Names

if TYPE_CHECKING:
    from pathlib import Path

    from running import Kiamv

LISTED = [
    Ecosystem(id=name, name=name.title(), provinces=(), themes=()) for name in ("alfa", "beta")
]


def decided(*answers: tuple[str, Answer, str]) -> Identities:
    return Identities(
        decisions=tuple(
            Decision(one=one, answer=answer, other=other, by="A", date=date(2020, 1, 1))
            for one, answer, other in answers
        )
    )


def test_only_names_decided_to_be_the_same_are_a_group() -> None:
    identities = decided(
        ("Alfa", "same", "Project A"), ("Project  A", "same", "A-lab"), ("Beta", "part-of", "Alfa")
    )
    assert identities.groups() == (("Alfa", "Project A", "A-lab"),)
    assert decided(("Alfa", "different", "Beta"), ("Alfa", "later", "Gamma")).groups() == ()


def test_a_name_that_was_decided_to_be_the_same_counts_as_the_ecosystem() -> None:
    identities = decided(("alfa", "same", "Project A"), ("B-lab", "different", "beta"))
    names = Names(LISTED, identities)
    assert names.meant("PROJECT a") == ("alfa",)
    assert names.meant("B-lab") == ()
    assert Names(LISTED).meant("Project A") == ()


def test_such_names_count_in_a_survey(kiamv: Kiamv, tmp_path: Path) -> None:
    entries = "".join(
        f"  - {{id: {name}, name: {name.title()}, provinces: [NL-GR], themes: [energy]}}\n"
        for name in ("alfa", "beta")
    )
    (tmp_path / "list.yaml").write_text(
        f"title: T\nas_of: 2020-01-01\necosystems:\n{entries}", encoding="utf-8"
    )
    (tmp_path / "same.yaml").write_text(
        "schema: kiamv/identities/1\nanswers:\n"
        "  - {one: alfa, answer: same, other: Project A, by: anna, date: 2020-11-30}\n",
        encoding="utf-8",
    )
    (tmp_path / "a.csv").write_text(
        "ecosystem;area\nProject A;within-province\nbeta;within-province\n", encoding="utf-8"
    )
    given = (
        *("survey", "merge", str(tmp_path / "a.csv"), "--longlist", str(tmp_path / "list.yaml")),
        *("--invited", "alfa,beta", "-o", str(tmp_path / "answers.yaml"), "--force"),
    )
    alone = kiamv(*given)
    assert "K962" in alone.stdout + alone.stderr
    done = kiamv(*given, "--identities", str(tmp_path / "same.yaml"))
    assert (done.exit_code, "K962" in done.stdout + done.stderr) == (0, False)
    assert "alfa:\n" in (tmp_path / "answers.yaml").read_text(encoding="utf-8")
