"""``kiamv verify``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.cli.project import was_typed
from kiamv_cli.selection.commands import options as wish

if TYPE_CHECKING:
    from kiamv_cli.decision.model.commitment import Kept
    from kiamv_cli.decision.model.record import Record
    from kiamv_cli.decision.model.verify import Verification
    from kiamv_cli.decision.provenance import Sources

File = Annotated[
    options.Text,
    typer.Argument(
        metavar="FILE",
        help="A record that kiamv record made. Default in a project: the last one.",
        show_default=False,
    ),
]

Commitment = Annotated[
    options.Text,
    typer.Option(
        metavar="LINE",
        help="What kiamv commit printed beforehand: also show whether the record keeps to it.",
    ),
]


def verify(
    source: options.InputOption,
    *,
    decision: File = None,
    reviews: options.Reviews = None,
    time_limit: wish.TimeLimit = None,
    commitment: Commitment = None,
    out: options.OutputOptions,
) -> None:
    """Check the proof in a record, and say that all is the same, or what differs and why.

    Without a proof the selection is run again. Inputs are those you give, otherwise those kept
    in the record, otherwise those it names. Exit status 1 if anything differs.

    Example: kiamv verify decision.json
    """
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.cli.output import Status, fail, write
    from kiamv_cli.decision.results import load_record
    from kiamv_cli.decision.view.verify import VerifyView

    if was_typed("as_of"):
        fail(_("--as-of: the record has its own reference date."))
    where = _typed_sources(source, reviews)
    file = decision or _last()
    # A record that was tampered with is an answer: no.
    with refusing(K601=Status.NO):
        recorded = load_record(Path(file))
    verification = _verified(recorded, where, time_limit)
    kept = None if commitment is None else _kept(verification, commitment)
    write(VerifyView(verification, file, kept), out)
    if not verification.same or (kept is not None and kept.broken):
        raise SystemExit(Status.NO)


def _typed_sources(source: options.InputOption, reviews: str | None) -> Sources:
    """Return what was typed: what the project says today is not what the record was made of."""
    from kiamv_cli.decision.provenance import Sources

    return Sources(
        longlist=source.longlist if was_typed("longlist") else None,
        criteria=source.criteria if was_typed("criteria") else None,
        reviews=reviews if was_typed("reviews") else None,
        hidden=source.hidden,
        mapping=source.mapping,
    )


def _verified(record: Record, where: Sources, time_limit: float | None) -> Verification:
    """Verify a record; where there was no time for it, the command ends."""
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.cli.output import fail
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.decision import results
    from kiamv_cli.selection.commands.session import unproven
    from kiamv_cli.selection.model.search import NoShortlistError
    from kiamv_cli.selection.solving.solver import HighsSolver

    try:
        with refusing(), Progress(_("Selecting again")) as progress:
            solver = HighsSolver(time_limit=time_limit, progress=progress)
            return results.verify(record, where, solver=solver)
    except NoShortlistError as none:
        message = _("the shortlist was not proven again in time. Allow more with --time-limit.")
        fail(message, unproven(interrupted=none.interrupted))


def _kept(verification: Verification, line: str) -> Kept:
    from kiamv_cli.base.problem import Refusal
    from kiamv_cli.cli.output import fail
    from kiamv_cli.decision.results import keeps_to

    try:
        return keeps_to(verification, line)
    except Refusal as refusal:
        fail(f"--commitment: {refusal}.")


def _last() -> str:
    """Find the last record of the project; without one the command ends."""
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.cli.output import Status, fail
    from kiamv_cli.cli.project import current_project
    from kiamv_cli.cli.status import last_record

    project = current_project()
    with refusing(K601=Status.NO):
        newest = last_record(project.folder) if project else None
    if newest is None:
        fail(_("there is no record here. Give one, as in kiamv verify decision.json."))
    return newest[0]
