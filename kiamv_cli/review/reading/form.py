"""Forms as files, and what they say as plain values."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, get_args

from pydantic_core import core_schema

from kiamv_cli.base.text import Text
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.hints import closest
from kiamv_cli.formats.plain import Flaw, shown
from kiamv_cli.formats.records import SHA256, refuse_if, schema_of, validated
from kiamv_cli.formats.shapes import (
    DATE,
    ID,
    NAME,
    TEXT,
    keyed,
    list_of,
    mapping_of,
    one_of,
    or_null,
    own_words,
    record,
)
from kiamv_cli.programme.model.attributes import number_as_written
from kiamv_cli.review.model.form import (
    SHORT,
    Answer,
    Citation,
    Form,
    FormVerdict,
    Grade,
    questions,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.labels import Language
    from kiamv_cli.formats.plain import Path, Plain
    from kiamv_cli.formats.records import Placed
    from kiamv_cli.longlist.model.longlist import Ecosystem
    from kiamv_cli.programme.model.programme import Programme, Scale
    from kiamv_cli.review.model.form import Question
    from kiamv_cli.review.reading.form_table import Expected, FormFolder


FORM_KIND = "review/form"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRead:
    """A form that was read: what it says, which ecosystems it had to have, and its language."""

    form: Form
    ecosystems: tuple[str, ...]
    language: Language | None


def read_form(
    raw: bytes,
    path: str,
    folder: FormFolder,
    expected: Expected,
    *,
    strict: bool = True,
) -> FormRead:
    """Read a form that a reviewer filled in: YAML, CSV or a spreadsheet, by what is in it.

    Args:
        raw: What is in the file.
        path: What it is called.
        folder: What was asked, of which list; and what becomes of hidden parts of a spreadsheet.
        expected: What it must agree with.
        strict: Whether a verdict needs a reason, and what somebody has an interest in may hold no
            verdict; else that is kept, and does not count.

    Raises:
        BadInput: Something is wrong with it; it holds all problems that were found.
    """
    programme = folder.programme
    document, language = _document(raw, path, folder, expected)
    head = document.data if isinstance(document.data, dict) else {}
    reviewer, there = str(head.get("reviewer")), head.get("ecosystems")
    ids = expected.required(reviewer, there if isinstance(there, dict) else ())
    content = validated(document, _form_file_shape(programme, expected, reviewer, ids))
    form = form_of(content, programme)
    barred = expected.assignment.barred.get(reviewer, ())
    listed = {each.id: each for each in folder.longlist.ecosystems}
    known = [listed[each] for each in form.answers if each in listed]
    flaws = [flaw for each in known for flaw in _unknown_sources(form, each)]
    if strict:
        flaws += _interested(form, barred)
        flaws += [flaw for each in known for flaw in _incomplete(form, each)]
        form = form.only(lambda ecosystem, _key: ecosystem not in barred)
    refuse_if(document, [*_strange(form, expected), *flaws])
    form = replace(form, remarks=tuple(document.problems))
    return FormRead(form=form, ecosystems=ids, language=language)


def _form_file_shape(
    programme: Programme, expected: Expected, reviewer: str, ids: Collection[str]
) -> CoreSchema:
    answers, assignment = _answers_shape(programme), expected.assignment
    schemas = core_schema.literal_schema([schema_of(FORM_KIND), schema_of(FORM_KIND, 1)])
    others = {*assignment.ever(reviewer), *assignment.barred.get(reviewer, ())} - {*ids}
    shape = {
        "schema": schemas,
        "reviewer": one_of([*assignment.turns, *assignment.sent]),
        "as_of": DATE,
        "criteria": one_of([programme.id]),
        "longlist": SHA256,
        "ecosystems": keyed(dict.fromkeys(ids, answers), dict.fromkeys(sorted(others), answers)),
    }
    return keyed(shape, {"questions": SHA256})


def _strange(form: Form, expected: Expected) -> Iterator[Flaw]:
    """Find where a form is not of the assignment."""
    if expected.as_of and form.as_of != expected.as_of:
        days = {"date": form.as_of, "assigned": expected.as_of}
        text = (
            Text("K820.form-of-other-date-than-sealed", **days)
            if expected.older
            else Text("K820.form-of-other-date", **days)
        )
        advice = Text("K820.write-date-or-judge-again", assigned=expected.as_of)
        yield Flaw(path=("as_of",), text=text, advice=advice)
    if expected.questions and form.questions not in expected.questions:
        assigned = ", ".join(each[:SHORT] for each in expected.questions)
        text = (
            Text("K820.form-on-other-questions", judged=form.questions[:SHORT], assigned=assigned)
            if form.questions
            else Text("K820.form-without-questions")
        )
        yield Flaw(path=("questions",), text=text, advice=Text("K820.ask-for-form"))
    if form.reviewer in expected.assignment.withdrawn:
        text = Text("K832.withdrew", reviewer=form.reviewer)
        yield Flaw(path=("reviewer",), text=text, advice=Text("K832.nothing-to-do"))


def _interested(form: Form, barred: Collection[str]) -> Iterator[Flaw]:
    """Find verdicts on what a reviewer may not judge."""
    for ecosystem in barred:
        for key, answer in form.answers.get(ecosystem, {}).items():
            if answer.judged:
                yield Flaw(
                    path=("ecosystems", ecosystem, *key.split("."), "verdict"),
                    text=Text("K823.has-interest", reviewer=form.reviewer, id=ecosystem),
                    advice=Text("K823.write-not-mine"),
                )


def _document(
    raw: bytes, path: str, folder: FormFolder, expected: Expected
) -> tuple[Placed, Language | None]:
    """Read a form by what is in it: a file that came by mail may be called anything."""
    from kiamv_cli.review.reading.form_table import read_form_table
    from kiamv_cli.review.reading.table import is_table

    if is_table(raw, path):
        table = read_form_table(raw, path, folder, expected)
        return table, table.language
    return read_document(raw, path, "yaml"), None


def form_shape(programme: Programme) -> dict[str, CoreSchema]:
    """The keys of a form within another file; what was not judged is left out there.

    One that an older kiamv wrote has no ``questions``.
    """
    answers = _answers_shape(programme, whole=False)
    unknown = core_schema.with_default_schema(or_null(SHA256), default=None)
    return {
        "reviewer": ID,
        "as_of": DATE,
        "criteria": one_of([programme.id]),
        "questions": unknown,
        "longlist": SHA256,
        "ecosystems": mapping_of(ID, answers),
    }


def form_of(content: Mapping[str, Any], programme: Programme) -> Form:
    """Make a form of what was read."""
    return Form(
        reviewer=content["reviewer"],
        as_of=content["as_of"],
        longlist=content["longlist"],
        questions=content.get("questions"),
        answers={
            ecosystem: {q.key: _answer(given, q.criterion, q.part) for q in questions(programme)}
            for ecosystem, given in content["ecosystems"].items()
        },
    )


def plain_form(form: Form, programme: Programme) -> dict[str, Plain]:
    """What a form says, without what was not judged: the same for any layout of the file."""
    return {
        "reviewer": form.reviewer,
        "as_of": form.as_of.isoformat(),
        "criteria": programme.id,
        **({"questions": form.questions} if form.questions else {}),
        "longlist": form.longlist,
        "ecosystems": {
            ecosystem: _plain_answers(answers, programme)
            for ecosystem, answers in sorted(form.answers.items())
        },
    }


def verdict_shape(words: Sequence[str], scale: Scale | None) -> CoreSchema:
    """Return the shape of what people say of a question: a word, or a grade of a scale."""
    if scale is None:
        return one_of(words)
    ends = {name: number_as_written(getattr(scale, name)) for name in ("least", "most", "step")}

    def checked(text: float | str) -> str:
        if text in words:
            return str(text)
        with suppress(ValueError):
            if scale.allows(grade := Fraction(str(text))):
                return Grade(str(number_as_written(grade)))
        raise own_words(Text("K835.grade-wanted", said=str(text)), Text("K513.grades-are", **ends))

    number = [core_schema.int_schema(strict=True), core_schema.float_schema(strict=True)]
    text = core_schema.union_schema([*number, core_schema.str_schema(strict=True)])
    return core_schema.no_info_after_validator_function(checked, text)


def _answers_shape(programme: Programme, *, whole: bool = True) -> CoreSchema:
    citation = record(Citation, {"source": NAME, "place": NAME})

    def answer_to(question: Question) -> CoreSchema:
        scale = programme.criterion(question.criterion).rule.scale
        words = ("unknown", "not-mine") if scale else get_args(FormVerdict)
        verdict = verdict_shape(words, scale)
        return record(Answer, {"verdict": verdict, "reason": TEXT, "evidence": list_of(citation)})

    keys: dict[str, dict[str, CoreSchema]] = {}
    for question in questions(programme):
        keys.setdefault(question.criterion, {})[question.part or ""] = answer_to(question)

    def made(shapes: dict[str, CoreSchema]) -> CoreSchema:
        return keyed(shapes) if whole else keyed({}, shapes)

    return made({key: parts.get("") or made(parts) for key, parts in keys.items()})


def _answer(content: Mapping[str, Any], criterion: str, part: str | None) -> Answer:
    found = content.get(criterion, Answer())
    answer: Answer = found.get(part, Answer()) if isinstance(found, dict) else found
    return answer


def _plain_answers(answers: Mapping[str, Answer], programme: Programme) -> dict[str, Plain]:
    found: dict[str, Any] = {}
    for question in questions(programme):
        plain = _plain_answer(answers.get(question.key, Answer()))
        if plain and question.part:
            found.setdefault(question.criterion, {})[question.part] = plain
        elif plain:
            found[question.criterion] = plain
    return found


def _plain_answer(answer: Answer) -> dict[str, Plain]:
    plain: dict[str, Plain] = {"verdict": answer.verdict} if answer.verdict else {}
    if answer.reason:
        plain["reason"] = answer.reason
    if answer.evidence:
        plain["evidence"] = [
            {"source": each.source, **({"place": each.place} if each.place else {})}
            for each in answer.evidence
        ]
    return plain


def _incomplete(form: Form, ecosystem: Ecosystem) -> Iterator[Flaw]:
    """Find verdicts without a reason, and the other way round."""
    for key, answer in form.answers[ecosystem.id].items():
        path = ("ecosystems", ecosystem.id, *key.split("."))
        if answer.judged and not answer.reason:
            text = Text("K603.verdict-without-reason", key=shown(key))
            yield Flaw(path=(*path, "reason"), text=text, advice=Text("K603.say-why"))
        if answer.verdict is None and (answer.reason or answer.evidence):
            text = Text("K603.reason-without-verdict", key=shown(key))
            yield Flaw(path=(*path, "verdict"), text=text, advice=Text("K603.add-verdict"))


def _unknown_sources(form: Form, ecosystem: Ecosystem) -> Iterator[Flaw]:
    """Find sources that an ecosystem does not have."""
    for key, answer in form.answers[ecosystem.id].items():
        for place, cited in enumerate(answer.evidence):
            if cited.source not in ecosystem.sources:
                keys = key.split(".")
                where: Path = ("ecosystems", ecosystem.id, *keys, "evidence", place, "source")
                text = Text("K403.no-such-source", id=ecosystem.id, source=shown(cited.source))
                yield Flaw(path=where, text=text, advice=_source_meant(cited.source, ecosystem))


def _source_meant(source: str, ecosystem: Ecosystem) -> Text:
    if near := closest(source, ecosystem.sources):
        return near
    if not ecosystem.sources:
        return Text("K403.put-into-reason")
    return Text("K403.give-number", source=next(iter(ecosystem.sources)))
