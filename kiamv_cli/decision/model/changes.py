"""What is not the same in two cases, change by change; each can be made on a case by itself."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal, assert_never

from kiamv_cli.scoring.model.score import score
from kiamv_cli.selection.model.shortlist import question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist
    from kiamv_cli.programme.model.programme import Criterion, Programme
    from kiamv_cli.selection.model.question import Question
    from kiamv_cli.selection.model.shortlist import Request

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


def changes(one: Case, other: Case) -> Iterator[Change]:
    """List what is not the same: ecosystems, criteria, the reference date, options."""
    yield from _ecosystems(one.longlist, other.longlist)
    yield from _programme(one.programme, other.programme)
    yield from days(one.as_of, other.as_of)
    yield from options(one.request, other.request)


def days(one: date, other: date) -> Iterator[Change]:
    """Yield the change of the reference date, if it changed."""
    if one != other:
        yield Change(kind="as-of", before=one, after=other)


def options(one: Request, other: Request) -> Iterator[Change]:
    """Yield each option that is not the same."""
    for name, before, after in _fields(one, other):
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
        if not each.compare:
            continue
        before, after = getattr(one, each.name), getattr(other, each.name)
        if before != after:
            yield each.name, before, after
