"""Criteria and facts in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import _
from kiamv_cli.display.text import date_text, listing, seats, whole
from kiamv_cli.display.words import word
from kiamv_cli.programme.model.facts import BudgetLine, Challenge, Finding, LifeDomain, Partner
from kiamv_cli.programme.rules.best_line import own_text, term_text
from kiamv_cli.programme.rules.count import theme_text

if TYPE_CHECKING:
    from fractions import Fraction

    from kiamv_cli.programme.model.facts import CriterionEvidence, Evidence, Fact
    from kiamv_cli.programme.model.programme import Criterion, Programme


def rule_text(criterion: Criterion) -> str:
    """What gives which score on a criterion, and from which score it is met or partly."""
    met, partly = seats(criterion.met_at), seats(criterion.partly_at)
    return _(
        "Score {scores}. Met from {met}, partly from {partly}.",
        scores=criterion.rule.text(),
        met=met,
        partly=partly,
    )


def fact_text(evidence: Evidence, programme: Programme) -> str:
    """What a fact says."""
    fact = evidence.fact
    match fact:
        case Challenge():
            return f"{fact.what} ({theme_text(fact.theme, programme)})"
        case LifeDomain():
            return word(fact.domain)
        case Finding():
            return fact.what
        case BudgetLine():
            return _budget_text(fact)
        case Partner():
            return f"{fact.name} ({word(evidence.side or '')})"
        case _:
            raise TypeError(type(fact))


def years_text(fact: Fact, dash: str) -> str:
    """The years in which a fact holds; empty where none is given."""
    since = fact.start if isinstance(fact, BudgetLine) and fact.start else fact.since
    if since is None:
        return "" if fact.until is None else _("until {year}", year=fact.until)
    if fact.until is None:
        return _("since {year}", year=since)
    return str(since) if since == fact.until else f"{since}{dash}{fact.until}"


def _budget_text(line: BudgetLine) -> str:
    parts = [own_text(line)]
    if line.amount_eur is not None:
        parts.append(_("{amount} euro", amount=whole(line.amount_eur)))
    parts.append(term_text(line))
    if line.funders:
        parts.append(_("from {funders}", funders=listing(line.funders)))
    if line.note:
        parts.append(line.note)
    return "; ".join(parts)


def missing_text(
    criterion: Criterion, possible: Fraction, known: CriterionEvidence, programme: Programme
) -> str:
    """What further facts it takes, beside what is known: ``1 more sign of maturity``."""
    return criterion.rule.missing_text(possible, known, programme) + _undecided(known)


def _undecided(known: CriterionEvidence) -> str:
    judgement = known.judgement
    if judgement is None or not known.undecided:
        return ""
    text = _(
        "{who} could not tell on {date}: {reason}",
        who=judgement.by,
        date=date_text(judgement.date),
        reason=judgement.reason,
    )
    return f"; {text}"
