"""Entries of long lists that may stand for the same ecosystem, and what was answered on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Literal

from kiamv_cli.core.labels import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiamv_cli.core.identity import Answer, Identities
    from kiamv_cli.core.problem import Problem

Kind = Literal[
    "same-name",
    "same-letters",
    "same-words",
    "acronym-in-brackets",
    "without-brackets",
    "close-spelling",
    "initials",
    "same-page",
    "in-brackets",
    "words-within",
    "same-site",
    "same-brackets",
    "shared-word",
]
Level = Literal["strong", "fair", "weak"]
LEVELS: tuple[Level, ...] = ("strong", "fair", "weak")
# Strengths from here on; docs/convention.md, rule N1.
STRONG, FAIR = 80, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What stands on a list: an ecosystem, or no more than a name that somebody suggested.

    ``id`` is ``None`` for no more than a name. ``others`` are its other names: aliases, and the
    wordings under which it was suggested. ``lists`` are where it stands.
    """

    name: str
    id: str | None = None
    others: tuple[str, ...] = ()
    website: str | None = None
    lists: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names of it, the main one first."""
        return tuple(dict.fromkeys((self.name, *self.others)))

    @property
    def order(self) -> tuple[str, str, str]:
        """By what entries are put in order: the name first."""
        return folded(self.name), self.name, self.id or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why two entries may be the same: a name (or website) of each, and what both have.

    ``strength`` is in per cent, and a judgement, no probability.
    """

    kind: Kind
    strength: int
    one: str
    other: str
    shared: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """Two entries that may be the same, with the reasons, the strongest first."""

    one: Named
    other: Named
    reasons: tuple[Reason, ...]

    @property
    def strength(self) -> int:
        """That of the strongest reason, in per cent."""
        return self.reasons[0].strength

    @property
    def level(self) -> Level:
        """The strength in a word."""
        return "strong" if self.strength >= STRONG else "fair" if self.strength >= FAIR else "weak"

    @property
    def asked_as(self) -> tuple[str, str]:
        """The two names to put an answer under: ids where the names are equal."""
        one, other = self.one, self.other
        if folded(one.name) != folded(other.name):
            return one.name, other.name
        return one.id or one.name, other.id or other.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A suspicion with what was answered on it, if anything; ``turned``: other is part of one."""

    suspicion: Suspicion
    answer: Answer | None
    turned: bool = False

    @property
    def is_open(self) -> bool:
        """Whether somebody has yet to say."""
        return self.answer in {None, "later"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicates:
    """Who on these lists may be the same, strongest first.

    ``identities`` is what was answered so far, ``remarks`` what to know of how lists were read.
    """

    named: tuple[Named, ...]
    suspicions: tuple[Suspicion, ...]
    identities: Identities
    remarks: tuple[Problem, ...] = ()

    def answered(self) -> tuple[Answered, ...]:
        """Give each suspicion with what follows from the answers."""
        return tuple(answer_on(each, self.identities) for each in self.suspicions)

    def with_answers(self, identities: Identities) -> Duplicates:
        """Give the same suspicions with other answers."""
        return replace(self, identities=identities)


def answer_on(suspicion: Suspicion, identities: Identities) -> Answered:
    """Tell what was answered on two entries, under whatever names, or follows from answers.

    What is known outweighs a ``later``. Names that are equal are no answer: two entries may both
    be called so.
    """
    later = False
    for one, other in _pairs(suspicion, identities):
        answer = identities.answer(one, other)
        if answer == "part-of":
            wholes = {folded(each) for each in identities.wholes(other)}
            turned = folded(identities.canonical(one) or one) in wholes
            return Answered(suspicion=suspicion, answer=answer, turned=turned)
        if answer in {"same", "different"}:
            return Answered(suspicion=suspicion, answer=answer)
        later = later or answer == "later"
    return Answered(suspicion=suspicion, answer="later" if later else None)


def _pairs(suspicion: Suspicion, identities: Identities) -> Iterator[tuple[str, str]]:
    """All names and ids of the one with all of the other on which there are answers."""
    if not identities.decisions:
        return
    ones, others = (
        [name for name in _keys(each) if identities.mentions(name)]
        for each in (suspicion.one, suspicion.other)
    )
    yield from (pair for pair in product(ones, others) if folded(pair[0]) != folded(pair[1]))


def _keys(named: Named) -> tuple[str, ...]:
    return (*((named.id,) if named.id else ()), *named.names)


def gathered(entries: Iterable[Named]) -> tuple[Named, ...]:
    """Make one entry of those that have one id, or of which one is only a name of the other.

    Such names are equal but for case; see ``identity.folded``. Two ids of one name stay two
    entries.

    Args:
        entries: What stands on one list or on several, with the list of each.

    Returns:
        In the order of their names; each with all lists on which it stands. Of one id the first
        entry counts where two differ; otherwise the order of ``entries`` does not matter.
    """
    by_id: dict[str, Named] = {}
    plain: list[Named] = []
    for each in entries:
        if each.id is None:
            plain.append(each)
        else:
            by_id[each.id] = _joined(by_id[each.id], each) if each.id in by_id else each
    keys = {folded(each.id or ""): key for key, each in by_id.items()}
    keys |= {folded(each.name): key for key, each in sorted(by_id.items(), reverse=True)}
    by_name: dict[str, Named] = {}
    for each in sorted(plain, key=lambda each: (each.order, each.website or "")):
        name = folded(each.name)
        if name in keys:
            by_id[keys[name]] = _joined(by_id[keys[name]], each)
        else:
            by_name[name] = _joined(by_name[name], each) if name in by_name else each
    found = (*by_id.values(), *by_name.values())
    return tuple(sorted(found, key=lambda each: each.order))


def _joined(first: Named, other: Named) -> Named:
    known = {folded(name) for name in (first.id or "", *first.names)}
    more = tuple(name for name in other.names if folded(name) not in known)
    return replace(
        first,
        others=(*first.others, *more),
        website=first.website or other.website,
        lists=tuple(dict.fromkeys((*first.lists, *other.lists))),
    )
