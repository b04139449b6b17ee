"""Characteristics by the answers to one question, with small cells left out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.language import _, label_in
from kiamv_cli.render.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.render.survey.common import answers_fields, k_of_n, percent
from kiamv_cli.render.text import number, whole
from kiamv_cli.render.words import made_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.core.survey.crosstab import CrossTab, CrossTabs
    from kiamv_cli.render.document import Block, Value
    from kiamv_cli.render.text import Symbols

_UNKNOWN = "unknown"
_LEFT_OUT = "x"


@dataclass(frozen=True, slots=True)
class CrossTabsView:
    """``kiamv survey characterise --by``; shares of a base below ``min_base`` are not given."""

    tabs: CrossTabs
    min_base: int

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/survey-crosstab``."""
        tabs = self.tabs
        return {
            **answers_fields(tabs.answers, "crosstab"),
            "by": tabs.by.id,
            "min_cell": tabs.min_cell,
            "min_base": self.min_base,
            "groups": [{"id": name, "invited": size} for name, size in self._sizes()],
            "questions": [
                {
                    "id": table.question.id,
                    "wording": label_in(table.question.wording),
                    "kind": table.question.kind,
                    "bases": dict(zip(self._groups(), table.bases, strict=True)),
                    "left_out": table.left_out,
                    "options": [
                        {
                            "id": row.id,
                            "label": label_in(row.label),
                            "total": row.total,
                            "groups": {
                                group: {"count": cell, "base": base, "share": share}
                                for group, cell, base, share in self._cells(table, row.cells)
                            },
                        }
                        for row in table.rows
                    ],
                }
                for table in tabs.tables
            ],
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per option and group; what is left out is empty."""
        for table in self.tabs.tables:
            for row in table.rows:
                for group, cell, base, share in self._cells(table, row.cells):
                    yield {
                        "question": table.question.id,
                        "option": row.id,
                        "by": self.tabs.by.id,
                        "group": group,
                        "count": cell,
                        "base": base,
                        "share": share,
                        "left_out": cell is None,
                        "made_up": self.tabs.answers.made_up,
                    }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """A table per question, a column per group."""
        tabs = self.tabs
        yield from made_up(tabs.answers)
        wording = label_in(tabs.by.wording)
        yield Heading(_("{title}, by: {question}", title=tabs.answers.title, question=wording))
        for table in tabs.tables:
            yield Heading(label_in(table.question.wording))
            yield self._table(table, symbols)
        yield Paragraph("")
        yield from self._legend()
        yield from made_up(tabs.answers)

    def _groups(self) -> list[str]:
        return [*self.tabs.by.option_ids, _UNKNOWN]

    def _sizes(self) -> Iterator[tuple[str, int]]:
        sizes = self.tabs.tables[0].sizes if self.tabs.tables else ()
        return zip(self._groups(), sizes, strict=False)

    def _cells(
        self, table: CrossTab, cells: Iterable[int | None]
    ) -> Iterator[tuple[str, int | None, int | None, float | None]]:
        """Each group with the count, the base and the share of a row."""
        for group, cell, base in zip(self._groups(), cells, table.bases, strict=True):
            enough = cell is not None and base is not None and base >= max(self.min_base, 1)
            share = number(Fraction(cell or 0, base or 1)) if enough else None
            yield group, cell, base, share

    def _table(self, table: CrossTab, symbols: Symbols) -> Table:
        labels = [label_in(option.label) for option in self.tabs.by.options]
        heads = [*labels, _("unknown")]
        columns = [Column(_("option"), wraps=True), Column(_("all"), "right")]
        columns += [Column(head, "right", wraps=True) for head in heads]
        rows = [self._row(label_in(row.label), row.total, table, row.cells) for row in table.rows]
        total = sum(size for _group, size in self._sizes())
        bases = [_LEFT_OUT if base is None else whole(base) for base in table.bases]
        silent = [_LEFT_OUT if none is None else whole(none) for none in table.unanswered]
        answered = self._answered(table)
        rows.append(_cells(_("base: answered"), whole(answered), *bases))
        rows.append(_cells(_("no answer"), whole(total - answered), *silent))
        del symbols
        return Table(tuple(columns), tuple(rows))

    def _answered(self, table: CrossTab) -> int:
        given = (self.tabs.answers.options(e, table.question.id) for e in self.tabs.answers.invited)
        return sum(options is not None for options in given)

    def _row(
        self, label: str, total: int, table: CrossTab, cells: Iterable[int | None]
    ) -> tuple[Cell, ...]:
        texts = []
        for _group, cell, base, share in self._cells(table, cells):
            if cell is None:
                texts.append(_LEFT_OUT)
            else:
                counted = whole(cell) if base is None else k_of_n(cell, base)
                shown = "" if share is None else f" {percent(Fraction(cell, base or 1))}"
                texts.append(counted + shown)
        return _cells(label, whole(total), *texts)

    def _legend(self) -> Iterator[Block]:
        yield Paragraph(
            _(
                "The base of a group is those of it who answered; on a base below {n} there are no "
                "percentages. Interviews and desk research supplement the survey.",
                n=self.min_base,
            )
        )
        if any(table.left_out for table in self.tabs.tables):
            yield Paragraph(
                _(
                    "{sign}: left out, because it is below {n} or because a number below {n} could "
                    "be worked out from it.",
                    sign=_LEFT_OUT,
                    n=self.tabs.min_cell,
                )
            )


def _cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(map(Cell, texts))
