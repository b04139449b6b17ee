"""What the words of exports mean: by the questionnaire, and by a mapping file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from kiamv_cli.base.labels import Labels, folded, meant
from kiamv_cli.formats.records import read_stated, refuse_if, stated
from kiamv_cli.formats.shapes import ID, TEXT, keyed, list_of, mapping_of, or_null, record
from kiamv_cli.survey.reading.questionnaire import question_shape, unknown_option

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.formats.plain import Cell, Flaw, Path
    from kiamv_cli.survey.model.questionnaire import Question, Questionnaire

REST = "*"
"""Among the values of a question: all texts that are no option of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a column holds: the answer to a question, or whether one of its options holds."""

    question: str
    option: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportMap:
    """What people say of exports; ``columns`` are by heading, ``None`` for one that is not read.

    ``leave_out`` are values of columns by which a row is not read; ``submitted`` is the
    heading of the column by which the last of several rows of a respondent counts.
    """

    respondent: str | None = None
    columns: Mapping[str, Target | None] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    leave_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    submitted: str | None = None


def load_mapping(path: str | FilePath, questionnaire: Questionnaire) -> ExportMap:
    """Read a mapping file.

    Raises:
        BadInput: Something is wrong with it, such as an option that its question does not have.
    """
    document, data = read_stated(FilePath(path), mapping_shape(questionnaire))
    mapping = ExportMap(**data)
    refuse_if(document, [*_unknown_options(mapping, questionnaire)])
    return mapping


def mapping_shape(questionnaire: Questionnaire | None = None) -> CoreSchema:
    """Return what a mapping file looks like; without a questionnaire, any question is allowed."""
    question = question_shape(questionnaire)
    target = record(Target, {"question": question, "option": ID})
    return keyed(
        stated("survey-mapping"),
        {
            "respondent": TEXT,
            "columns": mapping_of(TEXT, or_null(target)),
            "values": mapping_of(question, mapping_of(TEXT, ID)),
            "leave_out": mapping_of(TEXT, list_of(TEXT)),
            "submitted": TEXT,
        },
    )


def _unknown_options(mapping: ExportMap, questionnaire: Questionnaire) -> Iterator[Flaw]:
    named: list[tuple[Path, str, str]] = [
        (("columns", heading, "option"), target.question, target.option)
        for heading, target in mapping.columns.items()
        if target and target.option is not None
    ]
    named += [
        (("values", question, text), question, option)
        for question, values in mapping.values.items()
        for text, option in values.items()
    ]
    for path, question, option in named:
        yield from unknown_option(option, question, questionnaire.options[question], path)


_TICKED = {"1", "1.0", "yes", "ja", "y", "j", "true", "waar", "x", "✓", "✔", "☑", "ticked"}
_TICKED |= {"selected", "checked", "geselecteerd", "aangevinkt"}
_NOT_TICKED = {"0", "0.0", "no", "nee", "n", "false", "onwaar", "☐", "not selected", "unchecked"}
_NOT_TICKED |= {"niet geselecteerd", "niet aangevinkt"}
_NO_ANSWER = {"n/a", "nvt", "n.v.t.", "-", "don't know", "do not know", "weet niet", "weet ik niet"}
_NONE = {"none", "none of these", "geen", "geen van deze"}
_BETWEEN = re.compile(r" [-–] (?:selected choice [-–] )?|: | ?\| ?| > |/|_|\.", re.IGNORECASE)
_PARTS = re.compile(r"[;|\n]")


@dataclass(frozen=True, slots=True)
class Given:
    """What a cell answers: options, and the texts in it that are none; neither is "none of these".

    Attributes:
        options: Ids, each once.
        rest: What is no option, or can mean several, in the order in which it stands there.
        caught: Whether the mapping says which option such texts are.
    """

    options: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    caught: bool = False


def written(cell: Cell) -> str:
    """Return a cell as text; a whole number without its decimals, nothing as an empty text."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


class Wordings:
    """What the words of a questionnaire, and of a mapping, stand for."""

    def __init__(self, questionnaire: Questionnaire, mapping: ExportMap) -> None:
        self.mapping = mapping
        self._columns = Labels[Target | None](mapping.columns.items())
        self._questions = Labels[Target | None](
            (name, Target(question=question.id))
            for question in questionnaire.questions
            for name in (question.id, *question.wording.values())
        )
        self._options = {each.id: Labels(_names(each)) for each in questionnaire.questions}
        self._ids = {each.id: frozenset(each.option_ids) for each in questionnaire.questions}
        self._values = {
            each.id: Labels(
                (text, option)
                for text, option in mapping.values.get(each.id, {}).items()
                if text != REST
            )
            for each in questionnaire.questions
        }
        self._most_commas = {
            each.id: max(
                text.count(",") for text in (*dict(_names(each)), *mapping.values.get(each.id, {}))
            )
            for each in questionnaire.questions
        }

    def is_left_out(self, heading: str) -> bool:
        """Return whether the mapping says that a column is not read."""
        return self._meant(heading) == (None,)

    def is_exact(self, heading: str) -> bool:
        """Return whether a heading is written as the mapping or the questionnaire has it."""
        return bool(self._columns.at(0, heading) or self._questions.at(0, heading))

    def target(self, heading: str) -> Target | None:
        """Return what the column under a heading holds; ``None`` if nothing tells, or too much."""
        targets = self.targets(heading)
        return targets[0] if len(targets) == 1 else None

    def targets(self, heading: str) -> tuple[Target | None, ...]:
        """Return all that the column under a heading can hold; ``None`` is that it is not read."""
        return self._meant(heading) or tuple(dict.fromkeys(self._split(heading)))

    def option(self, question: str, text: str) -> str | None:
        """Return the option of a question that a text names; ``None`` if none or several."""
        options = self.options(question, text)
        return options[0] if len(options) == 1 else None

    def options(self, question: str, text: str) -> tuple[str, ...]:
        """Return all options of a question that a text can name."""
        return meant(text, self._values[question], self._options[question])

    def under(self, question: str, text: str) -> Target | None:
        """Return what a column holds by two rows of headings: a question, and ``text`` below it."""
        option = self.option(question, text)
        return Target(question=question, option=option) if option else None

    def ticked(self, question: str, option: str, cell: Cell) -> Given | None:
        """Return what a cell gives in the column of an option; ``None``: no answer."""
        text = written(cell)
        if not text:
            return None
        if folded(text) in _TICKED or self.option(question, text) == option:
            return Given((option,))
        return Given() if folded(text) in _NOT_TICKED else self.rest(question, (text,))

    def given(self, question: str, cell: Cell, *, several: bool) -> Given | None:
        """Return the options that a cell gives in the column of a question; ``None``: no answer.

        Args:
            question: Its id.
            cell: The cell.
            several: Whether the question takes several options.
        """
        text = written(cell)
        whole = self.option(question, text)
        if whole is not None:
            return Given(options=(whole,))
        if not text or folded(text) in _NO_ANSWER:
            return None
        if folded(text) in _NONE:
            return Given()
        if not several:
            return self.rest(question, (text,))
        if parts := self._coded(question, text):
            return Given(options=parts)
        return self._parted(question, text)

    def rest(self, question: str, texts: tuple[str, ...], options: tuple[str, ...] = ()) -> Given:
        """Return an answer of which some texts are no option, as the mapping's ``*`` says."""
        caught = self.mapping.values.get(question, {}).get(REST) if texts else None
        options += (caught,) if caught else ()
        return Given(tuple(dict.fromkeys(options)), texts, caught=bool(caught))

    def _coded(self, question: str, text: str) -> tuple[str, ...]:
        """Return options of which a cell holds the ids, or values of the mapping, and blanks."""
        ids, values = self._ids[question], self._values[question]
        parts = [values.at(0, part) or ((part,) if part in ids else ()) for part in text.split()]
        if not all(len(part) == 1 for part in parts):
            return ()
        return tuple(dict.fromkeys(part[0] for part in parts))

    def _parted(self, question: str, text: str) -> Given:
        options, rest = list[str](), list[str]()
        for part in _PARTS.split(text):
            for piece in self._listed(question, part.strip()):
                option = self.option(question, piece)
                if option is None:
                    rest.append(piece)
                else:
                    options.append(option)
        return self.rest(question, tuple(rest), tuple(options))

    def _listed(self, question: str, part: str) -> Iterator[str]:
        """Yield texts that may also be separated by commas, which an option may hold itself.

        What lies between two options is one text, with the commas that it has.
        """
        left, between = part.split(","), list[str]()
        while left:
            length = self._longest(question, left)
            if length and between:
                yield ",".join(between).strip()
                between = []
            if length:
                yield ",".join(left[:length])
            else:
                between.append(left[0])
            left = left[length or 1 :]
        if text := ",".join(between).strip(" ,"):
            yield text

    def _longest(self, question: str, pieces: list[str]) -> int:
        """Return how many of the first pieces are one option together; 0 if none are."""
        lengths = range(min(len(pieces), self._most_commas[question] + 1), 0, -1)
        joined = ((length, ",".join(pieces[:length])) for length in lengths)
        return next((length for length, text in joined if self.option(question, text)), 0)

    def _meant(self, heading: str) -> tuple[Target | None, ...]:
        return meant(heading, self._columns, self._questions)

    def _split(self, heading: str) -> Iterator[Target]:
        """Read a heading that holds a question and one of its options."""
        ends = [(found.start(), found.end()) for found in _BETWEEN.finditer(heading)]
        pairs = [(heading[:start], heading[end:]) for start, end in ends]
        before, bracket, inside = heading.removesuffix("]").partition("[")
        if bracket and inside and heading.endswith("]"):
            pairs.insert(0, (before.rstrip(), inside))
        for before, after in pairs:
            for asked in self._questions.meant(before):
                if asked and (target := self.under(asked.question, after)):
                    yield target


def _names(question: Question) -> Iterator[tuple[str, str]]:
    """Yield the id and the labels of each option, each with the id."""
    for option in question.options:
        for name in (option.id, *option.label.values()):
            yield name, option.id
