"""The audit of what a report prints: all that cannot be, is not told, or looks like a slip."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from kiamv_cli.audits.model.bases import WHOLE, Reading, fits, numbers_of, on_bases, shared_bases
from kiamv_cli.audits.model.reported import AuditFinding
from kiamv_cli.audits.model.respondents import lists_of, on_respondents
from kiamv_cli.base.value import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.audits.model.bases import Fit, Fits
    from kiamv_cli.audits.model.reported import Claim, Count, Figure, Reported, Respondents
    from kiamv_cli.audits.model.respondents import TwoLists


def on_counts(reported: Reported) -> Iterator[AuditFinding]:
    """Yield counts and claims that do not go together."""
    groups = {each.id: each for each in reported.respondents}
    for count in reported.counts:
        yield from _over(count, groups[count.of])
    for group in reported.respondents:
        yield from _bases(group, reported)
    for claim in reported.claims:
        yield from _most_named(claim, reported)


def _over(count: Count, group: Respondents) -> Iterator[AuditFinding]:
    most = count.base if count.base is not None else max(numbers_of(group), default=None)
    if most is not None and count.count > most:
        evidence = {"count": count.count, "base": most, "printed": count.base is not None}
        yield AuditFinding("count-over-base", count.id, (count.id,), evidence)


def _bases(group: Respondents, reported: Reported) -> Iterator[AuditFinding]:
    by: dict[int, list[str]] = {}
    for each in reported.counts_of(group.id):
        if each.base is not None:
            by.setdefault(each.base, []).append(each.id)
    known = numbers_of(group)
    if len(by) < 2 and not (known and set(by) - set(known)):  # noqa: PLR2004 - one, and known
        return
    ordered = sorted(by, key=lambda base: (-len(by[base]), base))
    evidence = {
        "bases": [{"base": base, "counts": by[base]} for base in ordered],
        "numbers": sorted(known),
    }
    ids = tuple(name for base in ordered for name in by[base])
    yield AuditFinding("count-bases-differ", group.id, ids, evidence)


def _most_named(claim: Claim, reported: Reported) -> Iterator[AuditFinding]:
    """Hold "most named" against all other counts of the same respondents."""
    (claimed,) = (each for each in reported.counts if each.id == claim.count)
    others = [each for each in reported.counts_of(claimed.of) if each.id != claimed.id]
    more = [each for each in others if each.count > claimed.count]
    equal = [each for each in others if each.count == claimed.count]
    if not more and not equal:
        return
    evidence = {
        "claimed": {"id": claimed.id, "what": claimed.what, "count": claimed.count},
        "others": [
            {"id": each.id, "what": each.what, "count": each.count} for each in more or equal
        ],
    }
    ids = (claim.id, claimed.id, *(each.id for each in more or equal))
    yield AuditFinding("not-most-named" if more else "most-named-tied", claim.id, ids, evidence)


def on_figures(reported: Reported, fits: Fits, reading: Reading) -> Iterator[AuditFinding]:
    """Yield figures that do not go together. Args as for ``on_bases``."""
    for name, figures in reported.groups.items():
        if all(each.answer == "single" for each in figures):
            yield from _sum(name, figures, fits, reading)
    yield from _value_twice(reported)
    for group in reported.respondents:
        yield from _decimals(group, reported)
        yield from _units(group, reported)


def _sum(
    name: str, figures: Sequence[Figure], fits: Fits, reading: Reading
) -> Iterator[AuditFinding]:
    """Yield what does not add up: counts of single answers, at a base that all figures can have."""
    total = sum((each.value.value for each in figures), Fraction())
    slack = sum((_slack(each, reading) for each in figures), Fraction())
    at = [_at(base, figures, fits) for base in shared_bases(fits[each.id] for each in figures)]
    closes = any(base in totals for base, totals in at) if at else abs(total - WHOLE) <= slack
    if closes:
        return
    evidence = {
        "figures": {each.id: each.value.text for each in figures},
        "sum": f"{float(total):g}%",
        "over": total > WHOLE,
        "at": [{"base": base, "counts_add_up_to": totals} for base, totals in at],
    }
    yield AuditFinding("sum-off", name, tuple(each.id for each in figures), evidence)


def _slack(figure: Figure, reading: Reading) -> Fraction:
    """Return how far a figure may be from the exact share, in percentage points."""
    if figure.about:
        return reading.about
    unit = Fraction(1, 10**figure.value.decimals)
    return unit if reading.rounding == "down" else unit / 2


def _at(base: int, figures: Sequence[Figure], fits: Fits) -> tuple[int, list[int]]:
    """Return what the counts can add up to, at a base."""
    totals = {0}
    for each in figures:
        counts = next(one.counts for one in fits[each.id] if one.base == base)
        totals = {total + count for total in totals for count in counts}
    return base, sorted(totals)


def _value_twice(reported: Reported) -> Iterator[AuditFinding]:
    """Yield the same value for two answers to one question, printed in different places.

    Within a group two answers may well have the same share; printed apart, one of them is more
    likely a slip.
    """
    for one, other in combinations(reported.figures, 2):
        asked = (one.of, one.question) == (other.of, other.question)
        same = asked and one.value.value == other.value.value
        apart = one.group is None or one.group != other.group
        if same and apart and one.option != other.option:
            evidence = {"figure": one.value.text, "options": [one.option, other.option]}
            yield AuditFinding("value-twice", f"{one.id}+{other.id}", (one.id, other.id), evidence)


def _decimals(group: Respondents, reported: Reported) -> Iterator[AuditFinding]:
    by: dict[int, list[Figure]] = {}
    for each in reported.figures_of(group.id):
        by.setdefault(each.value.decimals, []).append(each)
    if len(by) < 2:  # noqa: PLR2004 - all alike
        return
    usual = max(by, key=lambda decimals: (len(by[decimals]), -decimals))
    odd = [each for decimals, found in by.items() if decimals != usual for each in found]
    evidence = {
        "usual": usual,
        "with_usual": len(by[usual]),
        "others": {each.id: each.value.text for each in odd},
    }
    yield AuditFinding("decimals-differ", group.id, tuple(each.id for each in odd), evidence)


def _units(group: Respondents, reported: Reported) -> Iterator[AuditFinding]:
    units = _by_unit(group, reported)
    if len(units) > 1:
        evidence = {"units": {unit: list(names) for unit, names in units.items()}}
        ids = tuple(dict.fromkeys(name for names in units.values() for name in names))
        yield AuditFinding("units-differ", group.id, ids, evidence)


def _by_unit(group: Respondents, reported: Reported) -> Mapping[str, list[str]]:
    told = [(each.unit, each.id) for each in reported.counts_of(group.id)]
    for figure in reported.figures_of(group.id):
        told += [(figure.unit, figure.id), *((again.unit, figure.id) for again in figure.also)]
    units: dict[str, list[str]] = {}
    for unit, name in told:
        if unit is not None:
            units.setdefault(unit, []).append(name)
    return units


LEAST_BASE, MOST_BASE = 15, 32
# From 100 on, a whole percentage can be a share of any base; from 1,000 on, one with a decimal.
HIGHEST_BASE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit(Result):
    """What was looked at, and what was found.

    Attributes:
        reported: What the report prints.
        reading: How its percentages were read.
        fits: The bases that each figure can be a share of, with the counts.
        lists: Every two lists of names beside each other.
        findings: All that was found, figures first.
    """

    reported: Reported
    reading: Reading
    fits: Mapping[str, tuple[Fit, ...]]
    lists: tuple[TwoLists, ...]
    findings: tuple[AuditFinding, ...]

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield f"{len(self.findings)} findings"


def audit_figures(reported: Reported, reading: Reading | None = None) -> Audit:
    """Return what comes of holding all that a report prints against itself.

    Args:
        reported: Figures, counts, respondents and claims.
        reading: Which bases to try and how figures were rounded; left out: bases from 15 to 32,
            or to the highest number of respondents that is stated, and to the nearest.
    """
    how = reading or Reading(bases=usual_bases(reported))
    found = {figure.id: fits(figure, how) for figure in reported.figures}
    lists = lists_of(reported)
    return Audit(
        reported=reported,
        reading=how,
        fits=found,
        lists=lists,
        findings=(
            *on_bases(reported, found, how),
            *on_figures(reported, found, how),
            *on_respondents(reported, lists),
            *on_counts(reported),
        ),
    )


def usual_bases(reported: Reported) -> tuple[int, ...]:
    """Return the bases to try: 15 to 32, or to the highest number that is stated."""
    stated = [number for group in reported.respondents for number in numbers_of(group)]
    most = min(max(MOST_BASE, *stated, 0), HIGHEST_BASE)
    return tuple(range(LEAST_BASE, most + 1))
