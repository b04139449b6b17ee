"""``kiamv record``."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.selection.commands import options as wish

if TYPE_CHECKING:
    from kiamv_cli.cli.options import FormatName
    from kiamv_cli.decision.model.record import Decided, Record, Swap
    from kiamv_cli.decision.provenance import Sources
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.shortlist import Shortlist

DECISION = "Decision"
CHECKER = "check_proof.py"
By = Annotated[
    wish.Words,
    options.by_whom("Who decided; repeat for several.", DECISION),
    options.FromProject("decision.by"),
]
On = Annotated[options.Text, options.on_day(DECISION), options.FromProject("decision.on")]
Reason = Annotated[
    options.Text,
    options.for_reason("Why this selection.", DECISION),
    options.FromProject("decision.reason"),
]
Swaps = Annotated[
    wish.Words,
    typer.Option(
        "--swap",
        metavar="'OUT=IN: WHY'",
        help="Take one out and another in by decision, with the reason; repeat for several.",
        rich_help_panel=DECISION,
    ),
]
WithInputs = Annotated[
    bool,
    typer.Option(
        "--with-inputs",
        help="Keep the long list, the criteria and the review themselves in the record.",
        rich_help_panel=DECISION,
    ),
]

WithChecker = Annotated[
    bool,
    typer.Option(
        "--with-checker",
        help="Put check_proof.py beside the record: any Python checks the proof with it.",
        rich_help_panel=DECISION,
    ),
]


@dataclass(frozen=True, slots=True)
class DecisionOptions:
    """What people say of their decision, as it was typed."""

    by: By = None
    on: On = None
    reason: Reason = None
    swaps: Swaps = None
    with_inputs: WithInputs = False
    with_checker: WithChecker = False


def record(
    typed: DecisionOptions,
    wishes: wish.Wishes,
    source: options.Source,
    out: options.RecordOut,
    time_limit: wish.TimeLimit = None,
    *,
    prove: wish.Prove = False,
) -> None:
    """Put a decision on record: inputs, result, who decided and why.

    Example: kiamv record --by "Selection committee" --on 2020-12-15 --reason "As advised."
    -o decision.json
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import note, write, write_text
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.decision.view.record import record_view
    from kiamv_cli.selection.commands.session import end_unless_proven, searching
    from kiamv_cli.selection.commands.wishes import to_request
    from kiamv_cli.selection.results import shortlist

    if typed.with_checker:
        _refuse_checker(out)
    scores = read_scores(source)
    request, decided = to_request(wishes, scores), _decided(typed, scores)
    progress = Progress(_("Searching for the best shortlist"))
    with searching(progress, scores, request, time_limit, out) as solver:
        chosen = shortlist(scores, request, solver=solver, prove=prove or None)
        proven = chosen.unbalanced is not None
    status = chosen.selection.status
    end_unless_proven(proven=proven, interrupted=status.interrupted)
    recorded = _on_record(chosen, decided, source, keep=typed.with_inputs)
    view = record_view(recorded)
    how = _format(out)
    write(view, replace(out, format=how))
    if typed.with_checker:
        write_text(_checker(), str(Path(out.file or "").with_name(CHECKER)), force=out.force)
    if how != "json" and out.file is None and shown_to_people():
        note(_("kiamv: this is shown, not saved. Save the record with -o decision.json"))


def _refuse_checker(out: options.RecordOut) -> None:
    """Refuse a checker that has no place, before any search."""
    from kiamv_cli.cli.output import fail

    if out.file is None:
        fail(_("--with-checker: also give the file of the record, with -o decision.json."))
    if not out.force and Path(out.file).with_name(CHECKER).exists():
        fail(_("{file} already exists. Overwrite it with --force.", file=CHECKER))


def _checker() -> str:
    from pkgutil import get_data

    source = get_data("kiamv_cli.selection.model", CHECKER)
    assert source is not None, "it comes with kiamv"
    return source.decode()


def _format(out: options.RecordOut) -> FormatName:
    """Choose the format: the record itself, unless it goes to people."""
    if out.format is not None:
        return out.format
    named: dict[str, FormatName] = {".md": "md", ".csv": "csv"}
    shown: FormatName = "table" if out.file is None and shown_to_people() else "json"
    return named.get(Path(out.file or "").suffix.lower(), shown)


def shown_to_people() -> bool:
    """Return whether standard output is a terminal."""
    return sys.stdout.isatty()


def _on_record(
    chosen: Shortlist, decided: Decided, source: options.Source, *, keep: bool
) -> Record:
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.cli.output import fail
    from kiamv_cli.cli.request import origins
    from kiamv_cli.decision.results import record

    try:
        with refusing():
            made = record(chosen, decided, sources_of(source), keep=keep)
            return replace(made, asked_by=origins())
    except ValueError as error:
        fail(_("--swap: {error}.", error=error))


def sources_of(source: options.Source) -> Sources:
    """Return where inputs are read from, as a record names them."""
    from kiamv_cli.decision.provenance import Sources

    return Sources(
        longlist=source.longlist,
        criteria=source.criteria,
        reviews=source.reviews,
        reviewer=source.reviewer,
        hidden=source.hidden,
    )


def _decided(typed: DecisionOptions, scores: Scores) -> Decided:
    from kiamv_cli.cli.input import to_date
    from kiamv_cli.cli.output import fail
    from kiamv_cli.decision.model.record import Decided

    given = {"--by": typed.by, "--on": typed.on, "--reason": typed.reason}
    if missing := [name for name, value in given.items() if not value]:
        fail(
            _(
                "a record says who decided, when and why: also give {missing}.",
                missing=", ".join(missing),
            )
        )
    on = to_date(typed.on, "--on")
    assert typed.by
    assert on
    assert typed.reason
    swaps = tuple(_swap(text, scores) for text in typed.swaps or ())
    return Decided(by=tuple(typed.by), on=on, reason=typed.reason, swaps=swaps)


def _swap(text: str, scores: Scores) -> Swap:
    from kiamv_cli.cli.output import fail
    from kiamv_cli.decision.model.record import Swap
    from kiamv_cli.selection.commands.wishes import to_id

    names, colon, reason = text.partition(":")
    out, equals, into = names.partition("=")
    if not (colon and equals and reason.strip()):
        fail(
            _(
                '--swap "{text}": write it as OUT=IN: WHY, such as hannn=entrance: they merged.',
                text=text,
            )
        )
    gone, come = to_id("--swap", out, scores), to_id("--swap", into, scores)
    return Swap(out=gone, into=come, reason=reason.strip())
