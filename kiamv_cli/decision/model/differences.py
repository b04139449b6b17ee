"""What changed between two selections, and which change brought whom in or out.

Each change is tried by itself: made alone on the first, and alone undone on the second. Of a
record whose inputs are not there any more, only what it holds is compared.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal, assert_never

from kiamv_cli.base.value import Result
from kiamv_cli.decision.model.record import outcome_of
from kiamv_cli.scoring.model.score import score
from kiamv_cli.selection.model.constrained import best
from kiamv_cli.selection.model.search import NoneFeasibleError
from kiamv_cli.selection.model.shortlist import question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from kiamv_cli.decision.model.record import Outcome, Record
    from kiamv_cli.decision.model.verify import Cause
    from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist
    from kiamv_cli.programme.model.programme import Criterion, Programme
    from kiamv_cli.selection.model.integer_program import Solver
    from kiamv_cli.selection.model.question import Question, Selection
    from kiamv_cli.selection.model.request import Request

Kind = Literal["added", "removed", "fact", "criterion", "programme", "as-of", "option", "input"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that decides on a shortlist."""

    longlist: Longlist
    programme: Programme
    as_of: date
    request: Request

    def question(self) -> Question:
        """Put it to the engine's words."""
        return question(score(self.longlist, self.programme, self.as_of), self.request)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is not the same.

    ``subject`` is an ecosystem, a criterion, an option or (of which only the hashes are known) an
    input, ``field`` what of it; ``before`` and ``after`` are its values, ``None`` where there is
    none.
    """

    kind: Kind
    subject: str = ""
    field: str = ""
    before: object = None
    after: object = None

    @property
    def undone(self) -> Change:
        """The change back."""
        kinds: dict[Kind, Kind] = {"added": "removed", "removed": "added"}
        kind = kinds.get(self.kind, self.kind)
        return replace(self, kind=kind, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Who comes in and who goes out."""

    comes: tuple[str, ...] = ()
    goes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """A change and what it does by itself.

    ``alone``: who would come in and go out of the first shortlist had only this changed;
    ``without``: who would come in and go out of the second had only this not changed. ``None``
    where there would be no shortlist: the wishes could not be met, or name who is not there; and
    both where nothing was ``tried``.
    """

    change: Change
    alone: Moves | None = None
    without: Moves | None = None
    tried: bool = True

    @property
    def matters(self) -> bool:
        """Whether it moves anyone by itself, either way."""
        return self.tried and (self.alone != Moves() or self.without != Moves())


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two selections: a long list with what is asked of it, or a record.

    ``case`` is what there is of its inputs, ``None`` if they cannot be read, and then ``gone``
    says why. ``unlike`` names what is not as a record says: inputs that have another hash, or
    (``not-reproduced``) a result that does not come out.
    """

    case: Case | None
    record: Record | None = None
    unlike: tuple[Cause, ...] = ()
    gone: str = ""

    @property
    def whole(self) -> bool:
        """Whether changes can be tried on it."""
        return self.case is not None and not self.unlike

    @property
    def stated(self) -> tuple[date, Request, dict[str, str | None]]:
        """Its reference date, what was asked, and the hash of each input."""
        if self.record is None:
            assert self.case
            longlist, programme = self.case.longlist.sha256, self.case.programme.sha256
            return self.case.as_of, self.case.request, {"longlist": longlist, "criteria": programme}
        made = self.record.provenance
        reviews = {} if made.reviews is None else {"reviews": made.reviews.sha256}
        hashes = {"longlist": made.longlist.sha256, "criteria": made.criteria.sha256, **reviews}
        return self.record.as_of, self.record.request, {**hashes, "reviewer": made.reviewer}


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences(Result):
    """How two selections differ; the changes that move anyone come first.

    ``before`` and ``after`` are what was decided, with the swaps on record, ``moves`` between
    these; ``proposed`` are the moves between the shortlists that the swaps were made on, on which
    changes are tried. Where the inputs of a record are not those of it, nothing was ``tried``, and
    the changes are those between what is on record.
    """

    before: Outcome
    after: Outcome
    moves: Moves
    proposed: Moves
    changes: tuple[Attributed, ...]
    sides: tuple[Side, Side]

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield f"{len(self.moves.comes)} come"
        yield f"{len(self.moves.goes)} go"
        yield f"{len(self.changes)} changes"

    @property
    def tried(self) -> bool:
        """Whether the changes were tried by themselves."""
        return all(side.whole for side in self.sides)


def differences(
    former: Side,
    other: Side,
    solver: Solver,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Differences:
    """Find what changed between two selections, and what each change does by itself.

    Args:
        former: The first.
        other: The second.
        solver: Solves integer programs; it keeps the time limit.
        progress: Told how many of the changes have been tried, and how many there are.

    Raises:
        NoneFeasibleError: A long list has no shortlist.
        NoShortlistError: There was no time.
        ValueError: A request does not fit its long list.
    """
    before, after = _Start.of(former, solver), _Start.of(other, solver)
    origins = before.origin, after.origin
    tried = (
        _recorded(before.side, after.side)
        if None in origins
        else _tried(*origins, solver, progress)  # type: ignore[arg-type]
    )
    first, second = before.decided, after.decided
    return Differences(
        before=first,
        after=second,
        moves=_moves(first.selected, second.selected),
        proposed=_moves(before.outcome.selected, after.outcome.selected),
        changes=tuple(sorted(tried, key=lambda each: not each.matters)),
        sides=(before.side, after.side),
    )


def _tried(
    before: _Origin, after: _Origin, solver: Solver, progress: Callable[[int, int], None]
) -> Iterator[Attributed]:
    found = list(changes(before.case, after.case))
    for done, change in enumerate(found, start=1):
        alone, without = before.moves(change, solver), after.moves(change.undone, solver)
        progress(done, len(found))
        yield Attributed(change=change, alone=alone, without=without)


def _recorded(first: Side, other: Side) -> Iterator[Attributed]:
    """List what is not the same by what is on record alone."""
    (day, asked, hashes), (other_day, other_asked, other_hashes) = first.stated, other.stated
    for name in {**hashes, **other_hashes}:
        before, after = hashes.get(name), other_hashes.get(name)
        if before != after:
            change = Change(kind="input", subject=name, before=before, after=after)
            yield Attributed(change=change, tried=False)
    for change in (*days(day, other_day), *options(asked, other_asked)):
        yield Attributed(change=change, tried=False)


@dataclass(frozen=True, slots=True)
class _Start:
    """A side, its outcome, and what changes can be tried on, if they can be."""

    side: Side
    outcome: Outcome
    origin: _Origin | None

    @property
    def decided(self) -> Outcome:
        """The outcome with the swaps that people made."""
        return self.side.record.final if self.side.record else self.outcome

    @classmethod
    def of(cls, side: Side, solver: Solver) -> _Start:
        """Select again; what does not come out as it is on record is nothing to try changes on."""
        recorded = side.record
        if recorded is None:
            assert side.case
            origin = _Origin.of(side.case, solver)
            return cls(side, outcome_of(origin.selection), origin)
        if side.case is None or side.unlike:
            return cls(side, recorded.result, None)
        try:
            origin = _Origin.of(side.case, solver)
        except (NoneFeasibleError, ValueError):
            return cls(_unlike(side), recorded.result, None)
        if outcome_of(origin.selection) != recorded.result:
            return cls(_unlike(side), recorded.result, None)
        return cls(side, recorded.result, origin)


def _unlike(side: Side) -> Side:
    return replace(side, unlike=("not-reproduced",))


@dataclass(frozen=True, slots=True)
class _Origin:
    """A case, its question and the answer: what changes are tried on."""

    case: Case
    asked: Question
    selection: Selection

    @classmethod
    def of(cls, case: Case, solver: Solver) -> _Origin:
        asked = case.question()
        selection = best(asked, solver)
        if selection is None:
            raise NoneFeasibleError
        return cls(case, asked, selection)

    def moves(self, change: Change, solver: Solver) -> Moves | None:
        """Return who would come in and go out if only this changed."""
        try:
            asked = made(self.case, change).question()
            if asked == self.asked:
                return Moves()
            found = best(asked, solver)
        except (KeyError, ValueError):
            return None
        return None if found is None else _moves(self.selection.members, found.members)


def _moves(before: Sequence[str], after: Sequence[str]) -> Moves:
    return Moves(
        comes=tuple(one for one in after if one not in before),
        goes=tuple(one for one in before if one not in after),
    )


def changes(first: Case, other: Case) -> Iterator[Change]:
    """List what is not the same: ecosystems, criteria, the reference date, options."""
    yield from _ecosystems(first.longlist, other.longlist)
    yield from _programme(first.programme, other.programme)
    yield from days(first.as_of, other.as_of)
    yield from options(first.request, other.request)


def days(first: date, other: date) -> Iterator[Change]:
    """Yield the change of the reference date, if it changed."""
    if first != other:
        yield Change(kind="as-of", before=first, after=other)


def options(first: Request, other: Request) -> Iterator[Change]:
    """Yield each option that is not the same."""
    for name, before, after in _fields(first, other):
        yield Change(kind="option", subject=name, before=before, after=after)


def made(case: Case, change: Change) -> Case:
    """Make one change to a case."""
    match change.kind:
        case "added" | "removed" | "fact":
            ecosystems = tuple(_edited(case.longlist.ecosystems, change))
            return replace(case, longlist=replace(case.longlist, ecosystems=ecosystems))
        case "criterion":
            criteria = tuple(
                replace(each, **{change.field: change.after})  # type: ignore[arg-type]
                if each.id == change.subject
                else each
                for each in case.programme.criteria
            )
            return replace(case, programme=replace(case.programme, criteria=criteria))
        case "programme":
            changed = {change.field: change.after}
            return replace(case, programme=replace(case.programme, **changed))  # type: ignore[arg-type]
        case "as-of":
            return replace(case, as_of=change.after)  # type: ignore[arg-type]
        case "option":
            changed = {change.subject: change.after}
            return replace(case, request=replace(case.request, **changed))  # type: ignore[arg-type]
        case "input":
            raise ValueError(change.kind)
        case _:
            assert_never(change.kind)


def _edited(ecosystems: Iterable[Ecosystem], change: Change) -> Iterator[Ecosystem]:
    kept = [each for each in ecosystems if each.id != change.subject]
    there = next((each for each in ecosystems if each.id == change.subject), None)
    if change.kind == "added":
        kept.append(change.after)  # type: ignore[arg-type]
    elif change.kind == "fact" and there is not None:
        kept.append(replace(there, **{change.field: change.after}))  # type: ignore[arg-type]
    yield from sorted(kept, key=lambda each: each.id)


def _ecosystems(first: Longlist, other: Longlist) -> Iterator[Change]:
    before = {each.id: each for each in first.ecosystems}
    after = {each.id: each for each in other.ecosystems}
    for name in sorted({*before, *after}):
        if name not in before:
            yield Change(kind="added", subject=name, after=after[name])
        elif name not in after:
            yield Change(kind="removed", subject=name, before=before[name])
        else:
            for field, old, new in _fields(before[name], after[name]):
                yield Change(kind="fact", subject=name, field=field, before=old, after=new)


def _programme(first: Programme, other: Programme) -> Iterator[Change]:
    if [each.id for each in first.criteria] != [each.id for each in other.criteria]:
        yield Change(
            kind="programme", field="criteria", before=first.criteria, after=other.criteria
        )
    else:
        for old, new in zip(first.criteria, other.criteria, strict=True):
            yield from _criterion(old, new)
    for field in ("classes", "dimensions"):
        if getattr(first, field) != getattr(other, field):
            values = {"before": getattr(first, field), "after": getattr(other, field)}
            yield Change(kind="programme", field=field, **values)


def _criterion(first: Criterion, other: Criterion) -> Iterator[Change]:
    for field, old, new in _fields(first, other):
        if field not in {"label", "question"}:
            yield Change(kind="criterion", subject=first.id, field=field, before=old, after=new)


def _fields(first: object, other: object) -> Iterator[tuple[str, object, object]]:
    for each in fields(first):  # type: ignore[arg-type]
        if not each.compare:
            continue
        before, after = getattr(first, each.name), getattr(other, each.name)
        if before != after:
            yield each.name, before, after
