"""Everything that a selection meeting is told of a shortlist, worked out part by part."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiamv_cli.core.explain import explain
from kiamv_cli.core.flow import flow
from kiamv_cli.core.gaps import gaps
from kiamv_cli.core.invocation import arguments
from kiamv_cli.core.report import Omission, Plan, Report
from kiamv_cli.core.robustness import Sampling
from kiamv_cli.core.selection.search import NoShortlistError
from kiamv_cli.core.shortlist import Request, shortlist
from kiamv_cli.core.tradeoff import tradeoff
from kiamv_cli.solvers.remembering import RememberingSolver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiamv_cli.api.provenance import Sources
    from kiamv_cli.core.explain import Explanation
    from kiamv_cli.core.gaps import Gaps
    from kiamv_cli.core.record import Provenance
    from kiamv_cli.core.report import Part, Why
    from kiamv_cli.core.robustness import Robustness
    from kiamv_cli.core.score import Scores
    from kiamv_cli.core.shortlist import Shortlist
    from kiamv_cli.core.tradeoff import TradeOffs
    from kiamv_cli.solvers.highs import HighsSolver

    Told = Callable[[Part, int, int], None]


def report(
    scores: Scores,
    request: Request | None = None,
    sources: Sources | None = None,
    plan: Plan | None = None,
    *,
    threads: int = 1,
    time_limit: float | None = None,
) -> Report:
    """Find all that there is to tell of a shortlist.

    Args:
        scores: The scored long list.
        request: Size, balance and wishes; left out: 20, spread over themes and provinces.
        sources: Where the inputs were read from; left out: the bundled ones.
        plan: Which parts, and how thorough; left out: all.
        threads: How many draws to work on at once; the result does not depend on it.
        time_limit: Seconds for all of it, ``None`` for no limit; ``omissions`` of the result says
            what is missing for want of time.

    Raises:
        InfeasibleError: No shortlist meets the wishes.
        NoShortlistError: The time limit came before there was any shortlist.
        ValueError: The request does not fit the long list.
    """
    from kiamv_cli.api.provenance import Sources, provenance
    from kiamv_cli.solvers.highs import HighsSolver

    made = provenance(scores.longlist, scores.programme, sources or Sources())
    work = Work(
        scores=scores,
        request=request or Request(),
        plan=plan or Plan(),
        solver=HighsSolver(time_limit=time_limit),
        threads=threads,
    )
    return work.report(made)


@dataclass(slots=True, kw_only=True)
class Work:
    """Works out the parts of a report, the most telling first; what is there outlives Ctrl-C.

    Args:
        scores: The scored long list.
        request: What is asked of the shortlist.
        plan: Which parts, and how thorough.
        solver: Solves integer programs; it keeps the time limit for all parts together.
        threads: How many draws to work on at once.
        progress: Told, of the part under way, how much is done and how much there is; 0 where
            nobody knows.
    """

    scores: Scores
    request: Request
    plan: Plan
    solver: HighsSolver
    threads: int = 1
    progress: Told = lambda _part, _done, _all: None
    _omissions: list[Omission] = field(default_factory=list)
    _interrupted: bool = False
    _solver: RememberingSolver = field(init=False)

    def __post_init__(self) -> None:
        """Solve nothing twice: the gaps ask for the very shortlists that the margins do."""
        self._solver = RememberingSolver(self.solver)

    def report(self, provenance: Provenance) -> Report:
        """Work out all parts.

        Raises:
            InfeasibleError: No shortlist meets the wishes.
            NoShortlistError: There was no time for any shortlist.
            ValueError: The request does not fit the long list.
        """
        found = shortlist(self.scores, self.request, self._solver)
        self._interrupted = found.selection.status.interrupted
        explanation = self._margins(found)
        return Report(
            shortlist=found,
            explanation=explanation,
            flow=flow(found),
            gaps=self._gaps(found),
            tradeoffs=self._tradeoffs(found),
            robustness=self._robustness(found),
            omissions=tuple(self._omissions),
            provenance=provenance,
            command=self._command(provenance),
        )

    def _margins(self, found: Shortlist) -> Explanation:
        """Explain everyone, the members first; the margin of as many as the plan has."""
        members = found.selection.members
        others = [one.ecosystem.id for one in self.scores.ecosystems]
        wanted = list(dict.fromkeys((*members, *others)))
        asked = self._asked("margins", found)
        most = self.plan.most_margins if asked else 0
        result = explain(
            self.scores,
            wanted,
            self.request,
            self._solver,
            placed=most,
            progress=lambda done, total: self.progress("margins", done, total),
        )
        if asked:
            there = sum(one.place is not None for one in result.ecosystems)
            whole = there == min(most, len(wanted))
            self._miss("margins", there, len(wanted), interrupted=result.interrupted, cut=whole)
        return result

    def _gaps(self, found: Shortlist) -> Gaps | None:
        if not self._asked("gaps", found):
            return None
        try:
            result = gaps(
                self.scores,
                self.request,
                self._solver,
                progress=lambda done, total: self.progress("gaps", done, total),
            )
        except NoShortlistError as none:
            self._miss("gaps", 0, None, interrupted=none.interrupted)
            return None
        self._miss("gaps", result.tried, result.undecided, interrupted=result.interrupted)
        return result

    def _tradeoffs(self, found: Shortlist) -> TradeOffs | None:
        if not self._asked("tradeoff", found):
            return None
        self.progress("tradeoff", 0, 0)
        try:
            result = tradeoff(
                self.scores,
                self.request,
                self._solver,
                progress=lambda done, total: self.progress("tradeoff", done, total),
            )
        except NoShortlistError as none:
            self._miss("tradeoff", 0, None, interrupted=none.interrupted)
            return None
        if not result.complete:
            self._miss("tradeoff", len(result.steps), None, interrupted=result.interrupted)
        return result

    def _robustness(self, found: Shortlist) -> Robustness | None:
        if not self._asked("robustness", found):
            return None
        from kiamv_cli.sampling.robustness import robustness

        wanted = Sampling(samples=self.plan.draws, seed=self.request.seed)
        try:
            result = robustness(
                self.scores,
                self.request,
                wanted,
                self.solver.twin,
                quick=self.solver.quick_twin,
                threads=self.threads,
                progress=lambda done, total: self.progress("robustness", done, total),
            )
        except NoShortlistError as none:
            self._miss("robustness", 0, wanted.samples, interrupted=none.interrupted)
            return None
        drawn = result.same.draws
        self._miss("robustness", drawn, wanted.samples, interrupted=result.interrupted)
        return result if drawn else None

    def _asked(self, part: Part, found: Shortlist) -> bool:
        """Tell whether to work out a part; if not, note why."""
        why: Why | None = None
        if part in self.plan.without:
            why = "not-asked"
        elif self._interrupted:
            why = "interrupted"
        elif not found.selection.status.proven:
            why = "unproven"
        if why is not None:
            self._omissions.append(Omission(part=part, why=why))
        return why is None

    def _miss(
        self, part: Part, there: int, total: int | None, *, interrupted: bool, cut: bool = False
    ) -> None:
        """Note what a part lacks, if anything; ``cut`` if it is whole as planned."""
        if there == total:
            return
        self._interrupted = self._interrupted or interrupted
        ended: Why = "interrupted" if interrupted else "time-limit"
        why: Why = "too-many" if cut else ended
        self._omissions.append(Omission(part=part, why=why, there=there, all=total))

    def _command(self, provenance: Provenance) -> tuple[str, ...]:
        asked = arguments(self.scores, self.request, provenance)
        return ("kiamv", "report", *asked, *_thoroughness(self.plan))


def _thoroughness(plan: Plan) -> Iterator[str]:
    if plan.without:
        yield from ("--without", ",".join(sorted(plan.without)))
    if plan.draws != Plan().draws:
        yield from ("--draws", str(plan.draws))
