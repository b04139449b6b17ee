"""What the columns of exports hold, by their rows of headings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.labels import Labels, bare
from kiamv_cli.survey.reading.wordings import Target, Wordings, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kiamv_cli.formats.plain import Cell
    from kiamv_cli.longlist.model.lookup import Names

    Row = tuple[int, Sequence[Cell]]

# What survey tools write below a question that has one column.
_BELOW = {"response", "respons", "open-ended response", "open antwoord", "antwoord", "answer"}
_MADE_UP = {"made up", "verzonnen"}
_IMPORT_ID = '{"ImportId"'
_MOST_ROWS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """What the columns of an export hold, by their place from 0; ``rows`` is how many head it."""

    rows: int
    respondent: int | None
    targets: Mapping[int, Target]
    texts: Mapping[int, str]
    left_out: frozenset[int]
    made_up: int | None
    submitted: int | None


def read_headings(rows: Sequence[Row], wordings: Wordings, names: Names) -> Headings:
    """Return what the columns of an export hold.

    The respondents are in the column that the mapping names, else in that with the most names of
    ecosystems.

    Args:
        rows: All rows that are not empty, with the number of the line of each.
        wordings: What headings stand for.
        names: Who can have answered.
    """
    respondent = _respondent(rows, wordings, names)
    depth = _depth(rows, respondent, wordings, names)
    top = _texts(rows[0]) if rows else {}
    below = _texts(rows[1]) if depth > 1 else {}
    width = max([*top, *below], default=-1) + 1
    when = wordings.mapping.submitted
    submitted = next((at for at, text in top.items() if when and bare(text) == bare(when)), None)
    texts, targets, left_out, last = {}, {}, set[int](), ""
    for place in range(width):
        last = top.get(place) or (last if depth > 1 else "")
        texts[place] = " - ".join(filter(None, (last, below.get(place))))
        if any(wordings.is_left_out(each) for each in (texts[place], top.get(place, ""))):
            left_out.add(place)
        elif place not in {respondent, submitted} and (
            found := _target(top.get(place, ""), last, below.get(place, ""), wordings)
        ):
            targets[place] = found
    marked = (place for place, text in top.items() if bare(text) in _MADE_UP)
    return Headings(
        rows=depth,
        respondent=respondent,
        targets=targets,
        texts={place: text for place, text in texts.items() if text},
        left_out=frozenset(left_out),
        made_up=next(marked, None),
        submitted=submitted,
    )


def _texts(row: Row) -> dict[int, str]:
    cells = {place: written(cell) for place, cell in enumerate(row[1])}
    return {place: text for place, text in cells.items() if text}


def _respondent(rows: Sequence[Row], wordings: Wordings, names: Names) -> int | None:
    named = wordings.mapping.respondent
    if named is not None:
        heads = (_texts(row) for row in rows[:_MOST_ROWS])
        return Labels((text, place) for head in heads for place, text in head.items()).get(named)
    found = Counter(
        place for row in rows for place, text in _texts(row).items() if names.meant(text)
    )
    most = max(found.values(), default=0)
    return min((place for place, times in found.items() if times == most), default=None)


def _depth(rows: Sequence[Row], respondent: int | None, wordings: Wordings, names: Names) -> int:
    """Return how many rows of headings there are: one or two, and perhaps one for the tool."""
    depth = 1
    if len(rows) > 1 and _is_heading(_texts(rows[0]), _texts(rows[1]), respondent, wordings, names):
        depth = 2
    if len(rows) > depth and any(
        text.startswith(_IMPORT_ID) for text in _texts(rows[depth]).values()
    ):
        depth += 1
    return depth


def _is_heading(
    top: Mapping[int, str],
    below: Mapping[int, str],
    respondent: int | None,
    wordings: Wordings,
    names: Names,
) -> bool:
    """Return whether the second row is one of headings, and not yet the first answers.

    It names no respondent, and asks questions, or stands below a question over several columns,
    of which only the first has a heading or, where these were merged, each has the same. Below the
    last question it has to name options: what else stands there may be an answer.
    """
    said = below.get(respondent, "") if respondent is not None else ""
    if respondent is not None and said == top.get(respondent):
        said = ""  # merged with the heading above
    if names.meant(said):
        return False
    if said.casefold() in _BELOW or any(map(wordings.target, below.values())):
        return True
    spread = (place for place in below if top.get(place) in {None, top.get(place - 1)})
    return not said and any(
        place < max(top, default=0) or _is_option(place, top, below, wordings) for place in spread
    )


def _is_option(
    place: int, top: Mapping[int, str], below: Mapping[int, str], wordings: Wordings
) -> bool:
    """Return whether a text of the second row is an option of the question that it stands under."""
    above = max((other for other in top if other <= place), default=None)
    question = None if above is None else wordings.target(top[above])
    return question is not None and wordings.under(question.question, below[place]) is not None


def _target(own: str, top: str, below: str, wordings: Wordings) -> Target | None:
    """Return what a column holds; ``own`` is its first heading, ``top`` the last one up to it."""
    if below and (found := wordings.target(f"{top} - {below}") or wordings.target(below)):
        return found
    above = wordings.target(own or top)
    if above is None or above.option is not None or not below:
        return above if own else None
    if below.casefold() in _BELOW or bare(below) == bare(own):
        return above
    return wordings.under(above.question, below)
