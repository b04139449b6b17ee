"""Rules and facts in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kiamv_cli.base.language import N_, _, label_in, ngettext
from kiamv_cli.display.text import count, date_text, listing, seats, whole
from kiamv_cli.display.words import facts_count, facts_noun, more_facts, word, words
from kiamv_cli.programme.model.facts import BudgetLine, Challenge, Finding, LifeDomain, Partner
from kiamv_cli.programme.model.programme import BestLineRule, CountRule, SidesRule

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from kiamv_cli.programme.model.facts import Fact
    from kiamv_cli.programme.model.programme import Criterion, LineStep, Programme, Rule, Step
    from kiamv_cli.programme.model.rules import CriterionEvidence, Evidence, Missing

# Whose a budget line is, as a remark and in a demand.
_OWN = {
    None: N_("not shown to be its own"),
    True: N_("of its own"),
    False: N_("not its own"),
}
_LINES = {
    None: N_("a budget line"),
    True: N_("a budget line of its own"),
    False: N_("a budget line that is not its own"),
    "unknown": N_("a budget line of unknown ownership"),
}


def rule_text(criterion: Criterion) -> str:
    """What gives which score on a criterion, and from which score it is met or partly."""
    rule = criterion.rule
    match rule:
        case CountRule():
            scores = _count_text(rule)
        case BestLineRule():
            steps = _steps_text((step.score, line_text(step)) for step in rule.steps)
            scores = _("{scores}; only the best line counts", scores=steps)
        case SidesRule():
            scores = _sides_text(rule)
        case _:
            assert_never(rule)
    met, partly = seats(criterion.met_at), seats(criterion.partly_at)
    return _(
        "Score {scores}. Met from {met}, partly from {partly}.",
        scores=scores,
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


def theme_text(theme: str | None, programme: Programme) -> str:
    """What a theme is called, or that there is none."""
    if not theme:
        return _("outside the themes")
    themes = programme.dimensions["themes"].categories
    return next((label_in(one.label) for one in themes if one.id == theme), theme)


def years_text(fact: Fact, dash: str) -> str:
    """The years in which a fact holds; empty where none is given."""
    since = fact.start if isinstance(fact, BudgetLine) and fact.start else fact.since
    if since is None:
        return "" if fact.until is None else _("until {year}", year=fact.until)
    if fact.until is None:
        return _("since {year}", year=since)
    return str(since) if since == fact.until else f"{since}{dash}{fact.until}"


def line_text(step: LineStep) -> str:
    """What a step asks of a budget line."""
    line = _(_LINES[step.own])
    if not step.years:
        return line
    return _("{line} over at least {years}", line=line, years=_years(step.years))


def own_text(line: BudgetLine) -> str:
    """Whose a budget line is."""
    return _(_OWN[line.own])


def term_text(line: BudgetLine) -> str:
    """Over how many years a budget line goes."""
    return _("term not known") if line.years is None else _years(line.years)


def _years(number: int) -> str:
    return count(number, "calendar year", "calendar years")


def _steps_text(steps: Iterable[tuple[Fraction, str]]) -> str:
    told = [_("{score} for {what}", score=seats(score), what=what) for score, what in steps]
    return _("{scores}, else 0", scores=", ".join(told))


def _count_text(rule: CountRule) -> str:
    parts = [_steps_text((step.score, _step_text(rule, step)) for step in rule.steps)]
    if rule.by == "theme":
        parts.append(_("challenges outside the themes together count as one theme"))
    parts += [
        _("at most {score} where the scope is {scope}", score=seats(cap), scope=word(scope))
        for scope, cap in rule.caps.items()
    ]
    return "; ".join(parts)


def _step_text(rule: CountRule, step: Step) -> str:
    demands = []
    if step.facts:
        demands.append(_("at least {what}", what=facts_count(rule.facts, step.facts)))
    if step.distinct:
        demands.append(_("at least {what}", what=_different(rule.by or "", step.distinct)))
    return listing(demands) or _("whatever is known")


def _different(field: str, number: int) -> str:
    if field == "theme":
        return count(number, "theme", "different themes")
    if field == "domain":
        return count(number, "domain", "different domains")
    return ngettext("{n} different {field}", "{n} different {field}s", number, field=field)


def _sides_text(rule: SidesRule) -> str:
    sides = listing(words(rule.sides))
    shares = _("in equal shares for a partner on each of the sides {sides}", sides=sides)
    if not rule.needed:
        return shares
    needed = listing(words(rule.needed))
    return _("{scores}; met only with {sides}", scores=shares, sides=needed)


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


# Of which values of a field of the facts there are too few: one, one more, several, several more.
_VALUES = {
    ("challenges", "theme"): (
        N_("a challenge in one theme"),
        N_("a challenge in one more theme"),
        N_("challenges in {n} different themes"),
        N_("challenges in {n} more themes"),
    ),
    ("life_domains", "domain"): (
        N_("one domain of life"),
        N_("one more domain of life"),
        N_("{n} different domains of life"),
        N_("{n} more domains of life"),
    ),
}
_OTHER_VALUES = (
    N_("{facts} with one {field}"),
    N_("{facts} with one more {field}"),
    N_("{facts} with {n} different values of {field}"),
    N_("{facts} with {n} more different values of {field}"),
)


def missing_text(
    rule: Rule, lacking: Missing, known: CriterionEvidence, programme: Programme
) -> str:
    """What further facts it takes, beside what is known: ``1 more sign of maturity``."""
    match rule:
        case CountRule():
            text = _missing_facts(rule, lacking, known, programme)
        case BestLineRule():
            text = _missing_line(lacking, known)
        case SidesRule():
            text = _missing_sides(lacking.sides)
        case _:
            assert_never(rule)
    return text + _judged(known)


def _missing_sides(sides: tuple[str, ...]) -> str:
    if len(sides) == 1:
        return _("a partner from {side}", side=word(sides[0]))
    return _("partners from {sides}", sides=listing(words(sides)))


def _missing_facts(
    rule: CountRule, lacking: Missing, known: CriterionEvidence, programme: Programme
) -> str:
    parts = []
    if lacking.distinct:
        parts.append(_distinct(rule, lacking, programme))
    there = any(each.counts for each in known.facts)
    if lacking.facts > lacking.distinct:
        counted = more_facts if there else facts_count
        parts.append(counted(rule.facts, lacking.facts))
    return listing(parts)


def _distinct(rule: CountRule, lacking: Missing, programme: Programme) -> str:
    named = [_named(value, rule, programme) for value in lacking.seen]
    texts = _VALUES.get((rule.facts, rule.by or ""), _OTHER_VALUES)
    n = lacking.distinct
    text = _(texts[2 * (n > 1) + bool(named)], n=n, facts=facts_noun(rule.facts, n), field=rule.by)
    return _with_known(text, listing(named))


def _with_known(text: str, known: str) -> str:
    return _("{missing} (known: {known})", missing=text, known=known) if known else text


def _named(value: str | None, rule: CountRule, programme: Programme) -> str:
    if rule.by == "theme":
        return theme_text(value, programme)
    return _("outside the {field}s", field=rule.by) if value is None else word(value)


def _missing_line(lacking: Missing, known: CriterionEvidence) -> str:
    assert lacking.line is not None, "a best-line rule asks for a line"
    lines = [each.fact for each in known.facts if each.counts]
    there = dict.fromkeys(_brief(line) for line in lines if isinstance(line, BudgetLine))
    return _with_known(line_text(lacking.line), "; ".join(there))


def _brief(line: BudgetLine) -> str:
    return f"{own_text(line)}, {term_text(line)}"


def _judged(known: CriterionEvidence) -> str:
    judgement = known.judgement
    if judgement is None or judgement.verdict != "unknown" or known.too_late:
        return ""
    told = _(
        "{who} could not tell on {date}: {reason}",
        who=judgement.by,
        date=date_text(judgement.date),
        reason=judgement.reason,
    )
    return f"; {told}"
