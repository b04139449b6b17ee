"""Run a recorded selection again, and say what is the same and what is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.text import Text
from kiamv_cli.base.value import Result
from kiamv_cli.decision.model.record import SCHEMA, record
from kiamv_cli.selection.model.search import NoneFeasibleError, NoShortlistError
from kiamv_cli.selection.model.shortlist import shortlist

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.decision.model.record import Input, Provenance, Record
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.integer_program import Solver

Cause = Literal["longlist", "criteria", "reviews", "versions", "older", "not-reproduced"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification(Result):
    """What came of running a record again.

    ``again`` is the new record, ``None`` where none could be made because of ``failure``.
    ``programme`` holds the criteria of now.
    ``changed`` says what is not as it was, also that an ``older`` kiamv made the record, where
    its rules may explain what differs; if nothing explains another outcome, it was
    ``not-reproduced``. ``same`` is true only if the inputs are the same and so is all that comes
    out; another version alone is no difference.
    """

    record: Record
    programme: Programme
    again: Record | None
    failure: Exception | None
    changed: tuple[Cause, ...]
    same: bool

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield "same" if self.same else "not the same"
        yield from self.changed

    @property
    def failed(self) -> Text | str:
        """Why it could not be run again; empty if it could."""
        if self.failure is None:
            return ""
        if isinstance(self.failure, NoneFeasibleError):
            return Text("requests.wishes-not-met-any-more")
        return str(self.failure)


def verify(
    recorded: Record, scores: Scores, provenance: Provenance, solver: Solver
) -> Verification:
    """Run a record again on inputs that claim to be those of it.

    Args:
        recorded: The record.
        scores: The long list of now, scored by the criteria of now as of the recorded date.
        provenance: The inputs and versions of now.
        solver: Solves integer programs; it keeps the time limit.

    Raises:
        NoShortlistError: There was no time to prove the shortlist again.
    """
    again, failure = _again(recorded, scores, provenance, solver)
    outcome = again is not None and _outcomes(again, recorded) == _outcomes(recorded, recorded)
    changed = list(differing(recorded.provenance, provenance))
    same = outcome and not set(changed) - {"versions"}
    if not same and recorded.schema < SCHEMA:
        changed.append("older")
    if not outcome and not changed:
        changed = ["not-reproduced"]
    return Verification(
        record=recorded,
        programme=scores.programme,
        again=again,
        failure=failure,
        changed=tuple(changed),
        same=same,
    )


def _again(
    recorded: Record, scores: Scores, provenance: Provenance, solver: Solver
) -> tuple[Record | None, Exception | None]:
    try:
        found = shortlist(scores, recorded.request, solver)
        if found.unbalanced is None:
            raise NoShortlistError(interrupted=found.selection.status.interrupted)
        return record(found, recorded.decided, provenance), None
    except (NoneFeasibleError, ValueError) as error:
        return None, error


def _outcomes(one: Record, recorded: Record) -> tuple[object, ...]:
    """All that comes out, as far as a record of that version says it."""
    names = one.names if recorded.schema == SCHEMA else {}
    return (
        (one.as_of, one.result, one.without_balance, one.overrides, one.final, names),
        called(one.provenance),
    )


def called(made: Provenance) -> tuple[str, str, str]:
    """What the long list, the criteria and the review are called, empty where there is none."""
    reviews = "" if made.reviews is None else made.reviews.name
    return made.longlist.name, made.criteria.name, reviews


def differing(recorded: Provenance, now: Provenance) -> Iterator[Cause]:
    """Tell which inputs and versions are not those of a record."""
    if recorded.longlist.sha256 != now.longlist.sha256:
        yield "longlist"
    if recorded.criteria.sha256 != now.criteria.sha256:
        yield "criteria"
    if (_sha256(recorded.reviews), recorded.reviewer) != (_sha256(now.reviews), now.reviewer):
        yield "reviews"
    if dict(recorded.versions) != dict(now.versions):
        yield "versions"


def _sha256(one: Input | None) -> str | None:
    return None if one is None else one.sha256
