"""Answers from files as survey tools export them: a row per respondent, columns per question."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli.base.files import bad_file, is_clean, read_file
from kiamv_cli.base.labels import as_written, bare, folded
from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.base.text import Text
from kiamv_cli.formats.hints import closest
from kiamv_cli.formats.plain import shown
from kiamv_cli.formats.shapes import LONGEST_TEXT
from kiamv_cli.longlist.reading.tables.file import read_sheets
from kiamv_cli.longlist.reading.tables.left_out import LeftOut
from kiamv_cli.survey.model.answers import SourcedAnswer
from kiamv_cli.survey.reading.headings import Headings, read_headings
from kiamv_cli.survey.reading.submissions import superseded
from kiamv_cli.survey.reading.wordings import Given, Wordings, written

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

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

    def identify(self, name: str) -> str | tuple[Text, Text]:
        """Return the id of the one invited that a name means; or what is wrong, and a hint."""
        ids = self.names.meant(name)
        if not ids:
            hint = closest(name, self.names.known) or Text("hints.add-name-aliases-long")
            return Text("K962.no-ecosystem-called", name=shown(name)), hint
        if len(ids) > 1:
            message = Text("K962.can-mean", name=shown(name), ids=", ".join(ids))
            return message, Text("hints.write-id-one-meant")
        if ids[0] not in self.invited:
            message = Text("K962.not-among-those-invited", id=ids[0])
            return message, Text("hints.add-invited-if-invited")
        return ids[0]


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
    file.tell_unread(hint=Text("hints.put-answers-into-first"))
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


def _text_at(cells: Sequence[Cell], place: int | None) -> str:
    return written(cells[place]) if place is not None and place < len(cells) else ""


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
            raise bad_file(self.export.path, Text("K105.empty"), Text("hints.right-file"))
        headings = read_headings(rows, self.wordings, self.frame.names)
        self._refuse(headings, rows[0][0])
        assert headings.respondent is not None
        self.export.respondent_column = headings.texts.get(headings.respondent, "")
        left_out = self._left_out(headings)
        answers: Sequence[Row] = [
            row for row in rows[headings.rows :] if not left_out.takes(row[1], row[0])
        ]
        for line, text, advice in left_out.told():
            self._note(line, 0, text, advice)
        answers = self._latest(answers, headings)
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

    def _left_out(self, headings: Headings) -> LeftOut:
        """Return what knows the rows that the mapping says are not read."""
        texts = {bare(name): each for name, each in self.wordings.mapping.leave_out.items()}
        return LeftOut(
            {
                place: (name, tuple(map(folded, texts[bare(name)])))
                for place, name in headings.texts.items()
                if bare(name) in texts
            },
            (),
            (),
        )

    def _latest(self, rows: Sequence[Row], headings: Headings) -> Sequence[Row]:
        """Return the rows without those that the same respondent replaced by a later one."""
        if headings.submitted is None:
            return rows
        who = [self.frame.identify(_text_at(cells, headings.respondent)) for _line, cells in rows]
        replaced = superseded(
            (line, respondent, _text_at(cells, headings.submitted))
            for (line, cells), respondent in zip(rows, who, strict=True)
            if isinstance(respondent, str)
        )
        for line, last in replaced.items():
            reason = Text("parts.answered-later", row=last)
            told = Text("K979.rows-left-out", n=1, rows=str(line), reason=reason)
            self._note(line, headings.submitted, told, Text("K979.if-it-counts"))
        return [row for row in rows if row[0] not in replaced]

    def _refuse(self, headings: Headings, line: int) -> None:
        problems = []
        if headings.respondent is None:
            named = self.wordings.mapping.respondent
            message = Text("K711.no-column-says-who")
            if named:
                message = Text("K711.no-column", name=shown(named))
            if named and sum(bare(text) == bare(named) for text in headings.texts.values()) > 1:
                message = Text("K711.more-than-one-column", name=shown(named))
            hint = Text("K711.give-names-ids-ecosystems")
            problems.append(self._problem(line, 1, message, hint))
        named = self.wordings.mapping.submitted
        if named and headings.submitted is None:
            message = Text("K711.no-column", name=shown(named))
            problems.append(self._problem(line, 1, message, Text("K711.correct-submitted")))
        if not headings.targets:
            message = Text("K712.no-column-asks-question")
            hint = Text("K712.head-columns-ids-wording")
            problems.append(self._problem(line, 1, message, hint))
        if problems:
            raise BadInput(problems)

    def _columns(
        self, headings: Headings, line: int, answers: Sequence[Row]
    ) -> Mapping[str, dict[int, str | None]]:
        """Return the columns of each question, by their place, each with its option if it has one.

        Of several columns that ask the same, one that is headed exactly so goes first.
        """
        columns: dict[str, dict[int, str | None]] = defaultdict(dict)
        by_value = self._left_out(headings).by_column
        rest = {
            headings.respondent,
            headings.made_up,
            headings.submitted,
            *headings.left_out,
            *by_value,
        }
        first = self._first(headings)
        for place, text in headings.texts.items():
            target = headings.targets.get(place)
            if target is None:
                if place not in rest and any(
                    written(row[1][place]) for row in answers if place < len(row[1])
                ):
                    self._no_question(line, place, text)
            elif first[target] != place:
                message = Text(
                    "K961.column-asks-column-asks",
                    first=shown(headings.texts[first[target]]),
                    name=shown(text),
                )
                hint = Text("K961.say-mapping-file-null")
                self._note(line, place, message, hint)
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
            told = Text("K961.column-without-heading-not")
            hint = Text("K961.give-heading-question-answers")
            self._note(line, place, told, hint)

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
        message = Text("K961.column-matches-no-question", name=shown(text))
        if len(names) > 1:
            message = Text("K961.column-can-mean", name=shown(text), ids=", ".join(names))
        hint = Text("K961.give-mapping-file-null")
        self._note(line, place, message, hint)

    def _respondent(self, line: int, row: Cells, headings: Headings) -> str | None:
        assert headings.respondent is not None
        name = written(row.get(headings.respondent))
        if not name:
            if any(written(row.get(place)) for place in headings.targets):
                message = Text("K962.row-does-not-say")
                self._note(line, headings.respondent, message, Text("K962.fill"))
            return None
        ecosystem = self.frame.identify(name)
        if isinstance(ecosystem, tuple):
            self._note(line, headings.respondent, *ecosystem)
            return None
        at = self._problem(line, headings.respondent + 1, Text("K965.title"))
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
            message = Text(
                "K964.takes-one-option", options=", ".join(options), question=question.id
            )
            self._note(line, min(columns), message, Text("K964.ask-respondent-one-holds"))
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
        """Report what in a cell is no option, and what becomes of it."""
        several = self.wordings.options(question.id, texts[0]) if len(texts) == 1 else ()
        message = _what_is_odd(texts, question.id, several, kept=kept)
        allowed = ", ".join(question.option_ids)
        hint = Text("K963.say-mapping-file-under", allowed=allowed)
        self._note(line, place, message, hint)

    def _note(self, line: int, place: int, message: Text, hint: Text) -> None:
        self.export.remarks.append(self._problem(line, place + 1, message, hint))

    def _problem(
        self,
        line: int,
        column: int,
        message: Text,
        hint: Text | None = None,
    ) -> Problem:
        return Problem(
            text=message,
            advice=hint,
            path=self.export.path,
            sheet=self.sheet,
            line=line,
            column=column,
        )


def _note_of(texts: Sequence[str]) -> str | None:
    """Return texts as one that a file can hold; ``None`` if there is none."""
    whole = as_written("; ".join(texts))
    return "".join(sign for sign in whole if is_clean(sign))[:LONGEST_TEXT].strip() or None


def _what_is_odd(
    texts: Sequence[str], question: str, options: Sequence[str], *, kept: bool
) -> Text:
    """Return the message on texts that are no option.

    Args:
        texts: Those of one cell.
        question: The id of the question.
        options: Which options a single text can mean, if it can mean several.
        kept: Whether there are options beside them, so that there is an answer.
    """
    filled = {"text": shown("; ".join(texts)), "question": question}
    if options and kept:
        return Text("K963.can-several-options-kept", **filled, options=", ".join(options))
    if options:
        return Text("K963.can-several-options-answer", **filled, options=", ".join(options))
    if kept:
        return Text("K963.no-option-kept-note", **filled)
    return Text("K963.no-option-answer-left", **filled)
