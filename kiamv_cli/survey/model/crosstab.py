"""One question by another, with small cells left out so that none can be worked out.

A table of counts is published with its totals. Cells that are too small are left out; then further
cells are, until each that is left out could be another number, as far as the totals tell
(complementary suppression; Cox 1980, Journal of the American Statistical Association 75: 377-385).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from kiamv_cli.base.value import Result, Value
from kiamv_cli.survey.model.characterise import given_to

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.base.labels import Language
    from kiamv_cli.survey.model.answers import Answers
    from kiamv_cli.survey.model.questionnaire import Question, Questionnaire

Place: TypeAlias = tuple[int, int]
Counts: TypeAlias = "Sequence[Sequence[int]]"


def suppressed(table: Counts, least: int, at_first: Collection[Place] = ()) -> frozenset[Place]:
    """Choose the cells of a table that are left out.

    Args:
        table: Counts by row and column; all totals of rows and columns are taken to be known.
        least: The smallest count, other than 0, that may be shown.
        at_first: Cells that are left out in any case.

    Returns:
        Rows and columns of cells, from 0. For each there is another table of counts with the same
        totals and the same cells shown, in which it holds another number. Where no cells can
        achieve that (one row or column only, say), nothing but totals is left to see.
    """
    hidden = {*at_first}
    hidden |= {
        (i, j) for i, row in enumerate(table) for j, count in enumerate(row) if 0 < count < least
    }
    while weak := sorted(place for place in hidden if not is_open(table, hidden, place)):
        further = _further(table, hidden, weak[0])
        if not further:
            return frozenset(_places(table))
        hidden |= further
    return frozenset(hidden)


def is_open(table: Counts, hidden: Collection[Place], place: Place) -> bool:
    """Return whether a cell that is left out could hold another number.

    It can be one more, or one less, if other hidden cells can make up for it in its row and its
    column: along a cycle of hidden cells that are changed by plus and minus one in turn.
    """
    return _can_move(table, hidden, place, up=True) or _can_move(table, hidden, place, up=False)


def _can_move(table: Counts, hidden: Collection[Place], place: Place, *, up: bool) -> bool:
    """Look for a cycle: from the column of the cell back to its row.

    In the columns that are reached, hidden cells of other rows go the other way; down only if they
    hold anything. In the rows of these, hidden cells that go the way of the first reach further
    columns.
    """
    row, column = place
    if not up and table[row][column] == 0:
        return False
    back = {(i, j) for i, j in hidden if not up or table[i][j] > 0}
    along = {(i, j) for i, j in hidden if up or table[i][j] > 0}
    columns, before = {column}, set[int]()
    while columns != before:
        before = columns
        rows = {i for i, j in back if j in columns and i != row}
        columns = columns | {j for i, j in along if i in rows}
    return any(i == row and j in columns and j != column for i, j in back)


def _further(table: Counts, hidden: Collection[Place], weak: Place) -> set[Place]:
    """Return the cells to leave out next, so that a weak one may be another number.

    The fewest and smallest that, with it, are the corners of a rectangle; where no rectangle
    helps, the smallest cell of all, as part of a longer cycle.
    """
    row, column = weak
    corners = (
        {(row, k), (i, column), (i, k)} - {*hidden}
        for i, k in _places(table)
        if i != row and k != column
    )
    helpful = [each for each in corners if is_open(table, {*hidden, *each}, weak)]
    others = [{place} for place in _places(table) if place not in hidden]
    return min(helpful or others, key=lambda each: _cost(table, each), default=set())


def _cost(table: Counts, places: Collection[Place]) -> tuple[int, int, list[Place]]:
    """Return what is lost with cells: their number, and the counts in them."""
    return len(places), sum(table[i][j] for i, j in places), sorted(places)


def _places(table: Counts) -> list[Place]:
    return [(i, j) for i, row in enumerate(table) for j, _ in enumerate(row)]


Counted: TypeAlias = "tuple[int | None, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossRow(Value):
    """How many of each group gave an option; ``None`` is left out. ``total`` is of all groups."""

    id: str
    label: Mapping[Language, str]
    cells: Counted
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossTab:
    """One question by groups; the last group is those whose group is unknown.

    ``sizes`` are the numbers invited in each group, ``unanswered`` those in it whose answer to the
    question is unknown (``None``: left out), so the others are the base of shares.
    """

    question: Question
    rows: tuple[CrossRow, ...]
    sizes: tuple[int, ...]
    unanswered: Counted

    @property
    def bases(self) -> Counted:
        """How many of each group answered the question; ``None`` where that is left out."""
        pairs = zip(self.sizes, self.unanswered, strict=True)
        return tuple(None if none is None else size - none for size, none in pairs)

    @property
    def left_out(self) -> int:
        """How many cells are left out."""
        rows = (*(row.cells for row in self.rows), self.unanswered)
        return sum(cell is None for cells in rows for cell in cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossTabs(Result):
    """All questions that anybody answered, by the options of one."""

    answers: Answers
    questionnaire: Questionnaire
    by: Question
    min_cell: int
    tables: tuple[CrossTab, ...]

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield f"by {self.by.id}"


class NotSingleError(ValueError):
    """The question to group by may have several answers, so its groups would overlap."""


def crosstabs(
    answers: Answers, questionnaire: Questionnaire, by: str, min_cell: int = 3
) -> CrossTabs:
    """Count every question by the answers to one.

    Interviews and desk research supplement the survey. Groups are of all who were invited, so the
    totals of rows and groups are those that ``characterise`` gives.

    Args:
        answers: The answers to that questionnaire.
        questionnaire: Its questions and options.
        by: The id of a question that takes one option.
        min_cell: The smallest count, other than 0, that is shown. Further cells are left out so
            that those which are too small cannot be worked out.

    Raises:
        NotSingleError: The question takes several options.
        KeyError: There is no such question.
    """
    grouping = questionnaire.by_id[by]
    if grouping.kind != "single":
        raise NotSingleError(by)
    groups = _groups(answers, grouping)
    tables = (
        _table(answers, question, groups, min_cell)
        for question in questionnaire.questions
        if question.id != by and given_to(answers, question.id)
    )
    return CrossTabs(
        answers=answers,
        questionnaire=questionnaire,
        by=grouping,
        min_cell=min_cell,
        tables=tuple(tables),
    )


def _groups(answers: Answers, by: Question) -> list[list[str]]:
    """Return the ids in each group, those of whom the group is unknown last."""
    given = given_to(answers, by.id)
    found = [[each for each in answers.invited if given.get(each) == (o,)] for o in by.option_ids]
    grouped = {each for group in found for each in group}
    return [*found, [each for each in answers.invited if each not in grouped]]


def _table(
    answers: Answers, question: Question, groups: list[list[str]], min_cell: int
) -> CrossTab:
    given = given_to(answers, question.id)
    counts = [
        [sum(option in given.get(each, ()) for each in group) for group in groups]
        for option in question.option_ids
    ]
    none = [sum(each not in given for each in group) for group in groups]
    sizes = [len(group) for group in groups]
    shown, shown_none = (
        _single(counts, none, sizes, min_cell)
        if question.kind == "single"
        else _multiple(counts, none, sizes, min_cell)
    )
    rows = (
        CrossRow(id=option.id, label=option.label, cells=cells, total=sum(count))
        for option, cells, count in zip(question.options, shown, counts, strict=True)
    )
    return CrossTab(question=question, rows=tuple(rows), sizes=tuple(sizes), unanswered=shown_none)


def _single(
    counts: list[list[int]], none: list[int], sizes: list[int], least: int
) -> tuple[list[Counted], Counted]:
    """Return what is shown of a question that has everybody in one cell, also of no answer."""
    neither = [
        size - left - sum(column) for size, left, *column in zip(sizes, none, *counts, strict=True)
    ]
    # Where nobody is in it, everybody can see that, and it hides nothing.
    table = [*counts, *([neither] if any(neither) else []), none]
    hidden = suppressed(table, least)
    shown = [_shown(row, {j for i, j in hidden if i == at}) for at, row in enumerate(table)]
    return shown[: len(counts)], shown[-1]


def _multiple(
    counts: list[list[int]], none: list[int], sizes: list[int], least: int
) -> tuple[list[Counted], Counted]:
    """Return what is shown of options that overlap: each is a table, of who gave it or not.

    They share how many answered. Where that is left out for a group, so is all of the group; then
    each table is safe by itself, whatever the others show. Where one of them cannot be made safe
    beside the numbers who answered, all is left out, and only totals are shown.
    """
    answered = [size - left for size, left in zip(sizes, none, strict=True)]
    groups = {j for _, j in suppressed([answered, none], least)}
    whole = {*range(len(sizes))}
    shown = []
    for yes in counts:
        table = [yes, [of - count for of, count in zip(answered, yes, strict=True)]]
        hidden = suppressed(table, least, [(i, j) for i in (0, 1) for j in groups])
        if not all(is_open(table, hidden, place) for place in hidden):
            return [_shown(each, whole) for each in counts], _shown(none, whole)
        shown.append(_shown(yes, {j for _, j in hidden}))
    return shown, _shown(none, groups)


def _shown(row: Iterable[int], hidden: set[int]) -> Counted:
    return tuple(None if j in hidden else count for j, count in enumerate(row))
