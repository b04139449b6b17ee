"""A flow that somebody published: boxes with numbers, and how each follows from others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Reason = Literal["arrows", "split", "overlap"]
UNKNOWN: Literal["unknown"] = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedCount:
    """How many there are in a box, and where that is stated."""

    count: int
    where: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedBox:
    """A box of a published flow; ``also`` holds what other places state of the same box."""

    id: str
    label: str
    count: int | Literal["unknown"] = UNKNOWN
    where: str | None = None
    also: tuple[StatedCount, ...] = ()

    @property
    def stated(self) -> tuple[StatedCount, ...]:
        """Every number that is stated of it."""
        first = () if self.count == UNKNOWN else (StatedCount(count=self.count, where=self.where),)
        return (*first, *self.also)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """A way from one box to another. All of a box go along its arrows, if it has any."""

    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A box divided: each of it is in exactly one of the parts."""

    of: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Two boxes that share some: who is in both, in either, and in only the first or second."""

    of: tuple[str, str]
    both: str | None = None
    either: str | None = None
    only: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFlow:
    """The whole of it; ``source`` says where it was published."""

    title: str
    source: str | None = None
    boxes: tuple[PublishedBox, ...]
    arrows: tuple[Arrow, ...] = ()
    splits: tuple[Division, ...] = ()
    overlaps: tuple[Overlap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """Those whom no box counts, but who must be there: along an arrow, or in an overlap."""

    kind: Literal["arrow", "both", "only"]
    one: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What must be equal: both sides are boxes, or those between them, added up."""

    reason: Reason
    left: tuple[str | Between, ...]
    right: tuple[str | Between, ...]


def balances(flow: PublishedFlow) -> tuple[Balance, ...]:
    """Return every balance of a flow, arrows first, each in the order of the file."""
    return (*_by_arrows(flow), *_by_splits(flow), *_by_overlaps(flow))


def _by_arrows(flow: PublishedFlow) -> Iterator[Balance]:
    """Yield balances of arrows: whoever is in a box came along those into it."""
    out = Counter(arrow.start for arrow in flow.arrows)
    into = Counter(arrow.end for arrow in flow.arrows)

    def along(arrow: Arrow) -> str | Between:
        if into[arrow.end] == 1:
            return arrow.end
        if out[arrow.start] == 1:
            return arrow.start
        return Between(kind="arrow", one=arrow.start, other=arrow.end)

    for box in flow.boxes:
        came = tuple(along(each) for each in flow.arrows if each.end == box.id)
        left = tuple(along(each) for each in flow.arrows if each.start == box.id)
        for ways in (came, left):
            if ways and ways != (box.id,):
                yield Balance(reason="arrows", left=(box.id,), right=ways)


def _by_splits(flow: PublishedFlow) -> Iterator[Balance]:
    for each in flow.splits:
        yield Balance(reason="split", left=(each.of,), right=each.parts)


def _by_overlaps(flow: PublishedFlow) -> Iterator[Balance]:
    """Count each of two boxes by who is in both, and both together by who is in either."""
    for each in flow.overlaps:
        one, other = each.of
        both: str | Between = each.both or Between(kind="both", one=one, other=other)
        only: tuple[str | Between, str | Between] = each.only or (
            Between(kind="only", one=one, other=other),
            Between(kind="only", one=other, other=one),
        )
        for box, rest in zip(each.of, only, strict=True):
            yield Balance(reason="overlap", left=(box,), right=(both, rest))
        if each.either:
            yield Balance(reason="overlap", left=(each.either, both), right=each.of)
