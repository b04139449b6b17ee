"""Letters: what the refused are told, from a record and from a shortlist asked now."""

import json
import re
from pathlib import Path

import pytest
from running import Kiamv

SAID = ("--by", "Committee", "--on", "2020-12-15", "--reason", "As advised.")


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    monkeypatch.chdir(tmp_path)
    return ("-n", "5")


@pytest.mark.slow
def test_a_refused_applicant_reads_who_decided_why_what_and_how_to_check(
    kiamv: Kiamv, asked: tuple[str, ...]
) -> None:
    kiamv("record", *asked, *SAID, "--with-inputs", "-o", "decision.json")
    made = kiamv("letters", "decision.json", "--ecosystem", "hannn", "--as", "md", "-o", "letters")
    assert made.exit_code == 0, made.stderr
    text = Path("letters/hannn.md").read_text("utf-8")
    assert "On 2020-12-15 Committee decided on the 60 ecosystems" in text
    assert "is not on the shortlist of 5" in text
    assert "To get in, it would need a score of" in text or "Even with a score of 1" in text
    assert "No lot decided on it" in text or "Only the lottery" in text
    assert text.count("## ") == 4
    assert "kiamv verify decision.json" in text
    assert "python3 check_proof.py decision.json" in text
    assert "kiamv explain hannn --record decision.json" in text


@pytest.mark.slow
def test_a_letter_tells_nothing_of_others(kiamv: Kiamv, asked: tuple[str, ...]) -> None:
    scores = json.loads(kiamv("score", "-f", "json").stdout)["ecosystems"]
    names = [each["name"] for each in scores]
    two = ("--ecosystem", "hannn,unmanned-valley")
    kiamv("letters", *asked, *two, "--as", "html", "-o", "pages")
    files = sorted(Path("pages").iterdir())
    assert [each.name for each in files] == ["hannn.html", "unmanned-valley.html"]
    page = files[1].read_text("utf-8")
    place = page[page.index("<h2>Why") : page.index("<h2>Judged")]
    assert not [name for name in names if name in place and name != "Unmanned Valley"]
    assert "Nothing is decided yet" in page
    assert not re.search("<script|http-equiv", page)


@pytest.mark.slow
def test_a_template_of_ones_own(kiamv: Kiamv, asked: tuple[str, ...]) -> None:
    kiamv("letters", "--copy-template", "-o", "own.md")
    own = Path("own.md")
    assert "{criteria}" in own.read_text("utf-8")
    own.write_text("# Dear {name}\n\n{verdict} Call us.\n\n## Nothing\n", "utf-8")
    options = ("--ecosystem", "hannn", "--as", "md", "-o", "own", "--template", "own.md")
    kiamv("letters", *asked, *options)
    text = Path("own/hannn.md").read_text("utf-8")
    assert text.startswith("# Dear Healthy Ageing Network")
    assert "shortlist of 5. Call us." in text
    assert "Nothing" not in text
    own.write_text("# {nome}\n", "utf-8")
    wrong = kiamv("letters", *asked, *options, "--force")
    assert wrong.exit_code == 2
    assert "own.md:1: no letter has a field {nome}" in wrong.stderr
