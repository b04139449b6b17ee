"""The fact that is missing on an open criterion, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.core.facts import BudgetLine
from kiamv_cli.core.programme import BestLineRule, CountRule, SidesRule
from kiamv_cli.language import N_, _
from kiamv_cli.render.rules import line_text, own_text, term_text, theme_text
from kiamv_cli.render.text import date_text, listing
from kiamv_cli.render.words import facts_count, facts_noun, more_facts, word, words

if TYPE_CHECKING:
    from kiamv_cli.core.evidence import CriterionEvidence
    from kiamv_cli.core.gaps import Gap
    from kiamv_cli.core.missing import Missing
    from kiamv_cli.core.programme import Programme

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


def missing_text(gap: Gap, programme: Programme) -> str:
    """What further facts it takes, beside what is known: ``1 more sign of maturity``."""
    rule, lacking = gap.criterion.rule, gap.missing
    match rule:
        case CountRule():
            text = _counted(rule, lacking, gap.known, programme)
        case BestLineRule():
            text = _line(lacking, gap.known)
        case SidesRule():
            text = _sides(lacking.sides)
    return text + _judged(gap.known)


def _sides(sides: tuple[str, ...]) -> str:
    if len(sides) == 1:
        return _("a partner from {side}", side=word(sides[0]))
    return _("partners from {sides}", sides=listing(words(sides)))


def _counted(
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


def _line(lacking: Missing, known: CriterionEvidence) -> str:
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
