"""The evidence on a criterion: verdict, rule, facts with sources, and what is not known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from kiamv_cli.base.language import N_, _, label_in
from kiamv_cli.display.document import (
    Cell,
    Column,
    Field,
    Heading,
    Paragraph,
    Table,
    data,
    people,
    records,
    table,
)
from kiamv_cli.display.text import UNICODE, date_text, decimal, listing, number, seats
from kiamv_cli.display.words import word
from kiamv_cli.programme.view import fact_text, list_text, rule_text, years_text
from kiamv_cli.scoring.view import mark_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Datum
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.longlist.model.longlist import Ecosystem
    from kiamv_cli.programme.model.facts import (
        CriterionEvidence,
        Evidence,
        Holding,
        JudgedBy,
        Judgement,
        Source,
    )
    from kiamv_cli.programme.model.programme import Criterion, Programme
    from kiamv_cli.scoring.model.score import CriterionScore

Row = TypeVar("Row")
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
_JUDGED_BY_SOMEBODY: Mapping[JudgedBy, str] = {
    "person": N_('Judged on {date}: {verdict}, "{reason}".'),
    "review": N_('Judged alike by the reviewers on {date}: {verdict}, "{reason}".'),
    "adjudicated": N_('Adjudicated on {date}: {verdict}, "{reason}".'),
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
        yield table(fact_fields(_evidence, programme, symbols), known.facts)
    if known.absent:
        yield Paragraph(
            _("Looked for, and not found: {what}.", what=_names(known.absent, programme))
        )
    if known.unseen:
        yield Paragraph(
            _("Nothing is known about: {what}.", what=_names(known.unseen, programme)), "unknown"
        )


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
        "facts": [*records(fact_fields(_evidence, programme), known.facts)],
        "absent": list(known.absent),
        "nothing_known": list(known.unseen),
    }


def fact_fields(
    of: Callable[[Row], Evidence | None], programme: Programme, symbols: Symbols = UNICODE
) -> tuple[Field[Row], ...]:
    """Return the columns of a fact with its source; data have them empty where there is none."""

    def value(take: Callable[[Evidence], Datum]) -> Callable[[Row], Datum]:
        return lambda row: None if (one := of(row)) is None else take(one)

    def cell(show: Callable[[Evidence], Cell | str]) -> Callable[[Row], Cell | str]:
        return lambda row: "" if (one := of(row)) is None else show(one)

    fact: Field[Row] = Field(
        "fact", _("fact"), value(lambda each: fact_text(each, programme)), _("What is known."), 70
    )
    years: Field[Row] = Field(
        "years",
        _("years"),
        value(lambda each: years_text(each.fact, "-")),
        _("From when and until when it holds."),
        show=cell(lambda each: years_text(each.fact, symbols.dash)),
    )
    side, holds = (
        _("Of a partner: the side of the helix."),
        _("TRUE if it holds at the reference date."),
    )
    return (
        people("holding", "", cell(_holding_cell)),
        replace(fact, show=cell(lambda each: _fact_cell(each, programme)), wraps=True),
        data("side", _("side"), value(lambda each: each.side), side),
        years,
        data("counts", _("counts"), value(lambda each: each.holding == "holds"), holds),
        data("why_not", _("why not"), value(_why_not), "later, ended."),
        people("cited", _("source"), cell(lambda each: ", ".join(each.fact.cited) or symbols.dash)),
        *_source_fields(of),
    )


def _source_fields(of: Callable[[Row], Evidence | None]) -> tuple[Field[Row], ...]:
    def value(take: Callable[[Source], Datum]) -> Callable[[Row], Datum]:
        return lambda row: take(one.source) if (one := of(row)) and one.source else None

    title, publisher = _("The title of the source."), _("Who published it.")
    year, address = _("When it was published."), _("Where it is on the web, as text.")
    return (
        data("source_title", _("source"), value(lambda each: each.title), title, 50),
        data("source_publisher", _("publisher"), value(lambda each: each.publisher), publisher, 24),
        data("source_year", _("year"), value(lambda each: each.year), year),
        data("source_url", _("address"), value(lambda each: each.url), address, 50),
    )


def _why_not(evidence: Evidence) -> str | None:
    return None if evidence.holding == "holds" else evidence.holding


def _fact_cell(evidence: Evidence, programme: Programme) -> Cell:
    return Cell(fact_text(evidence, programme), "plain" if evidence.holding == "holds" else "faint")


def _evidence(row: Evidence) -> Evidence:
    return row


def _holding_cell(evidence: Evidence) -> Cell:
    return Cell(_(_HOLDING[evidence.holding]), "met" if evidence.holding == "holds" else "faint")


def source_text(source: Source) -> str:
    """The title of a source, who published it, and when."""
    read = _("read {date}", date=source.read) if source.read else None
    parts = (source.title, source.publisher, str(source.year) if source.year else read)
    return ", ".join(part for part in parts if part)


def _verdict_text(scored: CriterionScore, symbols: Symbols) -> str:
    possible = f"{symbols.dash}{decimal(scored.possible)}" if scored.open else ""
    return f"{word(scored.verdict)} {decimal(scored.proven)}{possible}"


def _names(names: tuple[str, ...], programme: Programme) -> str:
    return listing([list_text(name, programme) for name in names])


def judgement_text(
    judgement: Judgement,
    scored: CriterionScore,
    known: CriterionEvidence,
    symbols: Symbols,
    *,
    with_names: bool = True,
) -> str:
    """Format what people judged, with or without who, and what the rule alone would have said."""
    text = _(
        (_JUDGED if with_names else _JUDGED_BY_SOMEBODY)[judgement.basis],
        **({"who": judgement.by} if with_names else {}),
        date=date_text(judgement.decided or judgement.date),
        verdict=_answer_text(judgement),
        reason=judgement.reason,
    )
    if judgement.cited:
        cited = _("Cited: {sources}.", sources="; ".join(judgement.cited))
        text = f"{text} {cited}"
    if judgement.pending:
        pending = _("Too few judged it: the rule stands until the chair confirms it.")
        return f"{text} {pending}"
    if known.too_late:
        late = _("Later than the reference date: does not count.")
        return f"{text} {late}"
    looks_at_facts = known.facts or known.absent or known.unseen
    if scored.ruled is None or not looks_at_facts:
        return text
    ruled = _("The rule alone would give {verdict}.", verdict=_verdict_text(scored.ruled, symbols))
    return f"{text} {ruled}"


def _answer_text(judgement: Judgement) -> str:
    if judgement.grade is not None:
        return _("grade {grade}", grade=seats(judgement.grade))
    if judgement.verdict:
        return word(judgement.verdict)
    return listing([f"{word(side)} {word(verdict)}" for side, verdict in judgement.parts.items()])


def _judgement_fields(
    judgement: Judgement, scored: CriterionScore, known: CriterionEvidence
) -> dict[str, object]:
    return {
        "verdict": judgement.verdict,
        **({} if judgement.grade is None else {"grade": number(judgement.grade)}),
        "parts": dict(judgement.parts),
        "by": judgement.by,
        "date": judgement.date.isoformat(),
        "reason": judgement.reason,
        **({"cited": list(judgement.cited)} if judgement.cited else {}),
        **({"decided": judgement.decided.isoformat()} if judgement.decided else {}),
        "counts": known.counting is not None,
        "rule_alone": None if scored.ruled is None else scored.ruled.verdict,
    }
