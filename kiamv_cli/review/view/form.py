"""A form to fill in, as YAML and as a spreadsheet with drop-downs."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, label_in
from kiamv_cli.display.text import clean, date_text
from kiamv_cli.display.words import word
from kiamv_cli.formats.yaml_writer import yaml_pair, yaml_scalar
from kiamv_cli.programme.model.attributes import number_as_written
from kiamv_cli.programme.view import fact_text, rule_text, years_text
from kiamv_cli.review.model.form import (
    FORM_COLUMNS,
    FORM_SHEET,
    FORM_VERDICT_WORDS,
    SHORT,
    questions,
)
from kiamv_cli.review.view.sheet import FillableSheet, SheetColumn, fillable_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from kiamv_cli.longlist.model.longlist import Ecosystem
    from kiamv_cli.programme.model.facts import Evidence
    from kiamv_cli.programme.model.programme import Criterion, Programme
    from kiamv_cli.review.model.form import Question
    from kiamv_cli.review.model.people import Reviewer


_WIDTH = 100
_HOW_TO = (
    N_(
        "verdict: met, partly, not-met, unknown (you looked, and cannot tell) or not-mine "
        "(it is not for you to judge). Leave it empty where you did not judge. Each verdict "
        'needs a reason; put it in quotes if it contains a colon or a #: reason: "like this: '
        'with a colon".'
    ),
    N_(
        "evidence: the sources you relied on and the place in them, as in [{source: s1, place: p. "
        "12}]; in a spreadsheet as s1: p. 12; s2."
    ),
    N_("Change nothing else, and send the file back."),
)
_IN_SHEET = (
    N_(
        "Unknown: you looked, and cannot tell. Not mine: it is not for you to judge. Leave the "
        "verdict empty where you did not get to it."
    ),
    N_("Give a reason for each verdict, in a few words: it will be read by those who ask."),
    N_(
        "As evidence give the number of the source and the place in it: s1, p. 12. Separate "
        "several with a semicolon."
    ),
    N_(
        "You may sort and filter the rows, add columns and notes, and save as XLSX, ODS or CSV. "
        "Only the verdict, reason and evidence beside each code are read."
    ),
    N_("Send the file back when you are done; a later one replaces it until the review is closed."),
)


_GRADED = N_(
    "Where the rule of a question speaks of grades, the verdict is a grade on that scale, such as "
    "{example}."
)


def _graded(programme: Programme) -> Iterator[str]:
    """Yield how grades are given, where any are asked."""
    if scale := next((each.rule.scale for each in programme.criteria if each.rule.scale), None):
        example = str(number_as_written(scale.most - scale.step))
        yield _(_GRADED, example=example)


def how_to() -> list[str]:
    """How to fill in a form, in lines."""
    return [_(each) for each in _HOW_TO]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """What an empty form is made of.

    Attributes:
        reviewer: Who judges.
        ecosystems: What to judge, in the order of the form, with what is known. Neither the verdict
            of the rule nor what others said is shown: the reviewer judges for themselves.
        programme: What is asked.
        as_of: The reference date at which to judge.
        longlist: The SHA-256 of the long list.
        questions: The SHA-256 of the questions and rules.
    """

    reviewer: Reviewer
    ecosystems: tuple[Ecosystem, ...]
    programme: Programme
    as_of: date
    longlist: str
    questions: str

    @property
    def about(self) -> dict[str, str]:
        """What the form says of itself, by ``ABOUT_KEYS``."""
        return {
            "schema": "kiamv/review/form/2",
            "reviewer": self.reviewer.id,
            "as_of": str(self.as_of),
            "criteria": self.programme.id,
            "questions": self.questions,
            "longlist": self.longlist,
        }

    @property
    def line(self) -> str:
        """The same in a line, as it stands above the table in a form that has no other sheet."""
        parts = (self.reviewer.id, str(self.as_of), self.programme.id)
        return " | ".join((*parts, self.questions[:SHORT], self.longlist[:SHORT]))


def form_text(blank: Blank) -> str:
    """Format an empty form as YAML."""
    programme, about = blank.programme, blank.about
    lines = [
        *_remark(
            _(
                "Review form of {name}: judge as things stood on {date}.",
                name=blank.reviewer.name,
                date=date_text(blank.as_of),
            )
        ),
        "#",
        *(line for text in how_to() for line in _remark(text)),
        *(line for text in _graded(programme) for line in _remark(text)),
        "#",
        *(line for criterion in programme.criteria for line in _question(criterion)),
        *(_about(key, value) for key, value in about.items()),
        "ecosystems:",
    ]
    for each in blank.ecosystems:
        lines += ["", *_ecosystem(each, programme, blank.as_of)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _about(key: str, value: str) -> str:
    if key in {"questions", "longlist"}:
        return f'{key}: "{value}"'
    return f"{key}: {value}" if key in {"schema", "as_of"} else yaml_pair(key, value)


def _question(criterion: Criterion) -> Iterator[str]:
    yield from _remark(f"{criterion.id}: {label_in(criterion.question)} {rule_text(criterion)}")


def _ecosystem(ecosystem: Ecosystem, programme: Programme, as_of: date) -> Iterator[str]:
    website = f", {ecosystem.website}" if ecosystem.website else ""
    yield from _remark(f"{ecosystem.name}{website}", "  ")
    for name, source in ecosystem.sources.items():
        link = f", {source.url}" if source.url else ""
        yield from _remark(f"{name}: {source.title}{link}", "  ")
    yield f"  {yaml_scalar(ecosystem.id)}:"
    for criterion in programme.criteria:
        known = criterion.evidence(ecosystem, as_of)
        parts = [each.part for each in questions(programme) if each.criterion == criterion.id]
        indent = "    " if parts == [None] else "      "
        yield f"    {yaml_scalar(criterion.id)}:"
        for part in parts:
            if part:
                yield f"      {yaml_scalar(part)}:"
            for fact in known.facts:
                if fact.side == part:
                    yield from _remark(known_text(fact, programme), f"{indent}  ")
            yield f"{indent}  verdict:"
            yield f"{indent}  reason:"
            yield f"{indent}  evidence: []"


def known_text(fact: Evidence, programme: Programme) -> str:
    """What a fact says, with its years and its source: ``grew [2019, s1]``."""
    years = years_text(fact.fact, "-")
    marks = [each for each in (years, *fact.fact.cited) if each]
    told = fact_text(fact, programme)
    return f"{told} [{', '.join(marks)}]" if marks else told


def _remark(text: str, indent: str = "") -> list[str]:
    lines = wrap(
        clean(" ".join(text.split())),
        _WIDTH - len(indent) - 2,
        break_on_hyphens=False,
        break_long_words=False,
    )
    return [f"{indent}# {line}" for line in lines]


_OPEN = ("verdict", "reason", "evidence")
_WIDTHS = {
    "ecosystem": 20,
    "known": 56,
    "question": 34,
    "verdict": 13,
    "reason": 44,
    "evidence": 18,
    "code": 12,
}


def form_sheet(blank: Blank) -> bytes:
    """Format an empty form as an XLSX file; see ``form_text``. Always the same bytes."""
    date = date_text(blank.as_of)
    rows = [row for each in blank.ecosystems for row in _rows(each, blank.programme, blank.as_of)]
    columns = [
        SheetColumn(_(name), _WIDTHS[name], is_open=name in _OPEN, is_faint=name == "code")
        for name in FORM_COLUMNS
    ]
    fillable = FillableSheet(
        name=_(FORM_SHEET),
        title=_("Review form of {name}", name=blank.reviewer.name),
        lines=(
            _(
                "Judge as things stood on {date}, for yourself. Instructions are on the last "
                "sheet.",
                date=date,
            ),
        ),
        code=blank.line,
        columns=tuple(columns),
        rows=tuple(rows),
        chosen=FORM_COLUMNS.index("verdict"),
        choices=[
            choices_for(question, blank.programme)
            for _each in blank.ecosystems
            for question in questions(blank.programme)
        ],
    )
    return fillable_workbook(fillable, _about_rows(blank))


def choices_for(question: Question, programme: Programme, *, decided: bool = False) -> list[str]:
    """Return what may be chosen as the verdict on a question: words, or grades of its scale.

    Args:
        question: The question.
        programme: What is asked.
        decided: Whether it is decided on, and not judged: then it is somebody's.
    """
    scale = programme.criterion(question.criterion).rule.scale
    keys = ("unknown", "not-mine") if scale else tuple(FORM_VERDICT_WORDS)
    words = [_(FORM_VERDICT_WORDS[key]) for key in keys if not (decided and key == "not-mine")]
    return [*(str(number_as_written(each)) for each in scale.grades), *words] if scale else words


def _rows(ecosystem: Ecosystem, programme: Programme, as_of: date) -> Iterator[tuple[str, ...]]:
    criteria = {each.id: each for each in programme.criteria}
    for question in questions(programme):
        criterion = criteria[question.criterion]
        known = criterion.evidence(ecosystem, as_of).facts
        facts = [fact for fact in known if fact.side == question.part]
        yield (
            ecosystem.name,
            "\n".join(known_lines(facts, ecosystem, programme)) or _("nothing is known"),
            question_text(question, programme),
            "",
            "",
            "",
            f"{ecosystem.id} {question.key}",
        )


def question_text(question: Question, programme: Programme) -> str:
    """Format a question as it is put to people; of a part with what it is about."""
    asked = {each.id: label_in(each.question) for each in programme.criteria}[question.criterion]
    if not question.part:
        return asked
    here = _("Here: {side}.", side=word(question.part))
    return f"{asked} {here}"


def known_lines(
    facts: Iterable[Evidence], ecosystem: Ecosystem, programme: Programme
) -> Iterator[str]:
    """Yield facts with their years, each with its source: number, title, and where to find it."""
    for each in facts:
        years = years_text(each.fact, "–")
        text = fact_text(each, programme)
        yield f"• {text} [{years}]" if years else f"• {text}"
        for number in each.fact.cited:
            source = ecosystem.sources[number]
            parts = (source.title, source.publisher, source.url)
            yield f"   {number}: {', '.join(filter(None, parts))}"


def _about_rows(blank: Blank) -> list[tuple[str, str]]:
    how = _("how to")
    words = ", ".join(_(each) for each in FORM_VERDICT_WORDS.values())
    in_words = not all(each.rule.scale for each in blank.programme.criteria)
    first, *more = (
        *([_("Choose a verdict: {words}.", words=words)] if in_words else []),
        *_graded(blank.programme),
        *(_(line) for line in _IN_SHEET),
    )
    rows = [
        (how, first),
        *(("", line) for line in more),
        *(
            (label_in(each.label), f"{label_in(each.question)} {rule_text(each)}")
            for each in blank.programme.criteria
        ),
        ("", _("What follows says which form this is; it stays as it is.")),
        *blank.about.items(),
    ]
    return [(key, clean(text)) for key, text in rows]
