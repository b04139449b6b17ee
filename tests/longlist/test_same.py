"""``kiamv same`` as people use it: looking, answering, changing their minds."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path
from select import select
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from kiamv_cli import BadInput
from kiamv_cli.longlist import load_identities, same
from kiamv_cli.longlist.commands import answering

if TYPE_CHECKING:
    from click.testing import Result
    from running import Kiamv

CALL = "HANNN\n\nSamen 030\nSafety  Campus Twente\nSteenbreek\n"
LIST = """\
name;contact
Healthy Ageing Network Northern Netherlands (HANNN);Jan
Samen030;Piet
Twente Safety Campus;Els
Steenbreek;Noor
"""
WHO = ("--by", "A. de Vries", "--on", "2020-11-02")
FILE = Path("identities.yaml")
HEADING = "schema: kiamv/identities/1\nanswers: []\n"


@pytest.fixture(autouse=True)
def _lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("call.txt").write_text(CALL, encoding="utf-8")
    Path("list.csv").write_text(LIST, encoding="utf-8")


def answer(kiamv: Kiamv, typed: str, *more: str) -> Result:
    return kiamv("same", "call.txt", "list.csv", *WHO, *more, stdin=typed)


def test_the_strongest_suspicion_comes_first_with_its_reason(kiamv: Kiamv) -> None:
    shown = kiamv("same", "call.txt", "list.csv")
    assert shown.exit_code == 0
    assert shown.stderr == ""
    assert not FILE.exists()
    lines = shown.stdout.splitlines()
    assert lines[0] == "7 entries: 3 pairs that may be the same"
    assert lines[3].startswith("strong, 98 Samen 030 ")
    assert "'HANNN' is in brackets after the name it is short for" in lines[4]
    assert "1 name stands on more than one list as it is" in shown.stdout
    assert "Nothing is merged automatically." in shown.stdout


def test_data_formats_hold_everything(kiamv: Kiamv) -> None:
    answer(kiamv, "y\n")
    said = json.loads(kiamv("same", "call.txt", "list.csv", "-f", "json").stdout)
    assert said["schema"] == "kiamv/same/1"
    assert (said["entries"], said["suspected"], said["open"]) == (7, 3, 2)
    assert said["answers"] == {"same": 1, "different": 0, "part-of": 0, "later": 0}
    first = said["suspicions"][0]
    assert first["one"] == {"id": None, "name": "Samen 030", "lists": ["call.txt"]}
    assert first["other"] == {"id": "samen030", "name": "Samen030", "lists": ["list.csv"]}
    assert [each["kind"] for each in first["reasons"]] == ["same-letters"]
    assert first["answer"] == "same"
    rows = list(
        csv.DictReader(io.StringIO(kiamv("same", "call.txt", "list.csv", "-f", "csv").stdout))
    )
    assert [row["answer"] for row in rows] == ["same", "", ""]
    assert "| strong, 95 |" in kiamv("same", "call.txt", "list.csv", "-f", "md").stdout


def test_the_bundled_list_is_looked_through_if_none_is_given(kiamv: Kiamv) -> None:
    shown = kiamv("same", "--least", "fair")
    assert "60 entries: 1 pair that may be the same" in shown.stdout
    assert "Zero Emissie Stadslogistiek" in shown.stdout


def test_answers_are_kept_one_by_one_with_who_and_when(kiamv: Kiamv) -> None:
    done = answer(kiamv, "y\nn two boards, two budgets\np\n")
    assert done.exit_code == 0
    assert FILE.read_text(encoding="utf-8") == (
        'schema: "kiamv/identities/1"\n'
        "answers:\n"
        '  - {one: "Samen 030", answer: same, other: "Samen030", by: "A. de Vries", '
        "date: 2020-11-02}\n"
        '  - {one: "HANNN", answer: different, other: "Healthy Ageing Network Northern Netherlands '
        '(HANNN)", by: "A. de Vries", date: 2020-11-02, reason: "two boards, two budgets"}\n'
        '  - {one: "Safety Campus Twente", answer: part-of, other: "Twente Safety Campus", by: '
        '"A. de Vries", date: 2020-11-02}\n'
    )
    assert "3 of 3. Suspicion: strong, 95" in done.stderr
    assert "kiamv: 3 answers kept in identities.yaml" in done.stderr
    assert (
        "Answered in identities.yaml: the same 1, different 1, part of the other 1." in done.stdout
    )
    assert "Nothing is left to ask." in done.stdout
    again = answer(kiamv, "")
    assert "Suspicion" not in again.stderr


def test_import_uses_the_answers(kiamv: Kiamv) -> None:
    head = '{"title": "L", "as_of": "2020-11-30"}\n'
    rest = '"provinces": ["NL-UT"], "themes": ["health"]}\n'
    Path("a.jsonl").write_text(head + '{"id": "a", "name": "Samen 030", ' + rest, encoding="utf-8")
    Path("b.jsonl").write_text(head + '{"id": "b", "name": "Samen030", ' + rest, encoding="utf-8")
    kiamv("same", "a.jsonl", "b.jsonl", *WHO, stdin="y\n")
    kiamv("import", "a.jsonl", "b.jsonl", "--identities", "identities.yaml", "-o", "one")
    assert sorted(each.name for each in Path("one").glob("*.yaml")) == ["a.yaml", "longlist.yaml"]


def test_the_whole_may_be_the_first_one(kiamv: Kiamv) -> None:
    answer(kiamv, "whole\nq\n")
    (said,) = load_identities(FILE).decisions
    assert (said.one, said.answer, said.other) == ("Samen030", "part-of", "Samen 030")


def test_the_keys_are_those_of_the_language(kiamv: Kiamv, monkeypatch: pytest.MonkeyPatch) -> None:
    dutch = {"yes": "ja", "no": "nee", "part": "deel", "whole": "geheel", "undo": "ongedaan"}
    dutch["quit"] = "stoppen"

    def translated(text: str, **values: object) -> str:
        return dutch.get(text, text).format(**values)

    monkeypatch.setattr(answering, "_", translated)
    done = answer(kiamv, "yes\nj\ng\nl\ns\n")
    assert "j ja  n nee  d deel  g geheel  l later  o ongedaan  s stoppen" in done.stderr
    assert [each.answer for each in load_identities(FILE).decisions] == ["same", "part-of", "later"]


@pytest.mark.parametrize(
    ("key", "said"), [("j", "hetzelfde"), ("n", "verschillend"), ("d", "onderdeel van")]
)
def test_what_is_taken_back_is_said_in_dutch(kiamv: Kiamv, key: str, said: str) -> None:
    answer(kiamv, f"{key}\ns\n", "--lang", "nl")
    undone = kiamv("same", "call.txt", "list.csv", "--undo", "last", "--lang", "nl")
    assert f"kiamv: teruggenomen: 'Samen 030' {said} 'Samen030', door A. de" in undone.stderr


def test_what_is_not_understood_is_explained_and_asked_again(kiamv: Kiamv) -> None:
    done = answer(kiamv, "what\n\nyeah\ny\nq\n")
    assert done.stderr.count("Are they the same?") == 5
    assert "p  part: 1 is a part of 2" in done.stderr
    assert len(load_identities(FILE).decisions) == 1


def test_an_answer_can_be_taken_back_at_once_and_afterwards(kiamv: Kiamv) -> None:
    done = answer(kiamv, "u\ny\nn\nu\nu\nn\nq\n")
    assert "Nothing was answered in this sitting" in done.stderr
    assert [each.answer for each in load_identities(FILE).decisions] == ["different"]
    before = FILE.read_bytes()
    answer(kiamv, "y\nq\n")
    undone = kiamv("same", "call.txt", "list.csv", "--undo", "HANNN")
    assert "taken back: 'HANNN' same 'Healthy" in undone.stderr
    assert FILE.read_bytes() == before
    assert kiamv("same", "call.txt", "list.csv", "--undo", "last").exit_code == 0
    assert not load_identities(FILE).decisions
    nothing = kiamv("same", "call.txt", "list.csv", "--undo", "last")
    assert nothing.exit_code == 2
    assert '--undo "last": there is no such answer in identities.yaml.' in nothing.stderr


def test_later_is_asked_again_when_wished_and_stays_on_file(kiamv: Kiamv) -> None:
    answer(kiamv, "l\nl\nl\n")
    assert "(later)" in kiamv("same", "call.txt", "list.csv").stdout
    assert "Suspicion" not in answer(kiamv, "").stderr
    answer(kiamv, "y\nq\n", "--later")
    assert [each.answer for each in load_identities(FILE).decisions] == [*["later"] * 3, "same"]


def test_a_table_with_answers_filled_in_is_read(kiamv: Kiamv) -> None:
    rows = list(
        csv.DictReader(io.StringIO(kiamv("same", "call.txt", "list.csv", "-f", "csv").stdout))
    )
    rows[0]["answer"], rows[2]["answer"] = "same", "later"
    with Path("filled.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0], delimiter=";")
        table.writeheader()
        table.writerows(rows)
    for said_then in ("kiamv: 2 new answers", "kiamv: 0 new answers"):
        done = kiamv("same", "call.txt", "list.csv", "--answers", "filled.csv", *WHO)
        assert said_then in done.stderr
    said = load_identities(FILE).decisions
    assert [(each.one, each.answer, each.by) for each in said][:2] == [
        ("Samen 030", "same", "A. de Vries"),
        ("Safety Campus Twente", "later", "A. de Vries"),
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("hetzelfde", "same"),
        ("Verschillend", "different"),
        ("anders", "different"),
        ("Onderdeel  van", "part-of"),
        ("later", "later"),
        ("Same", "same"),
    ],
)
def test_answers_in_a_table_may_be_in_dutch_and_on_any_pair(
    written: str, read: str, kiamv: Kiamv
) -> None:
    text = f"one,answer,other\nSteenbreek,{written},Samen 030\n"
    Path("a.csv").write_text(text, encoding="utf-8")
    assert kiamv("same", "call.txt", "list.csv", "--answers", "a.csv", *WHO).exit_code == 0
    (said,) = load_identities(FILE).decisions
    assert (said.one, said.answer, said.other) == ("Steenbreek", read, "Samen 030")


def test_a_workbook_with_answers_is_read_and_strangers_are_named(kiamv: Kiamv) -> None:
    book = xlsxwriter.Workbook("filled.xlsx")
    sheet = book.add_worksheet("answers")
    sheet.write_row(0, 0, ["one", "answer", "other", "by", "date", "notes"])
    sheet.write_row(1, 0, ["HANNN", "different", "Hannah", "B", "2020-10-01", "?"])
    book.close()
    done = kiamv("same", "call.txt", "list.csv", "--answers", "filled.xlsx")
    assert "kiamv: 1 new answer kept in identities.yaml" in done.stderr
    assert "answered, but not on these lists: Hannah" in done.stderr


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        (
            "a.csv",
            "one,answer,other\nA,maybe,B\n",
            "a.csv:2:2: K304 'maybe' is not allowed in answer",
        ),
        ("a.csv", "one,answer\nA,same\n", "a.csv: K707 the column other is missing"),
        ("a.csv", "", "a.csv: K707 the columns one, answer, other are missing"),
        ("a.csv", "one,answer,other\nA,same,\n", "a.csv:2:1: K302 the key 'other' is missing"),
        ("a.csv", "one,answer,other\nA,same,B\nB,different,A\n", "a.csv:3:1: K420 'B' and 'A'"),
        ("a.yaml", "schema: kiamv/identities/1\nanswers: 3\n", "a.yaml:2:10: K303"),
    ],
)
def test_answers_that_cannot_be_kept_are_refused_with_their_place(
    kiamv: Kiamv, name: str, text: str, problem: str
) -> None:
    Path(name).write_text(text, encoding="utf-8")
    done = kiamv("same", "call.txt", "list.csv", "--answers", name, *WHO)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert problem in done.stderr
    assert not FILE.exists()


def test_answers_must_fit_those_on_file(kiamv: Kiamv) -> None:
    answer(kiamv, "y\nq\n")
    before = FILE.read_bytes()
    Path("a.csv").write_text("one,answer,other\nSamen030,different,Samen 030\n", encoding="utf-8")
    done = kiamv("same", "call.txt", "list.csv", "--answers", "a.csv", *WHO)
    assert done.exit_code == 2
    assert "a.csv:2:1: K420" in done.stderr
    assert FILE.read_bytes() == before


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--by", "A"], "--by: also say when, with --on DATE."),
        (["--by", " ", "--on", "2020-11-02"], "--by: it is empty"),
        (["--by", "A", "--on", "yesterday"], '--on "yesterday": not a date'),
        (["--on", "2020-11-02"], "also say who answers, with --by NAME"),
        (["--later"], "also say who answers, with --by NAME"),
        (["--identities", "none.yaml"], "none.yaml: K101 there is no such file"),
        ([*WHO, "--identities", "a.json"], "answers are saved as YAML"),
        ([*WHO, "-"], "--by: the list comes from standard input"),
        (["none.txt"], "none.txt: K101 there is no such file"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    kiamv: Kiamv, options: list[str], problem: str
) -> None:
    done = kiamv("same", "call.txt", "list.csv", *options, stdin="y\n")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert problem in done.stderr


def test_a_file_that_changed_meanwhile_is_left_alone(
    kiamv: Kiamv, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(kiamv, "y\nq\n")

    class Meanwhile(io.StringIO):
        def readline(self, *_: object) -> str:  # type: ignore[override]
            FILE.write_text("theirs", encoding="utf-8")
            return "y\n"

    monkeypatch.setattr(answering, "_read_line", Meanwhile().readline)
    done = answer(kiamv, "")
    assert done.exit_code == 2
    assert "theirs" in done.stderr
    assert FILE.read_text(encoding="utf-8") == "theirs"


def test_comments_that_go_are_told(kiamv: Kiamv) -> None:
    answer(kiamv, "y\nq\n")
    FILE.write_text("# mine\n" + FILE.read_text(encoding="utf-8"), encoding="utf-8")
    assert "comments and layout of your own are not kept" in answer(kiamv, "y\nq\n").stderr


def test_names_need_nothing_else_of_a_list() -> None:
    Path("bare.yaml").write_text(
        "title: T\necosystems:\n  - {name: Alpha Lab, mood: good}\n"
        "  - {name: Lab Alpha, website: 3}\n",
        encoding="utf-8",
    )
    assert len(same(["bare.yaml"]).suspicions) == 1
    Path("bad.jsonl").write_text('{"id": "a"}\n{"id": "b", "name": ""}\n', encoding="utf-8")
    Path("long.txt").write_text("x" * 201 + "\n", encoding="utf-8")
    Path("blank.txt").write_text("\n \n", encoding="utf-8")
    with pytest.raises(BadInput) as bad:
        same(["bad.jsonl", "long.txt", "blank.txt"])
    assert [(each.code, each.line) for each in bad.value.problems] == [
        ("K302", 1),
        ("K306", 2),
        ("K105", None),
    ]
    assert [(each.code, each.line) for each in same(["long.txt"]).remarks] == [("K984", 1)]


def test_a_table_with_two_columns_of_answers_is_refused(kiamv: Kiamv) -> None:
    Path("filled.csv").write_text("one,answer,other,Answer\nSamen 030,same,X,different\n")
    done = kiamv("same", "call.txt", "list.csv", "--answers", "filled.csv", *WHO)
    assert (done.exit_code, "K702" in done.stderr) == (2, True)
    assert "'answer' and 'Answer' are both read as answer" in done.stderr


def test_hostile_names_print_harmlessly(kiamv: Kiamv) -> None:
    Path("call.txt").write_text("=1+1 Lab\n[red]Lab =1+1\n", encoding="utf-8")
    shown = kiamv("same", "call.txt", "-f", "csv", "--least", "weak")
    assert all(not row.startswith("=") for row in shown.stdout.splitlines())
    assert "'=1+1 Lab" in shown.stdout
    assert "[red]Lab =1+1" in kiamv("same", "call.txt").stdout


# The first terminal that a new session opens is the one whose Ctrl-C reaches it.
AT_TERMINAL = ("/bin/sh", "-c", 'exec "$@" <"$0" >"$0" 2>&1')


def _typing(*typed: bytes) -> tuple[int, str]:
    """Type at a real terminal, each time the question stands there."""
    main, side = pty.openpty()
    command = [sys.executable, "-m", "kiamv_cli", "same", "call.txt", "list.csv", *WHO]
    with subprocess.Popen(
        [*AT_TERMINAL, os.ttyname(side), *command], start_new_session=True
    ) as process:
        received, left, asked = b"", list(typed), 0
        deadline = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < deadline:
            if select([main], [], [], 0.1)[0]:
                received += os.read(main, 65536)
            if left and received.count(b"q quit: ") > asked:
                asked += 1
                os.write(main, left.pop(0))
        status = process.wait(timeout=60)
    while select([main], [], [], 0)[0]:
        received += os.read(main, 65536)
    os.close(side)
    os.close(main)
    return status, received.decode()


def test_at_a_terminal_ctrl_c_keeps_what_was_answered() -> None:
    status, shown = _typing(b"y\n", b"\x03")
    assert status == 130
    assert "1 answer kept in identities.yaml" in shown
    assert "Traceback" not in shown
    assert [each.answer for each in load_identities(FILE).decisions] == ["same"]


def test_at_a_terminal_ctrl_d_stops() -> None:
    status, shown = _typing(b"n\n", b"\x04")
    assert status == 0
    assert "3 pairs that may be the same" in shown
    assert [each.answer for each in load_identities(FILE).decisions] == ["different"]


def test_an_answer_of_somebody_else_meanwhile_is_kept_too(
    kiamv: Kiamv, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = "  - {one: A, answer: different, other: B, by: Else, date: 2020-11-02}\n"

    def meanwhile() -> str:
        before = FILE.read_text(encoding="utf-8") if FILE.exists() else HEADING
        if "Else" not in before:
            FILE.write_text(before.replace("answers: []", "answers:") + theirs, encoding="utf-8")
        return typed.pop(0)

    typed = ["y\n", "u\n", "n\n", "q\n"]
    monkeypatch.setattr(answering, "_read_line", meanwhile)
    assert answer(kiamv, "").exit_code == 0
    kept = load_identities(FILE).decisions
    assert [(each.by, each.answer) for each in kept] == [
        ("Else", "different"),
        ("A. de Vries", "different"),
    ]


def test_answers_that_disappeared_are_not_written_as_if_there_were_none(
    kiamv: Kiamv, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(kiamv, "y\nq\n")

    def gone() -> str:
        FILE.unlink(missing_ok=True)
        return "y\n"

    monkeypatch.setattr(answering, "_read_line", gone)
    done = answer(kiamv, "")
    assert (done.exit_code, FILE.exists()) == (2, False)
    assert "it was changed meanwhile" in done.stderr


@pytest.mark.slow
def test_of_several_who_answer_at_once_nobody_loses_an_answer() -> None:
    people, pairs = ("Anna", "Bob", "Cor"), 6
    for who in people:
        rows = "".join(f"{who} {n},same,Also {who} {n},{who},2020-11-02\n" for n in range(pairs))
        Path(f"{who}.csv").write_text(f"one,answer,other,by,date\n{rows}", encoding="utf-8")
    Path("call.txt").write_text("Anna 1\n", encoding="utf-8")
    command = [sys.executable, "-m", "kiamv_cli", "same", "call.txt", "--answers"]
    for _ in range(3):
        FILE.unlink(missing_ok=True)
        running = [
            subprocess.Popen(
                [*command, f"{who}.csv"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
            for who in people
        ]
        told = [each.communicate(timeout=60)[1].decode() for each in running]
        assert [each.returncode for each in running] == [0, 0, 0], told
        kept = [each.by for each in load_identities(FILE).decisions]
        assert [kept.count(who) for who in people] == [pairs] * 3
