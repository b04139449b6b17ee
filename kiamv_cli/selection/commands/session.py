"""What all commands that select do around a search: progress, and what ends it early."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _
from kiamv_cli.cli.output import Status, fail, refuse_early, tell, write
from kiamv_cli.cli.start import messages
from kiamv_cli.selection.model.search import NoneFeasibleError, NoShortlistError
from kiamv_cli.selection.solving.solver import HighsSolver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import NoReturn

    from kiamv_cli.cli.options import OutputOptions
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.view.conflict import ClashView


@contextmanager
def searching(
    progress: Progress,
    scores: Scores,
    request: Request,
    time_limit: float | None,
    out: OutputOptions,
) -> Iterator[HighsSolver]:
    """Yield a solver that shows its progress; end the command where there is no shortlist.

    Args:
        progress: The line that says how far it is.
        scores: The scored long list.
        request: What is asked of it; if its wishes clash, these are named.
        time_limit: Seconds for the whole search, ``None`` for no limit.
        out: Where the result would go; a clash goes there too if it is data for standard output.
    """
    refuse_early(out)
    try:
        with progress:
            solver = HighsSolver(time_limit=time_limit, progress=progress)
            try:
                yield solver
            except NoneFeasibleError:
                _end_by_clash(_clash(scores, request, solver), progress, out)
    except NoShortlistError as none:
        message = _("no shortlist was found in time. Allow more with --time-limit.")
        fail(message, unproven(interrupted=none.interrupted))


def _end_by_clash(view: ClashView, progress: Progress, out: OutputOptions) -> NoReturn:
    progress.clear()
    if not messages().data:
        tell(view)
    if out.file is None and out.format in {"json", "csv"}:
        write(view, out)
    elif messages().data:
        tell(view, "json")
    raise SystemExit(Status.INFEASIBLE)


def end_unless_proven(*, proven: bool, interrupted: bool) -> None:
    """End the command with the status that says why what was written is not all proven."""
    if not proven:
        raise SystemExit(unproven(interrupted=interrupted))


def unproven(*, interrupted: bool) -> Status:
    """Return the status that says what ended a search early."""
    return Status.INTERRUPTED if interrupted else Status.TIME_LIMIT


def _clash(scores: Scores, request: Request, solver: HighsSolver) -> ClashView:
    from kiamv_cli.selection.model.conflict import Clash, NoClashError
    from kiamv_cli.selection.model.integer_program import consistent
    from kiamv_cli.selection.view.conflict import ClashView

    try:
        clashing = Clash.of(scores, request, solver)
    except NoClashError:
        clashing = None
    return ClashView(consistent(clashing, "no shortlist was found, but the wishes do not clash"))
