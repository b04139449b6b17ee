"""The evidence on a criterion: verdict, rule, facts with sources, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, label_in
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.display.text import date_text, decimal, listing, number
from kiamv_cli.display.words import facts_noun, word
from kiamv_cli.programme.view import fact_text, rule_text, years_text
from kiamv_cli.scoring.view.cells import mark_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.longlist.model.longlist import Ecosystem
    from kiamv_cli.programme.model.facts import Holding, JudgedBy, Judgement, Source
    from kiamv_cli.programme.model.programme import Criterion, Programme
    from kiamv_cli.programme.model.rules import CriterionEvidence, Evidence
    from kiamv_cli.scoring.model.score import CriterionScore

# With a colon, or "counts" before "not its own" would read as one sentence.
_HOLDING: Mapping[Holding, str] = {
    "holds": N_("counts:"),
    "later": N_("later:"),
    "ended": N_("ended:"),
}
_JUDGED: Mapping[JudgedBy, str] = {
    "person": N_('Judged by {who} on {date}: {verdict}, "{reason}".'),
    "review": N_('Judged alike by {who} on {date}: {verdict}, "{reason}".'),
    "adjudicated": N_('Adjudicated by {who} on {date}: {verdict}, "{reason}".'),
}


def verdict_cell(scored: CriterionScore, symbols: Symbols) -> Cell:
    """Sign, verdict and score on a criterion: ``● met 1.00``."""
    return Cell(f"{mark_cell(scored, symbols).text} {_verdict_text(scored, symbols)}")


def evidence_blocks(
    criterion: Criterion,
    scored: CriterionScore,
    known: CriterionEvidence,
    programme: Programme,
    symbols: Symbols,
) -> Iterator[Block]:
    """All on one criterion: verdict, question, rule, judgement, facts, and what is absent."""
    yield Heading(f"{label_in(criterion.label)}: {verdict_cell(scored, symbols).text}")
    yield Paragraph(f"{label_in(criterion.question)} {rule_text(criterion)}", "faint")
    if known.judgement is not None:
        yield Paragraph(judgement_text(known.judgement, scored, known, symbols))
    if known.facts:
        yield _facts(known, programme, symbols)
    if known.absent:
        yield Paragraph(_("Looked, and there is none: {what}.", what=_names(known.absent)))
    if known.unseen:
        yield Paragraph(_("Nothing is known of: {what}.", what=_names(known.unseen)), "unknown")


def source_blocks(ecosystem: Ecosystem, known: Iterable[CriterionEvidence]) -> Iterator[Block]:
    """The sources of the facts, in the order of the long list; nothing if there are none."""
    used = {name for each in known for one in each.facts for name in one.fact.cited}
    rows = tuple(
        (Cell(name), Cell(source_text(source)), Cell(source.url or ""))
        for name, source in ecosystem.sources.items()
        if name in used
    )
    if rows:
        yield Heading(_("Sources"))
        columns = (Column(""), Column(_("title"), wraps=True), Column(_("link"), wraps=True))
        yield Table(columns, rows)


def evidence_fields(
    criterion: Criterion, scored: CriterionScore, known: CriterionEvidence, programme: Programme
) -> dict[str, object]:
    """All on one criterion, for JSON."""
    judgement = known.judgement
    return {
        "question": label_in(criterion.question),
        "rule": rule_text(criterion),
        "verdict": scored.verdict,
        "proven": number(scored.proven),
        "possible": number(scored.possible),
        "basis": scored.basis,
        "judgement": None if judgement is None else _judgement_fields(judgement, scored, known),
        "facts": [fact_record(each, programme) for each in known.facts],
        "absent": list(known.absent),
        "nothing_known": list(known.unseen),
    }


def fact_record(one: Evidence | None, programme: Programme) -> dict[str, Value]:
    """A fact with its source; all fields are empty where there is none."""
    source = one.source if one else None
    return {
        "fact": fact_text(one, programme) if one else None,
        "side": one.side if one else None,
        "years": years_text(one.fact, "-") if one else None,
        "counts": one.holding == "holds" if one else None,
        "why_not": one.holding if one and one.holding != "holds" else None,
        "source_title": source.title if source else None,
        "source_publisher": source.publisher if source else None,
        "source_year": source.year if source else None,
        "source_url": source.url if source else None,
    }


def _facts(known: CriterionEvidence, programme: Programme, symbols: Symbols) -> Table:
    columns = (
        Column(""),
        Column(_("fact"), wraps=True),
        Column(_("years")),
        Column(_("source")),
    )
    return Table(columns, tuple(_fact_row(one, programme, symbols) for one in known.facts))


def _fact_row(one: Evidence, programme: Programme, symbols: Symbols) -> tuple[Cell, ...]:
    text = fact_text(one, programme)
    return (
        Cell(_(_HOLDING[one.holding]), "met" if one.holding == "holds" else "faint"),
        Cell(text) if one.holding == "holds" else Cell(text, "faint"),
        Cell(years_text(one.fact, symbols.dash)),
        Cell(", ".join(one.fact.cited) or symbols.dash),
    )


def source_text(source: Source) -> str:
    """The title of a source, who published it, and when."""
    read = _("read {date}", date=source.read) if source.read else None
    parts = (source.title, source.publisher, str(source.year) if source.year else read)
    return ", ".join(part for part in parts if part)


def _verdict_text(scored: CriterionScore, symbols: Symbols) -> str:
    possible = f"{symbols.dash}{decimal(scored.possible)}" if scored.open else ""
    return f"{word(scored.verdict)} {decimal(scored.proven)}{possible}"


def _names(names: tuple[str, ...]) -> str:
    return listing([facts_noun(name) for name in names])


def judgement_text(
    judgement: Judgement, scored: CriterionScore, known: CriterionEvidence, symbols: Symbols
) -> str:
    """What people judged, by whom and why, and what the rule alone would have said."""
    parts = [f"{word(side)} {word(verdict)}" for side, verdict in judgement.parts.items()]
    text = _(
        _JUDGED[judgement.basis],
        who=judgement.by,
        date=date_text(judgement.decided or judgement.date),
        verdict=word(judgement.verdict) if judgement.verdict else listing(parts),
        reason=judgement.reason,
    )
    if judgement.cited:
        text = f"{text} {_('Cited: {sources}.', sources='; '.join(judgement.cited))}"
    if known.too_late:
        late = _("Later than the reference date: does not count.")
        return f"{text} {late}"
    if scored.ruled is None:
        return text
    ruled = _("The rule alone would give {verdict}.", verdict=_verdict_text(scored.ruled, symbols))
    return f"{text} {ruled}"


def _judgement_fields(
    judgement: Judgement, scored: CriterionScore, known: CriterionEvidence
) -> dict[str, object]:
    return {
        "verdict": judgement.verdict,
        "parts": dict(judgement.parts),
        "by": judgement.by,
        "date": judgement.date.isoformat(),
        "reason": judgement.reason,
        **({"cited": list(judgement.cited)} if judgement.cited else {}),
        **({"decided": judgement.decided.isoformat()} if judgement.decided else {}),
        "counts": not known.too_late,
        "rule_alone": None if scored.ruled is None else scored.ruled.verdict,
    }
