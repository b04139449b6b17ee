"""Projects as kiamv init makes them, with an answer and an interview."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiamv_cli.base.language import in_language
from kiamv_cli.cli import project_files
from kiamv_cli.formats.yaml_reader import read_yaml

if TYPE_CHECKING:
    from kiamv_cli.base.labels import Language

FLANDERS = Path(__file__).parent / "examples" / "flanders" / "criteria"


def made(language: Language, folder: Path, criteria: Path | None = None) -> None:
    with in_language(language):
        files = project_files("Mine", criteria=criteria)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def answered(project: Path) -> None:
    """A survey of one, and an interview with it, in a project that was just made."""
    questionnaire: Any = read_yaml(
        (project / "criteria" / "survey" / "questionnaire.yaml").read_text(encoding="utf-8"), "q"
    ).data
    codebook: Any = read_yaml(
        (project / "criteria" / "survey" / "aspects.yaml").read_text(encoding="utf-8"), "a"
    ).data
    first = questionnaire["questions"][0]
    (example,) = {each.stem for each in (project / "longlist").iterdir()} - {"longlist"}
    option = first["options"][0]["label"]["en"]
    (project / "export.csv").write_text(f"ecosystem,{first['id']}\n{example},{option}\n")
    (project / "interviews").mkdir()
    file = project / "kiamv.yaml"
    text = file.read_text(encoding="utf-8").replace(
        "# interviews: interviews", "interviews: interviews"
    )
    text = re.sub(r"exports: \[.*\]", "exports: [export.csv]", text)
    file.write_text(text, encoding="utf-8")
    (project / "interviews" / "one.yaml").write_text(
        f"schema: kiamv/interview/1\necosystem: {example}\ndate: 2026-01-05\n"
        "interviewers: [A]\ncoded_by: B\nstatements:\n  - {stance: practice, text: T, at: l. 1, "
        f"sub_aspect: {codebook['aspects'][0]['sub_aspects'][0]['id']}}}\n"
    )
