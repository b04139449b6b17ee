"""Make docs/decisive-facts.md, the facts of the bundled list on which places hang.

``python docs/make_decisive.py [LONGLIST]`` takes each fact that counts out of the list, one at a
time, and picks the default shortlist anew; a theme that no challenge bears out any more goes with
it. Where somebody else is selected then, the fact decides. That takes minutes; ``--print`` shows
the facts instead, one a line.

Whoever is not selected cannot come in by scoring less, so of these only facts that carry a theme
are tried. Facts of an ecosystem that bring it to the same scores and themes are tried once.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kiamv_cli import load_criteria, load_longlist, score, shortlist
from kiamv_cli.programme.model.facts import Fact, Partners

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.scoring.model.score import Scores

PAGE = Path(__file__).parent / "decisive-facts.md"
LISTS = ("challenges", "life_domains", "comparable_elsewhere", "maturity", "budget")
SIDES = tuple(each.name for each in fields(Partners))
Standing: TypeAlias = "tuple[str, tuple[Fraction, ...], tuple[str, ...]]"
HEAD = """\
# The facts that decide

Made by `python docs/make_decisive.py` from the bundled long list. If any one of these facts were
taken out, with everything else as it is, the default shortlist (20, spread over themes and
provinces) would be another. So these were looked up once more, in November 2026. What was found
with one publisher only says so. A fact that is not listed here decides no
place by itself: the place stands on others too, or the ecosystem is not near the line.

"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisive:
    """A fact of an ecosystem; without it those who are ``gone`` leave, and others come."""

    ecosystem: Ecosystem
    key: str
    fact: Fact
    gone: tuple[str, ...]
    come: tuple[str, ...]


def decisive_facts(longlist: Longlist, programme: Programme) -> Iterator[Decisive]:
    """Yield each fact that moves a place of the default shortlist when it is lost."""
    scores = score(longlist, programme)
    chosen = selected(scores)
    standing = {
        each.ecosystem.id: standing_of(scores, each.ecosystem.id) for each in scores.ecosystems
    }
    known: dict[Standing, frozenset[str]] = dict.fromkeys(standing.values(), chosen)
    for ecosystem in longlist.ecosystems:
        for key, fact, without in losses(ecosystem, longlist.as_of.year):
            if ecosystem.id not in chosen and without.themes == ecosystem.themes:
                continue
            changed = score(exchanged(longlist, without), programme)
            place = standing_of(changed, ecosystem.id)
            if place not in known:
                known[place] = selected(changed)
            if known[place] != chosen:
                yield Decisive(
                    ecosystem=ecosystem,
                    key=key,
                    fact=fact,
                    gone=tuple(sorted(chosen - known[place])),
                    come=tuple(sorted(known[place] - chosen)),
                )


def losses(ecosystem: Ecosystem, year: int) -> Iterator[tuple[str, Fact, Ecosystem]]:
    """Yield each fact that holds in a year, with its list and the ecosystem without it."""
    for key in LISTS:
        facts: tuple[Fact, ...] = getattr(ecosystem, key) or ()
        for fact in facts:
            if fact.holding(year) == "holds":
                left = tuple(each for each in facts if each is not fact)
                without = replace(ecosystem, **{key: left or None})
                yield key, fact, without_idle_themes(without) if key == "challenges" else without
    for side in SIDES:
        partners: tuple[Fact, ...] = getattr(ecosystem.partners, side) or ()
        for fact in partners:
            if fact.holding(year) == "holds":
                left = tuple(each for each in partners if each is not fact)
                sides = replace(ecosystem.partners, **{side: left or None})
                yield f"partners.{side}", fact, replace(ecosystem, partners=sides)


def without_idle_themes(ecosystem: Ecosystem) -> Ecosystem:
    """Return the ecosystem without the themes in which it works on no challenge any more."""
    worked_on = {each.theme for each in ecosystem.challenges or ()}
    themes = tuple(theme for theme in ecosystem.themes if theme in worked_on)
    return replace(ecosystem, themes=themes or ecosystem.themes)


def exchanged(longlist: Longlist, ecosystem: Ecosystem) -> Longlist:
    """Return the list with this ecosystem in the place of the one of its id."""
    ecosystems = (ecosystem if each.id == ecosystem.id else each for each in longlist.ecosystems)
    return replace(longlist, ecosystems=tuple(ecosystems))


def selected(scores: Scores) -> frozenset[str]:
    """Return the ids of the default shortlist."""
    return frozenset(shortlist(scores).selection.members)


def standing_of(scores: Scores, identifier: str) -> Standing:
    """Return what of an ecosystem the selection looks at."""
    scored = next(each for each in scores.ecosystems if each.ecosystem.id == identifier)
    proven = tuple(each.proven for each in scored.criteria)
    return identifier, proven, scored.ecosystem.themes


def page(found: list[Decisive]) -> str:
    """Format the facts as a page, a table for each ecosystem."""
    two = sum(len(publishers(each)) > 1 for each in found)
    ecosystems = list(dict.fromkeys(each.ecosystem.id for each in found))
    text = (
        f"There are {len(found)}, of {len(ecosystems)} ecosystems; {two} have sources of two or "
        f"more publishers, {len(found) - two} of one.\n"
    )
    for identifier in ecosystems:
        own = [each for each in found if each.ecosystem.id == identifier]
        text += f"\n## {own[0].ecosystem.name} (`{identifier}`)\n\n"
        text += "| fact | sources | without it |\n| --- | --- | --- |\n"
        text += "".join(f"| {' | '.join(row(each))} |\n" for each in own)
    return HEAD + text


def row(one: Decisive) -> tuple[str, str, str]:
    """Format what a fact says, where that was read, and who goes and comes without it."""
    names = ("what", "name", "domain", "note", "source")
    text = next(filter(None, (getattr(one.fact, name, None) for name in names)))
    years = "-".join(str(year or "") for year in years_of(one.fact)).strip("-")
    said = f"{one.key}: {text}" + (f" ({years})" if years else "")
    sources = "; ".join(source_text(one.ecosystem, name) for name in one.fact.cited)
    alone = "" if len(publishers(one)) > 1 else " (one publisher only)"
    change = f"out {', '.join(one.gone)}; in {', '.join(one.come)}"
    return said.replace("|", "/"), sources + alone, change


def publishers(one: Decisive) -> set[str]:
    """Return who published the sources of a fact; pages of one publisher are no two witnesses."""
    sources = (one.ecosystem.sources[name] for name in one.fact.cited)
    return {(source.publisher or source.title).partition(" (")[0].casefold() for source in sources}


def years_of(fact: Fact) -> tuple[int | None, int | None]:
    """Return the first and the last year of a fact, as far as they are known."""
    return getattr(fact, "start", None) or fact.since, fact.until


def source_text(ecosystem: Ecosystem, name: str) -> str:
    """Format a source as a link, with its year or when it was read."""
    source = ecosystem.sources[name]
    when = source.year or (f"read {source.read}" if source.read else "no year")
    return f"[{name}](<{source.url}>) {source.publisher}, {when}"


def main() -> None:
    """Write the page, or print the facts."""
    programme, named = load_criteria(), [each for each in sys.argv[1:] if each != "--print"]
    listed = load_longlist(*named, programme=programme).longlist
    found = list(decisive_facts(listed, programme))
    if "--print" in sys.argv:
        for each in found:
            print(each.ecosystem.id, *row(each), sep=" | ")
    else:
        PAGE.write_text(page(found), encoding="utf-8")


if __name__ == "__main__":
    main()
