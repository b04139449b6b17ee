"""The workbook for the meeting: what was not agreed on, with room for the outcome of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import _
from kiamv_cli.display.words import said_word
from kiamv_cli.review.model.form import OUTCOME_COLUMNS, disagreements
from kiamv_cli.review.model.outcome import Undecided, undecided
from kiamv_cli.review.view.form import choices_for, known_lines, question_text
from kiamv_cli.review.view.sheet import FillableSheet, SheetColumn, fillable_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.form import Answer
    from kiamv_cli.review.model.outcome import Review

_WIDTHS = {
    "ecosystem": 20,
    "known": 46,
    "question": 32,
    "said": 56,
    "verdict": 13,
    "by": 18,
    "date": 12,
    "reason": 40,
    "code": 12,
}
_OPEN = ("verdict", "by", "date", "reason")


def disagreements_workbook(
    review: Review, longlist: Longlist, programme: Programme
) -> bytes | None:
    """Format what has no outcome yet as XLSX to fill in; ``None`` if there is nothing.

    A row each: what people disagree on, the largest differences first, then what too few judged.
    """
    rows = [_row(each, longlist, programme) for each in open_questions(review, programme)]
    if not rows:
        return None
    columns = [
        SheetColumn(_(name), _WIDTHS[name], is_open=name in _OPEN, is_faint=name == "code")
        for name in OUTCOME_COLUMNS
    ]
    sheet = FillableSheet(
        name=_("Disagreements"),
        title=_("Review of {title}: what is to be decided", title=longlist.title),
        lines=(
            _(
                "Fill in the verdict, who decides, on which day, and why, in as many rows as "
                "you get to; then: kiamv review close FILE"
            ),
        ),
        code="",
        columns=columns,
        rows=rows,
        chosen=OUTCOME_COLUMNS.index("verdict"),
        choices=[
            choices_for(each.question, programme, decided=True)
            for each in open_questions(review, programme)
        ],
    )
    return fillable_workbook(sheet, _about())


def open_questions(review: Review, programme: Programme) -> list[Undecided]:
    """Return what has no outcome, the largest differences first, then what too few judged."""
    there = {(each.ecosystem, each.question): each for each in undecided(review, programme)}
    ordered = disagreements(review.forms, programme)
    first = [there.pop(key) for d in ordered if (key := (d.ecosystem, d.question)) in there]
    return [*first, *there.values()]


def _row(each: Undecided, longlist: Longlist, programme: Programme) -> tuple[str, ...]:
    ecosystem = next(one for one in longlist.ecosystems if one.id == each.ecosystem)
    criterion = next(one for one in programme.criteria if one.id == each.question.criterion)
    known = criterion.evidence(ecosystem, longlist.as_of).facts
    facts = [fact for fact in known if fact.side == each.question.part]
    said = answers_text(each.answers)
    if each.few:
        alone = _("Too few judged it: one person's verdict, until the chair confirms it.")
        said = f"{said}\n{alone}"
    return (
        ecosystem.name,
        "\n".join(known_lines(facts, ecosystem, programme)) or _("nothing is known"),
        question_text(each.question, programme),
        said,
        "",
        "",
        "",
        "",
        f"{ecosystem.id} {each.question.key}",
    )


def answers_text(answers: Mapping[str, Answer]) -> str:
    """Format what each said, a line each, with the reason and what was cited."""
    return "\n".join(f"{who}: {answer_text(answer)}" for who, answer in answers.items())


def answer_text(answer: Answer) -> str:
    """Format a verdict with its reason and what was cited."""
    text = said_word(answer.verdict) if answer.verdict else _("not judged")
    reason = f" – {answer.reason}" if answer.reason else ""
    cited = "; ".join(each.text for each in answer.evidence)
    return f"{text}{reason} [{cited}]" if cited else f"{text}{reason}"


def _about() -> list[tuple[str, str]]:
    how = _("how to")
    return [
        (
            how,
            _(
                "Each row is a question about one ecosystem that has no outcome yet. Until "
                "it has one, the long list and the rule decide."
            ),
        ),
        (
            how,
            _(
                "Fill in rows in part, or change them later: what was decided before stays on "
                "record, and the last outcome counts."
            ),
        ),
        (
            how,
            _(
                "The date is that of the decision, as 2021-02-01. Who suggested an ecosystem or "
                "has an interest in it does not decide on it."
            ),
        ),
    ]
