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
    """A name under which a reviewer says to have suggested, and nobody did; ``near`` is like it."""

    reviewer: str
    name: str
    near: str | None


def strangers(longlist: Longlist, reviewers: Iterable[Reviewer]) -> tuple[Stranger, ...]:
    """Find the names in ``suggested_as`` under which nothing was suggested."""
    by = {each.by for one in longlist.ecosystems for each in one.suggested_by}
    known = set(map(folded, by))
    return tuple(
        Stranger(reviewer=reviewer.id, name=name, near=nearest(name, by))
        for reviewer in reviewers
        for name in reviewer.suggested_as
        if folded(name) not in known
    )


def is_barred(reviewer: Reviewer, ecosystem: Ecosystem) -> bool:
    """Tell whether a person, or their employer, suggested an ecosystem or has an interest in it."""
    if ecosystem.id in reviewer.interests:
        return True
    suggested = {folded(each.by) for each in ecosystem.suggested_by}
    employers = {*map(folded, reviewer.employers)}
    return bool(suggested & reviewer.names or employers & (suggested | _organisations(ecosystem)))


def _organisations(ecosystem: Ecosystem) -> set[str]:
    """Return the partners and the lead of an ecosystem, folded."""
    sides = (getattr(ecosystem.partners, side) or () for side in SIDES)
    partners = {folded(each.name) for side in sides for each in side}
    return partners | ({folded(ecosystem.lead.who)} if ecosystem.lead else set())


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
