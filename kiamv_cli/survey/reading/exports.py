"""Answers from files as survey tools export them: a row per respondent, columns per question."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli.base.files import is_clean, read_file, refusal
from kiamv_cli.base.labels import as_written, bare
from kiamv_cli.base.language import N_, _
from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.formats.hints import closest, shown
from kiamv_cli.formats.shapes import LONGEST_TEXT
from kiamv_cli.longlist.reading.tables.file import read_sheets
from kiamv_cli.survey.model.answers import SourcedAnswer
from kiamv_cli.survey.reading.headings import Headings, read_headings
from kiamv_cli.survey.reading.wordings import Given, Wordings, written

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kiamv_cli.base.problem import Severity
    from kiamv_cli.formats.plain import Cell
    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.longlist.model.lookup import Names
    from kiamv_cli.survey.model.questionnaire import Question, Questionnaire
    from kiamv_cli.survey.reading.headings import Row
    from kiamv_cli.survey.reading.wordings import ExportMap, Target

    Columns = Mapping[int, str | None]
    Cells = Mapping[int, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFrame:
    """Whom a survey asked what: who can be meant, who was invited, and the questions."""

    questionnaire: Questionnaire
    names: Names
    invited: frozenset[str]

    def identify(self, name: str) -> tuple[str | None, str, str]:
        """Return the ecosystem of a name among those invited.

        Returns:
            Its id; or ``None``, with what is wrong and what to do.
        """
        ids = self.names.meant(name)
        if not ids:
            hint = closest(name, self.names.known) or _(
                "Add the name to its aliases on the long list"
            )
            return None, _("no ecosystem is called {name}", name=shown(name)), hint
        if len(ids) > 1:
            message = _("{name} can mean {ids}", name=shown(name), ids=", ".join(ids))
            return None, message, _("Write the id of the one that is meant")
        if ids[0] not in self.invited:
            message = _("{id} is not among those invited, so its answers do not count", id=ids[0])
            return None, message, _("Add it to --invited if it was invited")
        return ids[0], "", ""


@dataclass(slots=True)
class Export:
    """What one file says; ``respondents`` are the ids of its rows, each with its place."""

    path: str
    said: list[SourcedAnswer] = field(default_factory=list)
    respondents: list[tuple[str, Problem]] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    respondent_column: str = ""
    made_up: bool = False


def read_export(
    path: str | Path, frame: SurveyFrame, mapping: ExportMap, hidden: Hidden | None = None
) -> Export:
    """Read an export, a CSV file or the first sheet of a workbook.

    What cannot be matched is left out and told among the remarks, by its cell.

    Args:
        path: Its name.
        frame: Whom the survey asked what.
        mapping: What columns and values mean where they do not say so.
        hidden: What becomes of hidden and struck-through parts of a workbook: ``keep`` or
            ``skip``. Left out: they are errors.

    Raises:
        BadInput: It is no table, it holds errors, or nothing tells who answered or what was asked.
    """
    wordings = Wordings(frame.questionnaire, mapping)
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
    reader = _Reader(frame, wordings, Export(str(path), remarks=file.problems), sheet)
    return reader.read(filled)


@dataclass(frozen=True, slots=True)
class _LeftOut:
    """The headings that a mapping says are not read."""

    wordings: Wordings

    def __contains__(self, heading: object) -> bool:
        return self.wordings.is_left_out(str(heading))


def _named(target: Target) -> str:
    return ".".join(filter(None, (target.question, target.option)))


@dataclass(slots=True)
class _Reader:
    frame: SurveyFrame
    wordings: Wordings
    export: Export
    sheet: str

    def read(self, rows: Sequence[Row]) -> Export:
        if not rows:
            raise refusal(
                "K105", self.export.path, _("there is nothing in it"), _("Is it the right file?")
            )
        headings = read_headings(rows, self.wordings, self.frame.names)
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
                for question in self.frame.questionnaire.questions:
                    if question.id in columns:
                        self._answer(ecosystem, question, columns[question.id], line, row)
        return self.export

    def _refuse(self, headings: Headings, line: int) -> None:
        problems = []
        if headings.respondent is None:
            named = self.wordings.mapping.respondent
            message = _("no column says who answered")
            if named:
                message = _("there is no column {name}", name=shown(named))
            if named and sum(bare(text) == bare(named) for text in headings.texts.values()) > 1:
                message = _("more than one column is called {name}", name=shown(named))
            hint = _(
                "Give the names or ids of ecosystems a column, and name it in the mapping file"
            )
            problems.append(self._problem("K711", line, 1, message, hint))
        if not headings.targets:
            message = _("no column asks a question of the questionnaire")
            hint = _("Head the columns by the ids or the wording of questions, or give --mapping")
            problems.append(self._problem("K712", line, 1, message, hint))
        if problems:
            raise BadInput(problems)

    def _columns(
        self, headings: Headings, line: int, answers: Sequence[Row]
    ) -> Mapping[str, dict[int, str | None]]:
        """Return the columns of each question, by their place, each with its option if it has one.

        Of several columns that ask the same, one that is headed exactly so goes first.
        """
        columns: dict[str, dict[int, str | None]] = defaultdict(dict)
        rest = {headings.respondent, headings.made_up, *headings.left_out}
        first = self._first(headings)
        for place, text in headings.texts.items():
            target = headings.targets.get(place)
            if target is None:
                if place not in rest and any(
                    written(row[1][place]) for row in answers if place < len(row[1])
                ):
                    self._no_question(line, place, text)
            elif first[target] != place:
                message = _(
                    "the column {name} asks what the column {first} asks, so it is not read",
                    first=shown(headings.texts[first[target]]),
                    name=shown(text),
                )
                hint = _("Say in the mapping file what it is, or null")
                self._note("K961", line, place, message, hint)
            else:
                columns[target.question][place] = target.option
        self._tell_unheaded(line, {*rest, *headings.texts}, answers)
        return columns

    def _tell_unheaded(
        self, line: int, read: Collection[int | None], answers: Sequence[Row]
    ) -> None:
        filled = {
            place for _line, cells in answers for place, cell in enumerate(cells) if written(cell)
        }
        for place in sorted(filled - {*read}):
            told = _("the column without a heading is not read, and there are answers in it")
            hint = _("Give it a heading: the question that it answers, or one that is none")
            self._note("K961", line, place, told, hint)

    def _first(self, headings: Headings) -> dict[Target, int]:
        """Return the place of the column that is read for what it asks."""
        first: dict[Target, int] = {}
        for exact in (True, False):
            for place, target in headings.targets.items():
                if self.wordings.is_exact(headings.texts.get(place, "")) == exact:
                    first.setdefault(target, place)
        return first

    def _no_question(self, line: int, place: int, text: str) -> None:
        names = [_named(each) for each in self.wordings.targets(text) if each]
        message = _("the column {name} matches no question", name=shown(text))
        if len(names) > 1:
            message = _("the column {name} can mean {ids}", name=shown(text), ids=", ".join(names))
        hint = _("Give it in the mapping file, with null if it is none")
        self._note("K961", line, place, message, hint)

    def _respondent(self, line: int, row: Cells, headings: Headings) -> str | None:
        assert headings.respondent is not None
        name = written(row.get(headings.respondent))
        if not name:
            if any(written(row.get(place)) for place in headings.targets):
                message = _("the row does not say who answered")
                self._note("K962", line, headings.respondent, message, _("Fill it in"))
            return None
        ecosystem, message, hint = self.frame.identify(name)
        if ecosystem is None:
            self._note("K962", line, headings.respondent, message, hint)
            return None
        at = self._problem("K965", line, headings.respondent + 1, "", "")
        self.export.respondents.append((ecosystem, at))
        return ecosystem

    def _answer(
        self, ecosystem: str, question: Question, columns: Columns, line: int, row: Cells
    ) -> None:
        given = self._given(question, columns, line, row)
        if given is None:
            return
        options = tuple(each for each in question.option_ids if each in given.options)
        if question.kind == "single" and len(options) > 1:
            message = _(
                "{options}: '{question}' takes one option",
                options=", ".join(options),
                question=question.id,
            )
            self._note("K964", line, min(columns), message, _("Ask the respondent which one holds"))
            return
        filled = [place for place in columns if written(row.get(place))]
        last = f"-{max(filled) + 1}" if len(filled) > 1 else ""
        self.export.said.append(
            SourcedAnswer(
                ecosystem=ecosystem,
                question=question.id,
                options=options,
                origin="survey",
                file=self.export.path,
                at=f"{line}:{min(filled) + 1}{last}",
                note=_note_of(given.rest),
            )
        )

    def _given(self, question: Question, columns: Columns, line: int, row: Cells) -> Given | None:
        """Return what the cells of a question give; ``None``: no answer to use.

        What cannot be read takes nothing away from what can; by itself it is no answer.
        """
        cells = {place: self._cell(question, columns[place], row.get(place)) for place in columns}
        given = {place: each for place, each in cells.items() if each is not None}
        options = tuple(option for each in given.values() for option in each.options)
        for place, each in given.items():
            if each.rest and not each.caught:
                self._odd(question, line, place, each.rest, kept=bool(options))
        rest = tuple(text for each in given.values() for text in each.rest)
        return None if not given or (rest and not options) else Given(options, rest)

    def _cell(self, question: Question, option: str | None, cell: Cell) -> Given | None:
        """Return the options of one cell, and what in it is none; ``None``: it gives no answer."""
        if option is None:
            return self.wordings.given(question.id, cell, several=question.kind == "multiple")
        return self.wordings.ticked(question.id, option, cell)

    def _odd(
        self, question: Question, line: int, place: int, texts: tuple[str, ...], *, kept: bool
    ) -> None:
        """Tell of what in a cell is no option, and what becomes of it."""
        several = self.wordings.options(question.id, texts[0]) if len(texts) == 1 else ()
        message = _what_is_odd(texts, question.id, several, kept=kept)
        allowed = ", ".join(question.option_ids)
        hint = _(
            "Say in the mapping file, under values, which it means: {allowed}", allowed=allowed
        )
        self._note("K963", line, place, message, hint)

    def _note(self, code: str, line: int, place: int, message: str, hint: str) -> None:
        self.export.remarks.append(self._problem(code, line, place + 1, message, hint, "warning"))

    def _problem(
        self,
        code: str,
        line: int,
        column: int,
        message: str,
        hint: str,
        severity: Severity = "error",
    ) -> Problem:
        return Problem(
            code=code,
            message=message,
            hint=hint,
            path=self.export.path,
            sheet=self.sheet,
            line=line,
            column=column,
            severity=severity,
        )


def _note_of(texts: Sequence[str]) -> str | None:
    """Return texts as one that a file can hold; ``None`` if there is none."""
    whole = as_written("; ".join(texts))
    return "".join(sign for sign in whole if is_clean(sign))[:LONGEST_TEXT].strip() or None


def _what_is_odd(texts: Sequence[str], question: str, options: Sequence[str], *, kept: bool) -> str:
    """Return the message on texts that are no option.

    Args:
        texts: Those of one cell.
        question: The id of the question.
        options: Which options a single text can mean, if it can mean several.
        kept: Whether there are options beside them, so that there is an answer.
    """
    filled = {"text": shown("; ".join(texts)), "question": question, "options": ", ".join(options)}
    if options and kept:
        message = N_(
            "{text} can be several options of '{question}' ({options}), and is kept as a note "
            "beside those that are clear"
        )
    elif options:
        message = N_(
            "{text} can be several options of '{question}' ({options}), so this answer is left out"
        )
    elif kept:
        message = N_(
            "{text} is no option of '{question}', and is kept as a note beside those that are"
        )
    else:
        message = N_("{text} is no option of '{question}', so this answer is left out")
    return _(message, **filled)
