"""kiamv letters: to each ecosystem a page on what was decided on it, and nothing on others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from kiamv_cli import Request, load_criteria, load_longlist, score
from kiamv_cli.display.html import markup
from kiamv_cli.formats.package_data import template
from kiamv_cli.reports.model import LETTER_PARTS, PART
from kiamv_cli.reports.view.letter import nodes
from kiamv_cli.selection import explain

if TYPE_CHECKING:
    from running import Kiamv

ENTRY = """\
  - id: {id}
    name: {name}
    provinces: [{province}]
    themes: [{theme}]
    challenges:
      - {{what: "cleaner *water* <b>{n}</b>", theme: {theme}, source: s1}}
      - {{what: less waste, theme: {theme}, source: s1}}
    partners: {{industry: [{{name: Firm of {name}}}]}}
    sources: {{s1: {{title: Report {n}, publisher: Town, year: 2019, url: "https://example.org/{id}"}}}}
"""
NAMES = ("Alfa", "Beta", "Gamma", "Delta", "Omega", "Sigma")
PLACES = ("NL-GR", "NL-FR", "NL-DR", "NL-OV", "NL-UT", "NL-ZH")
LIST = "title: Few\nas_of: 2020-11-30\necosystems:\n" + "".join(
    ENTRY.format(id=name.lower(), name=name, province=place, theme=("energy", "health")[n % 2], n=n)
    for n, (name, place) in enumerate(zip(NAMES, PLACES, strict=True))
)
ASKED = ("--size", "2", "--balance", "none")
DECIDED = ("--by", "Chair", "--on", "2020-12-01", "--reason", "So it was decided")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("list.yaml").write_text(LIST, encoding="utf-8")
    return tmp_path


def letters(kiamv: Kiamv, *arguments: str, form: str = "md") -> dict[str, str]:
    done = kiamv("letters", *arguments, "-o", "letters", "-f", form, "--force")
    assert done.exit_code == 0, done.stderr
    return {each.stem: each.read_text(encoding="utf-8") for each in Path("letters").iterdir()}


@pytest.mark.usefixtures("folder")
def test_each_gets_what_was_decided_on_it_and_nothing_on_others(kiamv: Kiamv) -> None:
    assert kiamv("record", "list.yaml", *ASKED, *DECIDED, "-o", "decision.json").exit_code == 0
    made = letters(kiamv, "decision.json")
    assert set(made) == {name.lower() for name in NAMES}
    chosen = [each for each, text in made.items() if "was selected, as one of 2" in text]
    assert len(chosen) == 2
    for name in NAMES:
        text = made[name.lower()]
        assert text.startswith(f"# {name}\n")
        assert "Decided by Chair on 2020-12-01: So it was decided." in text
        assert not [each for each in NAMES if each != name and re.search(rf"\b{each}\b", text)]
        assert "kiamv verify decision.json" in text
        assert "python check_proof.py decision.json" in text
        assert f"kiamv explain {name.lower()} --record decision.json" in text


@pytest.mark.usefixtures("folder")
def test_it_says_verdicts_facts_sources_and_what_is_missing(kiamv: Kiamv) -> None:
    text = letters(kiamv, "list.yaml", *ASKED, "--to", "Alfa")["alfa"]
    assert "This is a proposal: nothing was decided yet." in text
    for criterion in load_criteria().criteria:
        assert f"**{criterion.label['en']}: " in text
    cited = "([Report 0, Town, 2019](<https://example.org/alfa>))"
    assert r"cleaner \*water\* \<b\>0\</b\> (Energy transition" in text
    assert text.count(cited) == 1, "a source of facts in a row is named once"
    assert "Missing: a challenge in one more theme" in text
    assert "`kiamv shortlist list.yaml --size 2 --balance none`" in text


@pytest.mark.usefixtures("folder")
def test_whether_a_lot_decided_is_said_as_explain_says_it(kiamv: Kiamv) -> None:
    made = letters(kiamv, "list.yaml", *ASKED)
    programme = load_criteria()
    scores = score(load_longlist(Path("list.yaml"), programme=programme).longlist, programme)
    found = explain(scores, list(made), Request(size=2, balance=()))
    for one in found.ecosystems:
        by_lot = bool(
            one.place and one.place.lots and one.place.lots.fields_of(one.place.margin.id)
        )
        assert ("Only the lottery" in made[one.scored.ecosystem.id]) == by_lot
    assert any("Only the lottery" in each for each in made.values())


@pytest.mark.usefixtures("folder")
def test_a_letter_in_dutch_is_a_page_of_paper(kiamv: Kiamv) -> None:
    done = kiamv("letters", "list.yaml", *ASKED, "--lang", "nl", "-o", "brieven")
    assert done.exit_code == 0, done.stderr
    for place in Path("brieven").iterdir():
        pages = PdfReader(place).pages
        assert len(pages) == 1
        assert "Wat bekend is, per criterium" in pages[0].extract_text()


@pytest.mark.usefixtures("folder")
def test_a_page_of_html_asks_nothing_of_the_network_and_holds_no_markup_of_data(
    kiamv: Kiamv,
) -> None:
    page = letters(kiamv, "list.yaml", *ASKED, "--to", "alfa", form="html")["alfa"]
    assert "cleaner *water* &lt;b&gt;0&lt;/b&gt;" in page
    assert 'content="default-src ' in page
    assert re.findall(r"<(?:script|img|link|iframe)\b", page) == []


def test_markdown_of_a_template_becomes_a_page_and_html_in_it_stays_text() -> None:
    made = markup(
        nodes("# A\n\n*b* **c** <i>d</i> `e` [f](javascript:x) [g](https://h.nl)\n\n- i\n")
    )
    assert made == (
        "<h1>A</h1><p><em>b</em> <strong>c</strong> &lt;i&gt;d&lt;/i&gt; <code>e</code> "
        '[f](javascript:x) <a href="https://h.nl">g</a></p><ul><li><p>i</p></li></ul>'
    )


@pytest.mark.usefixtures("folder")
def test_a_project_has_words_of_its_own(kiamv: Kiamv) -> None:
    assert kiamv("letters", "--write-template").exit_code == 0
    own = Path("letter.en.md")
    assert own.read_text(encoding="utf-8") == template("letter.md")
    own.write_text("Dear {name}: {outcome} { } {Else}\n", encoding="utf-8")
    made = letters(kiamv, "list.yaml", *ASKED, "--to", "alfa")
    assert re.fullmatch(r"Dear Alfa: Alfa was .* \{ \} \{Else\}\n", made["alfa"])


@pytest.mark.usefixtures("folder")
def test_what_no_letter_has_is_told_with_its_place(kiamv: Kiamv) -> None:
    Path("own.md").write_text("Dear {name},\n\nit is {naam}.\n", encoding="utf-8")
    done = kiamv("letters", "list.yaml", *ASKED, "--template", "own.md", "-o", "letters")
    assert done.exit_code == 2
    assert "own.md:3:7: K191 {naam}: unknown part of a letter" in done.stderr
    assert not Path("letters").exists()


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_letter_of_kiamv_uses_each_part(language: str) -> None:
    place = Path(__file__).parents[2] / "kiamv_cli" / "templates" / f"letter.{language}.md"
    used = PART.findall(place.read_text(encoding="utf-8"))
    assert {*used, "id"} == {*LETTER_PARTS}


def test_letters_need_a_folder(kiamv: Kiamv) -> None:
    done = kiamv("letters")
    assert done.exit_code == 2
    assert "-o letters" in done.stderr


@pytest.mark.usefixtures("folder")
def test_who_judged_is_not_said(kiamv: Kiamv) -> None:
    judged = (
        "verdicts: {regional: {verdict: met, by: Jo Janssen, date: 2020-11-01, reason: Urgent}}"
    )
    text = LIST.replace("    partners:", f"    {judged}\n    partners:", 1)
    Path("list.yaml").write_text(text, encoding="utf-8")
    letter = letters(kiamv, "list.yaml", *ASKED, "--to", "alfa")["alfa"]
    assert "Urgent" in letter
    assert "Janssen" not in letter
