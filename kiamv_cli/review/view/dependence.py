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

    dependence: Dependence

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/review-spread``."""
        dependence = self.dependence
        return {
            **asked_fields(dependence.scores, dependence.request, "review-spread"),
            "proven_optimal": dependence.complete,
            "whoever_judged": sorted(dependence.firm),
            "together": sorted(dependence.together.members),
            "alone": {str(each.reviewer): sorted(each.members) for each in dependence.alone},
            "ecosystems": list(self.records()),
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per ecosystem that is in any of the shortlists."""
        dependence = self.dependence
        for one in self._concerned():
            each = one.ecosystem.id
            yield {
                "id": each,
                "name": one.ecosystem.name,
                "together": each in dependence.together.members,
                "rank": dependence.together.ranks[each],
                "votes": dependence.votes[each],
                **{f"in_{judged.reviewer}": each in judged.members for judged in dependence.alone},
                **{f"rank_{judged.reviewer}": judged.ranks[each] for judged in dependence.alone},
            }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """First what holds whoever judged, then all whose place depends on it."""
        dependence = self.dependence
        size = dependence.request.size
        yield Heading(
            _(
                "The shortlist of {size}, balanced over {dimensions}, by who judged",
                size=size,
                dimensions=listing(words(dependence.request.balance)),
            )
        )
        yield Paragraph(self._firm(), "strong")
        others = [self._others(judged) for judged in dependence.alone]
        yield Paragraph(
            _(
                "Members that are others by the verdicts of one reviewer alone: {who}.",
                who=listing(others),
            )
        )
        rows = [self._row(one, symbols) for one in self._concerned() if not self._is_firm(one)]
        if rows:
            yield Heading(_("Whose place depends on who judged"))
            heads = (_("all"), *(str(judged.reviewer) for judged in dependence.alone))
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
        if not dependence.complete:
            yield Paragraph(_("NOT all of these shortlists were proven."), "not-met")

    def _firm(self) -> str:
        firm, size = self.dependence.firm, self.dependence.request.size
        if not firm:
            return _("No ecosystem is selected under every reviewer.", size=size)
        return _(
            "{n} of {size} are selected under every reviewer: {ids}.",
            n=len(firm),
            size=size,
            ids=listing(sorted(firm)),
        )

    def _concerned(self) -> Iterator[EcosystemScore]:
        dependence = self.dependence
        anywhere = dependence.together.members | set(dependence.votes)
        return (one for one in dependence.scores.ecosystems if one.ecosystem.id in anywhere)

    def _is_firm(self, scored: EcosystemScore) -> bool:
        return scored.ecosystem.id in self.dependence.firm

    def _others(self, judged: Judged) -> str:
        return f"{judged.reviewer} {len(judged.members - self.dependence.together.members)}"

    def _row(self, scored: EcosystemScore, symbols: Symbols) -> tuple[Cell, ...]:
        each = scored.ecosystem.id
        return (
            Cell(scored.ecosystem.name),
            *(
                _place(judged, each, symbols)
                for judged in (self.dependence.together, *self.dependence.alone)
            ),
        )


def _place(judged: Judged, each: str, symbols: Symbols) -> Cell:
    rank = judged.ranks[each]
    if each in judged.members:
        return Cell(f"{symbols.met} {rank}", "met")
    return Cell(f"{symbols.nothing} {rank}", "faint")
