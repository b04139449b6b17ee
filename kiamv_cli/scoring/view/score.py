"""The ranking: one row per ecosystem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, label_in, ngettext
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.display.text import count, date_text, listing, number
from kiamv_cli.scoring.view.cells import BASES, class_cell, heading_fields, mark_cell, range_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.figure import Figure
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.scoring.model.score import CriterionScore, EcosystemScore, Scores


@dataclass(frozen=True, slots=True)
class ScoreView:
    """``kiamv score``: rank, verdicts, proven and possible score, class."""

    scores: Scores

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/score``."""
        criteria = [criterion.id for criterion in self.scores.programme.criteria]
        return {
            **heading_fields(self.scores, "score"),
            "left_out": {"later": self.scores.later, "ended": self.scores.ended},
            "ecosystems": [_ecosystem(one, criteria) for one in self.scores.ecosystems],
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per ecosystem, with verdict, proven and possible score per criterion."""
        for one in self.scores.ecosystems:
            row: dict[str, Value] = {
                "rank": one.rank,
                "id": one.ecosystem.id,
                "name": one.ecosystem.name,
                "provinces": " ".join(one.ecosystem.provinces),
                "themes": " ".join(one.ecosystem.themes),
                "proven": number(one.proven),
                "possible": number(one.possible),
                "class_worst": one.worst.id,
                "class_best": one.best.id,
            }
            for criterion, scored in zip(self.scores.programme.criteria, one.criteria, strict=True):
                row[f"{criterion.id}_verdict"] = scored.verdict
                row[f"{criterion.id}_proven"] = number(scored.proven)
                row[f"{criterion.id}_possible"] = number(scored.possible)
                row[f"{criterion.id}_basis"] = scored.basis
            yield row

    def figures(self) -> Mapping[str, Callable[[], Figure]]:
        """The heat table."""
        from kiamv_cli.scoring.view.heat import heat_figure  # noqa: PLC0415 - only to draw

        return {"heat": lambda: heat_figure(self.scores)}

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """The ranking with its legend."""
        scores = self.scores
        yield Heading(
            _(
                "{title}: {ecosystems} by score, as of {date}",
                title=scores.longlist.title,
                ecosystems=count(len(scores.ecosystems), "ecosystem", "ecosystems"),
                date=date_text(scores.as_of),
            )
        )
        yield _table(scores, symbols)
        yield Paragraph("")
        yield from _legend(scores, symbols)


def _ecosystem(one: EcosystemScore, criteria: list[str]) -> dict[str, object]:
    scored = zip(criteria, one.criteria, strict=True)
    return {
        "id": one.ecosystem.id,
        "name": one.ecosystem.name,
        "rank": one.rank,
        "provinces": list(one.ecosystem.provinces),
        "themes": list(one.ecosystem.themes),
        "score": {
            "proven": number(one.proven),
            "possible": number(one.possible),
            "exact": [str(one.proven), str(one.possible)],
        },
        "class": {"worst": one.worst.id, "best": one.best.id},
        "criteria": {criterion: _criterion(score) for criterion, score in scored},
    }


def _criterion(scored: CriterionScore) -> dict[str, object]:
    fields: dict[str, object] = {
        "verdict": scored.verdict,
        "proven": number(scored.proven),
        "possible": number(scored.possible),
        "basis": scored.basis,
    }
    if scored.ruled is not None:
        fields["rule"] = _criterion(scored.ruled)
    return fields


def _table(scores: Scores, symbols: Symbols) -> Table:
    marks = (Column(str(n + 1), "center") for n in range(len(scores.programme.criteria)))
    columns = (
        Column("#", "right"),
        Column(_("ecosystem"), wraps=True),
        *marks,
        Column(_("score")),
        Column(_("proven{dash}possible", dash=symbols.dash)),
        Column(_("class")),
    )
    return Table(columns, tuple(_row(one, scores.programme, symbols) for one in scores.ecosystems))


def _row(one: EcosystemScore, programme: Programme, symbols: Symbols) -> tuple[Cell, ...]:
    return (
        Cell(str(one.rank)),
        Cell(one.ecosystem.name),
        *(mark_cell(scored, symbols) for scored in one.criteria),
        Cell(symbols.bar(one.proven, one.possible)),
        Cell(range_text(one, symbols)),
        class_cell(one, programme, symbols),
    )


def _legend(scores: Scores, symbols: Symbols) -> Iterator[Block]:
    numbered = enumerate((label_in(k.label) for k in scores.programme.criteria), start=1)
    yield Paragraph(", ".join(f"{n}\u00a0{label}" for n, label in numbered) + ".")
    yield Paragraph(
        _(
            "{met} met, {partly} partly, {not_met} not met, {unknown} unknown. {full} proven, "
            "{light} possible: what the evidence shows, and what it cannot exclude. {up} for each "
            "class that it may still rise.",
            met=symbols.met,
            partly=symbols.partly,
            not_met=symbols.not_met,
            unknown=symbols.unknown,
            full=symbols.full,
            light=symbols.light,
            up=symbols.up,
        )
    )
    if judged := judged_text(scores):
        yield Paragraph(judged)
    if left_out := left_out_text(scores):
        yield Paragraph(left_out)


def judged_text(scores: Scores) -> str:
    """How many verdicts people gave, with the sign of each basis; empty if there are none."""
    bases = scores.bases
    by_people = bases.total() - bases["rule"]
    if not by_people:
        return ""
    told = [
        f"{sign} {_(said)} ({bases[b]})" for b, (sign, said) in BASES.items() if sign and bases[b]
    ]
    return ngettext(
        "{how}: people overrule the rule on {people} of {n} verdict.",
        "{how}: people overrule the rule on {people} of {n} verdicts.",
        bases.total(),
        how=", ".join(told),
        people=by_people,
    )


def left_out_text(scores: Scores) -> str:
    """Which facts did not count because of their years; empty if there are none."""
    parts = []
    if scores.later:
        day = date_text(scores.as_of)
        later = ngettext(
            "{n} fact later than {date}", "{n} facts later than {date}", scores.later, date=day
        )
        parts.append(later)
    if scores.ended:
        parts.append(
            ngettext("{n} fact ended before it", "{n} facts ended before it", scores.ended)
        )
    return _("Left out: {facts}.", facts=listing(parts)) if parts else ""
