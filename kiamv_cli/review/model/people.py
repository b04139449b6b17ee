"""The people of a review: who they are, and what they may not judge."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.labels import folded
from kiamv_cli.base.problem import Misfit, unknown
from kiamv_cli.base.text import Text
from kiamv_cli.longlist.model.identity import nearest
from kiamv_cli.programme.model.facts import SIDES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """Who judges.

    Attributes:
        id: Their short name, as in ``--reviewer``.
        name: Their name in full.
        suggested_as: Names under which they, or their organisation, put ecosystems on the list.
        interests: The ids of ecosystems in which they have an interest.
        employers: Whom they work for: they have an interest where that is a partner, leads or
            suggested.
    """

    id: str
    name: str
    suggested_as: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """All that they go by, folded."""
        return frozenset(map(folded, (self.id, self.name, *self.suggested_as)))


def person_id(name: str, people: Mapping[str, str]) -> str:
    """Return the id of whoever goes by an id or a name, compared folded; ids as they are go first.

    Args:
        name: As it was typed.
        people: Names by id.

    Raises:
        Misfit: Nobody goes by that name, or several do.
    """
    if name in people:
        return name
    ids = [who for who, called in people.items() if folded(name) in {folded(who), folded(called)}]
    if len(ids) > 1:
        text = Text("requests.several-called", ids=", ".join(ids))
        raise Misfit("reviewer", name, text)
    if not ids:
        raise unknown("reviewer", name, [each for pair in people.items() for each in pair if each])
    return ids[0]


def barred_from(longlist: Longlist, people: Iterable[Reviewer]) -> dict[str, tuple[str, ...]]:
    """Return the ids that each may not judge, by the id of the person."""
    return {
        each.id: tuple(one.id for one in longlist.ecosystems if is_barred(each, one))
        for each in people
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """A name that a reviewer gave and the list does not have; ``near`` is like it.

    ``is_employer`` tells whether they work for it; else they say to have suggested under it.
    """

    reviewer: str
    name: str
    near: str | None
    is_employer: bool = False


def strangers(longlist: Longlist, reviewers: Iterable[Reviewer]) -> tuple[Stranger, ...]:
    """Find the names in ``suggested_as`` under which nothing was suggested.

    An employer that the list does not have is nothing to remark, unless it has one that is like it.
    """
    by = {each.by for one in longlist.ecosystems for each in one.suggested_by}
    known = set(map(folded, by))
    there = {name for each in longlist.ecosystems for name in _organisations(each)}
    suggested = (
        Stranger(reviewer=reviewer.id, name=name, near=nearest(name, by))
        for reviewer in reviewers
        for name in reviewer.suggested_as
        if folded(name) not in known
    )
    employers = (
        Stranger(reviewer=reviewer.id, name=name, near=near, is_employer=True)
        for reviewer in reviewers
        for name in reviewer.employers
        if folded(name) not in set(map(folded, there)) and (near := nearest(name, there))
    )
    return (*suggested, *employers)


def is_barred(reviewer: Reviewer, ecosystem: Ecosystem) -> bool:
    """Return whether a person, or their employer, suggested an ecosystem or has an interest."""
    if ecosystem.id in reviewer.interests:
        return True
    if any(folded(each.by) in reviewer.names for each in ecosystem.suggested_by):
        return True
    employers = set(map(folded, reviewer.employers))
    return any(folded(name) in employers for name in _organisations(ecosystem))


def _organisations(ecosystem: Ecosystem) -> list[str]:
    """Return the names of the partners, the lead and those who suggested an ecosystem."""
    sides = (getattr(ecosystem.partners, side) or () for side in SIDES)
    partners = [each.name for side in sides for each in side]
    lead = [ecosystem.lead.who] if ecosystem.lead else []
    return [*partners, *lead, *(each.by for each in ecosystem.suggested_by)]


# What stands between the names of people who decide together.
_BETWEEN = re.compile(r"\s*[;,&/+]\s*|\s+(?:and|en|et|und)\s+", re.IGNORECASE)


def interested(by: str, ecosystem: Ecosystem, people: Iterable[Reviewer]) -> str | None:
    """Return who of those that decide has an interest in an ecosystem, as they were named.

    Args:
        by: One name, or several, as in ``A. Chair and B. Member``.
        ecosystem: On which they decide; who suggested it has an interest in it.
        people: Who declared under which names they suggest, and their interests.
    """
    known = tuple(people)
    for name in (by, *_BETWEEN.split(by)):
        alike = [each for each in known if folded(name) in each.names]
        if any(is_barred(each, ecosystem) for each in (*alike, Reviewer(id=name, name=name))):
            return name
    return None
