"""Figures of agreement, with their intervals, as cells and as fields of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _
from kiamv_cli.display.document import Cell
from kiamv_cli.display.text import decimal, in_style, number

if TYPE_CHECKING:
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.review.model.agreement import Estimate, Row

_WHY = {
    "no-pairs": N_("no two judged the same"),
    "all-alike": N_("all verdicts alike: nothing to agree on"),
    "not-two": N_("for two reviewers only"),
}


def percent(part: int, whole: int, symbols: Symbols) -> str:
    """Format a part of a whole in per cent; a dash where there is no whole."""
    return f"{100 * part / whole:.0f}%" if whole else symbols.dash


def interval(one: Estimate) -> tuple[float | None, float | None]:
    """Return the ends of an interval, rounded; ``None`` where there is none."""
    return (
        None if one.low is None else round(one.low, 6),
        None if one.high is None else round(one.high, 6),
    )


def row_fields(row: Row) -> dict[str, object]:
    """Return a row for JSON."""
    return {
        "reviewers": list(row.reviewers),
        "question": row.question.key if row.question else None,
        "unknown": row.treatment,
        "ecosystems": row.units,
        "alone": row.alone,
        "pairs": row.pairs,
        "agreed": row.agreed,
        "prevalence": dict(row.verdicts),
        **{name: _estimate_fields(one) for name, one in row.estimates.items()},
    }


def _estimate_fields(one: Estimate) -> dict[str, object]:
    if one.value is None:
        return {"value": None, "undefined": one.why}
    return {
        "value": number(one.value),
        "interval": None if one.low is None else list(interval(one)),
        "resamples_undefined": one.undefined,
    }


def share_cell(one: Estimate, symbols: Symbols) -> Cell:
    """Format a share in per cent with its interval; a dash where it is undefined."""
    if one.value is None:
        return Cell(symbols.dash)
    if one.low is None or one.high is None:
        return Cell(f"{100 * float(one.value):.0f}%")
    return Cell(
        f"{100 * float(one.value):.0f}% ({100 * one.low:.0f}{symbols.dash}{100 * one.high:.0f})"
    )


def estimate_cell(one: Estimate, symbols: Symbols) -> Cell:
    """Format a coefficient with its interval, or why it is undefined."""
    if one.why is not None:
        return Cell(_("undefined: {why}", why=_(_WHY[one.why])), "faint")
    assert one.value is not None
    value = decimal(one.value)
    if one.low is None or one.high is None:
        return Cell(value)
    low, high = in_style(f"{one.low:.2f}"), in_style(f"{one.high:.2f}")
    return Cell(f"{value} ({low}{symbols.dash}{high})")
