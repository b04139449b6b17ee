"""What is made to take long takes no longer than its size: twice as much, about twice the time."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiamv_cli import BadInput, load_criteria, load_longlist
from kiamv_cli.formats.yaml_reader import read_yaml
from kiamv_cli.longlist.model.lookup import MOST_COMPARED, contributions
from kiamv_cli.longlist.results import check
from kiamv_cli.review.reading.folder import ReviewFolder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.longlist.model.duplicates import Checked

AS_OF = date(2020, 11, 30)
HEAD = "id,name,provinces,themes"
EXAMPLES = Path(__file__).parent.parent / "examples" / "attack"
ONE = {"id": "a", "name": "A", "provinces": ["NL-GR"], "themes": ["energy"]}


@pytest.fixture
def _seconds(request: pytest.FixtureRequest) -> Iterator[None]:
    """Of the processor, not of the clock: others may be busy."""
    start = time.process_time()
    yield
    assert time.process_time() - start < getattr(request, "param", 4)


quick = pytest.mark.usefixtures("_seconds")


def codes(found: Checked) -> dict[str, int]:
    told = [each.code for each in found.problems]
    return {code: told.count(code) for code in told}


def checked(tmp_path: Path, text: str, suffix: str) -> dict[str, int]:
    place = tmp_path / f"list{suffix}"
    place.write_text(text, encoding="utf-8")
    return codes(check(str(place), load_criteria(), as_of=AS_OF))


@quick
@pytest.mark.parametrize(
    "text",
    [
        'a: "' + " " * 400_000 + '"\nb: c #d\n',
        "a: b" + "\t" * 300_000 + "\nb: c #d\n",
        "a:\n" + (" " * 200_000 + "\n") * 2 + "  b: c #d\n",
        "a: " + "# " * 200_000 + " #d\n",
    ],
)
def test_blanks_in_yaml(text: str) -> None:
    with_it = read_yaml(text, "x.yaml")
    assert "K901" in [each.code for each in with_it.problems] or "# # #" in text


@pytest.mark.slow
@quick
@pytest.mark.parametrize("sign", [",", ", ", "x,", "energy,"])
def test_commas_in_a_cell(tmp_path: Path, sign: str) -> None:
    row = f'a,A,"{sign * 20_000}",energy'
    assert checked(tmp_path, f"{HEAD}\n{row}\n", ".csv")


@quick
def test_the_commas_that_were_cubic() -> None:
    assert check(str(EXAMPLES / "commas-cubic.csv"), load_criteria(), as_of=AS_OF).problems


def test_names_with_commas_in_them_are_still_one(tmp_path: Path) -> None:
    place = tmp_path / "list.csv"
    label = "Agriculture, water and food"
    place.write_text(f'{HEAD}\na,A,NL-GR,"{label}, Security,Energy"\n', encoding="utf-8")
    try:
        themes = load_longlist(place, as_of=AS_OF).longlist.ecosystems[0].themes
    except BadInput as bad:
        pytest.fail(str(bad))
    assert themes == ("agrifood", "security", "energy")


@quick
def test_blanks_before_a_currency(tmp_path: Path) -> None:
    cell = "1" + " " * 200_000 + "x"
    assert checked(tmp_path, f"{HEAD},budget.amount_eur\na,A,NL-GR,energy,{cell}\n", ".csv")


@quick
@pytest.mark.parametrize("lines", [290, 5_000])
def test_budget_lines_of_one_ecosystem(tmp_path: Path, lines: int) -> None:
    budget = [{"own": True, "amount_eur": 5_000 + n % 3000, "from": 2019} for n in range(lines)]
    text = json.dumps(
        {"title": "T", "as_of": "2020-11-30", "ecosystems": [{**ONE, "budget": budget}]}
    )
    assert checked(tmp_path, text, ".json").get("K920", 0) == (lines > 300)


@quick
@pytest.mark.parametrize("people", [150, 5_000])
def test_suggestions_of_one_ecosystem(tmp_path: Path, people: int) -> None:
    place = tmp_path / "list.json"
    by = [{"by": f"Person {n:04}"} for n in range(people)]
    ecosystems = [
        {**ONE, "suggested_by": by},
        {**ONE, "id": "b", "name": "B", "suggested_by": by[:2]},
    ]
    place.write_text(
        json.dumps({"title": "T", "as_of": "2020-11-30", "ecosystems": ecosystems}),
        encoding="utf-8",
    )
    found = contributions(load_longlist(place).longlist, {"a"})
    compared = min(people, MOST_COMPARED)
    assert len(found.sources) == people
    assert len(found.overlaps) == compared * (compared - 1) // 2
    assert found.overlaps["Person 0000", "Person 0001"] == ("a", "b")
    assert list(found.overlaps)[:2] == [
        ("Person 0000", "Person 0001"),
        ("Person 0000", "Person 0002"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("_seconds", [12], indirect=True)
@pytest.mark.parametrize("row", ["a,Name {n},NL-GR,energy", ",Name,NL-GR,energy"])
@quick
def test_rows_of_one_id_or_one_name(tmp_path: Path, row: str) -> None:
    rows = "".join(f"{row.format(n=n)}\n" for n in range(5_000))
    found = checked(tmp_path, f"{HEAD}\n{rows}", ".csv")
    assert found.get("K401", 0) == (4_999 if row[0] == "a" else 0)


@quick
def test_columns_beyond_what_any_list_has(tmp_path: Path) -> None:
    heads = ",".join(f"column {n}" for n in range(20_000))
    assert checked(tmp_path, f"{HEAD},{heads}\na,A,NL-GR,energy\n", ".csv") == {"K108": 1}


@pytest.mark.parametrize("name", ["longlist", "con", "nul", "aux", "prn", "com1", "lpt9"])
def test_an_id_that_no_file_can_have(tmp_path: Path, name: str) -> None:
    text = json.dumps({"title": "T", "as_of": "2020-11-30", "ecosystems": [{**ONE, "id": name}]})
    assert checked(tmp_path, text, ".json").get("K107") == 1
    assert checked(tmp_path, f"{HEAD}\n{name},A,NL-GR,energy\n", ".csv").get("K107") == 1


@pytest.mark.parametrize(
    ("name", "made"),
    [("Con", "con-2"), ("Longlist", "longlist-2"), ("Com 1", "com-1"), ("NUL", "nul-2")],
)
def test_no_such_id_is_made_of_a_name(tmp_path: Path, name: str, made: str) -> None:
    place = tmp_path / "list.csv"
    place.write_text(f"name,provinces,themes\n{name},NL-GR,energy\n", encoding="utf-8")
    assert load_longlist(place, as_of=AS_OF).longlist.ecosystems[0].id == made


@pytest.mark.parametrize("ids", [("ab", "AB"), ("Ab", "aB")])
def test_ids_that_differ_by_case_are_refused(tmp_path: Path, ids: tuple[str, str]) -> None:
    rows = "".join(f"{each},N {each},NL-GR,energy\n" for each in ids)
    found = checked(tmp_path, f"{HEAD}\n{rows}", ".csv")
    assert found.keys() & {"K401", "K304", "K306", "K307", "K301", "K305"}, found


def test_a_reviewer_has_an_id_that_a_form_can_be_called_by(tmp_path: Path) -> None:
    (tmp_path / "reviewers.yaml").write_text(
        "reviewers:\n  - {id: aux, name: Anna}\n  - {id: bob, name: Bob}\n", encoding="utf-8"
    )
    folder = ReviewFolder(tmp_path, load_criteria(), load_longlist().longlist)
    with pytest.raises(BadInput) as bad:
        folder.reviewers()
    assert [each.code for each in bad.value.problems] == ["K107"]
