"""A small review to try commands on: three ecosystems, three reviewers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from running import Kiamv

LONGLIST = """\
title: Three
as_of: 2026-01-01
ecosystems:
  - {id: alfa, name: Alfa, provinces: [NL-GR], themes: [energy], suggested_by: [rom],
     maturity: [{what: grew, source: s1}], sources: {s1: {title: Report}}}
  - {id: beta, name: Beta, provinces: [NL-FR], themes: [health], suggested_by: [other],
     partners: {industry: [{name: Firm}], government: [{name: Town}]}}
  - {id: gamma, name: Gamma, provinces: [NL-DR], themes: [energy]}
"""
REVIEWERS = """\
reviewers:
  - {id: anna, name: Anna de Vries}
  - {id: bram, name: Bram Jansen, suggested_as: [ROM]}
  - {id: chris, name: Chris Bakker, interests: [beta]}
"""
DECIDED = ("--verdict", "met", "--by", "C", "--reason", "R")
VERDICT = re.compile(r"verdict:\n( *)reason:")


def run(kiamv: Kiamv, *arguments: str, status: int = 0) -> str:
    """Run ``kiamv review …`` on the small list; what it said on both streams."""
    result = kiamv("review", *arguments, "-l", "list.yaml")
    assert result.exit_code == status, result.output
    return result.stdout if status == 0 else result.stderr


def answer(form: Path, **verdicts: str) -> None:
    """Fill in a form: per ecosystem the verdict on every question, else ``met``."""
    text = form.read_text(encoding="utf-8")
    head, *rest = re.split(r"(?m)^  (?=[a-z]+:$)", text)
    filled = [head]
    for part in rest:
        verdict = verdicts.get(part.split(":")[0], "met")
        lines = f"verdict: {verdict}\n\\1reason: because"
        filled.append(VERDICT.sub(lines, part) if verdict else part)
    form.write_text("  ".join(filled), encoding="utf-8")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
