"""Every text that people see is a message of the catalogue, and none of it gets into data.

The catalogue here writes each message between brackets. What is left outside of them has to be
data: names, ids, options.
"""

from __future__ import annotations

import ast
import io
import re
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from click.testing import CliRunner
from typer.main import get_command

from kiamv_cli import load_criteria, load_longlist
from kiamv_cli.base import language
from kiamv_cli.base import text as texts
from kiamv_cli.base.language import current_language, in_language
from kiamv_cli.base.problem import Code, Problem, Refusal
from kiamv_cli.base.text import Text
from kiamv_cli.cli.app import build
from kiamv_cli.display import formats
from kiamv_cli.display.document import Heading, Paragraph, Picture, Screen, Table
from kiamv_cli.display.formats import render
from kiamv_cli.display.text import (
    ASCII,
    UNICODE,
    date_text,
    decimal,
    either,
    exact,
    first_of,
    listing,
    percent,
    seats,
    seats_text,
    whole,
)
from kiamv_cli.longlist.model import layout
from kiamv_cli.longlist.model.duplicates import Checked
from kiamv_cli.longlist.model.identity import Decision, conflicts
from kiamv_cli.longlist.model.longlist import TableOptions
from kiamv_cli.longlist.model.lookup import UnknownEcosystemError
from kiamv_cli.longlist.reading.tables.book import read_table
from kiamv_cli.longlist.view.check import CheckView, CodesView
from kiamv_cli.longlist.view.workbook import list_workbook
from kiamv_cli.review.model.people import Reviewer
from kiamv_cli.review.reading.folder import ReviewFolder
from kiamv_cli.review.reading.form import read_form
from kiamv_cli.review.reading.standing import expected
from kiamv_cli.review.view.form import Blank, form_sheet, form_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from click import Command

    from kiamv_cli.base.labels import Language
    from kiamv_cli.display.data import Dialect
    from kiamv_cli.display.document import Block, View
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme

F = Fraction
PACKAGE = Path(language.__file__).parent
LONGLIST = """\
title: Zork
as_of: 2026-01-01
ecosystems:
  - {id: alfa, name: Alfa, provinces: [NL-GR], themes: [energy], suggested_by: [rom],
     budget: [{own: true, amount_eur: 1250000, from: 2025, until: 2028, funders: [Zorka, Zorko],
               note: zork}, {from: 2027}, {own: false, until: 2026}, {until: 2024}],
     maturity: [{what: zork, source: s1}, {what: zork, since: 2030}],
     sources: {s1: {title: Zork, publisher: Zorka, url: "https://zork.nl"}}}
  - {id: beta, name: Beta, provinces: [NL-FR], themes: [health], suggested_by: [zorko, rom],
     challenges: [{what: zork, theme: null}, {what: zork, theme: energy}],
     life_domains: [{domain: living}], scope: national, comparable_elsewhere: [{what: zork}],
     lead: {who: Zorka, kind: government}, seat: Zork, founded: 2001, aliases: [Zorka, Zorko],
     partners: {industry: [{name: Zork}], government: [{name: Zorka}], citizens: []}}
  - {id: gamma, name: Gamma, provinces: [NL-DR], themes: [energy], maturity: [],
     verdicts: {regional: {verdict: unknown, by: Zorka, date: 2025-12-01, reason: zork},
                multi-mission: {verdict: met, by: Zorka, date: 2026-12-01, reason: zork},
                multi-helix: {parts: {industry: met, government: not-met, research: partly},
                              by: Zorka, date: 2025-12-01, reason: zork}}}
  - {id: delta, name: Delta, provinces: [NL-DR], themes: [energy]}
"""
REVIEWERS = """\
reviewers:
  - {id: zorka, name: Zorka}
  - {id: zorko, name: Zorko, interests: [beta]}
"""
BRACKETED = re.compile("⟦[^⟦⟧]*⟧")
# What is nobody's language: names of programs, methods and options.
NAMES = {"kiamv", "highspy", "sha-256", "ac1", "alpha", "fleiss", "cohen", "zork", "zorka", "zorko"}


class Bracketed:
    """A catalogue of which every message shows."""

    def gettext(self, text: str) -> str:
        return f"⟦{text}⟧"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return f"⟦{one if number == 1 else many}⟧"


class Readable(Bracketed):
    """The same, with the words for yes and no that people may write in tables."""

    def gettext(self, text: str) -> str:
        return {"yes": "ja", "no": "nee"}.get(text, super().gettext(text))


@contextmanager
def bracketed(catalogue: Bracketed = Bracketed()) -> Iterator[None]:  # noqa: B008 - it has no state
    """Have texts in a language of which every message shows."""
    known = language._catalogue  # noqa: SLF001 - what is not in a language has no other way in
    language._catalogue = lambda which: None if which == "en" else catalogue  # type: ignore[assignment]  # noqa: SLF001
    form, table = texts._form, texts.table  # noqa: SLF001
    headings = {step: {"en": step, "nl": f"⟦{step}⟧"} for step in table("headings")}
    texts._form = lambda key: _in_brackets(form(key))  # noqa: SLF001
    layout.table = texts.table = lambda name: headings if name == "headings" else table(name)  # type: ignore[assignment, attr-defined]
    try:
        with in_language("nl"):
            yield
    finally:
        language._catalogue = known  # noqa: SLF001
        texts._form, texts.table, layout.table = form, table, table  # type: ignore[attr-defined]  # noqa: SLF001


def _in_brackets(form: str | dict[str, str]) -> str | dict[str, str]:
    if current_language() == "en":
        return form
    if isinstance(form, str):
        return form if form.startswith("⟦") else f"⟦{form}⟧"
    return {number: f"⟦{each}⟧" for number, each in form.items()}


def pieces(block: Block) -> Iterator[str]:
    """Texts of a block; a picture may be one text that was wrapped."""
    match block:
        case Heading() | Paragraph():
            yield block.text
        case Picture():
            yield " ".join(cell.text for line in block.lines for cell in line)
        case Table():
            yield from (column.heading for column in block.columns)
            yield from (cell.text for row in block.rows for cell in row)


def outside(text: str) -> list[str]:
    """The words of a text that stand in no message."""
    while (shorter := BRACKETED.sub(" ", text)) != text:
        text = shorter
    words = (word.strip(".,;:()[]\"'*#") for word in text.split())
    return [word for word in words if re.search(r"[^\W\d_]{2}", word)]


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_criteria()


@pytest.fixture(scope="module")
def known(programme: Programme) -> set[str]:
    """All words of the data, and codes as a whole."""
    labels = [each.label["nl"] for each in programme.criteria]
    labels += [each.question["nl"] for each in programme.criteria]
    labels += [each.label["nl"] for each in programme.classes]
    ids = [each.id for each in programme.criteria] + [each.id for each in programme.classes]
    for dimension in programme.dimensions.values():
        labels += [dimension.label["nl"], *(each.label["nl"] for each in dimension.categories)]
        codes = [each.id for each in dimension.categories]
        ids += [*codes, *(code.rpartition("-")[2] for code in codes)]
    ids += [f"multi-helix.{side}" for side in ("industry", "government", "research", "citizens")]
    names = ["alfa", "beta", "gamma", "delta", "rom", "kiamv-2020", "zork.json", "zorka.json"]
    words = {word.strip(".,;:()?'").casefold() for label in labels for word in label.split()}
    return {*words, *(each.casefold() for each in ids), *names, *NAMES}


def is_data(word: str, known: set[str]) -> bool:
    word = re.sub(r"=\d+$", "", word).casefold().strip("?")
    return (
        word in known
        or word.startswith(("--", "https://"))
        or bool(re.fullmatch(r"[0-9a-f]{12}|[0-9a-f]{64}", word))
        or bool(re.fullmatch(r"\w+\.(yaml|json):?", word))
    )


def check(view: View, known: set[str]) -> None:
    """See that a view says nothing to people outside of messages, and that data stays English."""
    with bracketed():
        for symbols in (UNICODE, ASCII):
            for block in view.blocks(symbols):
                for text in pieces(block):
                    strange = [each for each in outside(text) if not is_data(each, known)]
                    assert not strange, (type(view).__name__, text)
        for how in ("json", "csv"):
            made = render(view, how, Screen())
            assert "⟦" not in made, (type(view).__name__, how)


@pytest.fixture(scope="module")
def command() -> Command:
    with bracketed():
        return get_command(build())


@pytest.fixture
def views(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[View]]:
    """Run commands, and catch what they show."""
    monkeypatch.chdir(tmp_path)
    Path("list.yaml").write_text(LONGLIST, encoding="utf-8")
    caught: list[View] = []

    def catch(view: View, how: formats.Format, screen: Screen, *more: Dialect) -> str:
        caught.append(view)
        return render(view, how, screen, *more)

    monkeypatch.setattr(formats, "render", catch)

    def run(*lines: str, status: tuple[int, ...] = (0,)) -> list[View]:
        caught.clear()
        for line in lines:
            with bracketed():
                done = CliRunner(env={"KIAMV_LANG": "nl"}).invoke(command, line.split())
            assert done.exit_code in status, (line, done.stderr)
        return list(caught)

    return run


COMMANDS = (
    "score list.yaml",
    "classify list.yaml",
    "spread list.yaml",
    "shortlist list.yaml -n 2 --margins --alternatives 2",
    "shortlist list.yaml -n 4 --margins --alternatives 2 --balance none",
    "shortlist list.yaml -n 2 --unknown known --class ineligible --include beta",
    "shortlist list.yaml -n 2 --time-limit 0.000001",
    "tradeoff list.yaml -n 2",
    "tradeoff list.yaml -n 2 --balance none",
    "gaps list.yaml -n 2",
    "gaps list.yaml -n 2 --unknown middle --ecosystem beta",
    "gaps list.yaml -n 2 --unknown possible",
    "gaps list.yaml -n 4",
    "robustness list.yaml -n 2 --draws 20",
    "robustness list.yaml -n 2 --draws 5 --concentration 0.5",
    "robustness list.yaml -n 2 --draws 5 --concentration 2.5",
    "flow list.yaml -n 2 --exclude gamma --class ineligible",
    "sources list.yaml -n 2",
    "explain alfa beta gamma -l list.yaml -n 2",
    "explain alfa -l list.yaml -n 2 --balance none --unknown possible",
    "explain beta -l list.yaml -n 2 --include beta",
    "explain beta -l list.yaml -n 2 --exclude beta",
    "explain beta -l list.yaml -n 2 --give-up 1",
    "explain alfa beta gamma delta -l list.yaml -n 1 --class ineligible --at-least NL-FR=1",
    "record list.yaml -n 2 --by Zorka --on 2026-01-02 --reason zork --swap beta=delta:zork -f md",
)


@pytest.mark.slow
@pytest.mark.parametrize("line", COMMANDS)
def test_all_that_a_command_shows_is_a_message_or_data(
    views: Callable[..., list[View]], known: set[str], line: str
) -> None:
    shown = views(line, status=(0, 4))
    assert shown
    for view in shown:
        check(view, known)


@pytest.mark.parametrize(
    "wishes",
    [
        "-n 2 --at-least NL-GR=2 --at-most NL-GR=1",
        "-n 3 --include alfa --exclude beta --exclude gamma --at-most energy=1",
        "-n 1 --class eligible",
        "-n 4 --exclude alfa",
    ],
)
def test_wishes_that_clash(views: Callable[..., list[View]], known: set[str], wishes: str) -> None:
    for view in views(f"shortlist list.yaml {wishes}", status=(3,)):
        check(view, known)


def test_records(views: Callable[..., list[View]], known: set[str]) -> None:
    said = "--by Zorka --on 2026-01-02 --reason zork"
    made = views(
        f"record list.yaml -n 2 {said} --swap beta=delta:zork -o zork.json",
        f"record list.yaml -n 2 --unknown possible {said} -o zorka.json",
        "verify zork.json",
        "diff zork.json zorka.json",
    )
    place = Path("list.yaml")
    place.write_text(LONGLIST.replace("maturity: []", "seat: Zork"), encoding="utf-8")
    made += views("diff zork.json list.yaml", "verify zork.json", status=(0, 1))
    place.write_text(LONGLIST.replace("id: delta", "id: zorko"), encoding="utf-8")
    made += views("diff zorka.json list.yaml", "verify zork.json", status=(0, 1))
    assert len(made) == 8
    for view in made:
        check(view, {*known, "proven", "possible"})


@pytest.mark.slow
def test_a_review(views: Callable[..., list[View]], known: set[str]) -> None:
    folder = Path("review")
    folder.mkdir()
    (folder / "reviewers.yaml").write_text(REVIEWERS, encoding="utf-8")
    at = "-l list.yaml"
    made = views(f"review assign {at}", f"review form {at}")
    made += views(f"review open {at}", status=(1,))
    for name, verdict in (("zorka", "met"), ("zorko", "not-met")):
        form = folder / "forms" / f"{name}.yaml"
        text = form.read_text("utf-8").replace("reason:\n", "reason: zork\n")
        form.write_text(text.replace("verdict:\n", f"verdict: {verdict}\n"), encoding="utf-8")
        made += views(f"review seal {form} {at}")
    made += views(f"review open {at}")
    form = folder / "forms" / "zorka.yaml"
    form.write_text(
        form.read_text("utf-8").replace("verdict: met", "verdict: partly", 1), encoding="utf-8"
    )
    made += views(
        f"review open {at}",
        f"review agreement {at}",
        f"review adjudicate {at}",
        f"review adjudicate gamma regional --verdict not-met --by Zork --reason zork {at}",
        "score list.yaml --reviews review",
        f"review spread {at} -n 2",
        "explain gamma -l list.yaml -n 2 --reviews review",
    )
    for view in made:
        check(view, {*known, "reviewers"})


@pytest.mark.slow
def test_a_review_as_an_office_does_it(views: Callable[..., list[View]], known: set[str]) -> None:
    folder, at = Path("review"), "-l list.yaml"
    folder.mkdir()
    (folder / "reviewers.yaml").write_text(REVIEWERS, encoding="utf-8")
    made = views(f"review send --as yaml {at}")
    for name, verdict in (("zorka", "met"), ("zorko", "not-met")):
        form = folder / "forms" / f"{name}.yaml"
        text = form.read_text("utf-8").replace("reason:\n", "reason: zork\n")
        done = text.replace("verdict:\n", f"verdict: {verdict}\n", 17 if name == "zorka" else -1)
        form.write_text(done, encoding="utf-8")
    made += views(f"review receive review/forms/zorka.yaml --try {at}")
    made += views(f"review receive review/forms/zorka.yaml review/forms/zorko.yaml {at}")
    made += views(f"review close {at}", status=(1,))
    made += views(
        f"review close --without zorka --by Zork --on 2026-02-01 --because zork {at}",
        f"review receive review/forms/zorko.yaml {at}",
        f"review dossier gamma {at}",
    )
    paths = {f"review/forms/{name}.yaml" for name in ("zorka", "zorko")}
    for view in made:
        check(view, {*known, *paths, "reviewers", "review/receipts"})


def test_imported_lists(views: Callable[..., list[View]], known: set[str]) -> None:
    (view,) = views("import list.yaml list.yaml -o zork")
    check(view, {*known, "list.yaml"})


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("severity", ["error", "warning", None])
def test_a_check(known: set[str], severity: str | None, strict: bool) -> None:  # noqa: FBT001
    kind = "K901" if severity == "warning" else "K101"
    code = Code(kind)
    text, hint = Text(f"{kind}.title"), Text("hints.right-file")
    problem = Problem(text=text, advice=hint, path="zork")
    checked = Checked(
        programme=load_criteria(),
        title="Zork",
        as_of=date(2026, 1, 1),
        ecosystems=2,
        problems=(problem,) if severity else (),
        unread=severity == "error",
    )
    names = {*known, code.id.casefold()}
    check(CheckView(checked, {code.id: code}, strict=strict), names)
    check(CodesView((code,)), names)


def _longlist(tmp_path: Path, programme: Programme) -> Longlist:
    (tmp_path / "list.yaml").write_text(LONGLIST, encoding="utf-8")
    return load_longlist(tmp_path / "list.yaml", programme=programme).longlist


def _blank(longlist: Longlist, programme: Programme) -> Blank:
    return Blank(
        reviewer=Reviewer(id="zorka", name="Zorka"),
        ecosystems=longlist.ecosystems,
        programme=programme,
        as_of=date(2026, 1, 1),
        longlist=longlist.sha256,
        questions="0" * 64,
    )


def _strange(texts: Iterable[str], known: set[str]) -> list[str]:
    return [word for text in texts for word in outside(text) if not is_data(word, known)]


def test_a_form_explains_itself_in_messages(
    tmp_path: Path, programme: Programme, known: set[str]
) -> None:
    blank = _blank(_longlist(tmp_path, programme), programme)
    with bracketed():
        form = form_text(blank)
        book = openpyxl.load_workbook(io.BytesIO(form_sheet(blank)))
    remarks = " ".join(line.strip("# ") for line in form.splitlines() if line.strip()[:1] == "#")
    assert not _strange([remarks], {*known, "s1"})
    filled = [str(cell.value or "") for row in book["⟦Form⟧"].iter_rows(min_row=2) for cell in row]
    assert not _strange(filled, {*known, "s1"})
    told = [str(row[1].value) for row in book["⟦About⟧"].iter_rows(max_row=12) if row[0].value]
    assert not _strange(told, known)


def test_a_workbook_explains_its_columns_in_messages(tmp_path: Path, programme: Programme) -> None:
    with bracketed():
        content = list_workbook(_longlist(tmp_path, programme), programme, {"id": "what an id is"})
    book = openpyxl.load_workbook(io.BytesIO(content))
    heads, *rows = [
        [str(cell.value or "") for cell in row] for row in book["⟦columns⟧"].iter_rows()
    ]
    assert not _strange(heads, set())
    labels = {each.label["nl"] for d in programme.dimensions.values() for each in d.categories}
    told = [text for _sheet, _column, text in rows if text not in labels]
    assert not _strange(told, set())


def test_what_the_core_says_is_a_message() -> None:
    def decided(one: str, answer: str, other: str) -> Decision:
        return Decision(one=one, answer=answer, other=other, by="Zorka", date=date(2026, 1, 1))  # type: ignore[arg-type]

    with bracketed():
        said = [
            str(UnknownEcosystemError("zork", ("alfa", "beta"))),
            *(
                str(why)
                for _index, why in conflicts(
                    [
                        decided("a", "same", "b"),
                        decided("a", "same", "b"),
                        decided("a", "different", "a"),
                        decided("b", "different", "a"),
                        decided("c", "part-of", "a"),
                        decided("b", "different", "c"),
                        decided("a", "part-of", "c"),
                    ]
                )
            ),
        ]
    assert len(said) > 4
    assert not _strange(said, NAMES)


def test_a_refusal_speaks_the_language_of_its_reader() -> None:
    with bracketed():
        refusal = Refusal(Text("requests.swap-into-not-listed", id="zork"))
        assert str(refusal) == "⟦zork staat niet op de long list⟧"
    assert str(refusal) == "zork is not on the long list"


def test_no_message_hides_within_another_text() -> None:
    """The tools that collect messages do not look into f-strings."""
    names = {"_", "ngettext", "N_", "count"}
    hidden = [
        f"{place.name}:{call.lineno}"
        for place in PACKAGE.rglob("*.py")
        for text in ast.walk(ast.parse(place.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in names
        and any(isinstance(each, ast.Constant) for each in call.args)
    ]
    assert not hidden


def test_dutch_numbers_and_dates() -> None:
    with bracketed():
        assert current_language() == "nl"
        assert decimal(F(11, 12)) == "0,92"
        assert exact(F(2, 3)) == "0,67 (2/3)"
        assert seats(F(3, 2)) == "1,5"
        assert whole(1250000) == "1.250.000"
        assert date_text(date(2020, 11, 30)) == "30 november 2020"
        assert percent(F(1, 8)) == "12,5%"
    assert percent(F(1, 8)) == "12.5%"
    assert percent(F(19, 20), 0) == "95%"


def test_words_in_a_row() -> None:
    assert [either(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a or b", "a, b or c"]
    assert listing(first_of(["a", "b", "c"], 1)) == "a and 2 more"
    assert first_of(["a", "b"], 2) == ["a", "b"]
    assert [seats_text(F(n, 2)) for n in (1, 2, 3)] == ["0.5 seats", "1 seat", "1.5 seats"]


@pytest.mark.parametrize("reads", ["en", "nl"])
def test_a_workbook_of_any_language_is_read_in_any(
    tmp_path: Path, programme: Programme, reads: Language
) -> None:
    longlist = _longlist(tmp_path, programme)
    file = tmp_path / "list.xlsx"
    with bracketed(Readable()):
        file.write_bytes(list_workbook(longlist, programme, {}))
        with in_language(reads):
            read = load_longlist(file, programme=programme)
    assert not read.warnings
    assert read.longlist.ecosystems == longlist.ecosystems
    assert (read.longlist.title, read.longlist.as_of) == (longlist.title, longlist.as_of)
    names = openpyxl.load_workbook(file).sheetnames
    assert names[:2] == ["⟦ecosystems⟧", "⟦challenges⟧"]


def test_a_column_is_ignored_by_its_heading_in_any_language(programme: Programme) -> None:
    raw = "id,name,⟦note⟧,⟦themes⟧.1\nalfa,Alfa,zork,energy\n".encode()
    with bracketed():
        table = read_table(raw, Path("list.csv"), programme, TableOptions(ignored=["⟦note⟧"]))
    assert not table.problems
    assert table.data == {
        "title": "list",
        "ecosystems": [{"id": "alfa", "name": "Alfa", "themes": ["energy"]}],
    }


def test_a_form_of_any_language_is_read_in_any(tmp_path: Path, programme: Programme) -> None:
    longlist = _longlist(tmp_path, programme)
    blank = _blank(longlist, programme)
    file = tmp_path / "form.xlsx"
    with bracketed():
        book = openpyxl.load_workbook(io.BytesIO(form_sheet(blank)))
        sheet = book["⟦Form⟧"]
        (choice,) = sheet.data_validations.dataValidation
        assert choice.formula1 == '"⟦met⟧,⟦partly⟧,⟦not met⟧,⟦unknown⟧,⟦not mine⟧"'
        sheet["D5"], sheet["E5"], sheet["D6"] = "⟦not met⟧", "zork", "partly"
        book.save(file)
        folder = ReviewFolder(tmp_path, programme, longlist)
        (tmp_path / "reviewers.yaml").write_text("reviewers: [{id: zorka, name: Zorka}]\n", "utf-8")
        with in_language("en"):
            read = read_form(file.read_bytes(), str(file), folder, expected(folder), strict=False)
    answers = read.form.answers["alfa"]
    assert [answers[each.id].verdict for each in programme.criteria[:3]] == [
        "not-met",
        "partly",
        None,
    ]
