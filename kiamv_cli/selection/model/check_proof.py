"""Check the proof in a decision record of kiamv: ``python check_proof.py decision.json``.

It needs Python 3.9 or newer and nothing else, computes in whole numbers and fractions alone, and
shares no code with what made the proof. It reads the plain question (who could be chosen, scores,
categories, wishes), makes constraints of it, and follows the proof that no other shortlist is
better. A proof goes by cases, written as a list, each case before the two it is divided into:

- ``[steps, column, number]`` divides it: at most that number of the column, or more;
- ``[steps]`` ends it: it is impossible, or one shortlist, which is looked at, or loses the draw.

A step is one of two. ``[constraint, times, ...]`` adds up constraints, each so many times (below 0:
its lower limit); what the sum leaves of each column is worked out. ``["category", column, weight,
...]`` is a new constraint for the case and its parts: a weighted sum of the members that list a
category is at most what a table of all totals of its seats shows.
"""

from __future__ import annotations

import json
import sys
import zlib
from base64 import b64decode
from fractions import Fraction
from hashlib import sha256
from math import ceil, comb, floor, lcm, prod
from pathlib import Path
from typing import Any, Callable, Iterator, Optional

Terms = list[tuple[int, int]]  # (column, how many times)
Row = tuple[Terms, Optional[int], Optional[int]]  # terms, at least, at most


class Wrong(Exception):
    """The proof does not hold; the text says where."""


def limits(target: Fraction) -> tuple[Fraction, Fraction]:
    """Return the fewest and the most seats that are in balance with a target."""
    if target.denominator == 1:
        return max(target - Fraction(1, 2), Fraction(0)), target + Fraction(1, 2)
    return Fraction(floor(target)), Fraction(ceil(target))


class Question:
    """The plain question, its columns (who is alike, and seats) and its rows (constraints)."""

    def __init__(self, plain: dict[str, Any]) -> None:
        self.plain, self.by_id = plain, {each["id"]: each for each in plain["candidates"]}
        size = plain["size"]
        self.least, self.most = size if isinstance(size, list) else (size, size)
        if len(self.by_id) < len(plain["candidates"]):
            raise Wrong("two candidates have one id")
        self.unit = lcm(*(Fraction(each["score"]).denominator for each in plain["candidates"]))
        lengths = [len(each["lists"][d]) for d in plain["balance"] for each in plain["candidates"]]
        self.seat_unit = lcm(2, *(length or 1 for length in lengths))
        self.lot = {n: sha256((plain["seed"] + "\n" + n).encode()).hexdigest() for n in self.by_id}
        self.columns, self.lower, self.upper = [], [], []  # type: list[str], list[int], list[int]
        self.categories: dict[str, tuple[Terms, int, int, int, int]] = {}
        self.cells = self._cells()
        for cell in self.cells:
            out = cell[0] in plain["exclude"] or cell[0] in plain["barred"]
            pinned = len(cell) if cell[0] in plain["include"] else 0
            self._column("of " + min(cell), pinned, 0 if out else len(cell))
        self.wishes = dict(self._wishes())
        self.rows: dict[str, Row] = dict(self.wishes)
        self.goals = self._goals()

    def _column(self, name: str, lower: int, upper: int) -> int:
        self.columns.append(name)
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.columns) - 1

    def _cells(self) -> list[list[str]]:
        """Put together who is alike in all that is asked, first drawn first."""
        plain, alike = self.plain, {}  # type: dict[str, Any], dict[Any, list[str]]
        counted = sorted({quota["dimension"] for quota in plain["quotas"]} | {*plain["balance"]})
        for name, one in sorted(self.by_id.items(), key=lambda pair: self.lot[pair[0]]):
            lists = tuple(tuple(sorted(one["lists"][dimension])) for dimension in counted)
            pins = tuple(name in plain[w] for w in ("include", "exclude", "barred", "keep"))
            sums = tuple(each["of"].get(name) for each in plain["sums"])
            alike.setdefault((one["score"], lists, pins, sums, *one["ties"]), []).append(name)
        return list(alike.values())

    def _terms(self, number: Callable[[str], Any]) -> Terms:
        """Return how much a member of each cell counts."""
        terms = [(column, int(number(cell[0]) or 0)) for column, cell in enumerate(self.cells)]
        return [(column, each) for column, each in terms if each]

    def _wishes(self) -> Iterator[tuple[str, Row]]:
        yield "size", (self._terms(lambda name: 1), self.least, self.most)
        for number, quota in enumerate(self.plain["quotas"]):
            lists = {name: one["lists"][quota["dimension"]] for name, one in self.by_id.items()}
            terms = self._terms(lambda n, of=lists, q=quota: bool({*of[n]} & {*q["categories"]}))  # type: ignore[misc]
            yield f"quota {number}", (terms, quota["at_least"], quota["at_most"])
        for number, each in enumerate(self.plain["sums"]):
            yield f"sum {number}", (self._terms(each["of"].get), each["at_least"], each["at_most"])

    def _goals(self) -> dict[str, Terms]:
        """Return what is to be as high as can be, in the order in which it counts."""
        goals = {"kept": self._terms(lambda name: name in self.plain["keep"]), "out of place": []}
        for dimension in self.plain["balance"]:
            for category, target in self.plain["targets"][dimension].items():
                goals["out of place"] += self._seats(dimension, category, Fraction(target))
        ties = {name: [one["score"], *one["ties"]] for name, one in self.by_id.items()}
        for number in range(max(map(len, ties.values()))):
            of = {name: Fraction(each[number]) for name, each in ties.items()}
            unit = lcm(*(each.denominator for each in of.values()))
            terms = self._terms(lambda name, of=of, by=unit: of[name] * by)  # type: ignore[misc]
            goals[f"tie {number - 1}" if number else "score"] = terms
        return goals

    def _seats(self, dimension: str, category: str, target: Fraction) -> Terms:
        """Make the column of a category's seats, and those of how far they are short or over."""
        name, unit, most = f"{dimension}:{category}", self.seat_unit, self.most * self.seat_unit
        low, high = (int(limit * unit) for limit in limits(target))
        of = {each: one["lists"][dimension] for each, one in self.by_id.items()}
        shares = self._terms(lambda n: unit * of[n].count(category) // (len(of[n]) or 1))
        seats, short, over = self._column(f"seats {name}", 0, most), -1, -1
        self.rows[f"seats {name}"] = [*shares, (seats, -1)], 0, 0
        if low > 0:
            short = self._column(f"short {name}", 0, low)
            self.rows[f"short {name}"] = [(seats, 1), (short, 1)], low, None
        if high < most:
            over = self._column(f"over {name}", 0, most - high)
            self.rows[f"over {name}"] = [(seats, 1), (over, -1)], None, high
        self.categories[name] = shares, low, high, short, over
        return [(column, -1) for column in (short, over) if column >= 0]

    def out_of_place(self, counts: list[int], dimension: str) -> int:
        """Return how far the seats of a dimension are short or over, in units of a seat."""
        of = [self.categories[f"{dimension}:{each}"] for each in self.plain["targets"][dimension]]
        seats = ((sum(counts[c] * n for c, n in shares), low, high) for shares, low, high, *_ in of)
        return sum(max(low - each, each - high, 0) for each, low, high in seats)

    def goals_of(self, members: list[str]) -> dict[str, int] | None:
        """Return what a shortlist is worth in each goal; ``None`` if it breaks a wish."""
        counts = [sum(name in members for name in cell) for cell in self.cells]
        limits = zip(self.lower, counts, self.upper)
        if sum(counts) != len(members) or any(not low <= n <= up for low, n, up in limits):
            return None
        for terms, low, high in self.wishes.values():
            total = sum(number * counts[column] for column, number in terms)
            if (low is not None and total < low) or (high is not None and total > high):
                return None
        counts += [0] * (len(self.columns) - len(counts))
        goals = {goal: sum(n * counts[c] for c, n in terms) for goal, terms in self.goals.items()}
        goals["out of place"] = -sum(self.out_of_place(counts, d) for d in self.plain["balance"])
        return goals


class Case:
    """A case under way: the bounds of the columns, and the rows that hold in it."""

    def __init__(self, lower: list[int], upper: list[int], rows: list[Row]) -> None:
        self.lower, self.upper, self.rows = lower[:], upper[:], rows[:]

    def parts(self, column: int, most: int) -> list[Case]:
        """Return the part with more of a column, and that with at most so much."""
        above, below = (Case(self.lower, self.upper, self.rows) for _ in range(2))
        above.lower[column] = max(self.lower[column], most + 1)
        below.upper[column] = min(self.upper[column], most)
        return [above, below]

    def go_through(self, question: Question, columns: list[int], steps: list[Any]) -> None:
        """Take the steps of the case."""
        for name, *numbers in ([None, *step] if type(step[0]) is int else step for step in steps):
            if any(type(n) is not int for n in numbers):
                raise Wrong("a number is not whole")
            if name is None:
                self.add_up(numbers)
            else:
                weights = {columns[c]: weight for c, weight in zip(numbers[::2], numbers[1::2])}
                self.tabulate(question, name, weights)

    def add_up(self, step: list[int]) -> None:
        """Add up rows to one 'at most', and work out what it leaves of each column."""
        left, room = {}, 0  # type: dict[int, int], int
        for number, times in zip(step[::2], step[1::2]):
            terms, low, high = self.rows[number]
            limit = high if times > 0 else low
            if limit is None:
                raise Wrong("a constraint without that limit is added")
            room += times * limit
            for column, each in terms:
                left[column] = left.get(column, 0) + times * each
        room -= sum(n * (self.lower if n > 0 else self.upper)[c] for c, n in left.items())
        if room < 0:
            self.upper[0] = self.lower[0] - 1
        for column, n in left.items():
            if n > 0:
                self.upper[column] = min(self.upper[column], self.lower[column] + room // n)
            elif n < 0:
                self.lower[column] = max(self.lower[column], self.upper[column] - room // -n)

    def tabulate(self, question: Question, category: str, weights: dict[int, int]) -> None:
        """Find by a table of all totals of a category's seats the most that a sum can be."""
        shares, low, high, short, over = question.categories[category]
        outs = weights.get(short, 0), weights.get(over, 0)
        if max(outs) > 0 or {*weights} - {column for column, _ in shares} - {short, over}:
            raise Wrong("a table cannot tell of such a sum")
        table = {0: 0}
        for column, share in shares:
            larger: dict[int, int] = {}
            for count in range(self.lower[column], self.upper[column] + 1):
                for total, value in table.items():
                    new, to = value + weights.get(column, 0) * count, total + share * count
                    larger[to] = max(new, larger.get(to, new))
            table = larger
        most = None
        for total, value in table.items():
            missing, beyond = max(low - total, 0), max(total - high, 0)
            if missing <= self.upper[short] and beyond <= self.upper[over]:
                value += outs[0] * missing + outs[1] * beyond
                most = value if most is None else max(most, value)
        self.rows.append((list(weights.items()), None, most))

    def loses(self, question: Question, answer: list[str]) -> bool:
        """Return whether it holds only shortlists that lose the draw to the answer, or are it."""
        where = {n: (c, k) for c, cell in enumerate(question.cells) for k, n in enumerate(cell)}
        for name in sorted(question.lot, key=lambda name: question.lot[name]):
            column, place = where[name]
            if name in answer and self.upper[column] <= place:
                return True
            if self.lower[column] <= place if name in answer else self.upper[column] > place:
                return False
        return True


class Proof:
    """A proof: the question, the steps, and what follows from them."""

    def __init__(self, proof: dict[str, Any]) -> None:
        self.proof, self.question = proof, Question(proof["question"])
        self.steps = json.loads(zlib.decompressobj().decompress(b64decode(proof["steps"]), 1 << 28))
        self.answer: list[str] = proof.get("selected", [])

    def cases(self, tree: str, least: dict[str, int]) -> Iterator[list[str]]:
        """Follow a tree under least values of goals; yield the shortlists it comes down to."""
        question, cells = self.question, len(self.question.cells)
        goals = {**question.goals, "floor": question.goals["score"]}
        rows = {**question.rows, **{goal: (goals[goal], n, None) for goal, n in least.items()}}
        columns = [question.columns.index(name) for name in self.steps["columns"]]
        known: list[Row] = [rows.get(name, ([], None, None)) for name in self.steps["constraints"]]
        todo = [Case(question.lower, question.upper, known)]
        for number, (steps, *division) in enumerate(self.steps["trees"][tree]):
            try:
                case = todo.pop()
                case.go_through(question, columns, steps)
                empty = any(low > up for low, up in zip(case.lower, case.upper))
                if empty or (tree == "draw" and case.loses(question, self.answer)):
                    continue
                if division:
                    todo += case.parts(columns[division[0]], int(division[1]))
                elif case.lower[:cells] == case.upper[:cells]:
                    counts = zip(question.cells, case.lower)
                    yield [name for cell, count in counts for name in cell[:count]]
                else:
                    raise Wrong("it is neither impossible nor a single shortlist")
            except (Wrong, LookupError, TypeError, ValueError) as error:
                raise Wrong(f"{tree}, case {number}: {error}") from error
        if todo:
            raise Wrong(f"{tree}: it stops before its last case")

    def left(self, tree: str, least: dict[str, int]) -> Iterator[tuple[dict[str, int], list[str]]]:
        """Yield what a tree comes down to that meets the wishes and these values of goals."""
        for members in self.cases(tree, least):
            goals = self.question.goals_of(members)
            if goals and all(goals.get(goal, goals["score"]) >= n for goal, n in least.items()):
                yield goals, members

    def none(self, tree: str, least: dict[str, int]) -> None:
        """Follow a tree that nothing has these values of goals."""
        for _, members in self.left(tree, least):
            raise Wrong(f"{tree}: there is one: {', '.join(members)}")

    def best(self, worth: dict[str, int], least: dict[str, int]) -> int | None:
        """Follow the trees that nothing is better; return how many are as good, if it says."""
        drawn = "draw" in self.steps["trees"]
        for goal, value in worth.items():
            if drawn or goal in ("kept", "out of place"):
                self.none(goal, {**least, goal: value + 1})
                least[goal] = value
        least["score"], equal = worth["score"], 0
        key = [-n for n in worth.values()], sorted(self.question.lot[name] for name in self.answer)
        for goals, members in self.left("draw" if drawn else "equal", least):
            here = [-n for n in goals.values()], sorted(self.question.lot[n] for n in members)
            if here < key:
                raise Wrong(f"this one is better: {', '.join(members)}")
            ways = ((len(cell), sum(n in members for n in cell)) for cell in self.question.cells)
            equal += (goals == worth) * prod(comb(*each) for each in ways)
        return None if drawn else equal

    def check(self) -> dict[str, Any]:
        """Check all of it; return what it proves, or raise ``Wrong``."""
        question, lost = self.question, self.question.plain["give_up"]
        done: dict[str, Any] = {"steps": sum(map(len, self.steps["trees"].values()))}
        if "selected" not in self.proof:
            self.none("none", self.proof["least"])
            return done
        highest, worth = map(question.goals_of, (self.proof["highest"], self.answer))
        if highest is None or worth is None:
            raise Wrong("a shortlist that it names does not meet the wishes")
        self.none("highest", {"score": highest["score"] + 1})
        least = {} if lost is None else {"floor": ceil((1 - Fraction(lost)) * highest["score"])}
        if worth["score"] < least.get("floor", worth["score"]):
            raise Wrong("the score is below what may be given up")
        done["equal"] = self.best(worth, least)
        if larger := self.proof.get("larger"):
            asked = {**question.plain, "size": [question.most + 1, larger["size"]]}
            Proof({**larger, "question": asked}).none("none", {})
            done["largest"] = larger["size"]
        totals = worth["score"], highest["score"]
        done["score"], done["highest"] = (Fraction(each, question.unit) for each in totals)
        counts = [sum(name in self.answer for name in cell) for cell in question.cells]
        for d in question.plain["balance"]:
            out = Fraction(question.out_of_place(counts, d), question.seat_unit)
            done[f"out of place in {d}"] = out
        return done


def check_record(record: dict[str, Any]) -> dict[str, Any]:
    """Check the proof in a record, and that the record says what it proves, or raise ``Wrong``."""
    proof, asked, result = record["proof"], record["options"], record["result"]
    done = Proof(proof).check()
    largest = asked.get("sizes", [0, asked["size"]])[1], done.get("largest", asked["size"])
    pairs: list[Any] = [largest, (sorted(result["selected"]), sorted(proof["selected"]))]
    for name in ("size", "seed", "give_up", "balance", "include", "exclude"):
        pairs.append((asked[name], proof["question"][name]))
    figures = {"score": result["score"], "highest": record["without_balance"]}
    figures.update((f"out of place in {d}", result["out_of_place"][d]) for d in asked["balance"])
    pairs += [(Fraction(figure), done[name]) for name, figure in figures.items()]
    for said, proven in (pair for pair in pairs if pair[0] != pair[1]):
        raise Wrong(f"the record says {said}, its proof {proven}")
    return done


def main(paths: list[str]) -> None:
    """Check the records or proofs in files; exit with 1 at one that does not hold."""
    for path in paths:
        try:
            document = json.loads(Path(path).read_text(encoding="utf-8-sig"))
            done = check_record(document) if "proof" in document else Proof(document).check()
        except Exception as error:
            sys.exit(f"{path}: NOT proven: {error!r}")
        print(f"{path}: proven", *(f"{name}: {value}" for name, value in done.items()), sep="\n  ")


if __name__ == "__main__":
    main(sys.argv[1:])
