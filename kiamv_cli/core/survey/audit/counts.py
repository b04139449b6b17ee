"""Counts "k of n" against their base, against each other, and against what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.core.survey.audit.bases import numbers_of
from kiamv_cli.core.survey.audit.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.core.survey.reported import Claim, Count, Reported, Respondents


def on_counts(reported: Reported) -> Iterator[Finding]:
    """Find counts and claims that do not go together."""
    groups = {each.id: each for each in reported.respondents}
    for count in reported.counts:
        yield from _over(count, groups[count.of])
    for group in reported.respondents:
        yield from _bases(group, reported)
    for claim in reported.claims:
        yield from _most_named(claim, reported)


def _over(count: Count, group: Respondents) -> Iterator[Finding]:
    most = count.base if count.base is not None else max(numbers_of(group), default=None)
    if most is not None and count.count > most:
        evidence = {"count": count.count, "base": most, "printed": count.base is not None}
        yield Finding(kind="count-over-base", subject=count.id, ids=(count.id,), evidence=evidence)


def _bases(group: Respondents, reported: Reported) -> Iterator[Finding]:
    by: dict[int, list[str]] = {}
    for each in reported.counts_of(group.id):
        if each.base is not None:
            by.setdefault(each.base, []).append(each.id)
    known = numbers_of(group)
    if len(by) < 2 and not (known and set(by) - set(known)):  # noqa: PLR2004 - one, and known
        return
    ordered = sorted(by, key=lambda base: (-len(by[base]), base))
    yield Finding(
        kind="count-bases-differ",
        subject=group.id,
        ids=tuple(name for base in ordered for name in by[base]),
        evidence={
            "bases": [{"base": base, "counts": by[base]} for base in ordered],
            "numbers": sorted(known),
        },
    )


def _most_named(claim: Claim, reported: Reported) -> Iterator[Finding]:
    """Hold "most named" against all other counts of the same respondents."""
    (claimed,) = (each for each in reported.counts if each.id == claim.count)
    others = [each for each in reported.counts_of(claimed.of) if each.id != claimed.id]
    more = [each for each in others if each.count > claimed.count]
    equal = [each for each in others if each.count == claimed.count]
    if not more and not equal:
        return
    yield Finding(
        kind="not-most-named" if more else "most-named-tied",
        subject=claim.id,
        ids=(claim.id, claimed.id, *(each.id for each in more or equal)),
        evidence={
            "claimed": {"id": claimed.id, "what": claimed.what, "count": claimed.count},
            "others": [
                {"id": each.id, "what": each.what, "count": each.count} for each in more or equal
            ],
        },
    )
