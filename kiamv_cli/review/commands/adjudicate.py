"""``kiamv review adjudicate``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Literal, Optional, cast

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.review.commands import work as review
from kiamv_cli.review.commands.steps import TypedWhy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.programme.model.facts import Verdict as AnyVerdict
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.form import Grade
    from kiamv_cli.review.reading.folder import ReviewFolder
    from kiamv_cli.review.reading.outcomes import Decision

Ecosystem = Annotated[
    options.Text,
    typer.Argument(metavar="ID", help="An ecosystem that was judged.", show_default=False),
]
Question = Annotated[
    options.Text,
    typer.Argument(
        metavar="QUESTION",
        help="A criterion, or a part of one as multi-helix.industry.",
        show_default=False,
    ),
]
Verdict = Annotated[
    options.Text,
    typer.Option(
        metavar="VERDICT",
        help="What is decided: met, partly, not-met or unknown; a grade where the criterion has "
        "a scale.",
        rich_help_panel=review.RECORD,
    ),
]
Outcomes = Annotated[
    options.Text,
    typer.Option(
        "--from",
        metavar="FILE",
        help="Many at once: a YAML file with outcomes, each with ecosystem, question, verdict, "
        "by and reason.",
        rich_help_panel=review.RECORD,
    ),
]
Again = Annotated[
    bool,
    typer.Option(
        "--again",
        help="Decide again; what was decided stays on file.",
        rich_help_panel=review.RECORD,
    ),
]


Changed = Annotated[
    Optional[Literal["stand", "lapse"]],  # noqa: UP045 - read by Typer
    typer.Option(
        "--changed",
        help="Questions or rules changed since the assignment: whether verdicts given before, on "
        "what changed, stand or lapse. With --by, --on and --reason.",
        rich_help_panel=review.RECORD,
    ),
]


@dataclass(frozen=True, slots=True)
class TypedDecision(TypedWhy):
    """One decision, as it was typed."""

    ecosystem: Ecosystem = None
    question: Question = None
    verdict: Verdict = None
    changed: Changed = None


def adjudicate(
    source: options.InputOption,
    out: options.OutputOptions,
    decision: TypedDecision,
    outcomes: Outcomes = None,
    folder: review.Folder = review.DEFAULT,
    *,
    again: Again = False,
) -> None:
    """Settle disagreements, with who decided and why; without ID, show them.

    Example: kiamv review adjudicate hannn regional --verdict met --by "A. Chair" --reason "..."
    """
    from pathlib import Path

    from kiamv_cli.cli.output import write
    from kiamv_cli.review.commands.steps import reading_folder
    from kiamv_cli.review.commands.work import keep, note_adjudicator, note_standing
    from kiamv_cli.review.reading.outcomes import read_outcomes
    from kiamv_cli.review.reading.standing import read_review
    from kiamv_cli.review.steps.close import decide
    from kiamv_cli.review.view.answers import adjudicate_view

    typed = _outcome(decision)
    with reading_folder(folder, source) as where:
        if decision.changed:
            _keep_ruling(where, decision, again=again)
            if where.opened() is None:
                return
        typed = tuple(_checked(each, where.programme) for each in typed)
        decisions = read_outcomes(where, Path(outcomes)) if outcomes else typed
        for who in dict.fromkeys(each.by for each in decisions):
            note_adjudicator(where, who)
        keep(decide(where, decisions, again=again))
        opened = read_review(where)
    note_standing(opened.standing)
    write(adjudicate_view(opened, where.longlist, where.programme), out)


def _checked(decision: Decision, programme: Programme) -> Decision:
    """Return a decision by the id of its question; what cannot be ends the command."""
    found = replace(decision, question=_question(decision.question, programme))
    _refuse_wrong(found, programme)
    return found


def _question(text: str, programme: Programme) -> str:
    """Return the question that a text means: a criterion, also by its label, or a part of one."""
    from kiamv_cli.base.labels import Labels

    name, dot, part = text.partition(".")
    known = [(label, each.id) for each in programme.criteria for label in each.label.values()]
    return f"{Labels(known).get(name) or name}{dot}{part}"


def _refuse_wrong(decision: Decision, programme: Programme) -> None:
    """End the command if what is decided is not what the question asks."""
    from kiamv_cli.cli.output import fail
    from kiamv_cli.review.reading.files import wrong_verdict

    if wrong := wrong_verdict(decision.verdict, decision.question, programme):
        fail(f"--verdict: {wrong[0]}. {wrong[1]}.")


def _outcome(decision: TypedDecision) -> tuple[Decision, ...]:
    """Read the options that decide one disagreement; without any there is nothing to decide."""
    from kiamv_cli.cli.input import to_date
    from kiamv_cli.cli.output import fail
    from kiamv_cli.review.reading.outcomes import Decision

    if decision.ecosystem is None:
        return ()
    if decision.changed:
        fail(_("--changed decides about changes, not about an ecosystem. Give one or the other."))
    _need(
        _("to decide on {ecosystem}", ecosystem=decision.ecosystem),
        {
            "QUESTION": decision.question,
            "--verdict": decision.verdict,
            "--by": decision.by,
            "--reason": decision.reason,
        },
    )
    assert decision.question
    assert decision.verdict
    assert decision.by
    assert decision.reason
    return (
        Decision(
            ecosystem=decision.ecosystem,
            question=decision.question,
            verdict=cast("AnyVerdict | Grade", decision.verdict),
            by=decision.by,
            reason=decision.reason,
            on=to_date(decision.on, "--on"),
        ),
    )


def _keep_ruling(folder: ReviewFolder, decision: TypedDecision, *, again: bool) -> None:
    """Put on file what the chair decides on questions or rules that changed."""
    from kiamv_cli.cli.input import to_date
    from kiamv_cli.review.commands.work import keep
    from kiamv_cli.review.steps.close import decide_on_change

    given = {"--by": decision.by, "--on": decision.on, "--reason": decision.reason}
    _need(_("to decide with --changed"), given)
    on = to_date(decision.on, "--on")
    assert decision.changed
    assert decision.by
    assert decision.reason
    assert on
    keep(decide_on_change(folder, decision.changed, decision.by, on, decision.reason, again=again))


def _need(goal: str, values: Mapping[str, str | None]) -> None:
    """End the command unless all is given."""
    from kiamv_cli.cli.output import fail

    if missing := [name for name, value in values.items() if not (value and value.strip())]:
        fail(_("{goal}, also give {missing}.", goal=goal, missing=", ".join(missing)))
