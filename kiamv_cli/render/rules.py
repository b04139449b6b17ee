"""Rules and facts in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.core.longlist import BudgetLine, Challenge, Finding, LifeDomain, Partner
from kiamv_cli.core.programme import BestLineRule, CountRule, SidesRule
from kiamv_cli.render.text import count, listing, seats

if TYPE_CHECKING:
    from kiamv_cli.core.evidence import Evidence
    from kiamv_cli.core.longlist import Fact
    from kiamv_cli.core.programme import Criterion, LineStep, Programme, Step

# What the facts of a list are called, one and many.
FACTS = {
    "challenges": ("challenge", "challenges"),
    "life_domains": ("domain of life", "domains of life"),
    "comparable_elsewhere": (
        "case of the same problem or method elsewhere",
        "cases of the same problem or method elsewhere",
    ),
    "maturity": ("sign of maturity", "signs of maturity"),
    "budget": ("budget line", "budget lines"),
}
_VALUES = {"theme": "different theme", "domain": "different domain"}


def rule_text(criterion: Criterion) -> str:
    """What gives which score on a criterion, and from which score it is met or partly."""
    rule = criterion.rule
    match rule:
        case CountRule():
            scores = _count_text(rule)
        case BestLineRule():
            steps = [f"{seats(step.score)} for {line_text(step)}" for step in rule.steps]
            scores = f"{', '.join(steps)}, else 0; only the best line counts"
        case SidesRule():
            scores = _sides_text(rule)
    met, partly = seats(criterion.met_at), seats(criterion.partly_at)
    return f"Score {scores}. Met from {met}, partly from {partly}."


def fact_text(evidence: Evidence, programme: Programme) -> str:
    """What a fact says."""
    fact = evidence.fact
    match fact:
        case Challenge():
            themes = {one.id: one.label["en"] for one in programme.dimensions["themes"].categories}
            theme = themes.get(fact.theme, fact.theme) if fact.theme else "outside the themes"
            return f"{fact.what} ({theme})"
        case LifeDomain():
            return fact.domain
        case Finding():
            return fact.what
        case BudgetLine():
            return _budget_text(fact)
        case Partner():
            return f"{fact.name} ({evidence.side})"
        case _:
            raise TypeError(type(fact))


def years_text(fact: Fact, dash: str) -> str:
    """The years in which a fact holds; empty where none is given."""
    since = fact.start if isinstance(fact, BudgetLine) and fact.start else fact.since
    if since is None:
        return "" if fact.until is None else f"until {fact.until}"
    if fact.until is None:
        return f"since {since}"
    return str(since) if since == fact.until else f"{since}{dash}{fact.until}"


def line_text(step: LineStep) -> str:
    """What a step asks of a budget line."""
    own = {None: "", True: " of its own", False: " that is not its own"}[step.own]
    years = f" over at least {count(step.years, 'calendar year')}" if step.years else ""
    return f"a budget line{own}{years}"


def _count_text(rule: CountRule) -> str:
    steps = [f"{seats(step.score)} for {_step_text(rule, step)}" for step in rule.steps]
    text = f"{', '.join(steps)}, else 0"
    if rule.by == "theme":
        text += "; challenges outside the themes together count as one theme"
    for scope, cap in rule.caps.items():
        text += f"; at most {seats(cap)} where the scope is {scope}"
    return text


def _step_text(rule: CountRule, step: Step) -> str:
    demands = []
    if step.facts:
        demands.append(f"at least {count(step.facts, *FACTS[rule.facts])}")
    if step.distinct:
        value = _VALUES.get(rule.by or "", f"different {rule.by}")
        demands.append(f"at least {count(step.distinct, value)}")
    return listing(demands) or "whatever is known"


def _sides_text(rule: SidesRule) -> str:
    text = f"in equal shares for a partner on each of the sides {listing(rule.sides)}"
    if rule.needed:
        text += f"; met only with {listing(rule.needed)}"
    return text


def _budget_text(line: BudgetLine) -> str:
    own = {None: "not shown to be its own", True: "of its own", False: "not its own"}[line.own]
    parts = [own]
    if line.amount_eur is not None:
        parts.append(f"{line.amount_eur:,} euro")
    parts.append("term not known" if line.years is None else count(line.years, "calendar year"))
    if line.funders:
        parts.append(f"from {listing(line.funders)}")
    if line.note:
        parts.append(line.note)
    return "; ".join(parts)
