"""kiamv init and kiamv new: a project that works at once, and files that are valid at once."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import jsonschema
import pytest
from projects import FLANDERS, answered, made

from kiamv_cli import load_criteria, load_longlist
from kiamv_cli.base.labels import LANGUAGES, Language
from kiamv_cli.base.language import in_language
from kiamv_cli.cli import TakenError, new_ecosystem, project_files
from kiamv_cli.formats.yaml_reader import read_yaml
from kiamv_cli.longlist.model.longlist import Ecosystem

if TYPE_CHECKING:
    from running import Kiamv


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("criteria", [None, FLANDERS], ids=["bundled", "flanders"])
def test_every_command_that_the_readme_prints_works(
    kiamv: Kiamv, tmp_path: Path, language: Language, criteria: Path | None
) -> None:
    made(language, tmp_path, criteria)
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "{" not in readme
    assert "`criteria/programme.yaml`" in readme
    assert "`--force`" in readme
    answered(tmp_path)
    commands = re.findall(r"^kiamv .*$", readme, re.MULTILINE)
    assert len(commands) >= 10
    for command in commands:
        done = kiamv(*shlex.split(command)[1:])
        assert done.exit_code == 0, (command, done.output)
        assert "K9" not in done.stderr, (command, done.stderr)
    assert len(list((tmp_path / "longlist").glob("*.yaml"))) == 3
    if criteria is None:
        found = kiamv("check", "longlist", "--criteria", "criteria").stdout
        assert "0 errors" not in found
        assert "K940" in found or "Nothing is wrong" in found


@pytest.mark.slow
def test_init_writes_whole_and_says_what_to_do(kiamv: Kiamv, tmp_path: Path) -> None:
    done = kiamv("init", "mine", "--as-of", "2025-06-01")
    assert done.exit_code == 0, done.output
    names = (
        "README.md kiamv.yaml .gitignore review .vscode longlist identities.yaml criteria schemas"
    )
    assert done.stdout.split() == [f"mine/{name}" for name in names.split()]
    assert "cd mine" in done.stderr
    header = (tmp_path / "mine" / "longlist" / "longlist.yaml").read_text(encoding="utf-8")
    assert header.endswith("title: mine\nas_of: 2025-06-01\n")
    assert kiamv("init", "mine").exit_code == 2
    assert kiamv("init", "mine", "--force").exit_code == 0
    (tmp_path / "mine" / "longlist" / "ours.yaml").write_text("id: ours\n", encoding="utf-8")
    refused = kiamv("init", "mine", "--force")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "exists already, with longlist/ours.yaml in it" in refused.stderr
    (tmp_path / "empty").mkdir()
    assert kiamv("init", "empty").exit_code == 0
    (tmp_path / "git" / ".git").mkdir(parents=True)
    assert "with .git in it" in kiamv("init", "git", "--force").stderr


def test_a_folder_that_one_is_in_is_not_replaced(
    kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path / "mine")
    done = kiamv("init", ".")
    assert (done.exit_code, list(Path().iterdir())) == (2, [])
    assert "Go to the folder above" in done.stderr


def test_the_criteria_are_those_that_were_copied(tmp_path: Path) -> None:
    made("en", tmp_path)
    assert load_criteria(tmp_path / "criteria").sha256 == load_criteria().sha256
    made("nl", tmp_path / "flanders", FLANDERS)
    assert (
        load_criteria(tmp_path / "flanders" / "criteria").sha256 == load_criteria(FLANDERS).sha256
    )


def test_editors_find_a_schema_for_every_file_and_it_fits(tmp_path: Path) -> None:
    made("en", tmp_path)
    for place in [*tmp_path.glob("longlist/*.yaml"), *tmp_path.glob("criteria/**/*.yaml")]:
        text = place.read_text(encoding="utf-8")
        schema = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
        assert schema
        said = json.loads((place.parent / schema[1]).read_text(encoding="utf-8"))
        validator = jsonschema.Draft202012Validator(said)
        assert list(validator.iter_errors(read_yaml(text, place.name).data)) == []
    settings = json.loads((tmp_path / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    for schema_file in settings["yaml.schemas"]:
        assert (tmp_path / schema_file).is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_every_sign_taken_away_the_template_shows_every_key_and_is_valid(
    tmp_path: Path, language: Language
) -> None:
    made("en", tmp_path)
    with in_language(language):
        found = new_ecosystem("Groene Haven", ["NL-GR"], ["energy"], tmp_path / "longlist")
    head, _, body = found.text.partition("\nid: ")
    assert head.count("\n") >= 3
    filled = re.sub(r"^# ", "", f"id: {body}", flags=re.MULTILINE)
    (tmp_path / "longlist" / "groene-haven.yaml").write_text(filled, encoding="utf-8")
    data: Any = read_yaml(filled, "new").data
    # Attributes are those that a programme declares, and the bundled one declares none.
    assert set(data) == {each.name for each in fields(Ecosystem)} - {"attributes"}
    loaded = load_longlist(tmp_path / "longlist")
    assert loaded.warnings == ()
    plain: Any = read_yaml(found.text, "new").data
    assert list(plain) == ["id", "name", "provinces", "themes"]


@pytest.mark.parametrize(
    ("name", "made_id"),
    [
        ("Coöperatie 't Gooi & Vecht", "cooperatie-t-gooi-en-vecht"),
        ("  Groene   Haven ", "groene-haven"),
        ("longlist", "longlist-2"),
        ("'#[]{}: yes", "yes"),
        ("氢", "ecosystem"),
    ],
)
def test_ids_are_made_of_names(kiamv: Kiamv, tmp_path: Path, name: str, made_id: str) -> None:
    made("en", tmp_path)
    done = kiamv("new", name, "--province", "groningen,NL-FR", "--theme", "health")
    assert (done.exit_code, done.stdout) == (0, f"longlist/{made_id}.yaml\n")
    entry = next(e for e in load_longlist("longlist").longlist.ecosystems if e.id == made_id)
    assert (entry.name, entry.provinces, entry.themes) == (name, ("NL-GR", "NL-FR"), ("health",))


def test_an_id_or_name_that_is_there_is_refused_and_near_ones_are_said(
    kiamv: Kiamv, tmp_path: Path
) -> None:
    made("en", tmp_path)
    said = ("--province", "NL-GR", "--theme", "energy")
    for asked in (("EXAMPLE  lab",), ("Other", "--id", "example")):
        done = kiamv("new", *asked, *said)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "longlist/example.yaml" in done.stderr
    assert kiamv("new", "Lab Example", *said).exit_code == 0
    near = kiamv("new", "Example Labs", *said)
    question = "the same as 'Example ecosystem (made up)' (example) on the list? Why: spelled"
    assert question in " ".join(near.stderr.split())
    assert near.stderr.count("the same as") == 1
    assert "the same words" in kiamv("new", "The Labs, Example", *said).stderr
    with pytest.raises(TakenError):
        new_ecosystem("Example Lab", ["NL-GR"], ["energy"], "longlist")


def test_all_that_is_wrong_is_said_at_once(kiamv: Kiamv, tmp_path: Path) -> None:
    made("en", tmp_path)
    done = kiamv("new", "X", "--province", "NL-GX,Frysland", "--theme", "enrgy", "--id", "A b")
    assert (done.exit_code, done.stdout) == (2, "")
    assert [line.split(":")[1].strip() for line in done.stderr.splitlines()] == [
        '--id "A b"',
        '--province "NL-GX"',
        '--province "Frysland"',
        '--theme "enrgy"',
    ]
    assert "Did you mean energy?" in done.stderr
    long = kiamv("new", "x" * 300, "--province", "NL-GR", "--theme", "energy")
    assert (long.exit_code, "K306" in long.stderr) == (2, True)
    lost = kiamv("new", "X", "--province", "NL-GR", "--theme", "energy", "--folder", "nowhere")
    assert (lost.exit_code, "kiamv init" in lost.stderr) == (2, True)


def test_an_empty_or_broken_list_takes_a_new_file(kiamv: Kiamv, tmp_path: Path) -> None:
    made("en", tmp_path)
    (tmp_path / "longlist" / "example.yaml").unlink()
    said = ("--province", "NL-GR", "--theme", "energy")
    assert kiamv("new", "First", *said).exit_code == 0
    (tmp_path / "longlist" / "broken.yaml").write_text("id: [", encoding="utf-8")
    assert kiamv("new", "Second", *said).exit_code == 0
    assert kiamv("new", "Broken", *said).exit_code == 2


def test_every_language_has_its_templates() -> None:
    assert set(LANGUAGES) == set(get_args(Language))
    texts = []
    for language in LANGUAGES:
        with in_language(language):
            texts.append(project_files("T")["README.md"])
    assert len(set(texts)) == len(LANGUAGES)
