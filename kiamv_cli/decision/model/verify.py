"""Run a recorded selection again, and say what is the same and what is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from kiamv_cli.base.text import Text
from kiamv_cli.base.value import Result
from kiamv_cli.decision.model.record import SCHEMA, Proving, outcome_of, record
from kiamv_cli.decision.model.record import recorded as put_on_record
from kiamv_cli.selection.model.check_proof import Proof as Checked
from kiamv_cli.selection.model.lots import lots
from kiamv_cli.selection.model.plain import plain_question
from kiamv_cli.selection.model.prove import MOST_EQUAL, Proven
from kiamv_cli.selection.model.prove import Proof as Document
from kiamv_cli.selection.model.question import Status
from kiamv_cli.selection.model.search import NoneFeasibleError, NoShortlistError
from kiamv_cli.selection.model.select import describe
from kiamv_cli.selection.model.shortlist import question, shortlist

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiamv_cli.decision.model.record import Input, Provenance, Record
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.prove import ProvingSolver

_PROVEN = Status(proven=True, step="lottery")
ProofState = Literal["holds", "of-other-inputs", "fails", "none"]
Cause = Literal["longlist", "criteria", "reviews", "versions", "older", "not-reproduced"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification(Result):
    """What came of running a record again.

    ``again`` is the new record, ``None`` where none could be made because of ``failure``.
    ``programme`` holds the criteria of now, ``ids`` all ecosystems of the long list.
    ``changed`` says what is not as it was, also that an ``older`` kiamv made the record, where
    its rules may explain what differs; if nothing explains another outcome, it was
    ``not-reproduced``. ``proof`` says whether the proof in the record holds, and is of the inputs
    of now, and ``why`` it does not; where it does, nothing has to be solved again. ``same`` is true
    only if the inputs are the same and so is all that comes out; another version alone is no
    difference.
    """

    record: Record
    programme: Programme
    again: Record | None
    failure: Exception | None
    changed: tuple[Cause, ...]
    proof: ProofState
    why: str
    same: bool
    ids: frozenset[str]

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """A record with what it was made from, as far as that is there.

    ``scores`` is the scored long list of now, ``verification`` what came of checking the record on
    it; both are ``None`` where an input cannot be read, and then ``gone`` says why.
    """

    record: Record
    scores: Scores | None = None
    verification: Verification | None = None
    gone: str = ""

    @property
    def same(self) -> bool:
        """Whether the inputs are those of the record and give what it says."""
        return self.verification is not None and self.verification.same


def verify(
    recorded: Record, scores: Scores, provenance: Provenance, solver: ProvingSolver
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
    proof, why, proven = _proof(recorded, scores)
    if proven is not None:
        again, failure = _as_proven(recorded, scores, proven, provenance)
    else:
        again, failure = _again(recorded, scores, provenance, solver)
    outcome = again is not None and _outcomes(again, recorded) == _outcomes(recorded, recorded)
    changed = list(differing(recorded.provenance, provenance))
    same = outcome and proof in {"holds", "none"} and not set(changed) - {"versions"}
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
        proof=proof,
        why=why,
        same=same,
        ids=frozenset(one.id for one in scores.longlist.ecosystems),
    )


def _proof(recorded: Record, scores: Scores) -> tuple[ProofState, str, Proven | None]:
    """Check the proof in a record, and that it is of the question that the inputs ask."""
    if recorded.proof is None:
        return "none", "", None
    asked = question(scores, recorded.request)
    try:
        proof = _Proof(recorded.proof)
        done = proof.check()
    except Exception as error:  # noqa: BLE001 - whatever is in it
        return "fails", str(error) or repr(error), None
    if recorded.proof["question"] != plain_question(asked):
        return "of-other-inputs", "", None
    outcome = outcome_of(describe(asked, frozenset(proof.answer), _PROVEN))
    if (outcome, recorded.without_balance) != (recorded.result, done["highest"]):
        return "fails", "", None
    return "holds", "", proof.proven()


def _as_proven(
    recorded: Record, scores: Scores, proven: Proven, provenance: Provenance
) -> tuple[Record | None, Exception | None]:
    """Put on record again what a proof shows to be the answer."""
    asked = question(scores, recorded.request)
    try:
        again = put_on_record(
            scores,
            recorded.request,
            describe(asked, proven.members, _PROVEN),
            recorded.without_balance,
            Proving(recorded.proof, lots(proven, MOST_EQUAL)),
            recorded.decided,
            provenance,
        )
    except ValueError as error:
        return None, error
    return again, None


class _Proof(Checked):
    """A proof that keeps the shortlists that are as good as its answer."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        super().__init__(dict(document))
        self.equal: list[list[str]] = []

    def left(self, tree: str, least: dict[str, int]) -> Iterator[tuple[dict[str, int], list[str]]]:
        """Yield what a tree comes down to, and keep that."""
        for goals, members in super().left(tree, least):
            if tree == "equal" and goals == self.question.goals_of(self.answer):
                self.equal.append(members)
            yield goals, members

    def proven(self) -> Proven:
        """Return what it proves, once it is checked."""
        cells = tuple(map(tuple, self.question.cells))
        equal = (tuple(sum(n in each for n in cell) for cell in cells) for each in self.equal)
        return Proven(
            members=frozenset(self.answer),
            proof=Document(self.proof, 0),
            cells=cells,
            equal=tuple(equal) or None,
        )


def _again(
    recorded: Record, scores: Scores, provenance: Provenance, solver: ProvingSolver
) -> tuple[Record | None, Exception | None]:
    try:
        found = shortlist(scores, recorded.request, solver)
        if found.unbalanced is None:
            raise NoShortlistError(interrupted=found.selection.status.interrupted)
        return record(found, recorded.decided, provenance), None
    except (NoneFeasibleError, ValueError) as error:
        return None, error


def _outcomes(record: Record, recorded: Record) -> tuple[object, ...]:
    """All that comes out, as far as a record of that version says it."""
    now = recorded.schema == SCHEMA
    lots = record.lots if recorded.lots is not None else None
    names = (
        {each: record.names[each] for each in recorded.names if each in record.names} if now else {}
    )
    return (
        (
            record.as_of,
            record.result,
            record.without_balance,
            record.overrides,
            record.final,
            names,
            lots,
        ),
        called(record.provenance),
    )


def called(made: Provenance) -> tuple[str, str, str]:
    """What the long list, the criteria and the review are called, empty where there is none."""
    reviews = "" if made.reviews is None else made.reviews.name
    return made.longlist.name, made.criteria.name, reviews


def differing(recorded: Provenance, now: Provenance) -> Iterator[Cause]:
    """Yield which inputs and versions are not those of a record."""
    if recorded.longlist.sha256 != now.longlist.sha256:
        yield "longlist"
    if recorded.criteria.sha256 != now.criteria.sha256:
        yield "criteria"
    if (_sha256(recorded.reviews), recorded.reviewer) != (_sha256(now.reviews), now.reviewer):
        yield "reviews"
    if dict(recorded.versions) != dict(now.versions):
        yield "versions"


def _sha256(stated: Input | None) -> str | None:
    return None if stated is None else stated.sha256
