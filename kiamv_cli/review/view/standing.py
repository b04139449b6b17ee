"""What changed since a review was assigned, in words and as fields of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _
from kiamv_cli.display.text import date_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.review.model.asked import AskedChange, Ruling
    from kiamv_cli.review.model.outcome import Standing

_EFFECTS = {
    "stand": N_(
        "questions or rules changed; {by} decided on {date} that verdicts given before stand: "
        '"{reason}"'
    ),
    "lapse": N_(
        "questions or rules changed; {by} decided on {date} that verdicts given before, on what "
        'changed, lapse: "{reason}"'
    ),
}


def change_text(change: AskedChange) -> str:
    """Format one change of what is asked, with what it was and what it is."""
    if change.what == "criterion":
        if change.before is None:
            return _("since the assignment: the criterion {id} is new", id=change.criterion)
        return _("since the assignment: the criterion {id} is gone", id=change.criterion)
    absent = _("nothing")
    values = {
        "id": change.criterion,
        "key": change.key,
        "before": absent if change.before is None else f'"{change.before}"',
        "after": absent if change.after is None else f'"{change.after}"',
    }
    if change.what == "question":
        return _(
            "since the assignment, the question of {id} ({key}): was {before}, is {after}", **values
        )
    return _("since the assignment, the rule of {id} ({key}): was {before}, is {after}", **values)


def ruling_text(ruling: Ruling) -> str:
    """Format what the chair decided on a change."""
    return _(
        _EFFECTS[ruling.verdicts],
        by=ruling.by,
        date=date_text(ruling.on),
        reason=ruling.reason,
    )


def standing_fields(standing: Standing) -> Mapping[str, object]:
    """Return what documents say of it."""
    return {
        "changed_since": [
            {
                "criterion": each.criterion,
                "what": each.what,
                "key": each.key,
                "before": each.before,
                "after": each.after,
            }
            for each in standing.changes
        ],
        "changed_entries": list(standing.entries),
        "rulings": [
            {
                "number": each.number,
                "verdicts": each.verdicts,
                "by": each.by,
                "on": each.on.isoformat(),
                "reason": each.reason,
            }
            for each in standing.rulings
        ],
        "lapsed": standing.lapsed,
        "interested": [list(each) for each in standing.interested],
    }
