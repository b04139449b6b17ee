"""What bars an ecosystem, and by how much, in words."""

from __future__ import annotations

from fractions import Fraction as F
from typing import Any

import pytest

from kiamv_cli import Request, load_criteria, load_longlist, score
from kiamv_cli.selection.model.explain import Place
from kiamv_cli.selection.model.near_misses import Margin
from kiamv_cli.selection.view.place import PlaceWords

NOBODY = {"decisive": (), "reach": F(1, 2), "without_balance": False, "barred": False}
OUT: dict[str, Any] = {"id": "seece", "member": False, "score": F(1, 2)}
IN: dict[str, Any] = {"id": "seece", "member": True, "score": F(1, 2)}


def words(margin: Margin, request: Request | None = None, **more: object) -> str:
    programme = load_criteria()
    scores = score(load_longlist(programme=programme).longlist, programme)
    one = next(each for each in scores.ecosystems if each.ecosystem.id == margin.id)
    place = Place(margin=margin, **{**NOBODY, **more})  # type: ignore[arg-type]
    return " ".join(PlaceWords(scores, request or Request()).sentences(one, place))


@pytest.mark.parametrize(
    ("margin", "said"),
    [
        (Margin(**OUT, threshold=F(3, 4)), "a score of more than 0.75, which is 0.25 higher."),
        (
            Margin(**OUT, threshold=F(2, 3), in_at_threshold=True),
            "a score of 0.67 or more, which is 0.17 higher.",
        ),
        (Margin(**OUT, threshold=F(1, 2)), "the lottery decided against it, and with any higher"),
        (Margin(**IN, threshold=F(1, 4)), "if its score fell to 0.25 or below, which is 0.25"),
        (Margin(**IN, threshold=F(1, 4), in_at_threshold=True), "fell below 0.25, which is 0.25"),
        (Margin(**IN, threshold=F(1, 2), in_at_threshold=True), "with any lower score it would"),
        (
            Margin(**OUT, bar="balance", seats=F(5, 12), then=("hannn",)),
            "1 it would be out: the best shortlist with it has 0.42 more seats out of place.",
        ),
        (
            Margin(**OUT, bar="score", points=F(1, 24), then=("hannn",)),
            "the best shortlist with it, though as well balanced, has a total that is 0.04",
        ),
        (
            Margin(**IN, bar="score", then=("hannn",)),
            "score of 0 it would stay in: the best shortlist without it is as good, but the lott",
        ),
        (
            Margin(**OUT, bar="score", points=F(1, 2)),
            "the highest total with it misses what --give-up asks for by 0.50.",
        ),
        (Margin(**IN, bar="wishes"), "the wishes leave no shortlist without it."),
        (Margin(**OUT, bar="wishes"), "the wishes leave no shortlist with it."),
    ],
)
def test_the_margin(margin: Margin, said: str) -> None:
    assert said in words(margin)


def test_the_wishes_that_name_it() -> None:
    bar = Margin(**IN, bar="wishes")
    assert "--include asks for it" in words(bar, Request(include=frozenset({"seece"})))
    bar = Margin(**OUT, bar="wishes")
    assert "--exclude asks for that" in words(bar, Request(exclude=frozenset({"seece"})))


def test_who_would_change() -> None:
    changed = {"then": ("seece",), "comes": ("seece", "hannn"), "goes": ("steenbreek",)}
    near = Margin(**OUT, threshold=F(3, 4), **changed)  # type: ignore[arg-type]
    hannn = "Healthy Ageing Network Northern Netherlands would come in, and Steenbreek"
    assert f"Then {hannn} would go out." in words(near)
    barred = Margin(**OUT, bar="balance", seats=F(1), **changed)  # type: ignore[arg-type]
    assert f"In the best shortlist with it {hannn} would go out." in words(barred)


def test_its_own_open_criteria() -> None:
    near = Margin(**OUT, threshold=F(3, 4))
    assert "No open question of its own can raise the score that counts." in words(near)
    assert "cannot bring that: if all turned out as well as possible, its score would be 0.60" in (
        words(near, reach=F(3, 5))
    )
    one = words(near, reach=F(1), decisive=(("regional",),))
    assert "it would be enough if Regional urgency turned out as well as possible." in one
    inside = words(Margin(**IN, threshold=F(1, 4)), decisive=(("regional",), ("multi-mission",)))
    assert (
        "it would drop out if any one of these turned out no better than is proven: Regional "
        "urgency; Several missions." in inside
    )
    many = words(near, decisive=(("regional", "multi-mission"),) * 8)
    assert many.count("Regional urgency and Several missions; ") == 6
    assert "; 2 more." in many


def test_what_balance_has_to_do_with_it() -> None:
    near = Margin(**OUT, threshold=F(3, 4))
    assert words(near).endswith("Without balance it would be out as well.")
    assert words(near, without_balance=True).endswith("Without balance it would be in.")
    assert "Without balance" not in words(near, Request(balance=()))
    assert "the lottery" not in words(Margin(**OUT, threshold=F(1, 2)), Request(give_up=F(0)))
