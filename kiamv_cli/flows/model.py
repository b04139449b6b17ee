"""The way from suggestions to a shortlist and beyond, in numbers that add up by construction.

Each step takes what the step before left, and splits it: whoever leaves stands in a box with the
reason, whoever stays goes on. So a number is never stated twice; it is counted. In the manner of
the PRISMA 2020 flow diagram (Page et al., BMJ 2021;372:n71).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.labels import folded
from kiamv_cli.base.value import Result
from kiamv_cli.longlist.model.identity import spellings
from kiamv_cli.selection.model.shortlist import barred

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kiamv_cli.longlist.model.lookup import Contributions
    from kiamv_cli.scoring.model.score import EcosystemScore
    from kiamv_cli.selection.model.shortlist import Shortlist

Stage = Literal["identification", "screening", "selection", "follow-up"]
NONE = "none"
UNRECORDED = "not-recorded"
WAYS = ("survey", "interview")
FOLLOWED = ("survey-and-interview", *WAYS, NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Those who are somewhere, by id; where suggestions are counted, an id once for each."""

    id: str
    ids: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A box split by one question: every id of it is in exactly one part."""

    by: str
    parts: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A box on the way, how it is made up, and who leaves it; the others are the next box."""

    stage: Stage
    box: Box
    splits: tuple[Split, ...] = ()
    leave: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Result):
    """The whole way of one shortlist.

    ``failed`` gives for each criterion, in the order of the programme, those that do not even
    partly show it; an ecosystem can be in several.
    """

    shortlist: Shortlist
    steps: tuple[Step, ...]
    failed: tuple[Box, ...]

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield from (f"{each.stage} {each.box.count}" for each in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionSources(Result):
    """What each source of suggestions brought to the list of a shortlist, and to itself."""

    shortlist: Shortlist
    brought: Contributions

    def figures(self) -> Iterator[str]:
        """Yield how many there are, and of how many nobody is on record."""
        yield f"{len(self.brought.sources)} sources"
        yield f"{len(self.brought.unnamed)} of nobody on record"


def flow(shortlist: Shortlist) -> Flow:
    """Follow every suggestion to where it ended.

    A criterion is failed at worst: where what is proven is not even enough for partly. Whether
    more facts could change that, ``possible`` says. Of whom nobody is on record as having
    suggested it, one suggestion is counted that is not recorded.

    Args:
        shortlist: A shortlist, with the long list and the wishes that it came from.
    """
    scored = sorted(shortlist.scores.ecosystems, key=lambda each: each.ecosystem.id)
    request = shortlist.request
    out = {
        one.ecosystem.id
        for one in scored
        if one.ecosystem.id in request.exclude or barred(one, request)
    }
    stay = [one for one in scored if one.ecosystem.id not in out]
    classes = [each.id for each in shortlist.scores.programme.classes]
    names = [criterion.id for criterion in shortlist.scores.programme.criteria]
    failed = {one.ecosystem.id: _failed(one, names) for one in scored}
    first = {name: next(iter(criteria), NONE) for name, criteria in failed.items()}
    screening = Step(
        stage="screening",
        box=_box("longlist", scored),
        splits=(
            _split("class", scored, lambda each: each.worst.id, classes),
            _split("first-failed", scored, lambda each: first[each.ecosystem.id], [*names, NONE]),
        ),
        leave=_reasons([one for one in scored if one.ecosystem.id in out], shortlist),
    )
    return Flow(
        shortlist=shortlist,
        steps=(_suggestions(scored), screening, *_selection(shortlist, stay)),
        failed=tuple(
            _box(name, [one for one in scored if name in failed[one.ecosystem.id]])
            for name in names
        ),
    )


def _selection(shortlist: Shortlist, stay: Sequence[EcosystemScore]) -> Iterator[Step]:
    """Yield the steps of those who could be selected."""
    members = {member.scored.ecosystem.id for member in shortlist.members}
    chosen = [one for one in stay if one.ecosystem.id in members]
    others = [one for one in stay if one.ecosystem.id not in members]
    yield Step(
        stage="selection", box=_box("considered", stay), leave=(_box("not-selected", others),)
    )
    yield Step(
        stage="follow-up",
        box=_box("shortlist", chosen),
        splits=(_split("followed-up", chosen, _followed_up, FOLLOWED),),
    )


def _box(name: str, scored: Iterable[EcosystemScore]) -> Box:
    return Box(id=name, ids=tuple(one.ecosystem.id for one in scored))


def _split(
    by: str,
    scored: Sequence[EcosystemScore],
    part_of: Callable[[EcosystemScore], str],
    parts: Iterable[str],
) -> Split:
    answers = [part_of(one) for one in scored]
    return Split(
        by=by,
        parts=tuple(
            _box(part, [one for one, answer in zip(scored, answers, strict=True) if answer == part])
            for part in parts
        ),
    )


def _suggestions(scored: Sequence[EcosystemScore]) -> Step:
    """Return the step of suggestions; all but the first of the same ecosystem leave."""
    called = spellings(each.by for one in scored for each in one.ecosystem.suggested_by)
    made = [
        (one.ecosystem.id, source)
        for one in scored
        for source in [called[folded(each.by)] for each in one.ecosystem.suggested_by]
        or [UNRECORDED]
    ]
    counts = Counter(source for _, source in made if source != UNRECORDED)
    sources = [*sorted(counts, key=lambda source: (-counts[source], source)), UNRECORDED]
    again = [name for name, group in groupby(made, key=lambda each: each[0]) for _ in [*group][1:]]
    return Step(
        stage="identification",
        box=Box(id="suggestions", ids=tuple(name for name, _ in made)),
        splits=(
            Split(
                by="source",
                parts=tuple(
                    Box(id=source, ids=tuple(name for name, by in made if by == source))
                    for source in sources
                ),
            ),
        ),
        leave=(Box(id="suggested-again", ids=tuple(again)),),
    )


def _reasons(left_out: Iterable[EcosystemScore], shortlist: Shortlist) -> tuple[Box, ...]:
    """Return who was left out by name, and who by class; no box where nobody asked for it."""
    excluded = shortlist.request.exclude
    named = [one for one in left_out if one.ecosystem.id in excluded]
    others = [one for one in left_out if one.ecosystem.id not in excluded]
    return (
        *((_box("excluded", named),) if excluded else ()),
        *((_box("not-in-class", others),) if shortlist.request.classes else ()),
    )


def _failed(scored: EcosystemScore, names: Sequence[str]) -> list[str]:
    scores = zip(names, scored.criteria, strict=True)
    return [name for name, score in scores if score.at_worst == "not-met"]


def _followed_up(scored: EcosystemScore) -> str:
    ways = [way for way in WAYS if way in scored.ecosystem.named_in_study]
    return "-and-".join(ways) or NONE
