"""Which rows of an export count: of one respondent that which was sent last."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Dates with slashes are none: of 3/4/2026 nobody can tell the month.
_SENT = re.compile(
    r"(?:(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)"
    r"|(?P<day_>\d\d?)[-.](?P<month_>\d\d?)[-.](?P<year_>\d{4}))"
    r"(?:[ T](?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:\.\d+)?Z?)?"
)

Moment = tuple[int, ...]


def moment(text: str) -> Moment | None:
    """Return what can be compared of when a row was sent; ``None`` if nothing can."""
    if not (found := _SENT.fullmatch(text)):
        return None
    parts = found.groupdict()
    date = [int(parts[each] or parts[f"{each}_"]) for each in ("year", "month", "day")]
    return (*date, *(int(parts[each] or 0) for each in ("hour", "minute", "second")))


def superseded(rows: Iterable[tuple[int, str, str]]) -> dict[int, int]:
    """Return the lines of rows that a later one replaces, each with the line of that one.

    Where it is not known of each row of a respondent when it was sent, or two were last, none is
    replaced.

    Args:
        rows: The line of each, the respondent, and what it says of when it was sent.
    """
    sent = defaultdict[str, list[tuple[Moment | None, int]]](list)
    for line, respondent, text in rows:
        sent[respondent].append((moment(text), line))
    replaced: dict[int, int] = {}
    for each in sent.values():
        known = sorted((at, line) for at, line in each if at)
        if len(known) == len(each) > 1 and known[-1][0] != known[-2][0]:
            replaced |= {line: known[-1][1] for _at, line in known[:-1]}
    return replaced
