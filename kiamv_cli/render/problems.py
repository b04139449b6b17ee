"""What is wrong or odd with an input: a line for people, fields for data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.render.document import Cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.core.problem import Problem, Severity
    from kiamv_cli.render.document import Style

STYLES: Mapping[Severity, Style] = {"error": "not-met", "warning": "partly"}


def problem_line(problem: Problem) -> tuple[Cell, ...]:
    """Show where it is, its code, and what it is with what to do."""
    return (
        Cell(f"{problem.where}: ", "faint"),
        Cell(problem.code, STYLES[problem.severity]),
        Cell(f" {problem.sentence}"),
    )


def remark_fields(problem: Problem) -> dict[str, object]:
    """Give a problem that is no more than a warning, for JSON."""
    return {
        "path": problem.document,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }
