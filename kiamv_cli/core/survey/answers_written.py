"""Merged answers as plain values, in the one form in which kiamv writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiamv_cli.core.survey.answers import Answers, Cell
    from kiamv_cli.core.written import Written

KIND = "answers"
_OPTIONAL = ("coded_by", "note")


def answers_as_written(answers: Answers) -> dict[str, Written]:
    """Return answers as the mapping that their file holds."""
    cells: dict[str, Written] = {
        ecosystem: {question: _cell(cell) for question, cell in questions.items()}
        for ecosystem, questions in answers.cells.items()
    }
    took_part: dict[str, Written] = {key: [*ids] for key, ids in answers.took_part.items()}
    return {
        "title": answers.title,
        "made_up": answers.made_up,
        "questionnaire": answers.questionnaire,
        "invited": [*answers.invited],
        "took_part": took_part,
        "answers": cells,
    }


def _cell(cell: Cell) -> dict[str, Written]:
    options = cell.options()
    said: list[Written] = []
    for each in cell.said:
        row: dict[str, Written] = {
            "origin": each.origin,
            "options": [*each.options],
            "file": each.file,
            "at": each.at,
        }
        more = {key: getattr(each, key) for key in _OPTIONAL}
        said.append(row | {key: value for key, value in more.items() if value is not None})
    return {"options": None if options is None else [*options], "said": said}
