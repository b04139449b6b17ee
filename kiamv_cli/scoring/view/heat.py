"""The heat table: ecosystems by criteria, each cell with its sign, its numbers and its colour."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, label_in, ngettext
from kiamv_cli.display.figure import EDGE, Drawing
from kiamv_cli.display.marks import (
    SIZE,
    SMALL,
    STRONG,
    box,
    fitted,
    sign,
    step,
    width_of,
    words,
    wrapped,
)
from kiamv_cli.display.text import UNICODE, count, date_text, listing, seats, whole
from kiamv_cli.scoring.view import class_cell, mark_cell, range_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from kiamv_cli.display.figure import Figure
    from kiamv_cli.programme.model.facts import Verdict
    from kiamv_cli.scoring.model.score import CriterionScore, EcosystemScore, Scores

_VERDICTS: dict[Verdict, str] = {
    "met": N_("met"),
    "partly": N_("partly"),
    "not-met": N_("not met"),
    "unknown": N_("unknown"),
}
_RANK, _NAME, _CELL, _BAR, _NUMBERS, _CLASS = 36, 300, 84, 108, 84, 112
_ROW, _HEAD_LINE = 24, 13
_MOST = 100  # rows; of the other ecosystems only the verdicts are counted


def heat_figure(
    scores: Scores, members: AbstractSet[str] = frozenset(), name: str = "heat"
) -> Figure:
    """Draw the scores of a long list: of the hundred best in full, of the others counted.

    Args:
        scores: The scored long list.
        members: Who is on the shortlist, by id: their names are bold.
        name: The id of the figure.
    """
    columns = len(scores.programme.criteria)
    sheet = Drawing(_left(columns) + _BAR + _NUMBERS + _CLASS + EDGE)
    size = count(len(scores.ecosystems), "ecosystem", "ecosystems")
    title = _("{ecosystems} by score, as of {date}", ecosystems=size, date=date_text(scores.as_of))
    sheet.title(title)
    _headings(sheet, scores)
    for one in scores.ecosystems[:_MOST]:
        kind = "strong" if one.ecosystem.id in members else ""
        sheet.add(*_row(one, scores, sheet.y, kind))
        sheet.y += _ROW
    if others := scores.ecosystems[_MOST:]:
        _counted(sheet, others)
    _legend(sheet, has_members=bool(members))
    return sheet.figure(name, title, _told(scores, members))


def _left(column: int) -> int:
    return EDGE + _RANK + _NAME + column * _CELL


def _headings(sheet: Drawing, scores: Scores) -> None:
    """Write the head of each column, the last lines of all at the same height."""
    criteria = scores.programme.criteria
    end = _left(len(criteria))
    heads = [
        *((_left(n), _CELL - 8, label_in(each.label)) for n, each in enumerate(criteria)),
        (end + 10, _BAR + _NUMBERS, _("score: proven to possible")),
        (end + _BAR + _NUMBERS, _CLASS, _("class")),
    ]
    told = [(x, list(wrapped(text, room, SMALL))) for x, room, text in heads]
    tall = max(len(lines) for _x, lines in told)
    for x, lines in told:
        for number, line in enumerate(reversed(lines)):
            y = sheet.y + (tall - number) * _HEAD_LINE
            sheet.add(words(x + 2, y, line, "small faint"))
    sheet.y += tall * _HEAD_LINE + 8


def _row(candidate: EcosystemScore, scores: Scores, top: float, kind: str) -> Iterator[str]:
    base = top + 16
    name = candidate.ecosystem.name
    yield words(EDGE + _RANK - 12, base, whole(candidate.rank), "faint end")
    size = STRONG if kind else SIZE
    yield words(EDGE + _RANK, base, fitted(name, _NAME - 14, size), kind, full=name)
    for number, scored in enumerate(candidate.criteria):
        yield from _cell(scored, _left(number), top)
    x = _left(len(candidate.criteria)) + 12
    wide = _BAR - 24
    yield box(x, top + 7, wide, 10, "track", 2)
    yield box(x, top + 7, wide * float(candidate.possible), 10, "pale", 2)
    yield box(x, top + 7, wide * float(candidate.proven), 10, "bar", 2)
    yield words(x + wide + 10, base, range_text(candidate, UNICODE), kind)
    label = class_cell(candidate, scores.programme, UNICODE).text
    yield words(x + wide + 12 + _NUMBERS, base, fitted(label, _CLASS, size), kind)


def _cell(scored: CriterionScore, x: float, top: float) -> Iterator[str]:
    colour = step(float(scored.proven))
    on = f"on{colour}"
    yield box(x + 1, top + 1, _CELL - 2, _ROW - 2, f"step{colour}", 3)
    yield sign(x + 13, top + 12, scored.verdict, on)
    yield words(x + 25, top + 16, _numbers(scored), on)


def _numbers(scored: CriterionScore) -> str:
    """Proven and possible score, and the sign of who judged, if that was not the rule."""
    numbers = seats(scored.proven)
    if scored.open:
        numbers += f"{UNICODE.dash}{seats(scored.possible)}"
    return numbers + mark_cell(scored, UNICODE).text[1:]


def _counted(sheet: Drawing, others: Sequence[EcosystemScore]) -> None:
    """Count the verdicts of those who have no row."""
    more = _("{number} more, by verdict", number=whole(len(others)))
    sheet.y += 8
    sheet.add(words(EDGE + _RANK, sheet.y + 16, more, "strong"))
    for number, column in enumerate(zip(*(one.criteria for one in others), strict=True)):
        counts = Counter(scored.verdict for scored in column)
        for line, verdict in enumerate(_VERDICTS):
            x, y = _left(number), sheet.y + 22 * line
            sheet.add(sign(x + 13, y + 12, verdict))
            sheet.add(words(x + 25, y + 16, whole(counts[verdict])))
    sheet.y += 22 * len(_VERDICTS) + 4


def _legend(sheet: Drawing, *, has_members: bool) -> None:
    x = float(EDGE)
    sheet.y += 10
    for verdict, word in _VERDICTS.items():
        sheet.add(sign(x + 6, sheet.y + 5, verdict), words(x + 18, sheet.y + 9, _(word), "small"))
        x += 36 + width_of(_(word), SMALL)
    sheet.y += 20
    sheet.note(_("Numbers: the proven score and, where it may still be higher, the possible one."))
    sheet.note(_("The stronger the colour, the more is proven."))
    if has_members:
        sheet.note(_("Bold: on the shortlist."))


def _told(scores: Scores, members: AbstractSet[str]) -> Iterator[str]:
    """Say the verdicts per criterion, and who is at the top: a table says the rest better."""
    for number, criterion in enumerate(scores.programme.criteria):
        counts = Counter(one.criteria[number].verdict for one in scores.ecosystems)
        parts = [f"{_(word)} {whole(counts[verdict])}" for verdict, word in _VERDICTS.items()]
        yield f"{label_in(criterion.label)}: {', '.join(parts)}."
    first = [f"{one.ecosystem.name} {range_text(one, UNICODE)}" for one in scores.ecosystems[:3]]
    yield _("Highest scores: {ecosystems}.", ecosystems=listing(first))
    if members:
        shown = sum(one.ecosystem.id in members for one in scores.ecosystems[:_MOST])
        yield ngettext(
            "{n} of the rows is on the shortlist.", "{n} of the rows are on the shortlist.", shown
        )
