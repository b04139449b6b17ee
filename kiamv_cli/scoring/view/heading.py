"""What documents say of a scored list: as of when, by which criteria, on what basis."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiamv_cli.scoring.model.score import Basis, Scores


from kiamv_cli.display.heading import heading
from kiamv_cli.longlist.view.heading import criteria_fields, longlist_fields

_BASES: tuple[Basis, ...] = ("rule", "person", "review", "adjudicated")


def heading_fields(scores: Scores, command: str) -> dict[str, object]:
    """Return the first fields of documents on a scored list."""
    return {
        **heading(command),
        "as_of": scores.as_of.isoformat(),
        "criteria": criteria_fields(scores.programme),
        "longlist": longlist_fields(scores.longlist),
        "basis": {basis: scores.bases[basis] for basis in _BASES},
        "request": {"as_of": scores.as_of.isoformat()},
    }
