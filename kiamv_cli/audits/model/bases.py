"""Of which bases printed figures can be shares: each alone, and all together.

Brown & Heathers (2017), The GRIM test, Social Psychological and Personality Science 8(4): a
proportion of n respondents is one of only n + 1 values, so what is printed betrays what it cannot
be a share of. All arithmetic is exact.

A set cover: each base explains the figures that can be shares of it. Sets of one base are tried
first, then of two, and so on; a search branches over the bases of the figure that has fewest,
and stops where the bases that are left to choose cannot explain what is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import TYPE_CHECKING, Literal

from kiamv_cli.audits.model.reported import AuditFinding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.audits.model.reported import Figure, Percentage, Reported, Respondents

    Explained = frozenset[str]
    Fits = Mapping[str, tuple["Fit", ...]]

Rounding = Literal["nearest", "half-up", "half-even", "down"]
WHOLE = Fraction(100)
_RULES: tuple[Rounding, ...] = ("half-up", "half-even")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A base of which the figure can be a share, and the counts with which it is.

    ``tie`` says that it hangs on the rule for halves: 62.5 is 63 if a half goes up, and 62 if it
    goes to the even digit. (37.5 is 38 by both.)
    """

    base: int
    counts: tuple[int, ...]
    tie: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How printed percentages are read.

    Attributes:
        bases: The bases that are tried, rising.
        rounding: How the report rounded: to the nearest value, a half up, to the even one, or
            either (``nearest``); or cut off (``down``).
        about: How far a figure that is called approximate may be off, in percentage points,
            either side included.
    """

    bases: tuple[int, ...] = tuple(range(15, 33))
    rounding: Rounding = "nearest"
    about: Fraction = Fraction(5, 2)


def fits(figure: Figure, reading: Reading) -> tuple[Fit, ...]:
    """Return every base that a figure can be a share of, rising.

    Args:
        figure: The figure; what it prints as its own base plays no part.
        reading: Which bases are tried, and how the figure is read.
    """
    return tuple(each for base in reading.bases if (each := fit(figure, base, reading)))


def fit(figure: Figure, base: int, reading: Reading) -> Fit | None:
    """Return with which counts a figure can be a share of a base; ``None`` if with none."""
    low, high, with_low, with_high = _window(figure, reading)
    first, last = low * base / WHOLE, high * base / WHOLE
    least = ceil(first) if with_low else floor(first) + 1
    most = floor(last) if with_high else ceil(last) - 1
    counts = tuple(range(max(0, least), min(base, most) + 1))
    if not counts:
        return None
    rounded = not figure.about and reading.rounding != "down"
    tie = rounded and not any(_by_any_rule(share(each, base), figure.value) for each in counts)
    return Fit(base=base, counts=counts, tie=tie)


def share(count: int, base: int) -> Fraction:
    """Return a count of a base as a percentage."""
    return WHOLE * count / base


def prints_as(exact: Fraction, printed: Percentage, rounding: Rounding) -> bool:
    """Return whether a percentage comes out as what is printed."""
    scaled = exact * 10**printed.decimals
    wanted = printed.value * 10**printed.decimals
    up, even, down = _half_up(scaled), round(scaled), scaled.numerator // scaled.denominator
    results: dict[Rounding, set[int]] = {
        "nearest": {up, even},
        "half-up": {up},
        "half-even": {even},
        "down": {down},
    }
    return wanted in results[rounding]


def shared_bases(fits_of_figures: Iterable[tuple[Fit, ...]]) -> tuple[int, ...]:
    """Return the bases that all of several figures have, rising."""
    bases = [{one.base for one in found} for found in fits_of_figures]
    return tuple(sorted(set.intersection(*bases))) if bases else ()


def _window(figure: Figure, reading: Reading) -> tuple[Fraction, Fraction, bool, bool]:
    """Return between which values the exact share must lie, and whether either end may be it."""
    value, unit = figure.value.value, Fraction(1, 10**figure.value.decimals)
    if figure.about:
        return value - reading.about, value + reading.about, True, True
    if reading.rounding == "down":
        return value, value + unit, True, False
    is_even = (value / unit) % 2 == 0
    with_low = reading.rounding != "half-even" or is_even
    with_high = reading.rounding != "half-up" and is_even
    return value - unit / 2, value + unit / 2, with_low, with_high


def _by_any_rule(exact: Fraction, printed: Percentage) -> bool:
    """Return whether it comes out as printed whichever way a half goes."""
    return all(prints_as(exact, printed, rule) for rule in _RULES)


def _half_up(number: Fraction) -> int:
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def smallest_sets(bases_of: Mapping[str, Collection[int]]) -> tuple[tuple[int, ...], ...]:
    """Return every smallest set of bases such that each figure has one of them.

    Args:
        bases_of: The bases of each figure; figures without any are left out.

    Returns:
        The sets, each rising, in order; none if there are no figures.
    """
    figures = {name: set(bases) for name, bases in bases_of.items() if bases}
    if not figures:
        return ()
    # Bases that explain the same are one to the search, and told apart again after it.
    alike: dict[Explained, list[int]] = {}
    for base in sorted(set.union(*figures.values())):
        explained = frozenset(name for name, bases in figures.items() if base in bases)
        alike.setdefault(explained, []).append(base)
    for size in range(1, len(figures) + 1):
        found = set(_covers(frozenset(figures), tuple(alike), size))
        if found:
            each = (product(*(alike[part] for part in cover)) for cover in found)
            return tuple(sorted({tuple(sorted(bases)) for sets in each for bases in sets}))
    raise AssertionError("each figure has a base")


def _covers(
    left: Explained, parts: tuple[Explained, ...], size: int
) -> Iterator[frozenset[Explained]]:
    if not left:
        yield frozenset()
        return
    most = max(len(part & left) for part in parts)
    if most * size < len(left):
        return
    hardest = min(sorted(left), key=lambda name: sum(name in part for part in parts))
    for part in parts:
        if hardest in part:
            for rest in _covers(left - part, parts, size - 1):
                yield rest | {part}


def on_bases(reported: Reported, fits: Fits, reading: Reading) -> Iterator[AuditFinding]:
    """Yield all that is wrong with the bases of figures.

    Args:
        reported: What the report prints.
        fits: The bases of each figure.
        reading: How these were found.
    """
    for figure in reported.figures:
        yield from _alone(figure, fits, reading)
    for name, figures in reported.groups.items():
        yield from _together(name, figures, fits, reading)
    for group in reported.respondents:
        yield from _hidden(group, reported, fits, reading)
        yield from _several(group, reported, fits)
        yield from _stated(group, reported, reading)
        yield from _not_printed(group, reported)


def numbers_of(group: Respondents) -> Mapping[int, tuple[str, ...]]:
    """Return the numbers of respondents, by what tells them: ``stated``, ``listed``, ``parts``."""
    told = [(each.value, "stated") for each in group.stated]
    told += [(len(group.names), "listed")] if group.names else []
    told += [(sum(each.value for each in group.parts), "parts")] if group.parts else []
    numbers: dict[int, tuple[str, ...]] = {}
    for number, by in told:
        numbers[number] = tuple(dict.fromkeys((*numbers.get(number, ()), by)))
    return numbers


def _alone(figure: Figure, fits: Fits, reading: Reading) -> Iterator[AuditFinding]:
    printed = {"figure": figure.value.text}
    if not fits[figure.id] and figure.base is None:
        evidence = {**printed, "least": reading.bases[0], "most": reading.bases[-1]}
        yield AuditFinding("impossible-figure", figure.id, (figure.id,), evidence)
    if figure.base is None or _is_of(figure, figure.base, reading):
        return
    evidence = {**printed, "count": figure.count, "base": figure.base}
    yield AuditFinding("figure-against-base", figure.id, (figure.id,), evidence)


def _is_of(figure: Figure, base: int, reading: Reading) -> bool:
    if figure.count is None:
        return fit(figure, base, reading) is not None
    exact = share(figure.count, base)
    if figure.about:
        return abs(exact - figure.value.value) <= reading.about
    return prints_as(exact, figure.value, reading.rounding)


def _together(
    name: str, figures: Sequence[Figure], fits: Fits, reading: Reading
) -> Iterator[AuditFinding]:
    known = [fits[each.id] for each in figures]
    if not all(known) or shared_bases(known):
        return
    bases_of = {each.id: {*_bases(fits[each.id])} for each in figures}
    fitting = {b: [each for each in figures if b in bases_of[each.id]] for b in reading.bases}
    most = max(map(len, fitting.values()))
    fails = {
        base: [each.id for each in figures if each not in explained]
        for base, explained in fitting.items()
        if len(explained) == most
    }
    failing = dict.fromkeys(one for names in fails.values() for one in names)
    evidence = {
        "figures": {each.id: each.value.text for each in figures},
        "least": reading.bases[0],
        "most": reading.bases[-1],
        "fit": most,
        "best": [{"base": base, "fails": names} for base, names in fails.items()],
        "bases_of": {one: _bases(fits[one]) for one in failing},
    }
    yield AuditFinding("no-shared-base", name, tuple(each.id for each in figures), evidence)


def _hidden(
    group: Respondents, reported: Reported, fits: Fits, reading: Reading
) -> Iterator[AuditFinding]:
    """Yield what can only be shares of one base, which the report does not give."""
    known = numbers_of(group)
    for name, figures in _asked(group, reported):
        bases = shared_bases(fits[each.id] for each in figures)
        if len(bases) != 1 or bases[0] in known:
            continue
        evidence = {
            "base": bases[0],
            "least": reading.bases[0],
            "most": reading.bases[-1],
            "counts": {each.id: _counts(fits[each.id], bases[0]) for each in figures},
            "figures": {each.id: each.value.text for each in figures},
            "respondents": group.id,
            "numbers": sorted(known),
        }
        yield AuditFinding("hidden-base", name, tuple(each.id for each in figures), evidence)


def _asked(group: Respondents, reported: Reported) -> Iterator[tuple[str, tuple[Figure, ...]]]:
    """Yield the groups of figures of these respondents, and figures in none, without a base."""
    grouped = {each.id for figures in reported.groups.values() for each in figures}
    alone = ((each.id, (each,)) for each in reported.figures if each.id not in grouped)
    for name, figures in (*reported.groups.items(), *alone):
        if all(each.of == group.id and each.base is None for each in figures):
            yield name, figures


def _several(group: Respondents, reported: Reported, fits: Fits) -> Iterator[AuditFinding]:
    figures = _exact(reported.figures_of(group.id))
    bases_of = {each.id: _bases(fits[each.id]) for each in figures}
    sets = smallest_sets(bases_of)
    if sets and len(sets[0]) > 1:
        evidence = {"how_many": len(sets[0]), "sets": [list(each) for each in sets]}
        ids = tuple(name for name, bases in bases_of.items() if bases)
        yield AuditFinding("several-bases", group.id, ids, evidence)


def _stated(group: Respondents, reported: Reported, reading: Reading) -> Iterator[AuditFinding]:
    """Hold every number of respondents that the report gives against the figures."""
    figures = _exact(reported.figures_of(group.id))
    for number, by in numbers_of(group).items():
        impossible = [one.id for one in figures if number == 0 or not fit(one, number, reading)]
        if impossible:
            evidence = {
                "respondents": group.id,
                "base": number,
                "by": list(by),
                "of": len(figures),
                "possible": len(figures) - len(impossible),
            }
            ids = tuple(impossible)
            yield AuditFinding("base-against-figures", f"{group.id}-{number}", ids, evidence)


def _not_printed(group: Respondents, reported: Reported) -> Iterator[AuditFinding]:
    figures = reported.figures_of(group.id)
    bare = [each.id for each in figures if each.base is None]
    if bare:
        evidence = {"without": len(bare), "of": len(figures), "respondents": group.id}
        yield AuditFinding("base-not-printed", group.id, tuple(bare), evidence)


def _exact(figures: Sequence[Figure]) -> list[Figure]:
    """Return those not called approximate, whose base the report leaves to be guessed."""
    return [each for each in figures if not each.about and each.base is None]


def _bases(fits: Sequence[Fit]) -> list[int]:
    return [each.base for each in fits]


def _counts(fits: Sequence[Fit], base: int) -> list[int]:
    return [count for each in fits if each.base == base for count in each.counts]
