"""Compare two selections: decisions on record, or long lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.problem import BadInput
from kiamv_cli.decision.model.changes import Case
from kiamv_cli.decision.model.differences import Side
from kiamv_cli.decision.model.verify import differing
from kiamv_cli.decision.provenance import Sources
from kiamv_cli.decision.results import rerun_inputs

if TYPE_CHECKING:
    from kiamv_cli.decision.model.differences import Differences
    from kiamv_cli.decision.model.record import Record
    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.shortlist import Request


def diff(one: Record, other: Record, *, time_limit: float | None = None) -> Differences:
    """Find who came in and went out between two records, and what each change does by itself.

    Where the inputs of a record are not there any more, or others than it says, what the records
    hold is compared, and nothing is tried.

    Args:
        one: The first; its inputs are those that it keeps, else those that it names.
        other: The second.
        time_limit: Seconds, ``None`` for no limit.

    Raises:
        NoShortlistError: There was no time.
    """
    from kiamv_cli.decision.model.differences import differences
    from kiamv_cli.selection.solving.solver import HighsSolver

    solver = HighsSolver(time_limit=time_limit)
    return differences(side_of(one), side_of(other), solver)


def side_of(recorded: Record) -> Side:
    """Read what a record was made from, if that is still there and the same."""
    try:
        scores, now = rerun_inputs(recorded, Sources())
    except BadInput as error:
        return Side(case=None, record=recorded, gone=str(error.problems[0]))
    unlike = set(differing(recorded.provenance, now)) - {"versions"}
    return Side(
        case=case_of(scores, recorded.request), record=recorded, unlike=tuple(sorted(unlike))
    )


def side_of_list(longlist: str, recorded: Record, hidden: Hidden | None = None) -> Side:
    """Ask of a long list what was asked in a record, by the criteria of that record.

    Raises:
        BadInput: The list, or one of the other inputs of the record, cannot be read.
    """
    scores, _now = rerun_inputs(recorded, Sources(longlist=longlist, hidden=hidden))
    return Side(case=case_of(scores, recorded.request))


def case_of(scores: Scores, request: Request) -> Case:
    """Put together what is asked of a scored long list."""
    return Case(
        longlist=scores.longlist,
        programme=scores.programme,
        as_of=scores.as_of,
        request=request,
    )
