"""Figures: well-formed, harmless, legible, and with the numbers of the data."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiamv_cli import Request, draw, load_criteria, load_longlist, score, shortlist
from kiamv_cli.base.language import in_language
from kiamv_cli.display.figure import STYLE, Figure, Scale, inline, printable, standalone, ticks
from kiamv_cli.display.marks import DARK, LIGHT, STEPS, fitted, step, width_of, words, wrapped
from kiamv_cli.display.text import clean, decimal, one_line, seats
from kiamv_cli.flows.model import flow
from kiamv_cli.flows.view.flow import FlowView
from kiamv_cli.scoring.view.heat import heat_figure
from kiamv_cli.selection.model.robustness import Sampling
from kiamv_cli.selection.model.shortlist import spread_of
from kiamv_cli.selection.model.tradeoff import tradeoff
from kiamv_cli.selection.solving.sampling import robustness
from kiamv_cli.selection.solving.solver import HighsSolver
from kiamv_cli.selection.view.charts import robustness_figure, tradeoff_figure
from kiamv_cli.selection.view.maps import map_figure, tiles_figure
from kiamv_cli.selection.view.spread import shortlist_figures

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction as F

    from kiamv_cli.base.labels import Language
    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.scoring.model.score import Scores

SVG = "{http://www.w3.org/2000/svg}"
PROGRAMME = load_criteria()
SCORES = score(load_longlist(programme=PROGRAMME).longlist, PROGRAMME)
REQUEST = Request(size=6)
SHORTLIST = shortlist(SCORES, REQUEST)
# Anything but lone surrogates, which no file can hold.
ANYTHING = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(str.strip)
HOSTILE = '"><script>alert(1)</script><text style="x" onload=y>&amp;]]>'


def renamed(scores: Scores, text: str, programme: Programme | None = None) -> Scores:
    """The same scores of ecosystems that all have this name."""
    ecosystems = tuple(replace(one, name=text) for one in scores.longlist.ecosystems)
    by_id = {one.id: one for one in ecosystems}
    return replace(
        scores,
        programme=programme or scores.programme,
        longlist=replace(scores.longlist, title=text, ecosystems=ecosystems),
        ecosystems=tuple(
            replace(one, ecosystem=by_id[one.ecosystem.id]) for one in scores.ecosystems
        ),
    )


def relabelled(text: str) -> Programme:
    """The bundled programme with this text for every name."""
    label: Mapping[Language, str] = {"en": text, "nl": text}
    borders = PROGRAMME.dimensions["provinces"].map
    assert borders is not None
    dimensions = {
        name: replace(
            each,
            label=label,
            categories=tuple(replace(one, label=label) for one in each.categories),
            map=replace(borders, attribution=text) if each.map else None,
        )
        for name, each in PROGRAMME.dimensions.items()
    }
    return replace(
        PROGRAMME,
        dimensions=dimensions,
        criteria=tuple(replace(one, label=label) for one in PROGRAMME.criteria),
        classes=tuple(replace(one, label=label) for one in PROGRAMME.classes),
    )


def all_figures(text: str | None = None) -> dict[str, Figure]:
    scores = SCORES if text is None else renamed(SCORES, text, relabelled(text))
    found = replace(SHORTLIST, scores=scores)
    figures = {name: draw() for name, draw in shortlist_figures(found).items()}
    solver = HighsSolver()
    sampled = robustness(scores, REQUEST, Sampling(samples=5), solver.twin, threads=1)
    figures["flow"] = FlowView(flow(found)).figures()["flow"]()
    figures["robustness"] = robustness_figure(sampled)
    figures["tradeoff"] = tradeoff_figure(tradeoff(scores, REQUEST, solver))
    return figures


FIGURES = all_figures()
CLASSES = set(re.findall(r"\.([a-z]+\d?)[ {,.]", STYLE))


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("make", [inline, standalone, printable])
def test_figures_are_well_formed_and_say_what_they_show(name: str, make: object) -> None:
    assert callable(make)
    root = ET.fromstring(make(FIGURES[name]))  # noqa: S314 - our own
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    ids = {each.get("id"): each.text for each in root.iter() if each.get("id")}
    assert [ids[each] for each in str(root.get("aria-labelledby")).split()] == [
        FIGURES[name].title,
        FIGURES[name].description,
    ]
    assert all(str(each).startswith(f"{FIGURES[name].id}-") for each in ids)


@pytest.mark.parametrize("name", FIGURES)
def test_figures_have_nothing_but_shapes_in_classes_that_have_a_style(name: str) -> None:
    root = ET.fromstring(inline(FIGURES[name]))  # noqa: S314
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        *("svg", "title", "desc", "g", "text", "rect", "path", "circle")
    }
    for each in root.iter():
        assert not {"style", "fill", "onload", "href"} & set(each.attrib)
        assert set(each.get("class", "figure").split()) <= CLASSES


@pytest.mark.parametrize("name", FIGURES)
def test_everything_lies_on_the_sheet(name: str) -> None:
    figure = FIGURES[name]
    root = ET.fromstring(inline(figure))  # noqa: S314
    for each in root.iter(f"{SVG}text"):
        x, y = float(each.attrib["x"]), float(each.attrib["y"])
        text = "".join(each.itertext()) if len(each) == 0 else (each[0].tail or "")
        assert 0 <= y <= figure.height
        kind = each.get("class", "")
        wide = width_of(text, 11 if "small" in kind else 13) * 0.85
        if each.get("transform"):
            continue
        left = x - (wide if "end" in kind else wide / 2 if "middle" in kind else 0)
        assert left >= -1, text
        assert left + wide <= figure.width + 1, text


@pytest.mark.slow
def test_hostile_names_stay_text_in_every_picture() -> None:
    for name, figure in all_figures(HOSTILE).items():
        for text in (inline(figure), standalone(figure), printable(figure)):
            root = ET.fromstring(text)  # noqa: S314
            assert not any(each.tag.endswith("script") for each in root.iter()), name
            assert not any("onload" in each.attrib for each in root.iter()), name


@pytest.mark.slow
@settings(max_examples=30)
@given(text=ANYTHING)
def test_no_name_breaks_a_picture(text: str) -> None:
    few = replace(SCORES, ecosystems=SCORES.ecosystems[:2])
    scores = renamed(few, text, relabelled(text))
    provinces = scores.programme.dimensions["provinces"]
    found = SHORTLIST.spread["provinces"]
    for figure in (
        heat_figure(scores),
        map_figure(provinces, found),
        tiles_figure(provinces, found),
    ):
        root = ET.fromstring(standalone(figure))  # noqa: S314
        told = [each.text for each in root.iter(f"{SVG}title")]
        shown = clean(one_line(text)).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
        assert figure.title.replace(text, shown) in told or figure.id == "heat"


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_it_is_defined() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_all_text_can_be_read_and_all_marks_be_seen(colours: dict[str, str]) -> None:
    for number in range(STEPS):
        assert contrast(colours[f"on{number}"], colours[f"step{number}"]) >= 4.5, number
    for text in ("ink", "faint", "alarm"):
        assert contrast(colours[text], colours["paper"]) >= 4.5, text
    assert contrast(colours["ink"], colours["tint"]) >= 4.5
    for mark in ("line", "bar", "alarm", "ink"):
        assert contrast(colours[mark], colours["paper"]) >= 3, mark
    # Bars of two kinds (with their numbers beside), and a range drawn across a bar.
    assert contrast(colours["bar"], colours["pale"]) >= 2.5
    assert contrast(colours["ink"], colours["bar"]) >= 3
    lights = [luminance(colours[f"step{number}"]) for number in range(STEPS)]
    assert lights in (sorted(lights), sorted(lights, reverse=True))


def test_only_nothing_has_the_colour_of_nothing() -> None:
    assert [step(share) for share in (0, 0.001, 0.25, 0.5, 0.75, 1)] == [0, 1, 2, 4, 5, 6]


def texts(figure: Figure) -> list[str]:
    root = ET.fromstring(inline(figure))  # noqa: S314
    return [
        each[0].tail or "" if len(each) else each.text or "" for each in root.iter(f"{SVG}text")
    ]


@pytest.mark.parametrize(
    ("name", "dimension"),
    [
        ("map", "provinces"),
        ("tiles", "provinces"),
        ("provinces", "provinces"),
        ("themes", "themes"),
    ],
)
def test_the_seats_in_a_picture_are_those_of_the_data(name: str, dimension: DimensionId) -> None:
    shown = texts(FIGURES[name])
    numbers = [seats(one.seats) for one in SHORTLIST.spread[dimension]]
    for each in numbers:
        assert shown.count(each) >= numbers.count(each)


def test_every_ecosystem_has_its_row_in_the_heat_table() -> None:
    shown = texts(FIGURES["heat"])
    for one in SCORES.ecosystems:
        numbers = decimal(one.proven)
        assert numbers in shown or f"{numbers}–{decimal(one.possible)}" in shown
    proven = sum(one.proven == 1 for scored in SCORES.ecosystems for one in scored.criteria)
    assert shown.count("1") - sum(one.rank == 1 for one in SCORES.ecosystems) == proven


def test_of_a_long_list_the_first_hundred_are_shown_and_the_others_counted() -> None:
    many = replace(SCORES, ecosystems=SCORES.ecosystems * 34)
    figure = heat_figure(many)
    assert figure.height < 3_000
    shown = texts(figure)
    assert "1,940 more, by verdict" in shown
    rest = many.ecosystems[100:]
    for column in zip(*(one.criteria for one in rest), strict=True):
        assert f"{sum(one.verdict == 'met' for one in column):,}" in shown


def test_points_lie_where_their_numbers_are() -> None:
    found = tradeoff(SCORES, REQUEST, HighsSolver())
    root = ET.fromstring(inline(tradeoff_figure(found)))  # noqa: S314
    points = [
        (float(each.attrib["cx"]), -float(each.attrib["cy"])) for each in root.iter(f"{SVG}circle")
    ]
    assert len(points) == len(found.steps)
    assert points == sorted(points)
    marked = [
        (float((each.text or "").replace(",", "")), 4 - float(each.attrib["y"]))
        for each in root.iter(f"{SVG}text")
        if each.get("class") == "small faint end" and (each.text or "")[0].isdigit()
    ]
    (low, at_low), (high, at_high) = marked[0], marked[-1]
    for (_x, y), each in zip(points, found.steps, strict=True):
        read = low + (high - low) * (y - at_low) / (at_high - at_low)
        assert read == pytest.approx(float(each.selection.score), abs=0.01)
    first, last = found.steps[0], found.steps[-1]
    for (x, y), each in zip(points, found.steps, strict=True):
        share = (each.seats - first.seats) / (last.seats - first.seats)
        assert (x - points[0][0]) / (points[-1][0] - points[0][0]) == pytest.approx(
            float(share), abs=0.01
        )
        gain = last.selection.score - first.selection.score
        risen = (each.selection.score - first.selection.score) / gain
        assert (y - points[0][1]) / (points[-1][1] - points[0][1]) == pytest.approx(
            float(risen), abs=0.01
        )


def test_a_single_trade_off_is_a_plot_too() -> None:
    found = tradeoff(SCORES, replace(REQUEST, balance=()), HighsSolver())
    assert "asked for" in " ".join(texts(tradeoff_figure(found)))


def test_provinces_without_a_seat_are_said_in_words() -> None:
    spread = spread_of(SCORES, [SCORES.ecosystems[0].ecosystem.id], {})["provinces"]
    figure = map_figure(PROGRAMME.dimensions["provinces"], spread)
    empty = [each for each in spread if not each.seats]
    assert len(empty) == 11
    assert "No seat in Groningen, Friesland" in figure.description
    assert "CBS / Kadaster, 2020, CC BY 4.0" in " ".join(texts(figure))


def test_pictures_say_the_names_of_provinces_in_dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiamv_cli.base.language._catalogue", lambda _language: None)
    with in_language("nl"):
        figure = map_figure(PROGRAMME.dimensions["provinces"], SHORTLIST.spread["provinces"])
    assert 'lang="nl"' in inline(figure)
    assert "Noord-Holland" in figure.description


@pytest.mark.slow
@given(low=st.fractions(-50, 50), width=st.fractions(0, 50), most=st.integers(2, 12))
def test_ticks_are_round_few_and_within(low: F, width: F, most: int) -> None:
    found = list(ticks(low, low + width, most))
    assert len(found) <= most + 1
    assert all(low <= tick <= low + width for tick in found)
    gaps = {b - a for a, b in pairwise(found)}
    assert len(gaps) <= 1


@given(st.fractions(0, 10))
def test_a_scale_runs_from_its_start_to_its_end(value: F) -> None:
    scale = Scale(0, 10, 100, 300)
    assert scale(value) == pytest.approx(100 + 20 * float(value))


@given(text=ANYTHING, room=st.integers(20, 300))
def test_text_is_made_to_fit(text: str, room: int) -> None:
    assert width_of(fitted(text, room)) <= max(room, width_of("…"))
    for line in wrapped(text, room):
        assert width_of(line) <= max(room, width_of("…"))


@pytest.mark.slow
def test_python_draws_what_the_commands_draw() -> None:
    drawn = draw(SHORTLIST, "svg", "tiles")
    assert drawn.decode() == standalone(FIGURES["tiles"])
    assert draw(SHORTLIST) == standalone(FIGURES["map"]).encode()
    assert draw(SCORES, "png").startswith(b"\x89PNG")
    assert draw(flow(SHORTLIST)).startswith(b"<svg")
    with pytest.raises(KeyError, match="globe"):
        draw(SHORTLIST, "svg", "globe")


def test_text_shown_short_is_there_in_full() -> None:
    assert words(0, 0, "ab…", full="abc") == '<text x="0" y="0"><title>abc</title>ab…</text>'
