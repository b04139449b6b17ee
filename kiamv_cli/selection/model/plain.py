"""The plain question, as it stands in a proof, and the whole-number constraints that follow.

The plain question is a document of ids, scores, lists and wishes, of which anybody can make the
constraints anew: the checker of proofs does, and shares no code with this module. A constraint and
a column have a name, by which a proof speaks of them.

Candidates that are alike in all that is asked are one column, of how many of them are in: what a
search would else try in every order (Margot, Symmetry in integer linear programming, in 50 Years of
Integer Programming, 2010). Every wish, and every goal, is a row of whole numbers: so a new kind of
wish is a row more, and no new kind of step in a proof.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

from kiamv_cli.selection.model.integer_program import Row
from kiamv_cli.selection.model.question import draw
from kiamv_cli.selection.model.refutation import Category
from kiamv_cli.selection.model.spread import bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.selection.model.question import Candidate, Question

Plain = dict[str, Any]
Terms = tuple[tuple[int, int], ...]


def plain_question(question: Question) -> Plain:
    """Return the document of a question: what a proof starts from."""
    return {
        "size": question.size,
        "seed": question.seed,
        "give_up": None if question.give_up is None else str(question.give_up),
        "balance": list(question.balance),
        "targets": {
            name: {category: str(seats) for category, seats in targets.items()}
            for name, targets in question.targets.items()
        },
        "candidates": [_candidate(each) for each in question.candidates],
        "include": sorted(question.include),
        "exclude": sorted(question.exclude),
        "barred": sorted(question.barred),
        "quotas": [
            {
                "dimension": each.dimension,
                "categories": [each.category],
                "at_least": each.at_least,
                "at_most": each.at_most,
            }
            for each in question.quotas
        ],
        "sums": [
            {
                "of": dict(sorted(each.of.items())),
                "at_least": each.at_least,
                "at_most": each.at_most,
            }
            for each in question.sums
        ],
        "keep": sorted(question.keep),
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "id": candidate.id,
        "score": str(candidate.score),
        "lists": {name: list(listed) for name, listed in candidate.places.items()},
        "ties": list(map(str, candidate.ties)),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """A plain question in whole numbers.

    The first columns are of ``cells``, candidates that are alike, first drawn first; then, for each
    category of a balanced dimension, its seats, and how far they are short or over. ``rows`` are
    the constraints that every shortlist meets, ``goals`` what is to be as high as can be, in their
    order. Scores are in units of ``1 / score_unit``, seats in units of ``1 / seat_unit``.
    """

    columns: tuple[str, ...]
    lowers: tuple[int, ...]
    uppers: tuple[int, ...]
    cells: tuple[tuple[str, ...], ...]
    rows: Mapping[str, Row]
    goals: Mapping[str, Terms]
    score_unit: int
    seat_unit: int

    def value(self, goal: str, counts: Sequence[int]) -> int:
        """Return what a goal is worth when so much of each column is in."""
        return sum(weight * counts[column] for column, weight in self.goals[goal])

    def completed(self, counts: Sequence[int]) -> tuple[int, ...]:
        """Return a value for every column, when so many of each cell are in."""
        values = [*counts, *[0] * (len(self.columns) - len(counts))]
        for number in range(len(counts), len(self.columns)):
            kind, name = self.columns[number].split(" ", 1)
            if kind == "seats":
                terms = self.rows[self.columns[number]].terms
                values[number] = sum(share * values[column] for column, share in terms[:-1])
                continue
            row = self.rows[f"{kind} {name}"]
            seats = values[row.terms[0][0]]
            limit = row.low if row.low is not None else row.high
            assert limit is not None, "seats are short of a limit, or over it"
            values[number] = max(limit - seats if kind == "short" else seats - limit, 0)
        return tuple(values)


def of_larger(plain: Plain, most: int) -> Plain:
    """Return the question whether a larger size meets the wishes, up to so many."""
    return {**plain, "size": [plain["size"] + 1, most]}


def sizes_of(plain: Plain) -> tuple[int, int]:
    """Return the smallest and the largest size that a plain question asks for."""
    size = plain["size"]
    return (size[0], size[1]) if isinstance(size, list) else (size, size)


def constraints(plain: Plain) -> Constraints:
    """Return the constraints and goals of a plain question."""
    return _Builder(plain).built()


class _Builder:
    """Makes columns and rows, one wish after the other."""

    def __init__(self, plain: Plain) -> None:
        self.plain = plain
        self.candidates = {each["id"]: each for each in plain["candidates"]}
        self.score_unit = _unit(each["score"] for each in plain["candidates"])
        lists = [each["lists"][name] for name in plain["balance"] for each in plain["candidates"]]
        self.seat_unit = lcm(2, *{len(listed) or 1 for listed in lists})
        self.cells = self._cells()
        self.columns = [f"of {min(cell)}" for cell in self.cells]
        self.lowers = [len(cell) if cell[0] in plain["include"] else 0 for cell in self.cells]
        out = {*plain["exclude"], *plain["barred"]}
        self.uppers = [0 if cell[0] in out else len(cell) for cell in self.cells]
        self.rows: dict[str, Row] = {}

    def built(self) -> Constraints:
        """Return all that the question asks."""
        plain = self.plain
        self.rows["size"] = Row(self._terms(lambda _name: 1), *sizes_of(plain))
        for number, quota in enumerate(plain["quotas"]):
            self.rows[f"quota {number}"] = self._quota(quota)
        for number, each in enumerate(plain["sums"]):
            self.rows[f"sum {number}"] = self._sum(each)
        goals = {
            "kept": self._terms(lambda name: name in plain["keep"]),
            "out of place": tuple(self._balance()),
            "score": self._weighed(lambda each: each["score"]),
        }
        for number in range(max(len(each["ties"]) for each in plain["candidates"])):
            goals[f"tie {number}"] = self._weighed(lambda each, at=number: each["ties"][at])  # type: ignore[misc]
        return Constraints(
            columns=tuple(self.columns),
            lowers=tuple(self.lowers),
            uppers=tuple(self.uppers),
            cells=self.cells,
            rows=self.rows,
            goals=goals,
            score_unit=self.score_unit,
            seat_unit=self.seat_unit,
        )

    def _cells(self) -> tuple[tuple[str, ...], ...]:
        alike, seed = defaultdict(list), self.plain["seed"]
        for each in self.plain["candidates"]:
            alike[self._signature(each)].append(each["id"])
        cells = (tuple(sorted(cell, key=lambda name: draw(seed, name))) for cell in alike.values())
        return tuple(sorted(cells, key=min))

    def _signature(self, candidate: Mapping[str, Any]) -> tuple[object, ...]:
        plain, name = self.plain, candidate["id"]
        counted = {each["dimension"] for each in plain["quotas"]}.union(plain["balance"])
        return (
            candidate["score"],
            tuple(candidate["ties"]),
            *(tuple(sorted(candidate["lists"][each])) for each in sorted(counted)),
            *(name in plain[each] for each in ("include", "exclude", "barred", "keep")),
            *(each["of"].get(name) for each in plain["sums"]),
        )

    def _terms(self, weight: Callable[[str], int]) -> Terms:
        weights = ((number, int(weight(cell[0]))) for number, cell in enumerate(self.cells))
        return tuple((number, each) for number, each in weights if each)

    def _weighed(self, number: Callable[[Mapping[str, Any]], str]) -> Terms:
        """Return how much each cell counts, in the least common fraction of the numbers."""
        numbers = {name: Fraction(number(each)) for name, each in self.candidates.items()}
        unit = _unit(numbers.values())
        return self._terms(lambda name: int(numbers[name] * unit))

    def _quota(self, quota: Mapping[str, Any]) -> Row:
        dimension, categories = quota["dimension"], {*quota["categories"]}
        terms = self._terms(
            lambda name: not categories.isdisjoint(self.candidates[name]["lists"][dimension])
        )
        return Row(terms, quota["at_least"], quota["at_most"])

    def _sum(self, each: Mapping[str, Any]) -> Row:
        return Row(
            self._terms(lambda name: each["of"].get(name, 0)), each["at_least"], each["at_most"]
        )

    def _balance(self) -> Iterator[tuple[int, int]]:
        for dimension in self.plain["balance"]:
            for category, target in self.plain["targets"][dimension].items():
                yield from self._category(dimension, category, Fraction(target))

    def _category(
        self, dimension: str, category: str, target: Fraction
    ) -> Iterator[tuple[int, int]]:
        low, high = (int(bound * self.seat_unit) for bound in bounds(target))
        name, most = f"{dimension}:{category}", sizes_of(self.plain)[1] * self.seat_unit

        def share(identifier: str) -> int:
            listed: list[str] = self.candidates[identifier]["lists"][dimension]
            return self.seat_unit * listed.count(category) // (len(listed) or 1)

        seats = self._column(f"seats {name}", most)
        self.rows[f"seats {name}"] = Row((*self._terms(share), (seats, -1)), 0, 0)
        if low > 0:
            short = self._column(f"short {name}", low)
            self.rows[f"short {name}"] = Row(((seats, 1), (short, 1)), low)
            yield short, -1
        if high < most:
            over = self._column(f"over {name}", most - high)
            self.rows[f"over {name}"] = Row(((seats, 1), (over, -1)), None, high)
            yield over, -1

    def _column(self, name: str, upper: int) -> int:
        self.columns.append(name)
        self.lowers.append(0)
        self.uppers.append(upper)
        return len(self.columns) - 1


def _unit(numbers: Iterable[str | Fraction]) -> int:
    """Return the least number that makes all of them whole."""
    return lcm(*{Fraction(number).denominator for number in numbers})


def balanced_categories(constraints: Constraints) -> Iterator[Category]:
    """Yield the categories of the balanced dimensions, as a claim has them."""
    at = {name: number for number, name in enumerate(constraints.columns)}
    for name, row in constraints.rows.items():
        kind, _, category = name.partition(" ")
        if kind != "seats":
            continue
        short, over = (
            constraints.rows.get(f"short {category}"),
            constraints.rows.get(f"over {category}"),
        )
        yield Category(
            name=category,
            shares=row.terms[:-1],
            seats=row.terms[-1][0],
            short=at.get(f"short {category}"),
            over=at.get(f"over {category}"),
            low=0 if short is None or short.low is None else short.low,
            high=0 if over is None or over.high is None else over.high,
        )
