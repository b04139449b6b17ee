"""Small scored long lists on which much is open, and what is asked of them, from a seed."""

from datetime import date
from fractions import Fraction as F
from random import Random

from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist
from kiamv_cli.programme.model.attributes import Category
from kiamv_cli.programme.model.dimensions import Dimension, DimensionId
from kiamv_cli.programme.model.facts import Verdict
from kiamv_cli.programme.model.programme import Criterion, Programme, ScreeningClass
from kiamv_cli.programme.rules.count import CountRule, Step
from kiamv_cli.scoring.model.score import (
    BOUNDS,
    CriterionScore,
    EcosystemScore,
    Scores,
    class_bound,
)
from kiamv_cli.selection.model.question import Quota
from kiamv_cli.selection.model.request import Request

CATEGORIES: dict[DimensionId, tuple[str, ...]] = {
    "provinces": ("east", "north", "west"),
    "themes": ("food", "sun"),
}
_RULE = CountRule(facts="maturity", steps=(Step(score=F(1), facts=2), Step(score=F(1, 2), facts=1)))
_WEIGHTS = {"a": F(1), "b": F(1), "c": F(2)}
AS_OF = date(2020, 11, 30)


def _named(name: str) -> dict[str, str]:
    return {"en": name, "nl": name}


PROGRAMME = Programme(
    id="small",
    label=_named("small"),  # type: ignore[arg-type]
    criteria=tuple(
        Criterion(
            id=name,
            label=_named(name),  # type: ignore[arg-type]
            question=_named(f"{name}?"),  # type: ignore[arg-type]
            weight=weight,
            met_at=F(1),
            partly_at=F(1, 2),
            rule=_RULE,
        )
        for name, weight in _WEIGHTS.items()
    ),
    classes=(
        ScreeningClass(id="good", label=_named("good"), met=2, not_met=0),  # type: ignore[arg-type]
        ScreeningClass(id="fair", label=_named("fair"), met_or_partly=2),  # type: ignore[arg-type]
        ScreeningClass(id="rest", label=_named("rest")),  # type: ignore[arg-type]
    ),
    dimensions={
        name: Dimension(
            id=name,
            label=_named(name),  # type: ignore[arg-type]
            categories=tuple(
                Category(id=one, label=_named(one))  # type: ignore[arg-type]
                for one in ids
            ),
        )
        for name, ids in CATEGORIES.items()
    },
)


def verdict(score: F) -> Verdict:
    return "met" if score >= 1 else "partly" if score >= F(1, 2) else "not-met"


def scored(ecosystem: Ecosystem, criteria: tuple[CriterionScore, ...]) -> EcosystemScore:
    """Put an ecosystem together from its scores on the criteria."""
    total = sum(_WEIGHTS.values())
    pairs = list(zip(_WEIGHTS.values(), criteria, strict=True))
    return EcosystemScore(
        ecosystem=ecosystem,
        rank=1,
        proven=sum((weight * one.proven for weight, one in pairs), F(0)) / total,
        possible=sum((weight * one.possible for weight, one in pairs), F(0)) / total,
        criteria=criteria,
        worst=class_bound(
            PROGRAMME,
            [verdict(one.proven) for one in criteria],
            [one.proven for one in criteria],
        ),
        best=class_bound(
            PROGRAMME,
            [verdict(one.possible) for one in criteria],
            [one.possible for one in criteria],
        ),
    )


def criterion_score(proven: F, possible: F, *, known: bool) -> CriterionScore:
    return CriterionScore(
        verdict=verdict(proven) if proven == possible else "unknown",
        proven=proven,
        possible=possible,
        at_worst=verdict(proven),
        at_best=verdict(possible),
        known=known,
    )


def _criterion(dice: Random) -> CriterionScore:
    proven, possible = sorted(F(dice.choice([0, 1, 2, 2, 4, 4]), 4) for _ in range(2))
    return criterion_score(proven, possible, known=proven > 0 or dice.random() < 1 / 3)


def undecided(dice: Random) -> tuple[Scores, Request]:
    """Make a long list of 4 to 6, and a request for 1 to 3 of them."""
    ecosystems = tuple(
        Ecosystem(
            id=f"e{number}",
            name=f"E {number}",
            provinces=tuple(dice.sample(CATEGORIES["provinces"], dice.choice([1, 1, 2]))),
            themes=tuple(dice.sample(CATEGORIES["themes"], dice.choice([1, 1, 2]))),
        )
        for number in range(dice.randint(4, 6))
    )
    scores = Scores(
        longlist=Longlist(title="Small", as_of=AS_OF, ecosystems=ecosystems),
        programme=PROGRAMME,
        as_of=AS_OF,
        ecosystems=tuple(
            scored(one, (_criterion(dice), _criterion(dice), _criterion(dice)))
            for one in ecosystems
        ),
    )
    return scores, _request(dice, [one.id for one in ecosystems])


def _request(dice: Random, ids: list[str]) -> Request:
    pin, bar = dice.sample(ids, 2)
    size = dice.randint(1, 3)
    quota = Quota("themes", dice.choice(CATEGORIES["themes"]), at_least=dice.randint(1, size))
    balances: list[tuple[DimensionId, ...]] = [("themes", "provinces"), ("themes",), ()]
    classes = [{"good", "fair"}, {"fair", "rest"}, {"good"}]
    return Request(
        size=size,
        balance=dice.choice(balances),
        give_up=dice.choice([None, None, F(0), F(dice.randint(1, 40), 100)]),
        include=frozenset({pin} if dice.random() < 1 / 4 else ()),
        exclude=frozenset({bar} if dice.random() < 1 / 4 else ()),
        quotas=(quota,) if dice.random() < 1 / 4 else (),
        classes=frozenset(dice.choice(classes) if dice.random() < 1 / 3 else ()),
        unknown=dice.choice(BOUNDS),
    )
