"""Interviews as people coded them, one file for each: read and checked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from kiamv_cli.base.files import files_in, is_folder, read_file, refusal
from kiamv_cli.base.labels import folded
from kiamv_cli.base.language import _
from kiamv_cli.base.problem import BadInput
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.flaw import Flaw
from kiamv_cli.formats.hints import closest
from kiamv_cli.formats.placeholders import is_placeholder
from kiamv_cli.formats.records import refuse_if, stated, validated
from kiamv_cli.formats.shapes import DATE, ID, NAME, TEXT, YES_NO, keyed, list_of, one_of, record
from kiamv_cli.longlist.reading.entry import no_answer
from kiamv_cli.survey.model.questionnaire import CodedAnswer, Interview, Stance, Statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.problem import Problem
    from kiamv_cli.formats.document import Syntax

    Questions = Mapping[str, Collection[str]]

KIND = "interview"
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
    found: list[Interview] = []
    for place in _files(Path(source)):
        try:
            found.append(_load(place, sub_aspects, questions))
        except BadInput as bad:
            problems += bad.problems
    if problems:
        raise BadInput(problems)
    return tuple(found)


def interview_shape(
    sub_aspects: Collection[str] | None = None, questions: Collection[str] | None = None
) -> CoreSchema:
    """What a file with an interview looks like.

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
    return keyed({**stated(KIND), **head}, {"made_up": YES_NO, **lists})


def _files(source: Path) -> list[Path]:
    """The file, or those of a folder; other files that lie in it are no interviews."""
    if not is_folder(source):
        return [source]
    places = [Path(str(each)) for each in files_in(source)]
    found = [each for each in places if each.suffix.lower() in _SUFFIXES and not is_folder(each)]
    if not found:
        hint = _("Put each into a YAML file of its own")
        raise refusal("K105", str(source), _("there are no interviews in this folder"), hint)
    return found


def _load(
    place: Path, sub_aspects: Collection[str] | None, questions: Questions | None
) -> Interview:
    syntax: Syntax = "json" if place.suffix.lower() == ".json" else "yaml"
    document = read_document(read_file(place), str(place), syntax)
    said = validated(document, interview_shape(sub_aspects, questions))
    interview = Interview(**{key: value for key, value in said.items() if key != "schema"})
    options = [] if questions is None else list(_unknown_options(interview, questions))
    coded = (*_answered_twice(interview), *_coded_twice(interview), *_nothing_said(interview))
    refuse_if(document, [*coded, *options])
    return replace(interview, file=str(place))


def _unknown_options(interview: Interview, questions: Questions) -> Iterator[Flaw]:
    for index, answer in enumerate(interview.answers):
        allowed = questions[answer.question]
        for place, option in enumerate(answer.options):
            if option not in allowed:
                message = _(
                    "'{option}' is no option of the question '{question}'",
                    option=option,
                    question=answer.question,
                )
                path = ("answers", index, "options", place)
                yield Flaw(code="K304", path=path, message=message, hint=closest(option, allowed))


def _answered_twice(interview: Interview) -> Iterator[Flaw]:
    asked = [answer.question for answer in interview.answers]
    for index, answer in enumerate(interview.answers):
        if answer.question in asked[:index]:
            yield Flaw(
                code="K402",
                path=("answers", index, "question"),
                message=_(
                    "the question '{question}' is answered twice in this interview",
                    question=answer.question,
                ),
                hint=_("Put all options of a question into one answer"),
            )
        for place, option in enumerate(answer.options):
            if option in answer.options[:place]:
                path = ("answers", index, "options", place)
                message = _("'{option}' is given twice in options", option=option)
                yield Flaw(code="K402", path=path, message=message, hint=_("Give it once"))


def _nothing_said(interview: Interview) -> Iterator[Flaw]:
    """Find statements that state nothing, unless somebody said just that."""
    hint = _("Leave the statement out; if that is what was said, add quote: true")
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
            message = _(
                "{who} coded {sub_aspect} as {stance} at {at} before",
                who=interview.coder(statement),
                sub_aspect=statement.sub_aspect,
                stance=statement.stance,
                at=statement.at,
            )
            hint = _("Give it once, or say at which other place it was said")
            yield Flaw(code="K402", path=("statements", index), message=message, hint=hint)
