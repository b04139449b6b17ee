"""``kiamv review adjudicate``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, Optional

import typer

from kiamv_cli.cli import options
from kiamv_cli.review.commands import work as review

OUTCOME = "Outcome"
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
    Optional[Literal["met", "partly", "not-met", "unknown"]],  # noqa: UP045 - read by Typer
    typer.Option(help="What is decided.", rich_help_panel=OUTCOME),
]
By = Annotated[options.Text, options.by_whom("Who decides.", OUTCOME)]
Reason = Annotated[options.Text, options.for_reason("Why.", OUTCOME)]
Outcomes = Annotated[
    options.Text,
    typer.Option(
        "--from",
        metavar="FILE",
        help="Many at once: a YAML file with outcomes, each with ecosystem, question, verdict, "
        "by and reason.",
        rich_help_panel=OUTCOME,
    ),
]
Again = Annotated[
    bool,
    typer.Option(
        "--again", help="Decide anew; what was decided stays on file.", rich_help_panel=OUTCOME
    ),
]


Changed = Annotated[
    Optional[Literal["stand", "lapse"]],  # noqa: UP045 - read by Typer
    typer.Option(
        "--changed",
        help="Questions or rules changed since the assignment: whether verdicts given before, on "
        "what changed, stand or lapse. With --by, --on and --reason.",
        rich_help_panel=OUTCOME,
    ),
]
On = Annotated[options.Text, options.on_day(OUTCOME)]


@dataclass(frozen=True, slots=True)
class Said:
    """One decision, as it was typed."""

    ecosystem: Ecosystem = None
    question: Question = None
    verdict: Verdict = None
    by: By = None
    reason: Reason = None
    changed: Changed = None
    on: On = None


def adjudicate(
    source: options.InputOption,
    out: options.Out,
    said: Said,
    outcomes: Outcomes = None,
    folder: review.Folder = review.DEFAULT,
    *,
    again: Again = False,
) -> None:
    """Decide on disagreements, with who and why; without ID, show them.

    Example: kiamv review adjudicate hannn regional --verdict met --by "A. Chair" --reason "..."
    """
    from kiamv_cli.cli.output import write
    from kiamv_cli.review.commands.applying import note_adjudicator, note_standing
    from kiamv_cli.review.commands.work import keep, keep_ruling, one_outcome, reading_folder
    from kiamv_cli.review.model.form import disagreements
    from kiamv_cli.review.reading.standing import read_review
    from kiamv_cli.review.results import decide, read_outcomes
    from kiamv_cli.review.view.answers import AdjudicateView

    one = one_outcome(said)
    with reading_folder(folder, source) as where:
        if said.changed:
            keep_ruling(where, said, again=again)
            if where.opened() is None:
                return
        wanted = read_outcomes(where, outcomes) if outcomes else one
        for who in dict.fromkeys(each.by for each in wanted):
            note_adjudicator(where, who)
        keep(decide(where, wanted, again=again))
        found = read_review(where)
    note_standing(found.standing)
    view = AdjudicateView(
        review=found,
        disagreements=disagreements(found.forms, where.programme),
        longlist=where.longlist,
        programme=where.programme,
    )
    write(view, out)
