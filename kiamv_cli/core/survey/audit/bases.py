"""Figures against bases: which they can be shares of, alone, together, and of those stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.core.survey.audit.cover import smallest_sets
from kiamv_cli.core.survey.audit.finding import Finding
from kiamv_cli.core.survey.audit.grim import fit, prints_as, share, shared_bases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.core.survey.audit.grim import Fit, Reading
    from kiamv_cli.core.survey.reported import Figure, Reported, Respondents

    Fits = Mapping[str, tuple[Fit, ...]]


def on_bases(reported: Reported, fits: Fits, reading: Reading) -> Iterator[Finding]:
    """Find all that is wrong with the bases of figures.

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
    """How many respondents there are, by what tells so: ``stated``, ``listed`` or ``parts``."""
    told = [(each.value, "stated") for each in group.stated]
    told += [(len(group.names), "listed")] if group.names else []
    told += [(sum(each.value for each in group.parts), "parts")] if group.parts else []
    numbers: dict[int, tuple[str, ...]] = {}
    for number, by in told:
        numbers[number] = tuple(dict.fromkeys((*numbers.get(number, ()), by)))
    return numbers


def _alone(figure: Figure, fits: Fits, reading: Reading) -> Iterator[Finding]:
    printed = {"figure": figure.value.text}
    if not fits[figure.id] and figure.base is None:
        yield Finding(
            kind="impossible-figure",
            subject=figure.id,
            ids=(figure.id,),
            evidence={**printed, "least": reading.bases[0], "most": reading.bases[-1]},
        )
    if figure.base is None or _is_of(figure, figure.base, reading):
        return
    yield Finding(
        kind="figure-against-base",
        subject=figure.id,
        ids=(figure.id,),
        evidence={**printed, "count": figure.count, "base": figure.base},
    )


def _is_of(figure: Figure, base: int, reading: Reading) -> bool:
    if figure.count is None:
        return fit(figure, base, reading) is not None
    exact = share(figure.count, base)
    if figure.about:
        return abs(exact - figure.value.value) <= reading.about
    return prints_as(exact, figure.value, reading.rounding)


def _together(
    name: str, figures: Sequence[Figure], fits: Fits, reading: Reading
) -> Iterator[Finding]:
    known = [fits[each.id] for each in figures]
    if not all(known) or shared_bases(known):
        return
    bases_of = {each.id: set(_bases(fits[each.id])) for each in figures}
    fitting = {
        base: [each for each in figures if base in bases_of[each.id]] for base in reading.bases
    }
    most = max(len(found) for found in fitting.values())
    fails = {
        base: [each.id for each in figures if each not in found]
        for base, found in fitting.items()
        if len(found) == most
    }
    failing = dict.fromkeys(one for names in fails.values() for one in names)
    yield Finding(
        kind="no-shared-base",
        subject=name,
        ids=tuple(each.id for each in figures),
        evidence={
            "figures": {each.id: each.value.text for each in figures},
            "least": reading.bases[0],
            "most": reading.bases[-1],
            "fit": most,
            "best": [{"base": base, "fails": names} for base, names in fails.items()],
            "bases_of": {one: _bases(fits[one]) for one in failing},
        },
    )


def _hidden(
    group: Respondents, reported: Reported, fits: Fits, reading: Reading
) -> Iterator[Finding]:
    """Find what can only be shares of one base, which the report does not give."""
    known = numbers_of(group)
    for name, figures in _asked(group, reported):
        bases = shared_bases(fits[each.id] for each in figures)
        if len(bases) != 1 or bases[0] in known:
            continue
        yield Finding(
            kind="hidden-base",
            subject=name,
            ids=tuple(each.id for each in figures),
            evidence={
                "base": bases[0],
                "least": reading.bases[0],
                "most": reading.bases[-1],
                "counts": {each.id: _counts(fits[each.id], bases[0]) for each in figures},
                "figures": {each.id: each.value.text for each in figures},
                "respondents": group.id,
                "numbers": sorted(known),
            },
        )


def _asked(group: Respondents, reported: Reported) -> Iterator[tuple[str, tuple[Figure, ...]]]:
    """Give the groups of figures of these respondents, and figures in none, without a base."""
    grouped = {each.id for figures in reported.groups.values() for each in figures}
    alone = ((each.id, (each,)) for each in reported.figures if each.id not in grouped)
    for name, figures in (*reported.groups.items(), *alone):
        if all(each.of == group.id and each.base is None for each in figures):
            yield name, figures


def _several(group: Respondents, reported: Reported, fits: Fits) -> Iterator[Finding]:
    figures = _exact(reported.figures_of(group.id))
    bases_of = {each.id: _bases(fits[each.id]) for each in figures}
    sets = smallest_sets(bases_of)
    if sets and len(sets[0]) > 1:
        yield Finding(
            kind="several-bases",
            subject=group.id,
            ids=tuple(name for name, bases in bases_of.items() if bases),
            evidence={"how_many": len(sets[0]), "sets": [list(each) for each in sets]},
        )


def _stated(group: Respondents, reported: Reported, reading: Reading) -> Iterator[Finding]:
    """Hold every number of respondents that the report gives against the figures."""
    figures = _exact(reported.figures_of(group.id))
    for number, by in numbers_of(group).items():
        impossible = [one.id for one in figures if number == 0 or not fit(one, number, reading)]
        if impossible:
            yield Finding(
                kind="base-against-figures",
                subject=f"{group.id}-{number}",
                ids=tuple(impossible),
                evidence={
                    "respondents": group.id,
                    "base": number,
                    "by": list(by),
                    "of": len(figures),
                    "possible": len(figures) - len(impossible),
                },
            )


def _not_printed(group: Respondents, reported: Reported) -> Iterator[Finding]:
    figures = reported.figures_of(group.id)
    bare = [each.id for each in figures if each.base is None]
    if bare:
        evidence = {"without": len(bare), "of": len(figures), "respondents": group.id}
        yield Finding(kind="base-not-printed", subject=group.id, ids=tuple(bare), evidence=evidence)


def _exact(figures: Sequence[Figure]) -> list[Figure]:
    """Those that are not called approximate, and whose base the report leaves to be guessed."""
    return [each for each in figures if not each.about and each.base is None]


def _bases(found: Sequence[Fit]) -> list[int]:
    return [each.base for each in found]


def _counts(found: Sequence[Fit], base: int) -> list[int]:
    return [count for each in found if each.base == base for count in each.counts]
