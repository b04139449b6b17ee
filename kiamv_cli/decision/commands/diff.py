"""``kiamv diff``."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.selection.commands import options as wish

if TYPE_CHECKING:
    from kiamv_cli.decision.model.differences import Side
    from kiamv_cli.decision.model.record import Record

_WHAT = "A record that kiamv record made, or a long list."
One = Annotated[str, typer.Argument(metavar="A", help=_WHAT, show_default=False)]
Other = Annotated[str, typer.Argument(metavar="B", help=_WHAT, show_default=False)]


@dataclass(frozen=True, slots=True)
class Reading:
    """How long lists are read."""

    criteria: options.Criteria = None
    as_of: options.AsOf = None
    hidden: options.Hidden = None
    mapping: options.Mapping = None


def diff(
    first: One,
    other: Other,
    reading: Reading,
    wishes: wish.Wishes,
    *,
    time_limit: wish.TimeLimit = None,
    out: options.OutputOptions,
) -> None:
    """Show who came in and who went out between two decisions or long lists, and why.

    The options about the shortlist are for long lists; compared with a record, a long list gets
    the same request as the record. Which change did what is shown only for records whose inputs
    are still there and unchanged.

    Example: kiamv diff decision.json longlist-2021.yaml
    """
    from kiamv_cli.cli.output import Status, fail, write
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.decision.results import diff as compare
    from kiamv_cli.decision.view.diff import DiffView
    from kiamv_cli.selection.commands.session import unproven
    from kiamv_cli.selection.model.search import NoneFeasibleError, NoShortlistError
    from kiamv_cli.selection.solving.solver import HighsSolver

    sides = _sides(first, other, _Asked(options.Source(None, **asdict(reading)), wishes))
    try:
        with Progress(_("Trying every change")) as progress:
            solver = HighsSolver(time_limit=time_limit, progress=progress)
            found = compare(*sides, solver=solver, progress=progress.step)
    except NoneFeasibleError:
        fail(_("no shortlist meets the wishes on both sides."), Status.INFEASIBLE)
    except NoShortlistError as none:
        message = _("not all changes could be tried in time. Allow more with --time-limit.")
        fail(message, unproven(interrupted=none.interrupted))
    except ValueError as error:
        fail(f"{error}.")
    write(DiffView(found=found, one=first, other=other), out)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of a long list that no record speaks for; it is that of ``source``."""

    source: options.Source
    wishes: wish.Wishes


def _record(name: str) -> Record | None:
    """Read a record; ``None`` if the file is something else."""
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.decision.reading import is_record
    from kiamv_cli.decision.results import load_record

    with refusing():
        return load_record(name) if is_record(Path(name)) else None


def _sides(first_name: str, other: str, question: _Asked) -> tuple[Side, Side]:
    """Return both sides; a long list beside a record is asked what the record was."""
    first, second = _record(first_name), _record(other)
    known = first or second
    return _side(first_name, first, known, question), _side(other, second, known, question)


def _side(name: str, own: Record | None, known: Record | None, question: _Asked) -> Side:
    from kiamv_cli.cli.input import read_scores, refusing
    from kiamv_cli.decision.model.differences import Side
    from kiamv_cli.decision.provenance import Sources
    from kiamv_cli.decision.results import case_of, side_of, side_of_list
    from kiamv_cli.selection.commands.wishes import to_request

    with refusing():
        if own is not None:
            return side_of(own)
        if known is not None:
            read = question.source
            sources = Sources(longlist=name, hidden=read.hidden, mapping=read.mapping)
            return side_of_list(known, sources)
    scores = read_scores(replace(question.source, longlist=name))
    return Side(case=case_of(scores, to_request(question.wishes, scores)))
