"""The fact that is missing on an open criterion, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.core.longlist import BudgetLine
from kiamv_cli.core.programme import BestLineRule, CountRule, SidesRule
from kiamv_cli.render.rules import FACTS, line_text
from kiamv_cli.render.text import count, listing

if TYPE_CHECKING:
    from kiamv_cli.core.evidence import CriterionEvidence
    from kiamv_cli.core.gaps import Gap
    from kiamv_cli.core.missing import Missing
    from kiamv_cli.core.programme import Programme

# Of which values of a field of the facts there are too few: one and many.
_VALUES = {
    ("challenges", "theme"): ("a challenge in one {}theme", "challenges in {} {}themes"),
    ("life_domains", "domain"): ("one {}domain of life", "{} {}domains of life"),
}


def missing_text(gap: Gap, programme: Programme) -> str:
    """What further facts it takes, beside what is known: ``1 more sign of maturity``."""
    rule, lacking = gap.criterion.rule, gap.missing
    match rule:
        case CountRule():
            text = _counted(rule, lacking, gap.known, programme)
        case BestLineRule():
            text = _line(lacking, gap.known)
        case SidesRule():
            text = f"{_a(lacking.sides)} from {listing(lacking.sides)}"
    return text + _judged(gap.known)


def _a(sides: tuple[str, ...]) -> str:
    return "a partner" if len(sides) == 1 else "partners"


def _counted(
    rule: CountRule, lacking: Missing, known: CriterionEvidence, programme: Programme
) -> str:
    parts = []
    if lacking.distinct:
        parts.append(_distinct(rule, lacking, programme))
    there = any(each.counts for each in known.facts)
    if lacking.facts > lacking.distinct:
        more = "more " if there else ""
        one, many = FACTS[rule.facts]
        parts.append(count(lacking.facts, f"{more}{one}", f"{more}{many}"))
    return listing(parts)


def _distinct(rule: CountRule, lacking: Missing, programme: Programme) -> str:
    named = [_named(value, rule, programme) for value in lacking.seen]
    more = "more " if named else ""
    different = "" if named else "different "
    fallback = (
        f"{FACTS[rule.facts][0]} with one {{}}{rule.by}",
        f"{FACTS[rule.facts][1]} with {{}} {{}}different values of {rule.by}",
    )
    single, several = _VALUES.get((rule.facts, rule.by or ""), fallback)
    if lacking.distinct == 1:
        text = single.format(more)
    else:
        text = several.format(lacking.distinct, more or different)
    return f"{text} (known: {listing(named)})" if named else text


def _named(value: str | None, rule: CountRule, programme: Programme) -> str:
    if value is None:
        return f"outside the {rule.by}s"
    if rule.by != "theme":
        return value
    themes = programme.dimensions["themes"].categories
    return next((one.label["en"] for one in themes if one.id == value), value)


def _line(lacking: Missing, known: CriterionEvidence) -> str:
    assert lacking.line is not None, "a best-line rule asks for a line"
    lines = [each.fact for each in known.facts if each.counts]
    there = dict.fromkeys(_brief(line) for line in lines if isinstance(line, BudgetLine))
    text = line_text(lacking.line)
    return f"{text} (known: {'; '.join(there)})" if there else text


def _brief(line: BudgetLine) -> str:
    own = {None: "not shown to be its own", True: "of its own", False: "not its own"}[line.own]
    term = "term not known" if line.years is None else count(line.years, "calendar year")
    return f"{own}, {term}"


def _judged(known: CriterionEvidence) -> str:
    judgement = known.judgement
    if judgement is None or judgement.verdict != "unknown" or known.too_late:
        return ""
    return f"; {judgement.by} could not tell on {judgement.date}: {judgement.reason}"
