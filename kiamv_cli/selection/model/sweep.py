"""Many shortlists of one list: each size, balance, give-up and weighting with each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any, TypeAlias

from kiamv_cli.base.problem import Misfit
from kiamv_cli.base.text import Text
from kiamv_cli.base.value import Result, Value
from kiamv_cli.programme.model.weights import with_weights
from kiamv_cli.scoring.model.score import score
from kiamv_cli.selection.model.resolution import resolved
from kiamv_cli.selection.model.search import NoneFeasibleError, NoShortlistError
from kiamv_cli.selection.model.shortlist import shortlist

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.base.value import Number
    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.prove import ProvingSolver
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.model.shortlist import Shortlist

# A balance: dimensions as in a request, or each with its target; ``None`` for none.
Balance: TypeAlias = str | Iterable[str] | Mapping[str, object] | None
# Weights by criterion, ``None`` for those that the programme has.
Weights: TypeAlias = "Mapping[str, Number] | None"
OWN_WEIGHTS = "own"
# How a request is named in a record.
_NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Value):
    """One question of a sweep: what is asked, of the list scored with which weights."""

    scores: Scores
    request: Request
    weights: str

    @property
    def balance(self) -> str:
        """Return its dimensions in a word, each with its target where that is not even."""
        rules = self.request.targets
        named = (
            f"{each}:{rules[each] if isinstance(rules[each], str) else 'own'}"
            if rules.get(each, "even") != "even"
            else each
            for each in self.request.balance
        )
        return "+".join(named) or _NONE

    def shortlist(self, solver: ProvingSolver, *, prove: bool | None) -> Swept:
        """Return its shortlist; where the wishes cannot be met, or time ran out, there is none."""
        try:
            best = shortlist(self.scores, self.request, solver, prove=prove)
            return Swept(case=self, shortlist=best)
        except (NoneFeasibleError, NoShortlistError):
            return Swept(case=self, shortlist=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept(Value):
    """A question of a sweep with its shortlist; ``None`` where there is none."""

    case: Case
    shortlist: Shortlist | None

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the members."""
        return self.shortlist.ids if self.shortlist else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep(Result):
    """Many shortlists of one list, in the order of what varies: the last fastest.

    ``to_records`` gives a row for each shortlist, ``members`` one for each member of each.
    """

    scores: Scores
    shortlists: tuple[Swept, ...]

    def figures(self) -> Iterator[str]:
        """Yield how many shortlists there are, and how many are missing."""
        missing = sum(each.shortlist is None for each in self.shortlists)
        yield f"{len(self.shortlists)} shortlists"
        if missing:
            yield f"{missing} not possible"

    def members(self) -> list[dict[str, str | int | float | None]]:
        """Return a row for each member of each shortlist: what was asked, its id and score."""
        return [
            {
                **asked(each.case),
                "id": member,
                "name": each.case.scores.longlist.names[member],
                "place": place,
            }
            for each in self.shortlists
            for place, member in enumerate(each.ids, start=1)
        ]

    def frequency(self) -> dict[str, Fraction]:
        """Return in which share of the shortlists each ecosystem is, highest first."""
        found = [each for each in self.shortlists if each.shortlist]
        held = {one.ecosystem.id: 0 for one in self.scores.ecosystems}
        for each in found:
            for member in each.ids:
                held[member] += 1
        order = sorted(held, key=lambda name: (-held[name], name))
        return {name: Fraction(held[name], len(found) or 1) for name in order}


def asked(case: Case) -> dict[str, str | int | float | None]:
    """Return what tells a question from the others of its sweep."""
    give_up = case.request.give_up
    return {
        "size": case.request.size,
        "balance": case.balance,
        "give_up": None if give_up is None else float(give_up),
        "weights": case.weights,
    }


def cases(
    scores: Scores,
    request: Request,
    sizes: Iterable[Number] | None,
    balance: Iterable[Balance] | None,
    give_up: Iterable[Number | None] | None,
    weights: Mapping[str, Weights] | Iterable[Weights] | None,
) -> tuple[Case, ...]:
    """Return every question of a sweep, checked, in the order of what varies.

    Raises:
        Misfit: One does not fit the long list, or there is nothing to vary.
    """
    scored = {name: _scored(scores, each) for name, each in _named(weights).items()}
    balances = (
        [_balance(each, request) for each in _varied("balance", balance, None)]
        if (balance is not None)
        else [{}]
    )
    sized = [{"size": each, "sizes": None} for each in _varied("sizes", sizes, request.size)]
    given = [{"give_up": each} for each in _varied("give_up", give_up, request.give_up)]
    return tuple(
        Case(scores=own, request=resolved(_with(request, *wishes), own), weights=name)
        for *wishes, (name, own) in product(sized, balances, given, scored.items())
    )


def _with(request: Request, *wishes: Mapping[str, Any]) -> Request:
    changes: dict[str, Any] = {}
    for each in wishes:
        changes |= each
    return replace(request, **changes)


def _varied(field: str, values: Iterable[object] | None, usual: object) -> list[object]:
    if values is None:
        return [usual]
    if isinstance(values, str | Mapping) or not isinstance(values, Iterable):
        raise Misfit(field, values, Text("requests.not-several"))
    varied = [*values]
    if not varied:
        raise Misfit(field, values, Text("requests.no-such-sweep"))
    return varied


def _balance(balance: object, request: Request) -> dict[str, object]:
    if isinstance(balance, Mapping):
        rules: dict[DimensionId, object] = {**request.targets, **balance}
        return {"balance": tuple(balance), "targets": rules}
    return {"balance": balance}


def _named(weights: Mapping[str, Weights] | Iterable[Weights] | None) -> dict[str, Weights]:
    if weights is None:
        return {OWN_WEIGHTS: None}
    if isinstance(weights, Mapping):
        return {str(name): each for name, each in weights.items()}
    return {_name(each): each for each in weights}


def _name(weights: Weights) -> str:
    if not weights:
        return OWN_WEIGHTS
    return ",".join(f"{name}={weight}" for name, weight in weights.items())


def _scored(scores: Scores, weights: Weights) -> Scores:
    if not weights:
        return scores
    programme = with_weights(scores.programme, weights)
    return score(scores.longlist, programme, scores.as_of)
