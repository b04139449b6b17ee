"""What people type for a category, a class or a dimension: ids, or labels in any language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiamv_cli import load_criteria, load_longlist
from kiamv_cli.base.problem import Misfit
from kiamv_cli.programme.model.labels import (
    categories_meant,
    dimension_meant,
    id_meant,
    split_labels,
)
from kiamv_cli.scoring.model.dimensions import Dimensions

PROGRAMME = load_criteria()
ALL = Dimensions(PROGRAMME, lambda: load_longlist().longlist, 2020)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("NL-ZE", ("provinces", "NL-ZE")),
        ("nl-ze", ("provinces", "NL-ZE")),
        ("ZEELAND", ("provinces", "NL-ZE")),
        ("Fryslân", ("provinces", "NL-FR")),
        ("Friesland", ("provinces", "NL-FR")),
        ("noord\N{EN DASH}holland", ("provinces", "NL-NH")),
        ("Landbouw, water en voedsel", ("themes", "agrifood")),
        ("themes:energy", ("themes", "energy")),
        ("Thema's:Veiligheid", ("themes", "security")),
    ],
)
def test_a_category_is_meant_by_its_id_or_a_label(text: str, category: tuple[str, str]) -> None:
    assert categories_meant("at_least", text, ALL, ("themes",)) == [category]


def test_of_several_meanings_each_is_listed_and_balance_decides() -> None:
    provinces, themes = PROGRAMME.dimensions["provinces"], PROGRAMME.dimensions["themes"]
    first = replace(themes.categories[0], label={"en": "Zeeland"})
    twice = replace(themes, categories=(first, *themes.categories[1:]))
    programme = replace(PROGRAMME, dimensions={"provinces": provinces, "themes": twice})
    both = Dimensions(programme, lambda: load_longlist().longlist, 2020)
    assert categories_meant("at_least", "zeeland", both, ("themes",)) == [("themes", first.id)]
    assert categories_meant("at_least", "zeeland", both, ("provinces",))[0][0] == "provinces"
    with pytest.raises(Misfit, match="it can mean provinces:NL-ZE, themes:energy"):
        categories_meant("at_least", "Zeeland", both, ())


def test_what_means_nothing_is_told_with_what_is_near() -> None:
    with pytest.raises(Misfit, match="Did you mean Zeeland"):
        categories_meant("at_least", "Zeelnd", ALL, ())
    assert id_meant("classes", "Grensgeval", PROGRAMME.classes) == "borderline"
    with pytest.raises(Misfit, match="Choose from eligible, borderline, ineligible"):
        id_meant("classes", "x", PROGRAMME.classes)


def test_a_comma_in_a_label_does_not_part_it() -> None:
    themes = PROGRAMME.dimensions["themes"].categories
    both = ["Agriculture, water and food", "energy, health"]
    assert split_labels(both, themes) == ["Agriculture, water and food", "energy", "health"]


def test_each_is_every_category_of_a_dimension() -> None:
    provinces = categories_meant("at_least", "provincies:each", ALL, ())
    assert [each for _, each in provinces] == [
        each.id for each in PROGRAMME.dimensions["provinces"].categories
    ]


def test_types_and_who_leads_are_meant_after_what_the_programme_is_spread_over() -> None:
    assert categories_meant("at_least", "triple", ALL, ()) == [("helix", "triple")]
    assert categories_meant("at_least", "energy", ALL, ()) == [("themes", "energy")]
    assert categories_meant("at_least", "helix:Triple helix", ALL, ()) == [("helix", "triple")]
    assert dimension_meant("balance", "Samenstelling van de helix", ALL) == "helix"
    assert dimension_meant("balance", "lead.who", ALL) == "lead.who"
    with pytest.raises(Misfit, match="it can mean parties:government, sides:government"):
        categories_meant("at_least", "government", ALL, ())
