"""Entries that may stand for the same ecosystem, what was answered, and what a check found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.labels import folded
from kiamv_cli.base.text import joined
from kiamv_cli.base.value import Result
from kiamv_cli.longlist.model.identity import Decision, Identities, conflicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from kiamv_cli.base.problem import Problem
    from kiamv_cli.base.text import Text
    from kiamv_cli.longlist.model.identity import Answer
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme


Kind = Literal[
    "same-name",
    "same-letters",
    "same-words",
    "translated",
    "acronym-in-brackets",
    "without-brackets",
    "without-place",
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
class Duplicates(Result):
    """Who on these lists may be the same, strongest first.

    ``identities`` is what was answered so far, ``remarks`` what to know of how lists were read.
    """

    programme: Programme
    named: tuple[Named, ...]
    suspicions: tuple[Suspicion, ...]
    identities: Identities
    remarks: tuple[Problem, ...] = ()

    def answered(self) -> tuple[Answered, ...]:
        """Return each suspicion with what follows from the answers."""
        return tuple(answer_on(each, self.identities) for each in self.suspicions)

    def figures(self) -> Iterator[str]:
        """Yield how many entries there are, and suspicions."""
        yield f"{len(self.named)} entries"
        yield f"{len(self.suspicions)} suspicions"

    def with_answers(self, identities: Identities) -> Duplicates:
        """Return the same suspicions with other answers."""
        return replace(self, identities=identities)


def answer_on(suspicion: Suspicion, identities: Identities) -> Answered:
    """Return what was answered on two entries, under whatever names, or follows from answers.

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


def _keys(entry: Named) -> tuple[str, ...]:
    return (*((entry.id,) if entry.id else ()), *entry.names)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked(Result):
    """All problems of a long list, in the order of file, line and column.

    ``ecosystems`` counts those that were looked at. ``title`` is empty and ``as_of`` is ``None``
    where the list does not say. ``unread`` tells that the list could not be read to its end: what
    is wrong further on is not known. ``sha256`` is that of the list, ``None`` where it has errors.
    ``unknown`` counts, for each criterion by its id, the ecosystems without errors of which nothing
    is known that bears on it, and ``sound`` all that have no errors. ``longlist`` is the list,
    where it was to be kept and has no errors.
    """

    programme: Programme
    title: str
    as_of: date | None
    ecosystems: int
    problems: tuple[Problem, ...]
    unread: bool
    sha256: str | None = None
    unknown: Mapping[str, int] = field(default_factory=dict)
    sound: int = 0
    longlist: Longlist | None = field(default=None, compare=False)

    def figures(self) -> Iterator[str]:
        """Yield how many ecosystems, errors and warnings there are."""
        yield f"{self.ecosystems} ecosystems"
        yield f"{self.errors} errors"
        yield f"{self.warnings} warnings"

    @property
    def errors(self) -> int:
        """How many problems keep the list from being used."""
        return sum(problem.severity == "error" for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many problems are warnings."""
        return len(self.problems) - self.errors

    def passes(self, *, strict: bool = False) -> bool:
        """Return whether the list can be used; with ``strict``, whether nothing is doubtful."""
        return not (self.problems if strict else self.errors)

    def by_code(self) -> dict[str, int]:
        """How often each code is among the problems, in the order of the codes."""
        return dict(sorted(Counter(problem.code for problem in self.problems).items()))


class ContradictionError(Exception):
    """Answers cannot hold beside earlier ones; ``flaws`` are their indexes, with the reasons."""

    def __init__(self, flaws: Iterable[tuple[int, Text]]) -> None:
        self.flaws = tuple(flaws)
        super().__init__(joined((why for _place, why in self.flaws), "; "))


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer on a suspicion; ``turned`` with ``part-of``: the other is a part of the one."""

    answer: Answer
    turned: bool = False
    reason: str | None = None


def decision(suspicion: Suspicion, reply: Given, by: str, on: date) -> Decision:
    """Put an answer under the names that were asked about."""
    one, other = reversed(suspicion.asked_as) if reply.turned else suspicion.asked_as
    return Decision(one=one, answer=reply.answer, other=other, by=by, date=on, reason=reply.reason)


def with_answers(identities: Identities, answers: Iterable[Decision]) -> Identities:
    """Add answers; one that says what was said before on the same two names is not kept twice.

    *Later* may be said again, by somebody else or on another day.

    Raises:
        ContradictionError: Some cannot hold beside what was answered before, or each other.
    """
    said = {_said(each) for each in identities.decisions}
    kept = {*identities.decisions}
    known, fresh, places = len(identities.decisions), list[Decision](), list[int]()
    for place, each in enumerate(answers):
        if _said(each) not in said or (each.answer == "later" and each not in kept):
            fresh.append(each)
            places.append(place)
            said.add(_said(each))
            kept.add(each)
    whole = (*identities.decisions, *fresh)
    flaws = [(places[at - known], why) for at, why in conflicts(whole) if at >= known]
    flaws += [(-1, why) for at, why in conflicts(whole) if at < known]
    if flaws:
        raise ContradictionError(flaws)
    return Identities(decisions=whole)


def without_last(identities: Identities, name: str | None = None) -> tuple[Identities, Decision]:
    """Take the last answer back, or the last one on a name or id.

    Raises:
        LookupError: There is none.
    """
    for place in range(len(identities.decisions) - 1, -1, -1):
        each = identities.decisions[place]
        if name is None or folded(name) in each.pair:
            left = (*identities.decisions[:place], *identities.decisions[place + 1 :])
            return Identities(decisions=left), each
    raise LookupError


def without(identities: Identities, gone: Decision) -> Identities:
    """Take an answer back; others may have been given since. One that is gone already stays so."""
    left = list(identities.decisions)
    if gone in left:
        left.reverse()
        left.remove(gone)
        left.reverse()
    return Identities(decisions=tuple(left))


def is_asked(suspicion: Suspicion, identities: Identities, *, later: bool) -> bool:
    """Return whether to ask about it: nobody answered, or ``later`` and that is asked again."""
    answer = answer_on(suspicion, identities).answer
    return answer is None or (later and answer == "later")


def _said(each: Decision) -> tuple[str, Answer, str]:
    one, other = folded(each.one), folded(each.other)
    if each.answer != "part-of":
        one, other = sorted((one, other))
    return one, each.answer, other
