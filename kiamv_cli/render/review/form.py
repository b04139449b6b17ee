"""A form to fill in, as YAML: what is asked and what is known stand in remarks."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from kiamv_cli.core.evidence import evidence
from kiamv_cli.core.review.form import questions
from kiamv_cli.core.yaml_writer import yaml_pair, yaml_scalar
from kiamv_cli.language import N_, _, label_in
from kiamv_cli.render.rules import fact_text, rule_text, years_text
from kiamv_cli.render.text import clean, date_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kiamv_cli.core.evidence import Evidence
    from kiamv_cli.core.longlist import Ecosystem
    from kiamv_cli.core.programme import Criterion, Programme
    from kiamv_cli.core.review.assign import Reviewer

_WIDTH = 100
_HOW_TO = (
    N_(
        "verdict: met, partly, not-met, unknown (you looked, and cannot tell) or not-mine (it is "
        "not for you to judge). Leave it empty where you did not judge. Each verdict needs a "
        'reason; put it in quotes if it holds a colon or a #: reason: "like this: with a colon".'
    ),
    N_(
        "evidence: the sources you relied on and the place in them, as in [{source: s1, place: p. "
        "12}]; in a spreadsheet as s1: p. 12; s2."
    ),
    N_("Change nothing else. When you are done: kiamv review seal FILE."),
)


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
        known = evidence(criterion, ecosystem, as_of)
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
