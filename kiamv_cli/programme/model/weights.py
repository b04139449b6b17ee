"""A programme with other weights."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiamv_cli.base.problem import Misfit
from kiamv_cli.base.text import Text
from kiamv_cli.base.value import exact
from kiamv_cli.programme.model.labels import id_meant

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from kiamv_cli.base.value import Number
    from kiamv_cli.programme.model.programme import Programme


def with_weights(programme: Programme, weights: Mapping[str, Number]) -> Programme:
    """Return a programme with other weights; it has a hash of its own.

    Args:
        programme: The programme.
        weights: By criterion, its id or label; one that is not named keeps its weight.

    Raises:
        Misfit: A criterion is unknown, a weight is no number from 0, or all are 0.
    """
    known: dict[str, Fraction] = {}
    for name, value in weights.items():
        criterion = id_meant("weights", name, programme.criteria)
        weight = exact(value)
        if weight is None or weight < 0:
            raise Misfit("weights", value, Text("requests.weight-not-exact", criterion=criterion))
        known[criterion] = weight
    criteria = tuple(
        replace(each, weight=known.get(each.id, each.weight)) for each in programme.criteria
    )
    if criteria and not any(each.weight for each in criteria):
        raise Misfit("weights", dict(weights), Text("requests.weights-all-0"))
    return replace(programme, criteria=criteria)
