"""Answers from files as survey tools export them: a row per respondent, columns per question."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli.core.problem import BadInput, Problem
from kiamv_cli.core.survey.answers import Said
from kiamv_cli.language import _
from kiamv_cli.loading.files import read_file, refusal
from kiamv_cli.loading.hints import closest, shown
from kiamv_cli.loading.sheets.file import read_sheets
from kiamv_cli.loading.survey.headings import Headings, read_headings
from kiamv_cli.loading.survey.wording import Wordings, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kiamv_cli.core.survey.names import Names
    from kiamv_cli.core.survey.questionnaire import Question, Questionnaire
    from kiamv_cli.loading.sheets.sheet import Hidden
    from kiamv_cli.loading.survey.headings import Row
    from kiamv_cli.loading.survey.mapping import ExportMap
    from kiamv_cli.loading.workbook import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whom a survey asked what: who can be meant, who was invited, and the questions."""

    questionnaire: Questionnaire
    names: Names
    invited: frozenset[str]

    def identify(self, name: str) -> tuple[str | None, str, str]:
        """Find the ecosystem of a name among those invited.

        Returns:
            Its id; or ``None``, with what is wrong and what to do.
        """
        found = self.names.meant(name)
        if not found:
            hint = closest(name, self.names.known) or _(
                "Add the name to its aliases on the long list"
            )
            return None, _("no ecosystem is called {name}", name=shown(name)), hint
        if len(found) > 1:
            told = _("{name} can mean {ids}", name=shown(name), ids=", ".join(found))
            return None, told, _("Write the id of the one that is meant")
        if found[0] not in self.invited:
            told = _("{id} is not among those invited, so its answers do not count", id=found[0])
            return None, told, _("Add it to --invited if it was invited")
        return found[0], "", ""


@dataclass(slots=True)
class Export:
    """What one file says; ``respondents`` are the ids of its rows, each with its place."""

    path: str
    said: list[Said] = field(default_factory=list)
    respondents: list[tuple[str, Problem]] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    respondent_column: str = ""
    made_up: bool = False


def read_export(
    path: str | Path, asked: Asked, mapping: ExportMap, hidden: Hidden | None = None
) -> Export:
    """Read an export, a CSV file or the first sheet of a workbook.

    What cannot be matched is left out and told among the remarks, by its cell.

    Args:
        path: Its name.
        asked: Whom the survey asked what.
        mapping: What columns and values mean where they do not say so.
        hidden: What becomes of hidden and struck-through parts of a workbook: ``keep`` or
            ``skip``. Left out: they are errors.

    Raises:
        BadInput: It is no table, it holds errors, or nothing tells who answered or what was asked.
    """
    wordings = Wordings(asked.questionnaire, mapping)
    file = read_sheets(
        read_file(Path(path)),
        str(path),
        hidden,
        is_known=lambda heading: wordings.target(heading) is not None,
    )
    sheet = file.first
    rows = file.rows(sheet, _LeftOut(wordings))
    file.tell_unread(hint=_("Put the answers into the first sheet"))
    if any(each.severity == "error" for each in file.problems):
        raise BadInput(file.problems)
    filled = [row for row in rows if any(map(written, row[1]))]
    reader = _Reader(asked, wordings, Export(str(path), remarks=file.problems), sheet)
    return reader.read(filled)


@dataclass(frozen=True, slots=True)
class _LeftOut:
    """The headings that a mapping says are not read."""

    wordings: Wordings

    def __contains__(self, heading: object) -> bool:
        return self.wordings.is_left_out(str(heading))


@dataclass(slots=True)
class _Reader:
    asked: Asked
    wordings: Wordings
    export: Export
    sheet: str

    def read(self, rows: Sequence[Row]) -> Export:
        if not rows:
            raise refusal(
                "K105", self.export.path, _("there is nothing in it"), _("Is it the right file?")
            )
        headings = read_headings(rows, self.wordings, self.asked.names)
        self._refuse(headings, rows[0][0])
        assert headings.respondent is not None
        self.export.respondent_column = headings.texts.get(headings.respondent, "")
        answers = rows[headings.rows :]
        columns = self._columns(headings, rows[0][0], answers)
        for line, cells in answers:
            row = dict(enumerate(cells))
            if headings.made_up is not None and written(row.get(headings.made_up)):
                self.export.made_up = True
            if ecosystem := self._respondent(line, row, headings):
                for question in self.asked.questionnaire.questions:
                    if question.id in columns:
                        self._answer(ecosystem, question, columns[question.id], line, row)
        return self.export

    def _refuse(self, headings: Headings, line: int) -> None:
        problems = []
        if headings.respondent is None:
            named = self.wordings.mapping.respondent
            told = _("no column says who answered")
            if named:
                told = _("there is no column {name}", name=shown(named))
            hint = _(
                "Give the names or ids of ecosystems a column, and name it in the mapping file"
            )
            problems.append(self._problem("K711", line, 1, told, hint))
        if not headings.targets:
            told = _("no column asks a question of the questionnaire")
            hint = _("Head the columns by the ids or the wording of questions, or give --mapping")
            problems.append(self._problem("K712", line, 1, told, hint))
        if problems:
            raise BadInput(problems)

    def _columns(
        self, headings: Headings, line: int, answers: Sequence[Row]
    ) -> Mapping[str, dict[int, str | None]]:
        """The columns of each question, by their place, each with its option if it has one."""
        found: dict[str, dict[int, str | None]] = defaultdict(dict)
        for place, text in headings.texts.items():
            target = headings.targets.get(place)
            if target is None:
                used = any(written(row[1][place]) for row in answers if place < len(row[1]))
                rest = {headings.respondent, headings.made_up, *headings.left_out}
                if used and place not in rest:
                    told = _("the column {name} matches no question", name=shown(text))
                    hint = _("Give it in the mapping file, with null if it is none")
                    self._note("K961", line, place, told, hint)
            elif target.option in found[target.question].values():
                told = _("the column {name} asks what a column before it asks", name=shown(text))
                self._note(
                    "K961", line, place, told, _("Say in the mapping file what it is, or null")
                )
            else:
                found[target.question][place] = target.option
        return found

    def _respondent(self, line: int, row: Mapping[int, Cell], headings: Headings) -> str | None:
        assert headings.respondent is not None
        name = written(row.get(headings.respondent))
        if not name:
            if any(written(row.get(place)) for place in headings.targets):
                told = _("the row does not say who answered")
                self._note("K962", line, headings.respondent, told, _("Fill it in"))
            return None
        ecosystem, told, hint = self.asked.identify(name)
        if ecosystem is None:
            self._note("K962", line, headings.respondent, told, hint)
            return None
        at = self._problem("K965", line, headings.respondent + 1, "", "")
        self.export.respondents.append((ecosystem, at))
        return ecosystem

    def _answer(
        self,
        ecosystem: str,
        question: Question,
        columns: Mapping[int, str | None],
        line: int,
        row: Mapping[int, Cell],
    ) -> None:
        options = self._options(question, columns, line, row)
        if options is None:
            return
        first = min(columns)
        if question.kind == "single" and len(options) > 1:
            told = _(
                "{options}: '{question}' takes one option",
                options=", ".join(options),
                question=question.id,
            )
            self._note("K964", line, first, told, _("Ask the respondent which one holds"))
            return
        filled = [place for place in columns if written(row.get(place))]
        last = max(filled)
        at = f"{line}:{min(filled) + 1}" + (f"-{last + 1}" if len(filled) > 1 else "")
        self.export.said.append(
            Said(
                ecosystem=ecosystem,
                question=question.id,
                options=options,
                origin="survey",
                file=self.export.path,
                at=at,
            )
        )

    def _options(
        self,
        question: Question,
        columns: Mapping[int, str | None],
        line: int,
        row: Mapping[int, Cell],
    ) -> tuple[str, ...] | None:
        """The options that the cells of a question give, in order; ``None``: no answer to use."""
        given: set[str] = set()
        answered = odd = False
        for place, option in columns.items():
            found = self._cell(question, option, line, place, row.get(place))
            odd |= found is False
            if isinstance(found, tuple):
                answered = True
                given |= {*found}
        if odd or not answered:
            return None
        return tuple(each for each in question.option_ids if each in given)

    def _cell(
        self, question: Question, option: str | None, line: int, place: int, cell: Cell
    ) -> tuple[str, ...] | bool | None:
        """The options of one cell; ``None`` if it gives no answer, false if it cannot be read."""
        if option is None:
            try:
                return self.wordings.given(question.id, cell, several=question.kind == "multiple")
            except ValueError as odd:
                self._odd(question, line, place, str(odd))
                return False
        match self.wordings.ticked(question.id, option, cell):
            case "empty":
                return None
            case "odd":
                self._odd(question, line, place, written(cell))
                return False
            case tick:
                return (option,) if tick == "yes" else ()

    def _odd(self, question: Question, line: int, place: int, text: str) -> None:
        told = _(
            "{text} is no option of '{question}', so this answer is left out",
            text=shown(text),
            question=question.id,
        )
        allowed = ", ".join(question.option_ids)
        hint = _(
            "Say in the mapping file, under values, which it means: {allowed}", allowed=allowed
        )
        self._note("K963", line, place, told, hint)

    def _note(self, code: str, line: int, place: int, told: str, hint: str) -> None:
        self.export.remarks.append(self._problem(code, line, place + 1, told, hint, "warning"))

    def _problem(
        self, code: str, line: int, column: int, told: str, hint: str, severity: str = "error"
    ) -> Problem:
        return Problem(
            code=code,
            message=told,
            hint=hint,
            path=self.export.path,
            sheet=self.sheet,
            line=line,
            column=column,
            severity="warning" if severity == "warning" else "error",
        )
