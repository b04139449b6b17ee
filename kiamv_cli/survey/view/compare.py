"""Characteristics by another question, and beside what was judged at selection."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, get_args

from kiamv_cli.base.language import N_, _, label_in, ngettext
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.display.text import listing, number, percent, whole
from kiamv_cli.display.words import made_up, word
from kiamv_cli.programme.model.facts import Verdict
from kiamv_cli.scoring.view.score import heading_fields
from kiamv_cli.survey.model.compare import SAYINGS
from kiamv_cli.survey.view.characteristics import answers_fields, invited_text, k_of_n

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.survey.model.compare import Compared, RuleCompared, Saying, SelectionCompared
    from kiamv_cli.survey.model.crosstab import CrossTab, CrossTabs

_SAYINGS: Mapping[Saying, str] = {
    "supports": N_("supports"),
    "contradicts": N_("contradicts"),
    "neither": N_("neither"),
    "no-answer": N_("no answer"),
}


@dataclass(frozen=True, slots=True)
class ComparedView:
    """``kiamv survey compare``."""

    compared: SelectionCompared

    def payload(self) -> Mapping[str, object]:
        """Return the document ``kiamv/survey-compare``."""
        return {
            **heading_fields(self.compared.scores, "survey-compare"),
            **answers_fields(self.compared.answers, self.compared.scores.programme, "compare"),
            "not_listed": list(self.compared.not_listed),
            "rules": [
                {
                    "criterion": each.rule.criterion,
                    "part": each.rule.part,
                    "question": each.rule.question,
                    "invited": len(each.ecosystems),
                    "answered": each.answered,
                    "counts": {
                        verdict: {saying: each.counts[verdict, saying] for saying in SAYINGS}
                        for verdict in get_args(Verdict)
                    },
                    "contradictions": [_plain(one) for one in each.contradictions],
                }
                for each in self.compared.rules
            ],
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """Yield a row per rule and ecosystem."""
        for each in self.compared.rules:
            for one in each.ecosystems:
                yield {
                    "criterion": each.rule.criterion,
                    "part": each.rule.part,
                    "question": each.rule.question,
                    "ecosystem": one.ecosystem,
                    "name": one.name,
                    "verdict": one.verdict,
                    "options": None if one.options is None else " ".join(one.options),
                    "answer": one.saying,
                    "contradiction": one.is_contradiction,
                    "found_at": "\n".join(each.where for each in one.said),
                    "made_up": self.compared.answers.made_up,
                }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """Yield per rule a table of verdicts by answers, and who contradicts."""
        del symbols
        answers = self.compared.answers
        yield from made_up(answers)
        listed = self.compared.scores.longlist.title
        yield Heading(
            _("{title}: judged on {longlist}, answered later", title=answers.title, longlist=listed)
        )
        for each in self.compared.rules:
            yield Heading(self._title(each))
            if each.answered:
                yield _table(each)
                yield Paragraph(_summary(each))
            else:
                yield Paragraph(_("Nobody answered this question."))
            if each.contradictions:
                yield _contradictions(each)
        if self.compared.not_listed:
            names = ", ".join(self.compared.not_listed)
            yield Paragraph("")
            yield Paragraph(_("Invited, but not on the long list: {names}.", names=names), "partly")
        yield Paragraph("")
        yield Paragraph(
            _(
                "An ecosystem contradicts where it was judged to meet a criterion and its answer "
                "says otherwise, or the other way round. Interviews and desk research supplement "
                "the survey."
            ),
            "faint",
        )
        yield from made_up(answers)

    def _title(self, compared: RuleCompared) -> str:
        label = label_in(compared.criterion.label)
        part = f", {word(compared.rule.part)}" if compared.rule.part else ""
        return _(
            "{criterion}, by the answers to '{question}'",
            criterion=label + part,
            question=compared.rule.question,
        )


def _table(each: RuleCompared) -> Table:
    columns = (
        Column(_("judged")),
        *(Column(_(word), "right") for word in _SAYINGS.values()),
        Column(_("all"), "right"),
    )
    rows = []
    for verdict in get_args(Verdict):
        counts = [each.counts[verdict, saying] for saying in SAYINGS]
        if any(counts):
            rows.append(tuple(map(Cell, (word(verdict), *map(whole, counts), whole(sum(counts))))))
    return Table(columns, tuple(rows))


def _summary(compared: RuleCompared) -> str:
    judged = [one for one in compared.ecosystems if one.verdict == "met"]
    if not judged:
        invited = invited_text(len(compared.ecosystems))
        return _("None of {invited} was judged to meet it.", invited=invited)
    answered = [one for one in judged if one.saying != "no-answer"]
    against = sum(one.is_contradiction for one in answered)
    met = ngettext(
        "{n} of {invited} was judged to meet it",
        "{n} of {invited} were judged to meet it",
        len(judged),
        invited=invited_text(len(compared.ecosystems)),
    )
    said = ngettext(
        "of these {answered} answered the question, and {contradicting} says otherwise",
        "of these {answered} answered the question, and {contradicting} say otherwise",
        against,
        answered=len(answered),
        contradicting=k_of_n(against, len(answered)),
    )
    return f"{met}; {said}."


def _contradictions(compared: RuleCompared) -> Table:
    columns = (
        Column(_("contradicts")),
        Column(_("judged")),
        Column(_("answered"), wraps=True),
        Column(_("where"), wraps=True),
    )
    return Table(
        columns,
        tuple(
            (
                Cell(one.ecosystem),
                Cell(word(one.verdict)),
                Cell(listing(one.options or ()) or _("none")),
                Cell("; ".join(each.where for each in one.said)),
            )
            for one in compared.contradictions
        ),
    )


def _plain(compared: Compared) -> dict[str, object]:
    return {
        "id": compared.ecosystem,
        "name": compared.name,
        "verdict": compared.verdict,
        "options": list(compared.options or ()),
        "where": [each.where for each in compared.said],
    }


_UNKNOWN = "unknown"
_LEFT_OUT = "x"


@dataclass(frozen=True, slots=True)
class CrossTabsView:
    """``kiamv survey characterise --by``; shares of a base below ``min_base`` are not given."""

    tabs: CrossTabs
    min_base: int = 10
    programme: Programme | None = None

    def payload(self) -> Mapping[str, object]:
        """Return the document ``kiamv/survey-crosstab``."""
        tabs = self.tabs
        return {
            **answers_fields(tabs.answers, self.programme, "crosstab"),
            "request": {
                "base": "answered",
                "min_base": self.min_base,
                "by": tabs.by.id,
                "min_cell": tabs.min_cell,
            },
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
        """Yield a row per option and group; what is left out is empty."""
        for table in self.tabs.tables:
            for row in table.rows:
                for group, cell, base, share in self._cells(table, row.cells):
                    yield {
                        "question": table.question.id,
                        "option": row.id,
                        "dimension": self.tabs.by.id,
                        "category": group,
                        "count": cell,
                        "base": base,
                        "share": share,
                        "left_out": cell is None,
                        "made_up": self.tabs.answers.made_up,
                    }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """Yield a table per question, a column per group."""
        del symbols
        tabs = self.tabs
        yield from made_up(tabs.answers)
        wording = label_in(tabs.by.wording)
        yield Heading(_("{title}, by: {question}", title=tabs.answers.title, question=wording))
        for table in tabs.tables:
            yield Heading(label_in(table.question.wording))
            yield self._table(table)
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
        """Yield each group with the count, the base and the share of a row."""
        for group, cell, base in zip(self._groups(), cells, table.bases, strict=True):
            enough = cell is not None and base is not None and base >= max(self.min_base, 1)
            share = number(Fraction(cell or 0, base or 1)) if enough else None
            yield group, cell, base, share

    def _table(self, table: CrossTab) -> Table:
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
                shown = "" if share is None else f" {percent(Fraction(cell, base or 1), 0)}"
                texts.append(counted + shown)
        return _cells(label, whole(total), *texts)

    def _legend(self) -> Iterator[Block]:
        yield Paragraph(
            _(
                "The base of a group is its members who answered; with a base below {n} "
                "there are no percentages. Interviews and desk research supplement the "
                "survey.",
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
