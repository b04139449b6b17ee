"""The words of exports: which question a heading asks, which options a cell gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from kiamv_cli.core.identity import folded
from kiamv_cli.loading.survey.mapping import ExportMap, Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiamv_cli.core.survey.questionnaire import Question, Questionnaire
    from kiamv_cli.loading.workbook import Cell

Tick = Literal["yes", "no", "empty", "odd"]
_TICKED = {"1", "1.0", "yes", "ja", "y", "j", "true", "waar", "x", "✓", "✔", "☑", "ticked"}
_TICKED |= {"selected", "checked", "geselecteerd", "aangevinkt"}
_NOT_TICKED = {"0", "0.0", "no", "nee", "n", "false", "onwaar", "☐", "not selected", "unchecked"}
_NOT_TICKED |= {"niet geselecteerd", "niet aangevinkt"}
_NO_ANSWER = {"n/a", "nvt", "n.v.t.", "-", "don't know", "do not know", "weet niet", "weet ik niet"}
_NONE = {"none", "none of these", "geen", "geen van deze"}
_NUMBERED = re.compile(r"^(?:question|q|vraag|v)?\s*\d+\s*[.):]\s*", re.IGNORECASE)
_BETWEEN = re.compile(r" [-–] (?:selected choice [-–] )?|: | ?\| ?| > |/|_|\.", re.IGNORECASE)
_PARTS = re.compile(r"[;|\n]")


def plain(text: str) -> str:
    """A text as it compares: without case, the blanks and signs around it, and a number before."""
    same = folded(text).replace("\u2019", "'").replace("\u2018", "'")
    return _NUMBERED.sub("", same).strip(" ?:.*")


def written(cell: Cell) -> str:
    """A cell as text; a whole number without its decimals, nothing as an empty text."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


class Wordings:
    """What the words of a questionnaire, and of a mapping, stand for."""

    def __init__(self, questionnaire: Questionnaire, mapping: ExportMap) -> None:
        self.mapping = mapping
        self._columns = {plain(heading): to for heading, to in mapping.columns.items()}
        self._questions = {
            plain(name): question.id
            for question in questionnaire.questions
            for name in (question.id, *question.wording.values())
        }
        self._options = {
            question.id: _options(question, mapping.values.get(question.id, {}))
            for question in questionnaire.questions
        }

    def is_left_out(self, heading: str) -> bool:
        """Whether the mapping says that a column is not read."""
        return self._columns.get(plain(heading), False) is None

    def target(self, heading: str) -> Target | None:
        """What the column under a heading holds; ``None`` if nothing tells."""
        named = self._columns.get(plain(heading))
        if named is not None:
            return named
        if (question := self._questions.get(plain(heading))) is not None:
            return Target(question=question)
        return next(self._split(heading), None)

    def option(self, question: str, text: str) -> str | None:
        """The option of a question that a text names."""
        return self._options[question].get(plain(text))

    def under(self, question: str, text: str) -> Target | None:
        """What a column holds by a heading of two rows: a question, and below it ``text``."""
        option = self.option(question, text)
        return Target(question=question, option=option) if option else None

    def ticked(self, question: str, option: str, cell: Cell) -> Tick:
        """What a cell says in the column of an option."""
        text = written(cell).casefold()
        if not text:
            return "empty"
        if text in _TICKED or self.option(question, text) == option:
            return "yes"
        return "no" if text in _NOT_TICKED else "odd"

    def given(self, question: str, cell: Cell, *, several: bool) -> tuple[str, ...] | None:
        """The options that a cell gives in the column of a question; ``None``: no answer.

        Raises:
            ValueError: Something in it is no option; with the text that is none.
        """
        text = written(cell)
        found = self.option(question, text)
        if found is not None:
            return (found,)
        if not text or text.casefold() in _NO_ANSWER:
            return None
        if text.casefold() in _NONE:
            return ()
        if not several:
            raise ValueError(text)
        parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
        return tuple(dict.fromkeys(each for part in parts for each in self._listed(question, part)))

    def _listed(self, question: str, part: str) -> Iterator[str]:
        """Options that may also be separated by commas, which an option may hold itself."""
        left = part.split(",")
        while left:
            for length in range(len(left), 0, -1):
                if found := self.option(question, ",".join(left[:length])):
                    yield found
                    left = left[length:]
                    break
            else:
                raise ValueError(left[0].strip() or part)

    def _split(self, heading: str) -> Iterator[Target]:
        """Read a heading that holds a question and one of its options."""
        ends = [(found.start(), found.end()) for found in _BETWEEN.finditer(heading)]
        pairs = [(heading[:start], heading[end:]) for start, end in ends]
        before, bracket, inside = heading.removesuffix("]").partition("[")
        if bracket and inside and heading.endswith("]"):
            pairs.insert(0, (before.rstrip(), inside))
        for before, after in pairs:
            question = self._questions.get(plain(before))
            if question and (target := self.under(question, after)):
                yield target


def _options(question: Question, values: Mapping[str, str]) -> dict[str, str]:
    names = {
        plain(name): option.id
        for option in question.options
        for name in (option.id, *option.label.values())
    }
    return names | {plain(value): option for value, option in values.items()}
