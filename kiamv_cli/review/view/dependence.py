"""How the shortlist depends on who judged: who is in for all, and who for some."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.display.text import listing
from kiamv_cli.display.words import words
from kiamv_cli.selection.view.request import asked_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.review.model.dependence import Dependence, Judged
    from kiamv_cli.scoring.model.score import EcosystemScore


@dataclass(frozen=True, slots=True)
class DependenceView:
    """``kiamv review spread``."""

    found: Dependence

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/review-spread``."""
        found = self.found
        return {
            **asked_fields(found.scores, found.request, "review-spread"),
            "proven_optimal": found.complete,
            "whoever_judged": sorted(found.firm),
            "together": sorted(found.together.members),
            "alone": {str(each.reviewer): sorted(each.members) for each in found.alone},
            "ecosystems": list(self.records()),
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per ecosystem that is in any of the shortlists."""
        found = self.found
        for one in self._concerned():
            each = one.ecosystem.id
            yield {
                "id": each,
                "name": one.ecosystem.name,
                "together": each in found.together.members,
                "rank": found.together.ranks[each],
                "votes": found.votes[each],
                **{f"in_{judged.reviewer}": each in judged.members for judged in found.alone},
                **{f"rank_{judged.reviewer}": judged.ranks[each] for judged in found.alone},
            }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """First what holds whoever judged, then all whose place depends on it."""
        found = self.found
        size = found.request.size
        yield Heading(
            _(
                "The shortlist of {size}, balanced over {dimensions}, by who judged",
                size=size,
                dimensions=listing(words(found.request.balance)),
            )
        )
        yield Paragraph(self._firm(), "strong")
        others = [self._others(judged) for judged in found.alone]
        yield Paragraph(
            _(
                "Members that are others by the verdicts of one reviewer alone: {who}.",
                who=listing(others),
            )
        )
        rows = [self._row(one, symbols) for one in self._concerned() if not self._is_firm(one)]
        if rows:
            yield Heading(_("Whose place depends on who judged"))
            heads = (_("all"), *(str(judged.reviewer) for judged in found.alone))
            yield Table(
                (Column(_("ecosystem"), wraps=True), *(Column(head, "right") for head in heads)),
                tuple(rows),
            )
            yield Paragraph("")
            yield Paragraph(
                _(
                    "{met} in the shortlist, {nothing} not in it, and the rank by score. all: what "
                    "they agreed on and what was adjudicated; each reviewer: only their first "
                    "verdicts. What was not judged is as the long list and the rule say.",
                    met=symbols.met,
                    nothing=symbols.nothing,
                )
            )
        if not found.complete:
            yield Paragraph(_("NOT all of these shortlists were proven."), "not-met")

    def _firm(self) -> str:
        firm, size = self.found.firm, self.found.request.size
        if not firm:
            return _("No ecosystem is selected under every reviewer.", size=size)
        return _(
            "{n} of {size} are selected under every reviewer: {ids}.",
            n=len(firm),
            size=size,
            ids=listing(sorted(firm)),
        )

    def _concerned(self) -> Iterator[EcosystemScore]:
        found = self.found
        anywhere = found.together.members | set(found.votes)
        return (one for one in found.scores.ecosystems if one.ecosystem.id in anywhere)

    def _is_firm(self, one: EcosystemScore) -> bool:
        return one.ecosystem.id in self.found.firm

    def _others(self, judged: Judged) -> str:
        return f"{judged.reviewer} {len(judged.members - self.found.together.members)}"

    def _row(self, one: EcosystemScore, symbols: Symbols) -> tuple[Cell, ...]:
        each = one.ecosystem.id
        return (
            Cell(one.ecosystem.name),
            *(_place(judged, each, symbols) for judged in (self.found.together, *self.found.alone)),
        )


def _place(judged: Judged, each: str, symbols: Symbols) -> Cell:
    rank = judged.ranks[each]
    if each in judged.members:
        return Cell(f"{symbols.met} {rank}", "met")
    return Cell(f"{symbols.nothing} {rank}", "faint")
