"""What each source of suggestions brought to the long list and to the shortlist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.display.document import Field, Heading, Paragraph, data, people, records, table
from kiamv_cli.display.text import count
from kiamv_cli.longlist.model.lookup import MOST_COMPARED, Contribution
from kiamv_cli.selection.view.request import asked_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.flows.model import SuggestionSources


@dataclass(frozen=True, slots=True)
class SourcesView:
    """``kiamv sources``."""

    found: SuggestionSources

    def payload(self) -> Mapping[str, object]:
        """Return the document ``kiamv/sources``."""
        found = self.found.shortlist
        return {
            **asked_fields(found.scores, found.request, "sources"),
            "proven_optimal": found.proof is not None,
            "sources": [
                {
                    "id": each.by,
                    "ids": list(each.brought),
                    "alone": list(each.alone),
                    "members": list(each.selected),
                }
                for each in self.found.brought.sources
            ],
            "overlaps": [
                {"sources": list(pair), "ids": list(ids)}
                for pair, ids in self.found.brought.overlaps.items()
            ],
            "unnamed": {
                "ids": list(self.found.brought.unnamed),
                "members": list(self.found.brought.unnamed_selected),
            },
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """Yield a row per source, the last one for those of which nobody is on record."""
        brought = self.found.brought
        nobody = Contribution(
            by="",
            brought=brought.unnamed,
            alone=brought.unnamed,
            selected=brought.unnamed_selected,
        )
        yield from records(_fields(), (*brought.sources, nobody))

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """Yield what each brought, what two of them both did, and what nobody is on record for."""
        found, brought = self.found.shortlist, self.found.brought
        scores = found.scores
        total = len(scores.ecosystems)
        yield Heading(
            _(
                "{title}: where {ecosystems} came from, and which are among the {size} selected",
                title=scores.longlist.title,
                ecosystems=count(total, "ecosystem", "ecosystems"),
                size=found.request.size,
            )
        )
        if brought.sources:
            yield table(_fields(), brought.sources)
            yield Paragraph("")
        if brought.overlaps:
            yield Paragraph(_("Suggested by both:"))
            yield table(_overlap_fields(), brought.overlaps.items())
            yield Paragraph("")
        if len(brought.sources) > MOST_COMPARED:
            text = _("Compared with each other are the {n} that brought most.", n=MOST_COMPARED)
            yield Paragraph(text, "faint")
        yield Paragraph(self._unnamed(total))
        if not found.selection.status.proven:
            yield Paragraph(_("The shortlist is NOT proven best: time ran out."), "not-met")
        del symbols

    def _unnamed(self, total: int) -> str:
        brought = self.found.brought
        if not brought.unnamed:
            return _("For each of the {total} it is on record who suggested it.", total=total)
        if len(brought.unnamed) == total:
            return _("For none of them is it on record who suggested it.")
        return ngettext(
            "For {unnamed} of the {total} it is not on record who suggested them; {n} of "
            "these is selected. An ecosystem that several sources suggested counts for each "
            "of them.",
            "For {unnamed} of the {total} it is not on record who suggested them; {n} of "
            "these are selected. An ecosystem that several sources suggested counts for each "
            "of them.",
            len(brought.unnamed_selected),
            unnamed=len(brought.unnamed),
            total=total,
        )


def _fields() -> tuple[Field[Contribution], ...]:
    return (
        Field("source", _("source"), lambda source: source.by, wraps=True),
        Field("brought", _("suggested"), lambda source: len(source.brought), align="right"),
        Field("alone", _("alone"), lambda source: len(source.alone), align="right"),
        Field("members", _("selected"), lambda source: len(source.selected), align="right"),
        data("ids", _("which"), lambda source: source.brought),
    )


def _overlap_fields() -> tuple[Field[tuple[tuple[str, str], tuple[str, ...]]], ...]:
    return (
        people("by", _("source"), lambda overlap: overlap[0][0], wraps=True),
        people("and", _("and"), lambda overlap: overlap[0][1], wraps=True),
        people("both", _("both"), lambda overlap: str(len(overlap[1])), align="right"),
        people("ids", _("which"), lambda overlap: ", ".join(overlap[1]), wraps=True),
    )
