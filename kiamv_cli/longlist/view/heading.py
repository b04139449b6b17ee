"""What documents say of the criteria and the long list that they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.display.heading import exact_number

if TYPE_CHECKING:
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme


def criteria_fields(programme: Programme) -> dict[str, object]:
    """Return which criteria were applied: their id, their hash, and what each of them weighs."""
    weights = {name: exact_number(weight) for name, weight in programme.weights.items()}
    return {"id": programme.id, "sha256": programme.sha256, "weights": weights}


def judged_fields(programme: Programme, longlist: Longlist) -> dict[str, object]:
    """Return by which criteria which list is judged."""
    return {"criteria": criteria_fields(programme), "longlist": longlist_fields(longlist)}


def longlist_fields(longlist: Longlist) -> dict[str, object]:
    """Return which list it was: its title, its hash, and how many ecosystems it has."""
    return {"title": longlist.title, "sha256": longlist.sha256, "count": len(longlist.ecosystems)}
