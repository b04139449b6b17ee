"""Long lists and what is found in them, shown; and what each result says first of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, label_in
from kiamv_cli.display.document import Paragraph
from kiamv_cli.display.text import exact_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme

VIEWS = {
    "Checked": "check:checked_view",
    "Duplicates": "same:SameView",
    "Imported": "imported:ImportView",
    "Longlist": "table:LonglistView",
}


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


def unknown_paragraphs(
    programme: Programme, unknown: Mapping[str, int], total: int
) -> Iterator[Paragraph]:
    """Yield of which criteria nothing is known for most ecosystems, the emptiest first.

    Args:
        programme: Whose criteria they are.
        unknown: By criterion, for how many ecosystems nothing is known.
        total: How many ecosystems there are.
    """
    criteria = {each.id: each for each in programme.criteria}
    most = [name for name, count in unknown.items() if total and 2 * count >= total]
    for name in sorted(most, key=lambda each: -unknown[each]):
        label = label_in(criteria[name].label)
        text = (
            _("{criterion}: nothing is known for any ecosystem.", criterion=label)
            if unknown[name] == total
            else _(
                "{criterion}: nothing is known for {n} of {all} ecosystems.",
                criterion=label,
                n=unknown[name],
                all=total,
            )
        )
        yield Paragraph(text, "not-met")
    if most:
        yield Paragraph("")


def unknown_fields(unknown: Mapping[str, int], total: int) -> list[dict[str, object]]:
    """Return, for JSON, for how many ecosystems nothing is known on each criterion."""
    return [
        {"criterion": name, "ecosystems": count, "of": total} for name, count in unknown.items()
    ]
