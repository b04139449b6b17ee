"""Many shortlists, a row each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _
from kiamv_cli.display.document import Field, Heading, data, exact_number, records, table
from kiamv_cli.display.text import count, exactly
from kiamv_cli.scoring.view.score import heading_fields
from kiamv_cli.selection.model.sweep import asked
from kiamv_cli.selection.view.request import request_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from fractions import Fraction

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.figure import Figure
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.selection.model.sweep import Sweep, Swept


_VARIED = {"size", "balance", "target", "give_up"}


@dataclass(frozen=True, slots=True)
class SweepView:
    """A sweep: what was asked each time, and what came of it."""

    found: Sweep

    def payload(self) -> Mapping[str, object]:
        """Return the document ``kiamv/sweep``."""
        return {
            **heading_fields(self.found.scores, "sweep"),
            "request": self._request(),
            "shortlists": [
                {
                    **asked(each.case),
                    "score": each.shortlist and exactly(each.shortlist.selection.score),
                    "out_of_place": _out_of_place_fields(each),
                    "proven": _proven(each),
                    "selected": list(each.ids),
                }
                for each in self.found.shortlists
            ],
        }

    def _request(self) -> Mapping[str, object]:
        """Return what was asked of all; each shortlist says what was asked of it alone."""
        scores = self.found.scores
        first = self.found.shortlists[0].case.request
        fields = request_fields(scores.programme, first, scores.as_of)
        return {key: value for key, value in fields.items() if key not in _VARIED}

    def records(self) -> Iterable[Mapping[str, Value]]:
        """Yield a row for each shortlist."""
        return records([*self._fields()], self.found.shortlists)

    def figures(self) -> Mapping[str, Callable[[], Figure]]:
        """Return how to draw how often each ecosystem is selected."""
        from kiamv_cli.selection.view.charts import sweep_figure  # noqa: PLC0415 - only to draw

        return {"sweep": lambda: sweep_figure(self.found)}

    def blocks(self, symbols: Symbols) -> Iterator[Block]:
        """Yield what was asked each time, and what came of it."""
        del symbols
        yield Heading(count(len(self.found.shortlists), "shortlist", "shortlists"))
        yield table([*self._fields()], self.found.shortlists)

    def _fields(self) -> Iterator[Field[Swept]]:
        headings = {
            "size": _("size"),
            "balance": _("balance"),
            "give_up": _("give up"),
            "weights": _("weights"),
        }
        for key, heading in headings.items():
            yield Field(key, heading, partial(_asked, key))
        yield exact_number("score", _("score"), _score, _("The total score of its members."))
        scores, requests = self.found.scores, [each.case.request for each in self.found.shortlists]
        named = [name for each in requests for name in each.dimensions]
        for name in scores.dimensions.reported(named):
            yield exact_number(
                f"out_of_place_{name.replace('-', '_')}",
                _("{dimension} out of place", dimension=name),
                partial(_out_of_place, name),
                _("Seats out of place."),
            )
        yield data("proven", "proven", _proven)


def _asked(key: str, row: Swept) -> str | int | float | None:
    return asked(row.case)[key]


def _out_of_place_fields(row: Swept) -> Mapping[str, object]:
    moved = row.shortlist.out_of_place if row.shortlist else {}
    return {name: exactly(seats) for name, seats in moved.items()}


def _score(row: Swept) -> Fraction | None:
    return row.shortlist.selection.score if row.shortlist else None


def _out_of_place(dimension: str, row: Swept) -> Fraction | None:
    return row.shortlist.out_of_place.get(dimension) if row.shortlist else None


def _proven(row: Swept) -> bool:
    return row.shortlist is not None and row.shortlist.proof is not None
