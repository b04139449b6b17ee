"""Who may decide on what: nobody judges or adjudicates what they have an interest in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kiamv_cli.base.labels import folded
from kiamv_cli.review.model.assign import Reviewer, is_barred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiamv_cli.longlist.model.longlist import Ecosystem

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
