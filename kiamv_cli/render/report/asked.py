"""What was asked of the shortlist, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.core.programme import DIMENSIONS
from kiamv_cli.language import N_, _, label_in, ngettext
from kiamv_cli.render.place import bound_words
from kiamv_cli.render.report.html import el, listed, terms
from kiamv_cli.render.report.told import BASES, joined
from kiamv_cli.render.text import count, date_text, listing, percent, whole
from kiamv_cli.render.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiamv_cli.core.report import Report
    from kiamv_cli.core.shortlist import Request
    from kiamv_cli.core.targets import TargetRule
    from kiamv_cli.render.report.html import Html, Node
    from kiamv_cli.render.report.told import Told

_TARGETS: Mapping[TargetRule, str] = {
    "even": N_("the same for all"),
    "longlist": N_("as the long list itself lies"),
    "population": N_("by inhabitants"),
}


def asked(told: Told) -> Html:
    """What was asked, and on what it was decided."""
    report = told.report
    return el(
        "section",
        el("h2", _("What was asked, and what was decided"), id="asked"),
        terms(
            (*_wishes(told), *_search(report.request), *_ground(report)),
            kind="facts",
        ),
    )


def _wishes(told: Told) -> Iterator[tuple[str, Node]]:
    report, request = told.report, told.report.request
    total = len(report.scores.ecosystems)
    yield (
        _("To select"),
        ngettext("{size} of {n} ecosystem", "{size} of {n} ecosystems", total, size=request.size),
    )
    yield _("Spread over"), listing([word(each) for each in request.balance]) or _("nothing")
    for name in DIMENSIONS:
        if name in request.balance:
            label = label_in(report.scores.programme.dimensions[name].label)
            yield _("Target: {dimension}", dimension=label), _target(request, name)
    if request.include:
        yield _("Must be in"), told.named(sorted(request.include))
    if request.exclude:
        yield _("Must not be in"), told.named(sorted(request.exclude))
    if request.quotas:
        yield _("Quotas"), listed(_quotas(told))
    if request.classes:
        classes = report.scores.programme.classes
        yield (
            _("Only of class"),
            joined(label_in(k.label) for k in classes if k.id in request.classes),
        )


def _target(request: Request, dimension: str) -> str:
    rule = {str(name): rule for name, rule in request.targets.items()}.get(dimension, "even")
    return _(_TARGETS[rule]) if isinstance(rule, str) else _("shares of one's own, see the spread")


def _quotas(told: Told) -> Iterator[str]:
    for one in told.report.request.quotas:
        label = told.labels[one.category]
        if one.at_least is not None:
            yield _("at least {n} with {category}", n=one.at_least, category=label)
        if one.at_most is not None:
            yield _("at most {n} with {category}", n=one.at_most, category=label)


def _search(request: Request) -> Iterator[tuple[str, Node]]:
    yield _("Score that counts"), bound_words(request.unknown)
    if request.give_up is not None:
        share = percent(request.give_up)
        yield _("Balance may cost"), _("at most {share} of the best total score", share=share)
    yield _("Lottery among equals"), _("from the seed {seed}", seed=request.seed)


def _ground(report: Report) -> Iterator[tuple[str, Node]]:
    scores = report.scores
    yield _("Reference date"), _facts_left_out(report)
    verdicts = count(sum(scores.bases.values()), "verdict", "verdicts")
    parts = [
        f"{whole(scores.bases[each])} {_(label)}"
        for each, label in BASES.items()
        if scores.bases[each]
    ]
    decided = f"{verdicts}: {listing(parts)}"
    if len(parts) == 1:
        (how,) = (_(label) for each, label in BASES.items() if scores.bases[each])
        decided = _("{verdicts}, all {how}", verdicts=verdicts, how=how)
    yield _("Decided on"), decided


def _facts_left_out(report: Report) -> str:
    scores, date = report.scores, date_text(report.scores.as_of)
    if not scores.later and not scores.ended:
        return date
    later = ngettext("{n} later fact", "{n} later facts", scores.later)
    ended = ngettext("{n} fact that ended before", "{n} facts that ended before", scores.ended)
    facts = [*([later] if scores.later else []), *([ended] if scores.ended else [])]
    return _("{date}; not counted: {facts}", date=date, facts=listing(facts))
