"""Reports to look at: of a part of the bundled long list, with texts that would like to be code."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from kiamv_cli import (
    Decided,
    Request,
    Swap,
    load_criteria,
    load_longlist,
    record,
    report,
    score,
)
from kiamv_cli.decision import Recalled
from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist, Suggestion
from kiamv_cli.reports import OnRecord, Plan, Report
from kiamv_cli.reports.model import PARTS

SIZE = 6
EVIL = (
    "</script><script>document.title='taken'</script>",
    '"><img src=x onerror="document.title=\'taken\'">',
    "</style><style>body{display:none}</style>",
    "<!--",
    "{{7*7}} ${7*7} &lt;b&gt; ' \" ` \u202etxet",
)


def hostile(one: Ecosystem) -> Ecosystem:
    """Give an ecosystem texts that are markup, and addresses that are programs."""
    assert one.challenges, "it has facts to spoil"
    return replace(
        one,
        name=EVIL[0],
        aliases=EVIL[1:],
        seat=EVIL[1],
        note=EVIL[0],
        website="javascript:document.title='taken'",
        suggested_by=(Suggestion(by=EVIL[1]),),
        challenges=tuple(replace(each, what=EVIL[2]) for each in one.challenges),
        sources={
            name: replace(each, title=EVIL[3], url="JavaScript:document.title='taken'")
            for name, each in one.sources.items()
        },
    )


def part_of(longlist: Longlist, number: int) -> Longlist:
    """Give the first so many ecosystems, one of them hostile."""
    first, *others = longlist.ecosystems[:number]
    return replace(longlist, title=f"A list {EVIL[0]}", ecosystems=(hostile(first), *others))


@cache
def long_report() -> Report:
    """A report of more ecosystems than are laid out at once, without what takes time."""
    programme = load_criteria()
    few = part_of(load_longlist(programme=programme).longlist, 16)
    many = (replace(one, id=f"{one.id}-{n}") for one in few.ecosystems for n in range(15))
    scores = score(replace(few, ecosystems=tuple(many)), programme)
    return report(scores, Request(size=SIZE), plan=Plan(without=frozenset(PARTS)))


@cache
def small_report() -> Report:
    """A report with all parts that takes no time."""
    programme = load_criteria()
    scores = score(part_of(load_longlist(programme=programme).longlist, 16), programme)
    return report(scores, Request(size=SIZE), plan=Plan(draws=20))


@cache
def decided_report() -> Report:
    """The same of a record: people took the last member out, and the best of the others in."""
    made = small_report()
    others = (one.ecosystem.id for one in made.scores.ecosystems)
    inside = next(name for name in others if name not in made.ids)
    swap = Swap(out=made.ids[-1], into=inside, reason=EVIL[1])
    decided = Decided(by=(EVIL[0], "B"), on=date(2020, 12, 15), reason=EVIL[2], swaps=(swap,))
    recorded = record(made.shortlist, decided)
    return replace(
        made, decision=OnRecord(record=recorded, scores=made.scores, line="kiamv/commit/1 x")
    )


@cache
def recorded_only() -> Recalled:
    """What is left of a record whose inputs are gone."""
    decision = decided_report().decision
    assert decision is not None
    return Recalled(record=decision.record, gone="list.yaml: there is no such file")
