"""Figures against each other: sums, values told twice, decimals and units."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from kiamv_cli.core.survey.audit.finding import Finding
from kiamv_cli.core.survey.audit.grim import WHOLE, shared_bases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.core.survey.audit.bases import Fits
    from kiamv_cli.core.survey.audit.grim import Reading
    from kiamv_cli.core.survey.reported import Figure, Reported, Respondents


def on_figures(reported: Reported, fits: Fits, reading: Reading) -> Iterator[Finding]:
    """Find figures that do not go together. Args as for ``on_bases``."""
    for name, figures in reported.groups.items():
        if all(each.answer == "single" for each in figures):
            yield from _sum(name, figures, fits, reading)
    yield from _value_twice(reported)
    for group in reported.respondents:
        yield from _decimals(group, reported)
        yield from _units(group, reported)


def _sum(name: str, figures: Sequence[Figure], fits: Fits, reading: Reading) -> Iterator[Finding]:
    """Shares of single answers must add up: the counts to the base if one can be all figures'."""
    total = sum((each.value.value for each in figures), Fraction())
    slack = sum((_slack(each, reading) for each in figures), Fraction())
    at = [_at(base, figures, fits) for base in shared_bases(fits[each.id] for each in figures)]
    closes = any(base in totals for base, totals in at) if at else abs(total - WHOLE) <= slack
    if closes:
        return
    yield Finding(
        kind="sum-off",
        subject=name,
        ids=tuple(each.id for each in figures),
        evidence={
            "figures": {each.id: each.value.text for each in figures},
            "sum": f"{float(total):g}%",
            "over": total > WHOLE,
            "at": [{"base": base, "counts_add_up_to": totals} for base, totals in at],
        },
    )


def _slack(figure: Figure, reading: Reading) -> Fraction:
    """How far a figure may be from the exact share, in percentage points."""
    if figure.about:
        return reading.about
    unit = Fraction(1, 10**figure.value.decimals)
    return unit if reading.rounding == "down" else unit / 2


def _at(base: int, figures: Sequence[Figure], fits: Fits) -> tuple[int, list[int]]:
    """What the counts can add up to, at a base."""
    totals = {0}
    for each in figures:
        counts = next(one.counts for one in fits[each.id] if one.base == base)
        totals = {total + count for total in totals for count in counts}
    return base, sorted(totals)


def _value_twice(reported: Reported) -> Iterator[Finding]:
    """Find the same value for two answers to one question, printed in different places.

    Within a group two answers may well have the same share; printed apart, one of them is more
    likely a slip.
    """
    for one, other in combinations(reported.figures, 2):
        asked = (one.of, one.question) == (other.of, other.question)
        same = asked and one.value.value == other.value.value
        apart = one.group is None or one.group != other.group
        if same and apart and one.option != other.option:
            yield Finding(
                kind="value-twice",
                subject=f"{one.id}+{other.id}",
                ids=(one.id, other.id),
                evidence={"figure": one.value.text, "options": [one.option, other.option]},
            )


def _decimals(group: Respondents, reported: Reported) -> Iterator[Finding]:
    by: dict[int, list[Figure]] = {}
    for each in reported.figures_of(group.id):
        by.setdefault(each.value.decimals, []).append(each)
    if len(by) < 2:  # noqa: PLR2004 - all alike
        return
    usual = max(by, key=lambda decimals: (len(by[decimals]), -decimals))
    odd = [each for decimals, found in by.items() if decimals != usual for each in found]
    yield Finding(
        kind="decimals-differ",
        subject=group.id,
        ids=tuple(each.id for each in odd),
        evidence={
            "usual": usual,
            "with_usual": len(by[usual]),
            "others": {each.id: each.value.text for each in odd},
        },
    )


def _units(group: Respondents, reported: Reported) -> Iterator[Finding]:
    units = _by_unit(group, reported)
    if len(units) > 1:
        yield Finding(
            kind="units-differ",
            subject=group.id,
            ids=tuple(dict.fromkeys(name for names in units.values() for name in names)),
            evidence={"units": {unit: list(names) for unit, names in units.items()}},
        )


def _by_unit(group: Respondents, reported: Reported) -> Mapping[str, list[str]]:
    told = [(each.unit, each.id) for each in reported.counts_of(group.id)]
    for figure in reported.figures_of(group.id):
        told += [(figure.unit, figure.id), *((again.unit, figure.id) for again in figure.also)]
    units: dict[str, list[str]] = {}
    for unit, name in told:
        if unit is not None:
            units.setdefault(unit, []).append(name)
    return units
