"""What each source of suggestions brought to the long list and to the shortlist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.render.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.render.score import asked_fields
from kiamv_cli.render.text import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.core.shortlist import Shortlist
    from kiamv_cli.core.suggestions import Contributions
    from kiamv_cli.render.document import Block, Value
    from kiamv_cli.render.text import Symbols


@dataclass(frozen=True, slots=True)
class SourcesView:
    """``kiamv sources``."""

    brought: Contributions
    shortlist: Shortlist

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/sources/1``."""
        found = self.shortlist
        return {
            **asked_fields(found.scores, found.request, "sources"),
            "proven_optimal": found.selection.status.proven,
            "sources": [
                {
                    "by": each.by,
                    "brought": list(each.brought),
                    "alone": list(each.alone),
                    "selected": list(each.selected),
                }
                for each in self.brought.sources
            ],
            "overlaps": [
                {"by": list(pair), "both": list(ids)} for pair, ids in self.brought.overlaps.items()
            ],
            "unnamed": list(self.brought.unnamed),
            "unnamed_selected": list(self.brought.unnamed_selected),
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per source, the last one for those of which nobody is on record."""
        for each in self.brought.sources:
            yield {
                "by": each.by,
                "brought": len(each.brought),
                "alone": len(each.alone),
                "selected": len(each.selected),
                "ids": " ".join(each.brought),
            }
        brought = self.brought
        yield {
            "by": "",
            "brought": len(brought.unnamed),
            "alone": len(brought.unnamed),
            "selected": len(brought.unnamed_selected),
            "ids": " ".join(brought.unnamed),
        }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """What each brought, what two of them both brought, and what nobody is on record for."""
        found, brought = self.shortlist, self.brought
        scores = found.scores
        total = len(scores.ecosystems)
        yield Heading(
            f"{scores.longlist.title}: where {count(total, 'ecosystem')} came from, "
            f"and who of them is among the {found.request.size} selected"
        )
        if brought.sources:
            yield self._table()
            yield Paragraph("")
        if brought.overlaps:
            yield Paragraph("Suggested by both:")
            yield self._overlaps()
            yield Paragraph("")
        yield Paragraph(self._unnamed(total))
        if not found.selection.status.proven:
            yield Paragraph("The shortlist is NOT proven best: time ran out.", "not-met")
        del symbols

    def _table(self) -> Table:
        columns = (
            Column("source", wraps=True),
            Column("brought", "right"),
            Column("alone", "right"),
            Column("selected", "right"),
        )
        return Table(
            columns,
            tuple(
                (
                    Cell(each.by),
                    *(Cell(str(len(ids))) for ids in (each.brought, each.alone, each.selected)),
                )
                for each in self.brought.sources
            ),
        )

    def _overlaps(self) -> Table:
        columns = (
            Column("source", wraps=True),
            Column("and", wraps=True),
            Column("both", "right"),
            Column("which", wraps=True),
        )
        return Table(
            columns,
            tuple(
                (Cell(one), Cell(other), Cell(str(len(ids))), Cell(", ".join(ids)))
                for (one, other), ids in self.brought.overlaps.items()
            ),
        )

    def _unnamed(self, total: int) -> str:
        brought = self.brought
        if not brought.unnamed:
            return f"Of each of the {total}, somebody is on record as having suggested it."
        if len(brought.unnamed) == total:
            return "Of none of them anybody is on record as having suggested it."
        selected = len(brought.unnamed_selected)
        return (
            f"Of {len(brought.unnamed)} of the {total}, nobody is on record as having suggested "
            f"them; {selected} of these {'is' if selected == 1 else 'are'} selected. One that "
            "several suggested counts for each of them."
        )
