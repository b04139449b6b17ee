"""Survey files, interviews and desk research, read and merged."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.base.text import Text
from kiamv_cli.survey.model.answers import ORIGINS, Answers, File, MergedSurvey, merge, said_in
from kiamv_cli.survey.reading.exports import read_export
from kiamv_cli.survey.reading.interviews import load_desk, load_interviews
from kiamv_cli.survey.reading.wordings import ExportMap, load_mapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.survey.model.answers import SourcedAnswer
    from kiamv_cli.survey.model.questionnaire import Questionnaire
    from kiamv_cli.survey.reading.exports import SurveyFrame

_MADE_UP = "Demonstration data, made up"


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveySources:
    """The files that a survey is merged from.

    ``exports`` are CSV files or workbooks as survey tools export them; ``interviews`` files with
    an interview, or folders of them; ``desk`` files of answers that desk research found;
    ``mapping`` says what columns and values mean where exports do not, ``hidden`` what becomes of
    hidden and struck-through parts of workbooks (left out: they are errors).
    """

    exports: Sequence[str | Path] = ()
    interviews: Sequence[str | Path] = ()
    desk: Sequence[str | Path] = ()
    mapping: str | Path | None = None
    hidden: Hidden | None = None


@dataclass(slots=True)
class _Read:
    """What all files say together."""

    frame: SurveyFrame
    files: list[File] = field(default_factory=list)
    said: list[SourcedAnswer] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    took_part: set[tuple[str, str]] = field(default_factory=set)
    rows: dict[str, list[Problem]] = field(default_factory=lambda: defaultdict(list))
    made_up: bool = False

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Go on after a file that cannot be used, and remember why."""
        try:
            yield
        except BadInput as bad:
            self.problems += bad.problems

    def export(self, path: str | Path, mapping: ExportMap, hidden: Hidden | None) -> None:
        export = read_export(path, self.frame, mapping, hidden)
        self.said += export.said
        self.remarks += export.remarks
        self.made_up |= export.made_up
        for ecosystem, at in export.respondents:
            self.took_part.add((ecosystem, "survey"))
            self.rows[ecosystem].append(at)
        self.files.append(
            File(
                path=str(path),
                respondents=len(export.respondents),
                answers=len(export.said),
                respondent_column=export.respondent_column,
            )
        )

    def interviews(self, source: str | Path) -> None:
        for each in load_interviews(source, questions=self.frame.questionnaire.options):
            self.made_up |= each.made_up
            self.others(each.file, "interview", [each.ecosystem], said_in(each))

    def desk(self, source: str | Path) -> None:
        answers, made_up = load_desk(source, self.frame.questionnaire)
        self.made_up |= made_up
        names = dict.fromkeys(each.ecosystem for each in answers)
        self.others(str(source), "desk", [*names], answers)

    def others(
        self, file: str, origin: str, ecosystems: Sequence[str], answers: Iterable[SourcedAnswer]
    ) -> None:
        """Take what interviews or desk research say of those who were invited."""
        known = {}
        for name in ecosystems:
            ecosystem = self.frame.identify(name)
            if isinstance(ecosystem, tuple):
                self.remark(*ecosystem, file)
            else:
                known[name] = ecosystem
                self.took_part.add((ecosystem, origin))
        kept = [
            replace(each, ecosystem=known[each.ecosystem])
            for each in answers
            if each.ecosystem in known and self.is_one(each)
        ]
        self.said += kept
        self.files.append(File(path=file, respondents=len(known), answers=len(kept)))

    def is_one(self, answer: SourcedAnswer) -> bool:
        """Return whether an answer to a single question gives one option at most."""
        question = self.frame.questionnaire.by_id[answer.question]
        if question.kind == "multiple" or len(answer.options) <= 1:
            return True
        message = Text(
            "K964.takes-one-option-2",
            options=", ".join(answer.options),
            place=answer.at,
            question=question.id,
        )
        self.remark(message, Text("K964.code-one-holds"), answer.file)
        return False

    def remark(self, message: Text, hint: Text, path: str) -> None:
        problem = Problem(
            text=message,
            advice=hint,
            path=path,
        )
        self.remarks.append(problem)


def gather(
    sources: SurveySources,
    frame: SurveyFrame,
    programme: Programme,
    title: str | None,
    *,
    made_up: bool,
) -> MergedSurvey:
    """Read all files and merge what they say; their order plays no part in the answers.

    Raises:
        BadInput: Something is wrong with any of them; it holds all problems of all files.
    """
    read = _Read(frame, made_up=made_up)
    mapping = load_mapping(sources.mapping, frame.questionnaire) if sources.mapping else ExportMap()
    for path in sources.exports:
        with read.trying():
            read.export(path, mapping, sources.hidden)
    for path in sources.interviews:
        with read.trying():
            read.interviews(path)
    for path in sources.desk:
        with read.trying():
            read.desk(path)
    if read.problems:
        raise BadInput([*read.problems, *read.remarks])
    order = tuple(each for each in frame.names.ids if each in frame.invited)
    part = {o: tuple(each for each in order if (each, o) in read.took_part) for o in ORIGINS}
    answers = Answers(
        title=title or (_MADE_UP if read.made_up else _label(frame.questionnaire)),
        questionnaire=frame.questionnaire.id,
        invited=order,
        took_part=part,
        cells=merge(read.said, order, tuple(frame.questionnaire.by_id)),
        made_up=read.made_up,
    )
    remarks = (*read.remarks, *_twice(read.rows))
    return MergedSurvey(
        answers=answers, files=tuple(read.files), remarks=remarks, programme=programme
    )


def _twice(rows: dict[str, list[Problem]]) -> Iterator[Problem]:
    """Yield each ecosystem that answered in more than one row."""
    for ecosystem, places in rows.items():
        for each in places[1:]:
            message = Text("K965.answered-before", id=ecosystem, place=places[0].where)
            hint = Text("hints.answers-differ-do-not")
            yield replace(each, text=message, advice=hint)


def _label(questionnaire: Questionnaire) -> str:
    """Return what it is called, in English where that is given: data are the same everywhere."""
    label = questionnaire.label
    return label.get("en") or next(iter(label.values()))
