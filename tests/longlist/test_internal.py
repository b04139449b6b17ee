"""What is for the team alone stays with the team: in no output, document, record or hash."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile, is_zipfile

import pytest
from pypdf import PdfReader
from typer.main import get_command

from kiamv_cli.cli.app import build
from kiamv_cli.longlist.reading.longlist import load_longlist
from kiamv_cli.longlist.reading.public import public
from kiamv_cli.longlist.results import load_criteria

if TYPE_CHECKING:
    from collections.abc import Iterator

    from running import Kiamv

ROOT = Path(__file__).parents[2]
REMARK = "Zwijgplicht"
ENTRY = """\
  - id: {id}
    name: {name}
    provinces: [{province}]
    themes: [{theme}]
    suggested_by: [rom]
    challenges: [{{what: cleaner water, theme: {theme}, source: s1}}]
    partners: {{industry: [{{name: Firm of {name}}}]}}
    note: For readers
    internal: |-
      {remark} {id}: politically sensitive
      {remark} again
    sources: {{s1: {{title: Report, publisher: Town, year: 2019}}}}
"""
PLACES = ("NL-GR", "NL-FR", "NL-DR", "NL-OV", "NL-UT", "NL-ZH")
LIST = "title: Few\nas_of: 2020-11-30\necosystems:\n" + "".join(
    ENTRY.format(
        id=name.lower(), name=name, province=place, theme=("energy", "health")[n % 2], remark=REMARK
    )
    for n, (name, place) in enumerate(
        zip(("Alfa", "Beta", "Gamma", "Delta", "Omega", "Sigma"), PLACES, strict=True)
    )
)
REVIEWERS = "reviewers:\n  - {id: anna, name: Anna}\n  - {id: bram, name: Bram}\n"
ASKED = ("--size", "2", "--balance", "none")
SURVEYED = ("--longlist", "list.yaml", "--invited", "alfa,beta")
TEXTS = ("table", "json", "csv", "md")
PICTURES = (*TEXTS, "svg")
COMMANDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "status": ((), TEXTS),
    "commit": (("list.yaml", *ASKED), ()),
    "init": (("new-project",), ()),
    "new": (("Alfa Lab", "--province", "NL-GR", "--theme", "energy", "--folder", "folder"), ()),
    "import": (("list.yaml", "-o", "imported", "--force"), TEXTS),
    "export": (("list.yaml",), ("yaml", "json", "jsonl", "csv")),
    "same": (("list.yaml",), TEXTS),
    "sources": (("list.yaml", *ASKED), TEXTS),
    "check": (("list.yaml",), (*TEXTS, "github")),
    "schema": (("longlist",), ()),
    "score": (("list.yaml",), PICTURES),
    "classify": (("list.yaml",), TEXTS),
    "shortlist": (("list.yaml", *ASKED), PICTURES),
    "spread": (("list.yaml",), PICTURES),
    "flow": (("list.yaml", *ASKED, "--ids"), (*PICTURES, "mermaid")),
    "report": (("list.yaml", *ASKED), ()),
    "letters": (("list.yaml", *ASKED, "-o", "letters", "-f", "md", "--force"), ()),
    "explain": (("alfa", "-l", "list.yaml", *ASKED), TEXTS),
    "tradeoff": (("list.yaml", *ASKED), PICTURES),
    "gaps": (("list.yaml", *ASKED), TEXTS),
    "robustness": (("list.yaml", *ASKED, "--draws", "20"), PICTURES),
    "record": (("list.yaml", *ASKED, *("--by", "A", "--on", "2020-12-01", "--reason", "R")), TEXTS),
    "verify": (("record.json",), TEXTS),
    "diff": (("record.json", "record.json"), TEXTS),
    "review assign": (("-l", "list.yaml", "-d", "fresh"), TEXTS),
    "review form": (("-l", "list.yaml", "-d", "fresh", "-r", "bram", "--xlsx"), ()),
    "review seal": (("sealed/forms/bram.yaml", "-l", "list.yaml", "-d", "sealed"), TEXTS),
    "review open": (("-l", "list.yaml", "-d", "sealed"), TEXTS),
    "review agreement": (("-l", "list.yaml", "-d", "opened"), TEXTS),
    "review adjudicate": (("-l", "list.yaml", "-d", "opened"), TEXTS),
    "review send": (("-l", "list.yaml", "-d", "sent", "--on", "2020-12-01"), TEXTS),
    "review receive": (
        ("sealed/forms/bram.yaml", "-l", "list.yaml", "-d", "sealed", "--try"),
        TEXTS,
    ),
    "review close": (("-l", "list.yaml", "-d", "opened"), TEXTS),
    "review dossier": (("alfa", "-l", "list.yaml", "-d", "opened"), TEXTS),
    "review spread": (("-l", "list.yaml", "-d", "opened", *ASKED), TEXTS),
    "survey merge": (
        ("survey.csv", *SURVEYED, "-o", "again.yaml"),
        TEXTS,
    ),
    "survey characterise": (("answers.yaml",), TEXTS),
    "survey compare": (("answers.yaml", "list.yaml"), TEXTS),
    "survey aspects": ((str(ROOT / "examples" / "survey" / "interviews"),), TEXTS),
    "audit": ((str(ROOT / "examples" / "study-2020" / "figures.yaml"),), TEXTS),
}
RUNS = [
    (command, ("-f", form) if form else ())
    for command, (_, forms) in COMMANDS.items()
    for form in forms or ("",)
]
FILES = [
    ("report", "-o", "report.html"),
    ("report", "-o", "report.pdf"),
    ("export", "-o", "list.xlsx"),
    ("export", "--results", "-o", "results.xlsx", *ASKED),
    ("record", "--with-inputs", "-o", "kept.json", "--force"),
]


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[str]:  # noqa: ANN401 - Click has no types here
    if hasattr(command, "commands"):
        for name, each in command.commands.items():
            yield from leaves(each, (*path, name))
    else:
        yield " ".join(path)


def test_every_command_is_tried() -> None:
    assert set(leaves(get_command(build()))) == set(COMMANDS)


@pytest.fixture(scope="module")
def prepared(kiamv: Kiamv, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that the commands need, none of it with the secret but the lists."""
    folder = tmp_path_factory.mktemp("internal")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        Path("list.yaml").write_text(LIST, encoding="utf-8")
        Path("survey.csv").write_text("ecosystem;area\nalfa;within-province\n", encoding="utf-8")
        ran(kiamv, "import", "list.yaml", "-o", "folder")
        command, _ = COMMANDS["record"]
        ran(kiamv, "record", *command, "-o", "record.json")
        ran(kiamv, "survey", "merge", "survey.csv", *SURVEYED, "-o", "answers.yaml")
        for stage in ("fresh", "sent", "sealed", "opened"):
            Path(stage).mkdir()
            Path(stage, "reviewers.yaml").write_text(REVIEWERS, encoding="utf-8")
        for stage in ("sealed", "opened"):
            ran(kiamv, "review", "form", "-l", "list.yaml", "-d", stage)
            for who in ("anna", "bram"):
                fill_in(Path(stage, "forms", f"{who}.yaml"))
            ran(kiamv, "review", "seal", f"{stage}/forms/anna.yaml", "-l", "list.yaml", "-d", stage)
        ran(kiamv, "review", "seal", "opened/forms/bram.yaml", "-l", "list.yaml", "-d", "opened")
        ran(kiamv, "review", "open", "-l", "list.yaml", "-d", "opened")
    return folder


def fill_in(form: Path) -> None:
    text = form.read_text(encoding="utf-8")
    said = text.replace("verdict:\n", "verdict: met\n").replace("reason:\n", "reason: because\n")
    form.write_text(said, encoding="utf-8")


def ran(kiamv: Kiamv, *arguments: str) -> str:
    done = kiamv(*arguments)
    assert done.exit_code in {0, 1}, done.output
    return done.stdout + done.stderr


@pytest.fixture
def folder(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = shutil.copytree(prepared, tmp_path / "work")
    monkeypatch.chdir(place)
    return place


def texts_of(place: Path) -> str:
    """All that a file shows to who opens it."""
    raw = place.read_bytes()
    if place.suffix == ".pdf":
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages)
    if is_zipfile(place):
        with ZipFile(place) as packed:
            return "".join(
                packed.read(name).decode("utf-8", "replace") for name in packed.namelist()
            )
    return raw.decode("utf-8", "replace")


def told_in(folder: Path, before: set[Path]) -> str:
    """What stands in the files that were made, but for the list that was imported."""
    made = {each for each in folder.rglob("*") if each.is_file()} - before
    return "".join(texts_of(each) for each in made if "imported" not in each.parts)


@pytest.mark.slow
@pytest.mark.parametrize(("command", "form"), RUNS)
def test_no_command_tells_it_in_any_format(
    command: str, form: tuple[str, ...], kiamv: Kiamv, folder: Path
) -> None:
    before = {each for each in folder.rglob("*") if each.is_file()}
    arguments, _ = COMMANDS[command]
    told = ran(kiamv, *command.split(), *arguments, *form)
    assert REMARK not in told
    assert REMARK not in told_in(folder, before)


@pytest.mark.slow
@pytest.mark.parametrize("arguments", FILES)
def test_no_document_holds_it(arguments: tuple[str, ...], kiamv: Kiamv, folder: Path) -> None:
    command, *rest = arguments
    given, _ = COMMANDS[command]
    before = {each for each in folder.rglob("*") if each.is_file()}
    assert REMARK not in ran(kiamv, command, *given, *rest)
    told = told_in(folder, before)
    assert told
    assert REMARK not in told


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["list.yaml", "list.json", "list.jsonl", "list.csv"])
def test_a_record_that_keeps_its_list_is_verified_without_it(name: str, kiamv: Kiamv) -> None:
    ran(kiamv, "export", "list.yaml", "--internal", "-o", name, "--force")
    assert REMARK in Path(name).read_text(encoding="utf-8")
    command, _ = COMMANDS["record"]
    ran(kiamv, "record", name, *command[1:], "--with-inputs", "-o", "kept.json")
    Path(name).unlink()
    assert REMARK not in Path("kept.json").read_text(encoding="utf-8")
    assert kiamv("verify", "kept.json").exit_code == 0


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("form", ["yaml", "json", "jsonl", "csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_export_says_that_it_leaves_it_out_and_writes_it_when_asked(
    form: str, language: str, kiamv: Kiamv
) -> None:
    place = f"exported.{form}"
    done = kiamv("export", "list.yaml", "-o", place, "--lang", language)
    assert "--internal" in done.stderr
    assert "6" in done.stderr
    assert REMARK not in texts_of(Path(place))
    done = kiamv("export", "list.yaml", "-o", place, "--force", "--internal", "--lang", language)
    assert done.stderr.count("--internal") == 0
    ran(kiamv, "import", place, "-o", f"from-{form}", "--title", "Few")
    for each in Path("folder").glob("*.yaml"):
        assert Path(f"from-{form}", each.name).read_bytes() == each.read_bytes()
    assert REMARK in Path(f"from-{form}", "alfa.yaml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("folder")
def test_results_never_hold_it(kiamv: Kiamv) -> None:
    done = kiamv("export", "list.yaml", "--results", "--internal", "-o", "r.xlsx", *ASKED)
    assert (done.exit_code, "--internal" in done.stderr) == (2, True)


@pytest.mark.usefixtures("folder")
def test_it_is_in_no_hash() -> None:
    programme = load_criteria()
    Path("other.yaml").write_text(LIST.replace(REMARK, "Changed"), encoding="utf-8")
    without = LIST.replace("    internal: |-\n", "    # |\n").replace("      Zw", "      # Zw")
    Path("without.yaml").write_text(without, encoding="utf-8")
    hashes = {
        load_longlist(name, programme).longlist.sha256
        for name in ("list.yaml", "folder", "other.yaml", "without.yaml")
    }
    assert len(hashes) == 1
    assert REMARK not in repr(load_longlist("list.yaml", programme))


@pytest.mark.usefixtures("folder")
def test_columns_of_remarks_are_for_the_team_and_a_note_is_for_readers(kiamv: Kiamv) -> None:
    Path("own.csv").write_text(
        "Naam;Provincie;Thema;note;Opmerkingen;Toelichting\n"
        "Eta;Utrecht;Gezondheid en Zorg;Open tot mei;gevoelig bij B&W;niet bellen\n"
        "Theta;Utrecht;Gezondheid en Zorg;;;alleen mailen\n",
        encoding="utf-8",
    )
    told = ran(kiamv, "import", "own.csv", "-o", "own", "--as-of", "2020-01-01")
    assert "Opmerkingen as internal" in told
    assert "gevoelig" not in told
    first = Path("own/eta.yaml").read_text(encoding="utf-8")
    assert "note: Open tot mei\n" in first
    eta, _theta = load_longlist("own", load_criteria()).longlist.ecosystems
    assert eta.internal == "gevoelig bij B&W\nniet bellen"
    assert "internal: alleen mailen\n" in Path("own/theta.yaml").read_text(encoding="utf-8")


def test_a_source_may_be_called_internal_and_stays() -> None:
    text = (
        "id: a\ninternal: >\n  one\n\n  two\nnote: 'no internal: y'\n"
        "sources: {internal: {title: T}}\n"
    )
    flow = "{ecosystems: [{internal: 'a, b', id: a}, {id: b, sources: {internal: {title: T}}}]}"
    found = public({"folder/a.yaml": text, "l.yaml": flow, "l.json": '{"id": "a", "internal": ""}'})
    assert found["folder/a.yaml"] == text.replace(">\n  one\n\n  two", "null")
    assert found["l.yaml"] == flow.replace("'a, b'", "null")
    assert json.loads(found["l.json"]) == {"id": "a"}


@pytest.mark.parametrize(
    "value",
    [
        "Zwijgplicht Programma #1 Zwijgplicht",
        "[Zwijgplicht]",
        "{Zwijgplicht: 1}",
        "7313",
        '"<b>Zwijgplicht</b> \u00c3\u00a9"',
        '"Zwijgplicht ' + "x" * 6000 + '"',
    ],
)
@pytest.mark.usefixtures("folder")
def test_no_problem_shows_it(value: str, kiamv: Kiamv) -> None:
    head = "title: T\nas_of: 2020-01-01\necosystems:\n  - id: a\n    name: A\n"
    entry = f"    provinces: [NL-GR]\n    themes: [energy]\n    internal: {value}\n"
    Path("odd.yaml").write_text(head + entry, encoding="utf-8")
    for form in ("table", "json", "github"):
        done = kiamv("check", "odd.yaml", "-f", form)
        assert done.exit_code in {0, 1}
        assert REMARK not in done.output
        assert "7313" not in done.output
