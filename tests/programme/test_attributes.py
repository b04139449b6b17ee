"""Attributes that a programme declares: read, checked, hashed, scored, spread over."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction as F
from itertools import combinations
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiamv_cli import Request, load_criteria, load_longlist, score, shortlist
from kiamv_cli.base.problem import BadInput
from kiamv_cli.longlist.model.longlist import Ecosystem, as_written
from kiamv_cli.longlist.view.table import list_yaml
from kiamv_cli.programme.model.attributes import (
    Attribute,
    AttributeValue,
    Category,
    number_as_written,
)
from kiamv_cli.programme.rules.choice import ChoiceRule
from kiamv_cli.programme.rules.number import NumberRule, NumberStep
from kiamv_cli.programme.view import missing_text
from kiamv_cli.selection.model.spread import out_of_place, spread

if TYPE_CHECKING:
    from running import Kiamv

GRANTS = Path(__file__).parent.parent / "examples" / "grants"
PROGRAMME = load_criteria(GRANTS / "criteria")
LIST = load_longlist(GRANTS / "longlist.yaml", PROGRAMME).longlist
OPTIONS = (str(GRANTS / "longlist.yaml"), "--criteria", str(GRANTS / "criteria"))


def test_every_kind_of_rule_scores_what_is_known_and_what_may_be() -> None:
    scores = score(LIST, PROGRAMME)
    found = {
        each.ecosystem.id: [(one.proven, one.possible) for one in each.criteria]
        for each in scores.ecosystems
    }
    half, one, none = F(1, 2), F(1), F(0)
    assert found == {
        "canal-garden": [(one, one), (one, one), (one, one), (one, one)],
        # 40 to 150 residents: 10 at least, 100 perhaps.
        "care-square": [(half, one), (half, half), (none, none), (none, one)],
        # 0 to 60: perhaps 10, surely no 100; the idea of 2023 became a pilot.
        "open-kitchen": [(none, half), (half, half), (none, one), (none, one)],
        "tree-watch": [(none, one), (none, one), (none, one), (none, one)],
        "tool-shed": [(half, half), (none, none), (none, one), (none, one)],
    }


NUMBERS = st.fractions(min_value=-5, max_value=5, max_denominator=2)
STEPS = st.lists(
    st.builds(
        NumberStep,
        score=st.sampled_from([F(1), F(1, 2), F(1, 3)]),
        at_least=NUMBERS,
        at_most=st.none() | NUMBERS,
    ),
    min_size=1,
    max_size=3,
)
ENDS = st.tuples(NUMBERS, NUMBERS).filter(lambda both: both[0] != both[1])


@given(
    st.builds(lambda steps: {"steps": tuple(steps)}, STEPS)
    | st.builds(lambda ends: {"between": ends}, ENDS),
    st.none() | NUMBERS,
    st.none() | NUMBERS,
)
def test_of_an_interval_the_worst_is_proven_and_the_best_possible(
    parameters: dict[str, Any], low: F | None, high: F | None
) -> None:
    """Against every quarter within the interval: bounds are halves, so none is overlooked."""
    if low is not None and high is not None and low > high:
        low, high = high, low
    rule = NumberRule(attribute=Attribute(id="n", label={}, kind="number"), **parameters)
    value = AttributeValue(low=low, high=high)
    one = Ecosystem(id="x", name="X", provinces=(), themes=(), attributes={"n": (value,)})
    first, last = F(-7) if low is None else low, F(7) if high is None else high
    quarters = [first + F(step, 4) for step in range(int((last - first) * 4) + 1)]
    scores = [rule.score(number) for number in (*quarters, last)]
    outcome = rule.apply(one, 2020)
    assert (outcome.proven, outcome.possible) == (min(scores), max(scores))


def test_what_may_descend_and_what_no_value_is_known_of() -> None:
    attribute = Attribute(id="n", label={}, kind="number", least=F(0), most=F(10))
    rule = NumberRule(attribute=attribute, between=(F(10), F(0)))
    bare = Ecosystem(id="x", name="X", provinces=(), themes=())

    def bounds(*values: AttributeValue) -> tuple[object, object]:
        outcome = rule.apply(replace(bare, attributes={"n": values}), 2020)
        return outcome.proven, outcome.possible

    assert bounds(AttributeValue(value=F(4))) == (F(3, 5), F(3, 5))
    assert bounds(AttributeValue(low=F(4))) == (0, F(3, 5))
    assert bounds(AttributeValue(high=F(4))) == (F(3, 5), 1)
    assert bounds(AttributeValue(value=F(4), until=2019)) == (0, 1)
    assert bounds() == (0, 0)
    assert rule.apply(bare, 2020).possible == 1


def test_of_several_categories_the_best_counts() -> None:
    categories = tuple(Category(id=each, label={}) for each in "abc")
    several = Attribute(id="k", label={}, kind="choice", answer="multiple", categories=categories)
    rule = ChoiceRule(attribute=several, scores={"a": F(1, 4), "b": F(1, 2), "c": F(3, 4)})
    values = (AttributeValue(value="a"), AttributeValue(value="b"))
    one = Ecosystem(id="x", name="X", provinces=(), themes=(), attributes={"k": values})
    outcome = rule.apply(one, 2020)
    # Another may turn up, but for a single answer.
    assert (outcome.proven, outcome.possible) == (F(1, 2), F(3, 4))
    closed = replace(rule, attribute=replace(several, answer="single")).apply(one, 2020)
    assert (closed.proven, closed.possible) == (F(1, 2), F(1, 2))


def test_a_list_reads_back_as_it_was_written_and_its_hash_knows_attributes(tmp_path: Path) -> None:
    file = tmp_path / "list.yaml"
    file.write_text(list_yaml(LIST))
    again = load_longlist(file, PROGRAMME).longlist
    assert (again.ecosystems, again.sha256) == (LIST.ecosystems, LIST.sha256)
    first = LIST.ecosystems[0]
    values = {**first.attributes, "residents": (AttributeValue(value=F(121)),)}
    changed = replace(LIST, ecosystems=(replace(first, attributes=values), *LIST.ecosystems[1:]))
    assert changed.sha256 != LIST.sha256
    written = as_written(first)["attributes"]
    assert isinstance(written, dict)
    assert (written["phase"], written["residents"], written["rural"]) == ("running", 120, False)


@given(st.fractions(max_denominator=2000))
def test_a_number_is_written_exactly(number: F) -> None:
    assert F(str(number_as_written(number))) == number


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("residents: 120", "residents: -1", "K511 -1 is below the least, 0"),
        ("residents: 120", "residents: 1.5", "K511 1.5 has more than 0 decimals"),
        ("residents: 120", "residents: {source: s1}", "K511 there is no value"),
        ("residents: 120", "residents: {value: 1, low: 0}", "K511 there is both"),
        ("residents: 120", "residents: [1, 2]", "K511 two different values hold"),
        ("phase: running", "phase: ended", "K304"),
        ("phase: running", "phases: running", "K301"),
        ("rural: false", "rural: 0", "K303"),
        ("host: Tuinstichting", "host: onbekend", "K725"),
        ("source: s1, since: 2020", "source: s9, since: 2020", "K403"),
        ("value: pilot, since: 2024", "value: pilot, since: 2023", "K511 two different"),
        ("value: idea, until: 2023", "value: idea, since: 2025, until: 2023", "K404"),
    ],
)
def test_one_slip_in_a_list(tmp_path: Path, old: str, new: str, problem: str) -> None:
    text = (GRANTS / "longlist.yaml").read_text()
    assert old in text
    file = tmp_path / "list.yaml"
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(BadInput) as error:
        load_longlist(file, PROGRAMME)
    assert problem in str(error.value.problems[0])


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("programme", "kind: yes-no", "kind: yes-no, unit: {en: x}", "K510 only an attribute of"),
        ("programme", "least: 0", "least: 2\n    most: 1", "K510 least (2) is above most (1)"),
        ("programme", "id: host", "id: themes", "K510 every list has themes already"),
        ("programme", "id: host", "id: rural", "K401"),
        ("programme", "id: pilot", "id: idea", "K401"),
        ("crowd", "attribute: residents", "attribute: phase", "K304"),
        ("crowd", "{at_least: 10, score: 1/2}", "{score: 1/2}", "K503 a step has no bound"),
        ("crowd", "  steps:", "  between: [1, 2]\n  steps:", "K503 a rule on a number has either"),
        ("how-far", "running: 1", "ended: 1", "K503 'ended' is not a category of phase"),
        ("track-record", "facts: awards", "facts: host", "K304"),
    ],
)
def test_one_slip_in_a_programme(
    tmp_path: Path, file: str, old: str, new: str, problem: str
) -> None:
    copytree(GRANTS / "criteria", tmp_path / "c")
    text = (tmp_path / "c" / f"{file}.yaml").read_text()
    assert old in text
    (tmp_path / "c" / f"{file}.yaml").write_text(text.replace(old, new, 1))
    with pytest.raises(BadInput) as error:
        load_criteria(tmp_path / "c")
    assert any(problem in str(each) for each in error.value.problems)


def test_a_rule_on_an_attribute_that_nobody_declared(tmp_path: Path) -> None:
    copytree(GRANTS / "criteria", tmp_path / "c")
    text = (tmp_path / "c" / "programme.yaml").read_text()
    (tmp_path / "c" / "programme.yaml").write_text(text[: text.index("attributes:")])
    with pytest.raises(BadInput, match="declares no attribute of this kind, so not 'residents'"):
        load_criteria(tmp_path / "c")


@pytest.mark.parametrize(
    "balance", list(combinations(("themes", "provinces", "phase", "rural"), 2))
)
@pytest.mark.parametrize("size", [2, 3])
def test_the_best_shortlist_over_any_dimensions_is_that_of_brute_force(
    balance: tuple[str, ...], size: int
) -> None:
    """What is unknown takes no seat, and targets stay shares of the size."""
    scores = score(LIST, PROGRAMME)
    found = shortlist(scores, Request(size=size, balance=balance))
    totals = {each.ecosystem.id: each.proven for each in scores.ecosystems}

    def value(members: tuple[Ecosystem, ...]) -> tuple[F, F]:
        away = sum(
            (
                out_of_place(
                    spread(
                        (each.categories(name, 2024) for each in members),
                        {
                            each.id: F(size, len(PROGRAMME.dimensions[name].categories))
                            for each in PROGRAMME.dimensions[name].categories
                        },
                    )
                )
                for name in balance
            ),
            F(0),
        )
        return away, -sum((totals[each.id] for each in members), F(0))

    best = min(map(value, combinations(LIST.ecosystems, size)))
    members = tuple(each for each in LIST.ecosystems if each.id in found.selection.members)
    assert value(members) == best
    assert found.selection.status.proven


def test_commands_name_dimensions_as_the_programme_does(kiamv: Kiamv) -> None:
    asked = ("--size", "2", "--balance", "phase", "--at-least", "rural:yes=1")
    found = json.loads(kiamv("shortlist", *OPTIONS, *asked, "-f", "json").stdout)
    assert {"canal-garden"} <= {each["id"] for each in found["selected"]}
    chosen = {each["id"]: each["categories"] for each in found["selected"]}
    assert chosen["canal-garden"] == {"phase": ["running"], "rural": ["no"]}
    assert {"phase", "rural"} <= found["spread"].keys()
    each = kiamv("shortlist", *OPTIONS, "--size", "3", "--at-least", "phase:each=1")
    assert each.exit_code == 0, each.stderr
    wrong = kiamv("shortlist", *OPTIONS, "--size", "2", "--balance", "stage")
    assert (wrong.exit_code, "stage" in wrong.stderr) == (2, True)
    gaps = json.loads(kiamv("gaps", *OPTIONS, "--size", "2", "-f", "json").stdout)
    texts = {(g["id"], g["criterion"]): g["missing"] for g in gaps["gaps"]}
    assert texts["open-kitchen", "track-record"] == "2 of: Awards"
    assert texts["open-kitchen", "quality"] == "a person's judgement"


@pytest.mark.parametrize(
    ("ecosystem", "criterion", "text"),
    [
        ("tree-watch", "crowd", "Number of residents: at least 100 residents"),
        (
            "care-square",
            "crowd",
            (
                "Number of residents: at least 100 residents "
                "(known: at least 40 residents and at most 150 residents)"
            ),
        ),
        ("tree-watch", "how-far", "Phase: running"),
        ("tree-watch", "track-record", "2 of: Awards"),
    ],
)
def test_what_is_missing_is_said_in_words(ecosystem: str, criterion: str, text: str) -> None:
    one = next(each for each in LIST.ecosystems if each.id == ecosystem)
    asked = next(each for each in PROGRAMME.criteria if each.id == criterion)
    known = asked.evidence(one, LIST.as_of)
    possible = asked.rule.apply(one, LIST.as_of.year).possible
    assert missing_text(asked, possible, known, PROGRAMME) == text


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "jsonl"])
def test_a_list_in_any_form_is_the_same_list(tmp_path: Path, form: str, kiamv: Kiamv) -> None:
    file = tmp_path / f"list.{form}"
    assert kiamv("export", *OPTIONS, "-f", form, "-o", str(file)).exit_code == 0
    again = load_longlist(file, PROGRAMME).longlist
    assert (again.ecosystems, again.sha256) == (LIST.ecosystems, LIST.sha256)


def test_a_table_as_people_write_it(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(
        "id,name,provinces,themes,attributes.phase,attributes.rural,attributes.residents\n"
        "a,A,north,green,lopend,ja,12\n"
        "b,B,south,care,Pilot,x,\n"
    )
    first, other = load_longlist(file, PROGRAMME, as_of=LIST.as_of).longlist.ecosystems
    values = {name: each[0] for name, each in first.attributes.items()}
    assert values == {
        "phase": AttributeValue(value="running"),
        "rural": AttributeValue(value=True),
        "residents": AttributeValue(value=F(12)),
    }
    assert other.attributes.keys() == {"phase", "rural"}


def test_a_value_bare_and_in_a_list_is_an_error_at_the_cell(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(
        "id,name,provinces,themes,attributes.phase,attributes.phase.1.value\n"
        "a,A,north,green,idea,pilot\n"
    )
    with pytest.raises(BadInput, match=r"list\.csv:2:6: K205"):
        load_longlist(file, PROGRAMME, as_of=LIST.as_of)


@pytest.mark.slow
def test_seats_and_unknown_seats_add_up_to_the_size(kiamv: Kiamv, tmp_path: Path) -> None:
    found = json.loads(kiamv("shortlist", *OPTIONS, "--size", "5", "-f", "json").stdout)
    for name, unknown in found["unknown_seats"].items():
        assert unknown + sum(each["seats"] for each in found["spread"][name]) == 5
    assert found["unknown_seats"] == {"phase": 1, "rural": 2}
    told = kiamv("shortlist", *OPTIONS, "--size", "5").stdout
    assert [line.split() for line in told.splitlines() if line.startswith("unknown")] == [
        ["unknown", "unknown", "1"],
        ["unknown", "unknown", "2"],
    ]
    page = tmp_path / "report.html"
    done = kiamv("report", *OPTIONS, "--size", "3", "-o", str(page))
    assert done.exit_code == 0, done.stderr
    text = page.read_text()
    assert "Number of residents" in text
    assert "at least 40 residents and at most 150 residents" in text


def test_texts_name_dimensions_and_categories_as_the_programme_does(
    kiamv: Kiamv, tmp_path: Path
) -> None:
    told = kiamv("shortlist", *OPTIONS, "--size", "3", "--balance", "phase", "--lang", "nl").stdout
    assert "Balans over Fase kostte" in told
    clash = kiamv("shortlist", *OPTIONS, "--size", "3", "--at-least", "rural:no=3")
    assert clash.exit_code == 3
    assert "at least 3 members of Rural: no, of which the long list has 1" in clash.stderr
    assert "--at-least rural:no=1 instead of --at-least rural:no=3" in clash.stderr
    again = kiamv("shortlist", *OPTIONS, "--size", "3", "--at-least", "rural:no=1")
    assert again.exit_code == 0, again.stderr
    record = tmp_path / "record.json"
    asked = ("--size", "3", "--balance", "phase,rural", "--at-least", "rural:no=1")
    said = ("--by", "Jo", "--on", "2024-07-01", "--reason", "as asked", "-o", str(record))
    assert kiamv("record", *OPTIONS, *asked, *said).exit_code == 0
    done = kiamv("verify", str(record), "--longlist", *OPTIONS)
    assert done.exit_code == 0, done.stdout
