"""All ecosystems: to filter, to sort, and to look up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.core.programme import DIMENSIONS
from kiamv_cli.language import _, label_in
from kiamv_cli.render.report.card import card
from kiamv_cli.render.report.html import el, hidden, html, scrolling
from kiamv_cli.render.report.told import BASES, range_of, verdict_mark
from kiamv_cli.render.text import UNICODE, seats
from kiamv_cli.render.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiamv_cli.core.longlist import Verdict
    from kiamv_cli.core.score import CriterionScore, EcosystemScore
    from kiamv_cli.render.report.html import Html
    from kiamv_cli.render.report.told import Told

_SHADES = 4  # of the ramp of colours those on which text reads dark


def everyone(told: Told) -> Html:
    """The heat table of all ecosystems, and a card of each."""
    scores = told.report.scores
    return el(
        "section",
        el("h2", _("All ecosystems"), id="all"),
        el(
            "p",
            _(
                "Every ecosystem on every criterion: what the evidence shows, up to what it cannot "
                "exclude. A name leads to its card, with all facts and sources."
            ),
        ),
        _filters(told),
        _heat(told),
        _legend(),
        el("h3", _("Cards"), id="cards"),
        el(
            "p",
            el("button", _("Open all cards"), type="button", id="open"),
            hidden_=True,
            class_="tools",
        ),
        el(
            "div",
            (card(told.report.explained(one.ecosystem.id), told) for one in scores.ecosystems),
            id="deck",
        ),
    )


def _filters(told: Told) -> Html:
    """The form that narrows the table and the cards; the page's program brings it to life."""
    programme = told.report.scores.programme
    total = len(told.report.scores.ecosystems)
    return el(
        "form",
        _field(_("Search"), el("input", type="search", id="search", autocomplete="off"), "search"),
        (
            _select(
                name,
                label_in(dimension.label),
                ((one.id, label_in(one.label)) for one in dimension.categories),
            )
            for name, dimension in ((each, programme.dimensions[each]) for each in DIMENSIONS)
        ),
        _select(
            "class",
            _("Class at worst"),
            ((one.id, label_in(one.label)) for one in programme.classes),
        ),
        _select("in", _("Shortlist"), (("1", _("in")), ("0", _("not in")))),
        el("button", _("Show all"), type="reset"),
        el(
            "p",
            _("{shown} of {total} ecosystems", shown=total, total=total),
            id="shown",
            role="status",
            data_told=_("{shown} of {total} ecosystems", shown="{shown}", total=total),
        ),
        class_="filters",
        id="filters",
        aria_label=_("Filter the ecosystems"),
        hidden=True,
    )


def _field(label: str, control: Html, name: str) -> Html:
    return el("p", el("label", label, for_=name), control)


def _select(name: str, label: str, options: Iterable[tuple[str, str]]) -> Html:
    every = el("option", _("All"), value="")
    made = (el("option", text, value=value) for value, text in options)
    return _field(label, el("select", every, made, id=f"by-{name}", data_by=name), f"by-{name}")


def _heat(told: Told) -> Html:
    programme = told.report.scores.programme
    heads = (
        _head(_("rank"), "number", up=True),
        _head(_("ecosystem"), "", up=True),
        _head(_("shortlist"), "", up=True),
        _head(_("class"), "", up=True),
        _head(_("score"), "number"),
        *(_head(label_in(each.label), "heat") for each in programme.criteria),
    )
    rows = (_row(one, told) for one in told.report.scores.ecosystems)
    caption = _("All ecosystems on all criteria, highest proven score first")
    made = el(
        "table",
        el("caption", caption),
        el("thead", el("tr", heads)),
        el("tbody", rows),
        class_="all",
        id="heat",
        data_up=_("sorted from low to high by {column}", column="{column}"),
        data_down=_("sorted from high to low by {column}", column="{column}"),
    )
    return scrolling(caption, made)


def _head(text: str, kind: str, *, up: bool = False) -> Html:
    """The heading of a column that sorts: first upwards or downwards."""
    return el("th", text, scope="col", class_=kind or None, data_sort="up" if up else "down")


def _row(one: EcosystemScore, told: Told) -> Html:
    ecosystem = one.ecosystem
    inside = ecosystem.id in told.members
    programme = told.report.scores.programme
    place = [each.id for each in programme.classes].index(one.worst.id)
    return el(
        "tr",
        el("td", str(one.rank), class_="number", data_key=one.rank),
        el("th", told.name(ecosystem.id), scope="row", data_key=ecosystem.name),
        el("td", told.badge(one), data_key=0 if inside else 1),
        el("td", told.class_text(one), data_key=place),
        el("td", range_of(one.proven, one.possible), class_="number", data_key=_key(one)),
        (_score(each) for each in one.criteria),
        id=f"row-{ecosystem.id}",
        data_text=" ".join(
            (ecosystem.name, ecosystem.id, *ecosystem.aliases, ecosystem.seat or "")
        ),
        data_provinces=" ".join(ecosystem.provinces),
        data_themes=" ".join(ecosystem.themes),
        data_class=one.worst.id,
        data_in=int(inside),
    )


def _score(scored: CriterionScore) -> Html:
    """A cell of the heat table: sign, score and shade say the same."""
    basis = None
    if scored.basis != "rule":
        basis = html(el("sup", "*", aria_hidden="true"), hidden(f", {_(BASES[scored.basis])}"))
    dash = f"{UNICODE.dash}{seats(scored.possible)}" if scored.open else ""
    return el(
        "td",
        verdict_mark(scored),
        f"{seats(scored.proven)}{dash}",
        basis,
        class_=f"heat shade{round(scored.proven * _SHADES)}",
        data_key=_key(scored),
    )


def _key(scored: CriterionScore | EcosystemScore) -> str:
    """Sorts by what is proven, then by what is possible."""
    return f"{float(scored.proven):.6f} {float(scored.possible):.6f}"


def _legend() -> Html:
    verdicts: tuple[Verdict, ...] = ("met", "partly", "not-met", "unknown")
    signs = (
        el(
            "span",
            el("span", UNICODE.mark(each), class_=f"mark {each}", aria_hidden="true"),
            f" {word(each)}",
        )
        for each in verdicts
    )
    return el("p", signs, *_notes(), class_="legend small")


def _notes() -> Iterator[Html]:
    yield el("span", _("the darker, the more is proven"))
    yield el("span", _("{sign} may still rise a class", sign=UNICODE.up))
    yield el("span", _("* judged by people"))
