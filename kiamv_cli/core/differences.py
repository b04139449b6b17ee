"""What changed between two selections, and which change brought whom in or out.

Each change is tried by itself: made alone on the first, and alone undone on the second.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal

from kiamv_cli.core.score import score
from kiamv_cli.core.selection.forced import best
from kiamv_cli.core.selection.search import InfeasibleError
from kiamv_cli.core.shortlist import question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from kiamv_cli.core.longlist import Ecosystem, Longlist
    from kiamv_cli.core.program import Solver
    from kiamv_cli.core.programme import Criterion, Programme
    from kiamv_cli.core.selection.question import Question, Selection
    from kiamv_cli.core.shortlist import Request

Kind = Literal["added", "removed", "fact", "criterion", "programme", "as-of", "option"]


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

    ``subject`` is an ecosystem, a criterion or an option, ``field`` what of it; ``before`` and
    ``after`` are its values, ``None`` where there is none.
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
    where there would be no shortlist: the wishes could not be met, or name who is not there.
    """

    change: Change
    alone: Moves | None
    without: Moves | None

    @property
    def matters(self) -> bool:
        """Whether it moves anyone by itself, either way."""
        return self.alone != Moves() or self.without != Moves()


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """How two selections differ; the changes that move anyone come first."""

    before: Selection
    after: Selection
    moves: Moves
    changes: tuple[Attributed, ...]


def differences(
    one: Case,
    other: Case,
    solver: Solver,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Differences:
    """Find what changed between two cases, and what each change does by itself.

    Args:
        one: The first.
        other: The second.
        solver: Solves integer programs; it keeps the time limit.
        progress: Told how many of the changes have been tried, and how many there are.

    Raises:
        InfeasibleError: One of the two has no shortlist.
        NoShortlistError: There was no time.
        ValueError: One of the requests does not fit its long list.
    """
    before, after = _Origin.of(one, solver), _Origin.of(other, solver)
    found = list(changes(one, other))
    tried = []
    for done, change in enumerate(found, start=1):
        alone, without = before.moves(change, solver), after.moves(change.undone, solver)
        tried.append(Attributed(change=change, alone=alone, without=without))
        progress(done, len(found))
    return Differences(
        before=before.selection,
        after=after.selection,
        moves=_moves(before.selection, after.selection),
        changes=tuple(sorted(tried, key=lambda each: not each.matters)),
    )


def changes(one: Case, other: Case) -> Iterator[Change]:
    """List what is not the same: ecosystems, criteria, the reference date, options."""
    yield from _ecosystems(one.longlist, other.longlist)
    yield from _programme(one.programme, other.programme)
    if one.as_of != other.as_of:
        yield Change(kind="as-of", before=one.as_of, after=other.as_of)
    for name, before, after in _fields(one.request, other.request):
        yield Change(kind="option", subject=name, before=before, after=after)


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
            raise InfeasibleError
        return cls(case, asked, selection)

    def moves(self, change: Change, solver: Solver) -> Moves | None:
        """Tell who would come in and go out if only this changed."""
        try:
            asked = made(self.case, change).question()
            if asked == self.asked:
                return Moves()
            found = best(asked, solver)
        except (KeyError, ValueError):
            return None
        return None if found is None else _moves(self.selection, found)


def _moves(before: Selection, after: Selection) -> Moves:
    return Moves(
        comes=tuple(one for one in after.members if one not in before.members),
        goes=tuple(one for one in before.members if one not in after.members),
    )


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


def _edited(ecosystems: Iterable[Ecosystem], change: Change) -> Iterator[Ecosystem]:
    kept = [each for each in ecosystems if each.id != change.subject]
    there = next((each for each in ecosystems if each.id == change.subject), None)
    if change.kind == "added":
        kept.append(change.after)  # type: ignore[arg-type]
    elif change.kind == "fact" and there is not None:
        kept.append(replace(there, **{change.field: change.after}))  # type: ignore[arg-type]
    yield from sorted(kept, key=lambda each: each.id)


def _ecosystems(one: Longlist, other: Longlist) -> Iterator[Change]:
    before = {each.id: each for each in one.ecosystems}
    after = {each.id: each for each in other.ecosystems}
    for name in sorted({*before, *after}):
        if name not in before:
            yield Change(kind="added", subject=name, after=after[name])
        elif name not in after:
            yield Change(kind="removed", subject=name, before=before[name])
        else:
            for field, old, new in _fields(before[name], after[name]):
                yield Change(kind="fact", subject=name, field=field, before=old, after=new)


def _programme(one: Programme, other: Programme) -> Iterator[Change]:
    if [each.id for each in one.criteria] != [each.id for each in other.criteria]:
        yield Change(kind="programme", field="criteria", before=one.criteria, after=other.criteria)
    else:
        for old, new in zip(one.criteria, other.criteria, strict=True):
            yield from _criterion(old, new)
    for field in ("classes", "dimensions"):
        if getattr(one, field) != getattr(other, field):
            values = {"before": getattr(one, field), "after": getattr(other, field)}
            yield Change(kind="programme", field=field, **values)


def _criterion(one: Criterion, other: Criterion) -> Iterator[Change]:
    for field, old, new in _fields(one, other):
        if field not in {"label", "question"}:
            yield Change(kind="criterion", subject=one.id, field=field, before=old, after=new)


def _fields(one: object, other: object) -> Iterator[tuple[str, object, object]]:
    for each in fields(one):  # type: ignore[arg-type]
        before, after = getattr(one, each.name), getattr(other, each.name)
        if before != after:
            yield each.name, before, after
