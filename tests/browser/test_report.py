"""The report in a real browser: it sorts, filters, opens cards, and lets no text become code."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING, Any, Literal

import pytest
from reports import EVIL, SIZE, small_report

from kiamv_cli.base.labels import LANGUAGES, Language

if TYPE_CHECKING:
    from browsing import Kind, Open, Scheme
    from playwright.sync_api import Page

Media = Literal["screen", "print"]
COLLATED = "list => [...list].sort(new Intl.Collator('en').compare)"
ROWS = "#heat tbody tr"
SHOWN = f"{ROWS}:visible"
TOTAL = 16
LONG = 240


def translated(language: Language) -> bool:
    return language == "en" or files("kiamv_cli").joinpath("locale", language).is_dir()


LANGUAGES_HERE = [each for each in LANGUAGES if translated(each)]


def names(page: Page) -> list[str]:
    return page.locator(f"{SHOWN} th[scope=row]").all_text_contents()


def status(page: Page) -> str:
    return page.locator("#shown").inner_text()


LOOKS: tuple[tuple[Scheme, int, Media], ...] = (
    *(("light", width, "screen") for width in (400, 700, 1000, 1400)),
    ("dark", 400, "screen"),
    ("dark", 1400, "screen"),
    ("dark", 1400, "print"),
)
VARIANTS: list[tuple[str, Language]] = [*product(("usual", "decided", "recorded"), LANGUAGES_HERE)]


def looks(variant: tuple[str, Language]) -> tuple[tuple[Scheme, int, Media], ...]:
    """How a report is looked at: in every way where time does not count, else in turns."""
    deep = os.environ.get("KIAMV_DEEP") or variant[0] == "recorded"
    return LOOKS if deep else LOOKS[VARIANTS.index(variant) :: 4]


def violations(page: Page) -> str:
    """What axe-core finds; empty if nothing."""
    axe: Any = import_module("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page, options={"resultTypes": ["violations"]})
    return "" if found.violations_count == 0 else str(found.generate_report())


def few_alike(page: Page) -> None:
    """Leave out most of what is many times alike: some tell as much, in a fraction of the time."""
    alike = page.locator(
        f"{ROWS}:nth-child(n+6), details.card:nth-child(n+3), .calls > li:nth-child(n+3), "
        ".members > li:nth-child(n+4)"
    )
    alike.evaluate_all("all => all.forEach(it => it.remove())")
    page.locator("details").evaluate_all("all => all.forEach(it => it.open = true)")


@pytest.mark.parametrize(("kind", "language"), VARIANTS)
def test_is_accessible(open_report: Open, kind: Kind, language: Language) -> None:
    page = open_report(language=language, kind=kind).page
    few_alike(page)
    for scheme, width, media in looks((kind, language)):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, media=media)
        assert violations(page) == "", (scheme, width, media)


def test_all_of_it_is_accessible(open_report: Open) -> None:
    page = open_report().page
    page.locator("#open").click()  # all cards are looked at too
    assert violations(page) == ""


def test_a_long_list_is_accessible(open_report: Open) -> None:
    page = open_report(kind="long").page
    few_alike(page)
    assert violations(page) == ""


@pytest.mark.parametrize("width", [400, 800, 1400])
@pytest.mark.parametrize(
    ("kind", "program"), [("usual", True), ("usual", False), ("decided", True), ("recorded", True)]
)
def test_nothing_runs_out_of_a_narrow_window(
    open_report: Open, width: int, kind: Kind, *, program: bool
) -> None:
    page = open_report(width=width, program=program, kind=kind).page
    page.locator("details.card").evaluate_all("cards => cards.forEach(it => it.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_sorts_by_any_column_and_says_how(open_report: Open) -> None:
    page = open_report().page
    before = names(page)
    head = page.locator("#heat thead th").nth(1)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    collated = page.evaluate(COLLATED, before)
    assert names(page) == collated
    assert "ecosystem" in status(page)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert names(page) == collated[::-1]


def test_sorts_scores_as_numbers_and_the_highest_first(open_report: Open) -> None:
    page = open_report().page
    for column, criterion in enumerate(small_report().scores.programme.criteria):
        page.locator("#heat thead th").nth(5 + column).locator("button").click()
        scored = {one.ecosystem.name: one for one in small_report().scores.ecosystems}
        got = [scored[name].criteria[column] for name in names(page)]
        assert got, criterion.id
        keys = [(one.proven, one.possible) for one in got]
        assert keys == sorted(keys, reverse=True)


def test_filters_by_text_place_theme_class_and_membership(open_report: Open) -> None:
    page = open_report().page
    scores = small_report().scores.ecosystems
    assert len(names(page)) == TOTAL
    page.locator("#by-in").select_option("1")
    assert len(names(page)) == SIZE
    assert status(page) == f"{SIZE} of {TOTAL} ecosystems"
    assert page.locator("#deck > details:visible").count() == SIZE
    page.locator("#filters button[type=reset]").click()
    page.get_by_text(f"{TOTAL} of {TOTAL} ecosystems").wait_for()
    page.locator("#by-provinces").select_option("NL-NH")
    assert sorted(names(page)) == sorted(
        one.ecosystem.name for one in scores if "NL-NH" in one.ecosystem.provinces
    )
    page.locator("#by-themes").select_option("energy")
    page.locator("#by-class").select_option("eligible")
    assert sorted(names(page)) == sorted(
        one.ecosystem.name
        for one in scores
        if "NL-NH" in one.ecosystem.provinces
        and "energy" in one.ecosystem.themes
        and one.worst.id == "eligible"
    )


def test_search_knows_aliases_and_disregards_accents_and_case(open_report: Open) -> None:
    page = open_report().page
    page.locator("#search").fill("BRAINPÓRT smart")
    assert names(page) == ["Brainport Smart District"]
    page.locator("#search").fill("no such ecosystem")
    assert names(page) == []
    assert status(page) == f"0 of {TOTAL} ecosystems"


def test_a_name_leads_to_its_card_though_it_is_filtered_out(open_report: Open) -> None:
    page = open_report().page
    page.locator("#search").fill("brainport")
    page.locator(".names a").first.click()
    card = page.locator("details.card[open]")
    card.wait_for()
    assert card.count() == 1
    assert card.locator("h4").inner_text() == page.locator(".names a").first.inner_text()
    assert card.locator("summary").evaluate("it => it === document.activeElement")


def test_all_of_it_works_from_the_keyboard(open_report: Open) -> None:
    page = open_report().page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#glance")
    page.locator("#search").focus()
    page.keyboard.type("brainport")
    assert len(names(page)) == 1
    page.locator("#heat thead button").first.focus()
    page.keyboard.press("Space")
    assert page.locator("#heat thead th").first.get_attribute("aria-sort") == "ascending"
    page.locator("details.card:visible summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.card[open]").count() == 1
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_can_be_read_without_its_program(open_report: Open) -> None:
    page = open_report(program=False).page
    assert len(names(page)) == TOTAL
    assert page.locator("#filters").is_hidden()
    assert page.locator("#open").is_hidden()
    page.locator("details.card > summary").first.click()
    assert page.locator("details.card[open] h5").first.is_visible()


def test_hostile_texts_stay_texts(open_report: Open) -> None:
    page = open_report().page
    assert EVIL[0] in names(page)
    assert page.title().startswith("Shortlist of")
    assert page.locator("main img, main script, main style, main iframe").count() == 0
    hrefs = page.locator("a[href]").evaluate_all("all => all.map(it => it.getAttribute('href'))")
    assert all(href.startswith(("#", "https://", "http://")) for href in hrefs)
    assert page.locator("[style], [onerror], [onload], [onclick]").count() == 0


def test_its_policy_stops_what_would_get_in_all_the_same(open_report: Open) -> None:
    one = open_report()
    ran = one.page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          document.body.append(script);
          return window.ran === true;
        }"""
    )
    assert not ran
    assert len(one.errors) == 1
    assert "Content Security Policy" in one.errors.pop()


def test_prints_open_cards_and_no_controls(open_report: Open) -> None:
    page = open_report().page
    page.locator("details.card > summary").first.click()
    page.emulate_media(media="print")
    assert page.locator("#filters, nav, #open").evaluate_all(
        "all => all.every(it => it.getClientRects().length === 0)"
    )
    assert page.locator("details.card:visible").count() == 1
    card = page.locator("details.card[open]")
    assert card.evaluate("it => getComputedStyle(it).breakInside") == "avoid"
    source = page.locator("details.card[open] .sources a").first
    address = source.evaluate("it => getComputedStyle(it, '::after').content")
    assert source.get_attribute("href") in address
    assert page.pdf(format="A4").startswith(b"%PDF-")


def test_of_a_long_list_only_what_is_in_view_is_laid_out(open_report: Open) -> None:
    page = open_report(kind="long").page
    rows = page.locator(ROWS)
    assert rows.count() == LONG
    drawn = "it => it.checkVisibility({contentVisibilityAuto: true})"
    assert not rows.last.locator("th").evaluate(drawn)
    rows.last.scroll_into_view_if_needed()
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert rows.last.locator("th").evaluate(drawn)


def test_a_long_list_is_a_table_all_the_same(open_report: Open) -> None:
    page = open_report(kind="long").page
    heat = page.locator("#heat")
    assert heat.get_by_role("row").count() == LONG + 1
    assert heat.get_by_role("columnheader").count() == 11
    assert heat.get_by_role("rowheader").count() == LONG
    assert heat.get_by_role("cell").count() == 10 * LONG
    lefts = "cells => cells.map(it => Math.round(it.getBoundingClientRect().left))"
    heads = page.locator("#heat thead th").evaluate_all(lefts)
    assert page.locator(f"{ROWS}:first-child > *").evaluate_all(lefts) == heads


def test_a_long_list_sorts_filters_and_prints(open_report: Open) -> None:
    page = open_report(kind="long").page
    before = names(page)
    page.locator("#heat thead button").nth(1).click()
    assert names(page) == page.evaluate(COLLATED, before)
    page.locator("#search").fill("brainport smart")
    assert len(names(page)) == 15
    assert status(page) == f"15 of {LONG} ecosystems"
    page.emulate_media(media="print")
    display = "it => [it, it.rows[0], it.rows[0].cells[0]].map(x => getComputedStyle(x).display)"
    assert page.locator("#heat").evaluate(display) == ["table", "table-row", "table-cell"]


@pytest.mark.parametrize("kind", ["usual", "long"])
def test_heads_and_names_stay_in_view(open_report: Open, kind: Kind) -> None:
    page = open_report(width=800, kind=kind).page
    region = page.locator(".scroll:has(> #heat)")
    region.evaluate("it => { it.scrollTop = 300; it.scrollLeft = 150 }")
    edges = "it => [it.getBoundingClientRect().left, it.getBoundingClientRect().top]"
    left, top = region.evaluate(edges)
    head = page.locator("#heat thead th").nth(1).evaluate(edges)
    name = page.locator(f"{ROWS} th").nth(8).evaluate(edges)
    assert head == pytest.approx([left, top], abs=1)
    assert name[0] == pytest.approx(left, abs=1)
    sides = "it => [it.getBoundingClientRect().left, it.getBoundingClientRect().right]"
    caption, box = page.locator("#heat caption").evaluate(sides), region.evaluate(sides)
    assert box[0] - 1 <= caption[0] < caption[1] <= box[1] + 1


@pytest.mark.parametrize("language", LANGUAGES_HERE)
def test_every_criterion_is_seen_at_usual_widths(open_report: Open, language: Language) -> None:
    page = open_report(language=language).page
    region = page.locator(".scroll:has(> #heat)")
    for width in (1200, 1280, 1366, 1399, 1400, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert region.evaluate("it => it.scrollWidth <= it.clientWidth"), width
