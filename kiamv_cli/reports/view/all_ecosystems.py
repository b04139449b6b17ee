"""All ecosystems: to filter, to sort, and to look up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, label_in, ngettext
from kiamv_cli.display.html import el
from kiamv_cli.display.text import UNICODE
from kiamv_cli.display.words import word
from kiamv_cli.reports.view.card import card, paper_card
from kiamv_cli.reports.view.context import filter_name, mark
from kiamv_cli.reports.view.heat import heat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiamv_cli.display.html import Node
    from kiamv_cli.programme.model.facts import Verdict
    from kiamv_cli.reports.view.context import Context
    from kiamv_cli.selection.model.explain import Explained


def all_ecosystems(context: Context) -> Node:
    """The heat table of all ecosystems, and a card of each."""
    scores = context.report.scores
    return el(
        "section",
        el("h2", _("All ecosystems"), id="all"),
        el(
            "p",
            _(
                "Every ecosystem on every criterion: what the evidence shows, up to what it "
                "cannot rule out. A name leads to its card, with all facts and sources."
            ),
        ),
        _filters(context),
        heat(context),
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
            (
                card(context.report.explained(one.ecosystem.id), context)
                for one in scores.ecosystems
            ),
            id="deck",
        ),
    )


def paper_cards(context: Context, most: int) -> Node:
    """The cards on paper, by name, with an index; of a longer list only those of the members."""
    ecosystems = context.report.explanation.ecosystems
    shown = [
        one
        for one in sorted(ecosystems, key=lambda each: each.scored.ecosystem.name.casefold())
        if len(ecosystems) <= most or one.scored.ecosystem.id in context.members
    ]
    note = _("The cards of those who were not selected are in the report as HTML.")
    return (
        el(
            "section",
            el("h2", _("Cards"), id="cards"),
            el(
                "p",
                _(
                    "By name, with the facts that count. Each [s1] is a link to the source of "
                    "that fact. Later and ended facts, titles and addresses of sources, and who "
                    "else would change are in the report as HTML."
                ),
            ),
            el("p", note, class_="note") if len(shown) < len(ecosystems) else None,
            el("div", (paper_card(one, context) for one in shown), class_="deck"),
        ),
        el(
            "section",
            el("h2", _("Index of ecosystems"), id="index"),
            el(
                "ul",
                (
                    el("li", el("a", one.scored.ecosystem.name, href=f"#eco-{_id(one)}"))
                    for one in shown
                ),
                class_="index",
            ),
        ),
    )


def _id(explained: Explained) -> str:
    return explained.scored.ecosystem.id


def _filters(context: Context) -> Node:
    """The form that narrows the table and the cards; the page's program brings it to life."""
    programme = context.report.scores.programme
    total = len(context.report.scores.ecosystems)
    return el(
        "form",
        _field(_("Search"), el("input", type="search", id="search", autocomplete="off"), "search"),
        (
            _select(
                filter_name(name),
                label_in(dimension.label),
                ((one.id, label_in(one.label)) for one in dimension.categories),
            )
            for name, dimension in programme.dimensions.items()
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
            _shown(str(total), total),
            id="shown",
            role="status",
            data_told=_shown("{shown}", total),
        ),
        class_="filters",
        id="filters",
        aria_label=_("Filter the ecosystems"),
        hidden=True,
    )


def _field(label: str, control: Node, name: str) -> Node:
    return el("p", el("label", label, for_=name), control)


def _select(name: str, label: str, options: Iterable[tuple[str, str]]) -> Node:
    every = el("option", _("All"), value="")
    made = (el("option", text, value=value) for value, text in options)
    return _field(label, el("select", every, made, id=f"by-{name}", data_by=name), f"by-{name}")


def _legend() -> Node:
    verdicts: tuple[Verdict, ...] = ("met", "partly", "not-met", "unknown")
    signs = (el("span", mark(each), f" {word(each)}") for each in verdicts)
    return el("p", signs, *_notes(), class_="legend small")


def _notes() -> Iterator[Node]:
    yield el("span", _("the darker, the more is proven"))
    yield el("span", _("{sign} could still rise a class", sign=UNICODE.up))
    yield el("span", _("* judged by people"))


def _shown(shown: str, total: int) -> str:
    return ngettext("{shown} of {n} ecosystem", "{shown} of {n} ecosystems", total, shown=shown)
