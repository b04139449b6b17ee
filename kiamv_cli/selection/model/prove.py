"""Make the proof that a shortlist is best: claim after claim, in the order in which goals count.

Each claim is that nothing does better in one goal, where those before it are as good. The last is
of another kind: only what is strictly worse is closed, so what is left of it are all shortlists
that are as good in everything; of these ties and the draw choose. Where there are too many to name,
each goal is a claim of its own, and the last that all others lose the draw.

A claim is refuted by cases: a branch and bound tree whose every leaf is closed by adding up
constraints, each so many times. Where these multipliers come from does not matter, so they may be
rounded from a solver's floating point numbers; whoever adds them up in whole numbers needs to trust
neither the solver nor this module (Cheung, Gleixner & Steffy, Verifying integer programming
results, IPCO 2017).
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any, Protocol
from zlib import compress

from kiamv_cli.base.text import Text
from kiamv_cli.base.value import canonical, digest
from kiamv_cli.selection.model.check_proof import Proof as Checked
from kiamv_cli.selection.model.check_proof import Wrong
from kiamv_cli.selection.model.integer_program import Row, Solver, SolverError
from kiamv_cli.selection.model.plain import (
    balanced_categories,
    constraints,
    of_larger,
    plain_question,
)
from kiamv_cli.selection.model.question import draw
from kiamv_cli.selection.model.refutation import Claim, Draw
from kiamv_cli.selection.model.search import NoShortlistError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kiamv_cli.selection.model.plain import Plain
    from kiamv_cli.selection.model.question import Question
    from kiamv_cli.selection.model.refutation import Case, Refuted

# How many equally good shortlists are named at most.
MOST_EQUAL = 1_000
# How many cases a claim may take, unless more is asked for: fewer of long lists, as each case takes
# longer. A limit in steps and not in time: the same input gives the same on every machine.
_STEPS, _COLUMNS = 4_000, 100
UNLIMITED = 10_000_000


class ContradictedError(SolverError):
    """What a solver said there is not, there is."""


class Refuter(Protocol):
    """Refutes claims; it alone knows the time."""

    def refute(self, claim: Claim) -> Refuted:
        """Refute a claim, or find what contradicts it."""


class ProvingSolver(Solver, Refuter, Protocol):
    """Solves integer programs, and refutes claims."""

    @property
    def version(self) -> str:
        """The version of the solver, once it was asked."""

    @property
    def interrupted(self) -> bool:
        """Whether the user interrupted it."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof that was checked: its document, and how many cases it goes through."""

    document: Mapping[str, Any] = field(hash=False)
    steps: int

    @property
    def sha256(self) -> str:
        """The SHA-256 of the document as canonical JSON."""
        return digest(canonical(self.document))


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What came of a proof.

    ``highest`` are those of the highest score under the wishes alone.
    ``proof`` is ``None`` where the effort was not enough. ``members`` are the best, which differ
    from those claimed where something was better. ``equal`` holds, of all equally good shortlists,
    how many of each cell are in; ``None`` where they are too many, or there is no proof.
    """

    members: frozenset[str]
    proof: Proof | None = None
    highest: frozenset[str] = frozenset()
    cells: tuple[tuple[str, ...], ...] = ()
    equal: tuple[tuple[int, ...], ...] | None = None
    stopped: bool = False


def prove(
    question: Question,
    members: Iterable[str],
    highest: Iterable[str],
    refuter: Refuter,
    steps: int | None = None,
    lottery: Callable[[], Iterable[str]] | None = None,
) -> Proven:
    """Prove that a shortlist is the best, or find what is better and prove that.

    Args:
        question: What is asked.
        members: A shortlist that meets the wishes, and that a solver calls the best.
        highest: One with the highest score under the wishes alone.
        refuter: Makes the parts of the proof.
        steps: How many cases each may have, ``None`` for what is usual.
        lottery: Draws from the best where they are too many to name.
    """
    maker = _Maker(plain_question(question), refuter, steps)
    try:
        return maker.proven(frozenset(members), frozenset(highest), lottery)
    except _OpenError as left:
        return Proven(members=maker.members, stopped=left.stopped)


def prove_none(
    question: Question, least: Mapping[str, int], solver: ProvingSolver, steps: int | None = None
) -> Proof | None:
    """Prove that no shortlist meets the wishes with these values of goals, in units of each.

    Args:
        question: What is asked; ``give_up`` is left aside.
        least: The least value of some goals; the last is what the search goes by.
        solver: Makes the proof.
        steps: How many cases it may have, ``None`` for what is usual.

    Returns:
        The proof; ``None`` where the effort was not enough.

    Raises:
        NoShortlistError: Time ran out.
        ContradictedError: There is one, so what the solver said before was wrong.
    """
    maker = _Maker(plain_question(replace(question, give_up=None)), solver, steps)
    return _proved_none(maker, least, solver)


def _proved_none(maker: _Maker, least: Mapping[str, int], solver: ProvingSolver) -> Proof | None:
    goal = [*least, None][-2] if least else None
    try:
        refuted = maker.refuted("none", least, goal)
    except _OpenError as left:
        if left.stopped:
            raise NoShortlistError(interrupted=solver.interrupted) from None
        return None
    if refuted.better is not None:
        raise ContradictedError(Text("requests.solver-contradicts-itself"))
    return maker.checked({"question": maker.plain, "least": dict(least)})


def with_no_larger(
    proven: Proven, question: Question, most: int, solver: ProvingSolver, steps: int | None = None
) -> Proven:
    """Return what is proven of a size with a proof that no larger size meets the wishes.

    Args:
        proven: What is proven of the size of the question.
        question: What is asked.
        most: The largest size that was asked for.
        solver: Makes the proof.
        steps: How many cases it may have, ``None`` for what is usual.

    Returns:
        The same without a proof where the effort was not enough.

    Raises:
        NoShortlistError: Time ran out.
        ContradictedError: A larger size meets the wishes, so what the solver said was wrong.
    """
    if proven.proof is None or most == question.size:
        return proven
    maker = _Maker(of_larger(plain_question(question), most), solver, steps)
    larger = _proved_none(maker, {}, solver)
    if larger is None:
        return replace(proven, proof=None, equal=None)
    told = {"size": most, "steps": larger.document["steps"]}
    document = {**proven.proof.document, "larger": told}
    return replace(proven, proof=Proof(document, proven.proof.steps + larger.steps))


class _OpenError(Exception):
    """The effort was not enough, or time ran out."""

    def __init__(self, *, stopped: bool) -> None:
        super().__init__("out of steps")
        self.stopped = stopped


class _Maker:
    """Makes the trees of one proof."""

    def __init__(self, plain: Plain, refuter: Refuter, steps: int | None) -> None:
        self.plain, self.refuter = plain, refuter
        self.asked = constraints(plain)
        self.steps = steps or _STEPS * _COLUMNS // max(len(self.asked.cells), _COLUMNS)
        self.names = [*self.asked.rows, "floor", *self.asked.goals]
        self.trees: dict[str, Sequence[Case]] = {}
        self.members: frozenset[str] = frozenset()

    def proven(
        self,
        members: frozenset[str],
        highest: frozenset[str],
        lottery: Callable[[], Iterable[str]] | None,
    ) -> Proven:
        """Go through the claims; start again with whatever turns out to be better."""
        self.members = members
        counts = self._proved("highest", {}, "score", self._counts(highest))
        highest = self._members(counts)
        least: dict[str, int] = {}
        if self.plain["give_up"] is not None:
            share = 1 - Fraction(self.plain["give_up"])
            least["floor"] = ceil(share * self._value("score", counts))
        counts = self._counts(members)
        for goal in ("kept", "out of place"):
            counts = self._proved(goal, least, goal, counts)
            least[goal] = self._value(goal, counts)
        equal = self._equal(least, counts)
        if equal is None:
            if lottery is not None and counts == self._counts(members):
                self.members = frozenset(lottery())
                counts = self._counts(self.members)
            return self._drawn(least, counts, highest)
        self.members = min(map(self._members, equal), key=self._rank)
        best = [
            each for each in equal if self._ties(each) == self._ties(self._counts(self.members))
        ]
        proof = self.checked(self._document(highest))
        return Proven(
            members=self.members,
            proof=proof,
            highest=highest,
            cells=self.asked.cells,
            equal=tuple(best),
        )

    def refuted(
        self,
        tree: str,
        least: Mapping[str, int],
        goal: str | None,
        *,
        many: int = 0,
        draw: Draw | None = None,
    ) -> Refuted:
        """Have a claim refuted, and keep its tree."""
        refuted = self.refuter.refute(self._claim(least, goal, many, draw))
        if refuted.status in {"open", "stopped"}:
            raise _OpenError(stopped=refuted.status == "stopped")
        if refuted.status == "proven":
            rows = [*self.asked.rows, *(name for name in least if name != goal), goal]
            self.trees[tree] = [self._renumbered(case, rows) for case in refuted.cases]
        return refuted

    def checked(self, document: Mapping[str, Any]) -> Proof:
        """Return a proof, once the checker agrees.

        Raises:
            SolverError: It does not: then there is a fault, and nothing is proven.
        """
        steps = {
            "columns": list(self.asked.columns),
            "constraints": self.names,
            "trees": self.trees,
        }
        # They are long, and repeat themselves.
        packed = b64encode(compress(canonical(steps).encode(), 9)).decode()
        whole = {"schema": "kiamv/proof/1", **document, "steps": packed}
        try:
            done = Checked(whole).check()
        except Wrong as wrong:
            raise SolverError(Text("requests.solver-proof-fails", why=str(wrong))) from wrong
        return Proof(whole, done["steps"])

    def _proved(
        self, tree: str, least: Mapping[str, int], goal: str, counts: tuple[int, ...]
    ) -> tuple[int, ...]:
        """Prove that counts are best in a goal, or find those that are."""
        while True:
            value = self._value(goal, counts)
            refuted = self.refuted(tree, {**least, goal: value + 1}, goal)
            if refuted.better is None:
                return counts
            counts = refuted.better
            if tree != "highest":
                self.members = self._members(counts)

    def _equal(
        self, least: Mapping[str, int], counts: tuple[int, ...]
    ) -> tuple[tuple[int, ...], ...] | None:
        """Find all with the highest score; ``None`` if they are too many."""
        while True:
            value = {**least, "score": self._value("score", counts)}
            refuted = self.refuted("equal", value, "score", many=MOST_EQUAL)
            if refuted.better is None:
                return None if refuted.status == "many" else refuted.equal
            counts = refuted.better

    def _drawn(
        self, least: dict[str, int], counts: tuple[int, ...], highest: frozenset[str]
    ) -> Proven:
        """Prove goal by goal, then that every other shortlist loses the draw."""
        for goal in self.asked.goals:
            if goal not in least:
                counts = self._proved(goal, least, goal, counts)
                least[goal] = self._value(goal, counts)
        known = counts == self._counts(self.members)
        drawn = self.members if known else self._members(counts)
        while True:
            refuted = self.refuted("draw", least, None, draw=self._draw(drawn))
            if refuted.better is None:
                break
            drawn = self._members(refuted.better)
        self.members = drawn
        proof = self.checked(self._document(highest))
        return Proven(members=drawn, proof=proof, highest=highest)

    def _document(self, highest: frozenset[str]) -> dict[str, Any]:
        return {
            "question": self.plain,
            "selected": sorted(self.members),
            "highest": sorted(highest),
        }

    def _claim(
        self, least: Mapping[str, int], goal: str | None, many: int, draw: Draw | None
    ) -> Claim:
        asked = self.asked
        terms = {**asked.goals, "floor": asked.goals["score"]}
        rows = [Row(terms[name], number) for name, number in least.items() if name != goal]
        return Claim(
            rows=(*asked.rows.values(), *rows),
            goal=None if goal is None else terms[goal],
            least=0 if goal is None else least[goal],
            lowers=asked.lowers,
            uppers=asked.uppers,
            sizes=tuple(map(len, asked.cells)),
            categories=tuple(balanced_categories(asked)),
            seat_unit=asked.seat_unit,
            steps=self.steps,
            many=many,
            draw=draw,
        )

    def _draw(self, members: frozenset[str]) -> Draw:
        lots = [
            (draw(self.plain["seed"], name), name, (cell, place))
            for cell, names in enumerate(self.asked.cells)
            for place, name in enumerate(names)
        ]
        lots.sort()
        return Draw(tuple(lot for _, _, lot in lots), tuple(name in members for _, name, _ in lots))

    def _renumbered(self, case: Case, rows: Sequence[str | None]) -> Case:
        """Return a case with the constraints numbered as in the whole proof."""
        number = {n: self.names.index(name) for n, name in enumerate(rows) if name is not None}
        more = len(self.names) - len(number)
        steps = [
            step
            if isinstance(step[0], str)
            else [n if i % 2 else number.get(n, n + more) for i, n in enumerate(step)]
            for step in case[0]
        ]
        return [steps, *case[1:]]

    def _counts(self, members: frozenset[str]) -> tuple[int, ...]:
        return tuple(sum(name in members for name in cell) for cell in self.asked.cells)

    def _members(self, counts: Sequence[int]) -> frozenset[str]:
        cells = zip(self.asked.cells, counts, strict=True)
        return frozenset(name for cell, count in cells for name in cell[:count])

    def _value(self, goal: str, counts: Sequence[int]) -> int:
        return self.asked.value(goal, self.asked.completed(counts))

    def _ties(self, counts: Sequence[int]) -> list[int]:
        return [self._value(goal, counts) for goal in self.asked.goals if goal.startswith("tie ")]

    def _rank(self, members: frozenset[str]) -> tuple[list[int], list[str]]:
        lots = sorted(draw(self.plain["seed"], name) for name in members)
        return [-tie for tie in self._ties(self._counts(members))], lots
