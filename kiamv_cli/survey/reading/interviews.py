"""What people coded, from files: interviews, one file for each, and answers of desk research."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from kiamv_cli.base.files import bad_file, files_in, is_folder
from kiamv_cli.base.labels import folded
from kiamv_cli.base.problem import BadInput
from kiamv_cli.base.text import Text
from kiamv_cli.formats.package_data import is_placeholder
from kiamv_cli.formats.plain import Flaw
from kiamv_cli.formats.records import read_stated, refuse_if, stated
from kiamv_cli.formats.shapes import (
    DATE,
    ID,
    NAME,
    TEXT,
    YES_NO,
    keyed,
    list_of,
    one_of,
    or_null,
    record,
)
from kiamv_cli.longlist.reading.entry import no_answer
from kiamv_cli.survey.model.answers import SourcedAnswer
from kiamv_cli.survey.model.questionnaire import CodedAnswer, Interview, Stance, Statement
from kiamv_cli.survey.reading.questionnaire import question_shape, unknown_option

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.problem import Problem
    from kiamv_cli.survey.model.questionnaire import Questionnaire

    Questions = Mapping[str, Collection[str]]

_SUFFIXES = (".yaml", ".yml", ".json")


def load_interviews(
    source: str | Path,
    *,
    sub_aspects: Collection[str] | None = None,
    questions: Questions | None = None,
) -> tuple[Interview, ...]:
    """Read interviews.

    Args:
        source: A YAML or JSON file with one interview, or a folder of such files.
        sub_aspects: The ids of the codebook; left out: any id is allowed.
        questions: The ids of the options of each question; left out: any are allowed.

    Returns:
        The interviews, in the order of the names of their files.

    Raises:
        BadInput: Something is wrong with one of them; it holds all problems of all files.
    """
    problems: list[Problem] = []
    interviews: list[Interview] = []
    for place in _files(Path(source)):
        try:
            interviews.append(_load(place, sub_aspects, questions))
        except BadInput as bad:
            problems += bad.problems
    if problems:
        raise BadInput(problems)
    return tuple(interviews)


def interview_shape(
    sub_aspects: Collection[str] | None = None, questions: Collection[str] | None = None
) -> CoreSchema:
    """Return what a file with an interview looks like.

    Args:
        sub_aspects: The ids of the codebook; left out: any id.
        questions: The ids of the questionnaire; left out: any id.
    """
    answer = {
        "question": ID if questions is None else one_of(questions),
        "options": list_of(ID),
        "at": NAME,
        "note": TEXT,
    }
    statement = {
        "sub_aspect": ID if sub_aspects is None else one_of(sub_aspects),
        "stance": one_of(get_args(Stance)),
        "text": TEXT,
        "at": NAME,
        "quote": YES_NO,
        "coded_by": NAME,
    }
    head = {"ecosystem": ID, "date": DATE, "interviewers": list_of(NAME, 1), "coded_by": NAME}
    lists = {
        "answers": list_of(record(CodedAnswer, answer)),
        "statements": list_of(record(Statement, statement)),
    }
    return keyed({**stated("interview"), **head}, {"made_up": YES_NO, **lists})


def load_desk(
    path: str | Path, questionnaire: Questionnaire
) -> tuple[tuple[SourcedAnswer, ...], bool]:
    """Read a file of answers that desk research found.

    Returns:
        The answers, and whether they are a demonstration.

    Raises:
        BadInput: Something is wrong with it, such as an option that its question does not have.
    """
    document, data = read_stated(Path(path), desk_shape(questionnaire))
    made = {"origin": "desk", "file": str(path), "coded_by": data["coded_by"]}
    answers = tuple(
        SourcedAnswer(at=each.pop("source"), **each, **made) for each in data["answers"]
    )
    refuse_if(document, [*_wrong_answers(answers, questionnaire)])
    return answers, data.get("made_up", False)


def desk_shape(questionnaire: Questionnaire | None = None) -> CoreSchema:
    """Return what such a file looks like; without a questionnaire, any question is allowed."""
    answer = {"ecosystem": ID, "question": question_shape(questionnaire), "options": list_of(ID)}
    answers = list_of(keyed({**answer, "source": TEXT}, {"note": or_null(TEXT)}))
    return keyed({**stated("desk"), "coded_by": NAME, "answers": answers}, {"made_up": YES_NO})


def _files(source: Path) -> list[Path]:
    """Return the file, or those of a folder; other files that lie in it are no interviews."""
    if not is_folder(source):
        return [source]
    places = [Path(str(each)) for each in files_in(source)]
    files = [each for each in places if each.suffix.lower() in _SUFFIXES and not is_folder(each)]
    if not files:
        hint = Text("K105.put-each-into-yaml")
        raise bad_file(str(source), Text("K105.no-interviews-folder"), hint)
    return files


def _load(
    place: Path, sub_aspects: Collection[str] | None, questions: Questions | None
) -> Interview:
    document, data = read_stated(place, interview_shape(sub_aspects, questions))
    interview = Interview(**data)
    options = [] if questions is None else list(_unknown_options(interview, questions))
    coded = (*_answered_twice(interview), *_coded_twice(interview), *_nothing_said(interview))
    refuse_if(document, [*coded, *options])
    return replace(interview, file=str(place))


def _unknown_options(interview: Interview, questions: Questions) -> Iterator[Flaw]:
    for index, answer in enumerate(interview.answers):
        for place, option in enumerate(answer.options):
            path = ("answers", index, "options", place)
            yield from unknown_option(option, answer.question, questions[answer.question], path)


def _answered_twice(interview: Interview) -> Iterator[Flaw]:
    asked = [answer.question for answer in interview.answers]
    for index, answer in enumerate(interview.answers):
        if answer.question in asked[:index]:
            yield Flaw(
                path=("answers", index, "question"),
                text=Text("K402.question-answered-twice-interview", question=answer.question),
                advice=Text("K402.put-all-options-question"),
            )
        for place, option in enumerate(answer.options):
            if option in answer.options[:place]:
                path = ("answers", index, "options", place)
                message = Text("K402.given-twice-options", option=option)
                yield Flaw(path=path, text=message, advice=Text("hints.give-once"))


def _nothing_said(interview: Interview) -> Iterator[Flaw]:
    """Yield statements that state nothing, unless somebody said just that."""
    hint = Text("hints.leave-statement-out-if")
    for index, each in enumerate(interview.statements):
        if not each.quote and is_placeholder(each.text):
            yield no_answer(("statements", index, "text"), each.text, hint)


def _coded_twice(interview: Interview) -> Iterator[Flaw]:
    codes = [
        (folded(interview.coder(each)), each.sub_aspect, each.stance, folded(each.at))
        for each in interview.statements
    ]
    for index, statement in enumerate(interview.statements):
        if codes[index] in codes[:index]:
            message = Text(
                "K402.coded-before",
                who=interview.coder(statement),
                sub_aspect=statement.sub_aspect,
                stance=statement.stance,
                at=statement.at,
            )
            hint = Text("K402.give-once-say-other")
            yield Flaw(path=("statements", index), text=message, advice=hint)


def _wrong_answers(
    answers: tuple[SourcedAnswer, ...], questionnaire: Questionnaire
) -> Iterator[Flaw]:
    """Yield answers of desk research without a source, or with options that cannot be theirs."""
    for index, each in enumerate(answers):
        question = questionnaire.by_id[each.question]
        if is_placeholder(each.at):
            hint = Text("K303.say-where-read-leave")
            yield no_answer(("answers", index, "source"), each.at, hint)
        path = ("answers", index, "options")
        for place, option in enumerate(each.options):
            yield from unknown_option(option, question.id, question.option_ids, (*path, place))
        if question.kind == "single" and len(each.options) > 1:
            message = Text("K303.takes-one-option", question=question.id)
            yield Flaw(path=path, text=message, advice=Text("K303.keep-one-holds"))
