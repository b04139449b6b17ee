"""Criteria and facts in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kiamv_cli.base.language import _, label_in
from kiamv_cli.display.text import date_text, listing, seats, whole
from kiamv_cli.display.words import facts_noun, word
from kiamv_cli.programme.model.attributes import AttributeValue
from kiamv_cli.programme.model.dimensions import PLAIN_DIMENSIONS
from kiamv_cli.programme.model.facts import (
    BudgetLine,
    Challenge,
    Evidence,
    LifeDomain,
    Partner,
    Statement,
)
from kiamv_cli.programme.rules.best_line import own_text, term_text
from kiamv_cli.programme.rules.count import theme_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from fractions import Fraction

    from kiamv_cli.programme.model.attributes import Attribute
    from kiamv_cli.programme.model.dimensions import Dimension, DimensionId
    from kiamv_cli.programme.model.facts import CriterionEvidence, Fact, Subject
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
        case Statement():
            return fact.what
        case BudgetLine():
            return _budget_text(fact)
        case Partner():
            return f"{fact.name} ({word(evidence.side or '')})"
        case AttributeValue():
            attribute = programme.attribute(evidence.of)
            return str(fact.value) if attribute is None else value_text(fact, attribute)
        case _:
            raise TypeError(type(fact))


def value_text(value: AttributeValue, attribute: Attribute) -> str:
    """Format the value of an attribute, a number with its unit."""
    match attribute.kind:
        case "number":
            from kiamv_cli.programme.rules.number import interval_text  # noqa: PLC0415 - if any

            return interval_text(value, attribute)
        case "choice" | "yes-no":
            labels = {each.id: label_in(each.label) for each in attribute.categories}
            return labels.get(value.category, value.category)
        case "organisation" | "facts":
            return value.category
        case _:
            assert_never(attribute.kind)


def list_text(name: str, programme: Programme) -> str:
    """Format what a list of facts, or an attribute, is called."""
    attribute = programme.attribute(name)
    return facts_noun(name) if attribute is None else label_in(attribute.label)


def dimension_text(name: DimensionId, dimensions: Mapping[DimensionId, Dimension]) -> str:
    """Format what a dimension is called within a sentence."""
    label = label_in(dimensions[name].label)
    usual = word(name) if name in PLAIN_DIMENSIONS else label
    return usual if label.casefold() == usual.casefold() else label


def dimensions_text(
    names: Iterable[DimensionId], dimensions: Mapping[DimensionId, Dimension]
) -> str:
    """Format what several dimensions are called within a sentence; empty if there are none."""
    return listing([dimension_text(name, dimensions) for name in names])


def attribute_texts(ecosystem: Subject, programme: Programme) -> Iterator[tuple[str, str]]:
    """Yield the label of each attribute of which something is known, and what."""
    for attribute in programme.attributes:
        values = ecosystem.attributes.get(attribute.id)
        if values is not None:
            texts = [
                fact_text(Evidence(fact=each, holding="holds", of=attribute.id), programme)
                + _in_years(each)
                for each in values
            ]
            yield label_in(attribute.label), "; ".join(texts) or _("none")


def _in_years(fact: Fact) -> str:
    years = years_text(fact, "-")
    return f" ({years})" if years else ""


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
