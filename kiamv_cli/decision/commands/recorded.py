"""What commands on a record share: it is read and checked on its inputs, and asked nothing else."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _
from kiamv_cli.base.problem import Problem
from kiamv_cli.base.text import Text
from kiamv_cli.cli.input import refusing
from kiamv_cli.cli.output import Status, fail, print_problems
from kiamv_cli.cli.progress import Progress
from kiamv_cli.cli.project import spelled, was_typed
from kiamv_cli.decision.provenance import Sources
from kiamv_cli.decision.results import load_record, recall
from kiamv_cli.display.text import listing
from kiamv_cli.selection.commands.options import Wishes
from kiamv_cli.selection.solving.solver import HighsSolver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiamv_cli.cli.options import Source
    from kiamv_cli.decision.model.verify import Cause, Recalled, Verification

_UNLIKE: dict[Cause, str] = {
    "longlist": N_("the long list"),
    "criteria": N_("the criteria"),
    "reviews": N_("the review"),
    "older": N_("the rules of an older kiamv"),
    "not-reproduced": N_("the result"),
}


def same_as_recorded(
    file: str,
    source: Source,
    time_limit: float | None,
    otherwise: Callable[[Recalled], None] = lambda _found: None,
) -> Recalled:
    """Read a record and check it on its inputs; end the command where these are others now.

    Args:
        file: The record.
        source: Its inputs, where some were typed.
        time_limit: Seconds, ``None`` for no limit.
        otherwise: What to do with a record of other inputs before the command ends.
    """
    _refuse_wishes()
    found = _recalled(file, source, time_limit)
    if not found.same:
        otherwise(found)
        _refuse_unlike(found, file)
    return found


def _refuse_wishes() -> None:
    """End the command if something is asked of a record: that it says by itself."""
    names = ("as_of", "reviewer", *(each.name for each in fields(Wishes)))
    typed = [spelled(name) for name in names if was_typed(name)]
    if typed:
        fail(_("{options}: the record says what was asked.", options=", ".join(typed)))


def _recalled(file: str, source: Source, time_limit: float | None) -> Recalled:
    """Read a record and check it on its inputs: those that were typed, else its own."""
    with refusing(K601=Status.NO):
        recorded = load_record(Path(file))
    where = Sources(
        longlist=source.longlist if was_typed("longlist") and source.longlist != file else None,
        criteria=source.criteria if was_typed("criteria") else None,
        reviews=source.reviews if was_typed("reviews") else None,
        hidden=source.hidden,
    )
    with Progress(_("Checking the record")) as progress:
        return recall(recorded, where, solver=HighsSolver(time_limit=time_limit, progress=progress))


def _refuse_unlike(recalled: Recalled, file: str) -> None:
    """End the command with K190 where a record is not of the inputs that there are now."""
    if recalled.same:
        return
    if recalled.verification is None:
        message = Text("K190.gone", why=recalled.gone)
    else:
        message = Text("K190.others", what=listing([*_unlike(recalled.verification)]))
    hint = Text("K190.kiamv-verify-shows", file=file)
    print_problems([Problem(path=file, text=message, advice=hint)])
    raise SystemExit(Status.NO)


def _unlike(verification: Verification) -> Iterator[str]:
    """Yield what is not as it is in the record, in a word or two."""
    yield from (_(_UNLIKE[cause]) for cause in verification.changed if cause in _UNLIKE)
    if verification.proof == "fails":
        yield _("the proof")
