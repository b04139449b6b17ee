"""Wishes one by one, and questions with other wishes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.core.selection.question import Question, Quota

Kind = Literal["size", "include", "exclude", "class", "at-least", "at-most"]


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish: its kind, what it is about (an id, a category or nothing), and its number."""

    kind: Kind
    subject: str = ""
    number: int | None = None
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A wish and the number it would have to have; ``None``: it would have to be dropped."""

    wish: Wish
    to: int | None

    @property
    def by(self) -> int:
        """How much the number changes, up or down; 0 of a wish that is dropped."""
        return 0 if self.to is None or self.wish.number is None else abs(self.to - self.wish.number)


def wishes_of(question: Question) -> Iterator[Wish]:
    """List the wishes of a question one by one, each once: numbers, pins, classes."""
    yield Wish("size", number=question.size)
    yield from dict.fromkeys(wish for quota in question.quotas for wish in _halves(quota))
    yield from (Wish("include", name) for name in sorted(question.include))
    yield from (Wish("exclude", name) for name in sorted(question.exclude))
    if question.barred:
        yield Wish("class")


def relaxed(question: Question, changes: Iterable[Change]) -> Question:
    """Ask the question with other wishes; the targets keep their shares of the size."""
    to = {each.wish: each.to for each in changes}
    size = to.get(Wish("size", number=question.size), question.size)
    assert size is not None, "a size is changed, not dropped"
    share = Fraction(size, question.size or 1)
    return replace(
        question,
        size=size,
        targets={
            name: {category: seats * share for category, seats in targets.items()}
            for name, targets in question.targets.items()
        },
        include=question.include - {w.subject for w in to if w.kind == "include"},
        exclude=question.exclude - {w.subject for w in to if w.kind == "exclude"},
        barred=frozenset() if Wish("class") in to else question.barred,
        quotas=tuple(_quota(quota, to) for quota in question.quotas),
    )


def _quota(quota: Quota, to: Mapping[Wish, int | None]) -> Quota:
    halves = {wish.kind: to.get(wish, wish.number) for wish in _halves(quota)}
    return replace(quota, at_least=halves.get("at-least"), at_most=halves.get("at-most"))


def _halves(quota: Quota) -> Iterator[Wish]:
    if quota.at_least is not None:
        yield Wish("at-least", quota.category, quota.at_least, quota.dimension)
    if quota.at_most is not None:
        yield Wish("at-most", quota.category, quota.at_most, quota.dimension)
