"""Types of ecosystems counted: the public function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.problem import Misfit
from kiamv_cli.base.text import Text
from kiamv_cli.longlist.results import load_types
from kiamv_cli.programme.model.labels import id_meant
from kiamv_cli.scoring.model.types import classify as count_types

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.scoring.model.types import Answered, Classified

_MOST = 2


def classify(
    scores: Scores, by: str | Iterable[str], *, answers: Answered | None = None
) -> Classified:
    """Count how many ecosystems are of which type; the screening classes are in the scores.

    Args:
        scores: The scored long list.
        by: A dimension of the programme's types, by id or label; two give a cross-tab.
        answers: Answers to the survey, for dimensions that follow from it.

    Raises:
        BadInput: The programme has no types, or something is wrong with them.
        Misfit: There is no such dimension, or it is not one or two.
    """
    origin = scores.programme.origin
    known = load_types(origin.source if origin else None)
    names = [by] if isinstance(by, str) else [*by]
    if not 1 <= len(names) <= _MOST:
        raise Misfit("by", names, Text("requests.one-or-two"))
    ids = [id_meant("by", name, known) for name in names]
    by_id = {each.id: each for each in known}
    dimensions = [by_id[each] for each in ids]
    return count_types(scores.longlist, scores.programme, dimensions, scores.as_of, answers)
