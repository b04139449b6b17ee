"""Make sensitivity.ipynb: run its cells, and keep what they show, as a notebook does.

Run it as ``python examples/notebook/make.py``; it solves two hundred shortlists.
"""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

PLACE = Path(__file__).parent / "sensitivity.ipynb"
INTRODUCTION = """\
# How sensitive is the shortlist?

Five sizes from 10 to 30, five balances, four weightings and two give-ups: 200 shortlists in one
tidy table and one plot. Each is the best that the solver finds; `sweep(…, prove=True)` proves it,
which takes longer. [kiamv in Python](../../docs/python.md#many-shortlists) tells more."""
STUDY = """\
from kiamv_cli import draw, load_criteria, load_longlist, score, sweep
programme = load_criteria()
scores = score(load_longlist(programme=programme).longlist, programme)
by_people = {"themes": "even", "provinces": "population"}
study = sweep(scores, sizes=range(10, 31, 5), give_up=[None, 0.05],
    balance=[None, "themes", "provinces", "themes,provinces", by_people],
    weights={"equal": None, "mission": {"multi-mission": 2},
        "region": {"regional": 2}, "helix": {"multi-helix": 2}})
table = study.to_records()  # pandas.DataFrame(table) is a frame
study"""
PLOT = "draw(study)"
CELLS = (
    ("markdown", INTRODUCTION),
    ("code", STUDY),
    ("markdown", "In which share of the shortlists each ecosystem is:"),
    ("code", PLOT),
)


def shown(code: str, names: dict[str, Any]) -> list[dict[str, Any]]:
    """Run a cell, and return what a notebook keeps of its last value."""
    *before, last = ast.parse(code).body
    exec(compile(ast.Module(before, []), "cell", "exec"), names)  # noqa: S102 - ours
    assert isinstance(last, ast.Expr)
    value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307 - ours
    data = {"text/plain": repr(value)}
    for kind, method in (("text/html", "_repr_html_"), ("image/svg+xml", "_repr_svg_")):
        if hasattr(value, method):
            data[kind] = getattr(value, method)()
    output = {"output_type": "execute_result", "execution_count": None}
    return [{**output, "metadata": {}, "data": data}]


def notebook() -> dict[str, Any]:
    """Return the notebook with what its cells show."""
    names: dict[str, Any] = {}
    cells: list[dict[str, Any]] = []
    for number, (kind, source) in enumerate(CELLS):
        cell: dict[str, Any] = {"id": f"cell-{number}", "cell_type": kind, "metadata": {}}
        cell["source"] = source.splitlines(keepends=True)
        if kind == "code":
            cell |= {"execution_count": None, "outputs": shown(source, names)}
        cells.append(cell)
    language = {"language_info": {"name": "python"}}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": language, "cells": cells}


if __name__ == "__main__":
    PLACE.write_text(json.dumps(notebook(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
