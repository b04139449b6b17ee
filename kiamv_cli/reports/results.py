"""Reports, pictures and workbooks of results: the public functions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiamv_cli.decision.model.record import RECORD_FILE, arguments
from kiamv_cli.decision.results import commit, keeps_to, recall
from kiamv_cli.flows.model import flow
from kiamv_cli.reports.model import Omission, OnRecord, Plan, Report
from kiamv_cli.selection.model.explain import explain
from kiamv_cli.selection.model.gaps import gaps
from kiamv_cli.selection.model.request import Request
from kiamv_cli.selection.model.robustness import Robustness, Sampling
from kiamv_cli.selection.model.search import NoShortlistError
from kiamv_cli.selection.model.shortlist import Shortlist, shortlist
from kiamv_cli.selection.model.tradeoff import TradeOffs, tradeoff
from kiamv_cli.selection.solving.solver import HighsSolver, RememberingSolver, twins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiamv_cli.base.labels import Language
    from kiamv_cli.base.value import Result
    from kiamv_cli.decision.model.record import Provenance, Record
    from kiamv_cli.decision.model.verify import Recalled
    from kiamv_cli.decision.provenance import Sources
    from kiamv_cli.display.formats import PictureFormat
    from kiamv_cli.display.typesetting import Told
    from kiamv_cli.reports.model import Part, ReportFormat, Why
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.explain import Explanation
    from kiamv_cli.selection.model.gaps import Gaps
    from kiamv_cli.selection.model.prove import ProvingSolver

    PartTold = Callable[[Part, int, int], None]


def report(
    scores: Scores,
    request: Request | None = None,
    sources: Sources | None = None,
    plan: Plan | None = None,
    *,
    threads: int = 1,
    time_limit: float | None = None,
    solver: ProvingSolver | str | None = None,
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
        solver: As for ``kiamv_cli.shortlist``.

    Raises:
        InfeasibleError: No shortlist meets the wishes.
        NoShortlistError: The time limit came before there was any shortlist.
        ValueError: The request does not fit the long list.
    """
    from kiamv_cli.decision.provenance import Sources, provenance
    from kiamv_cli.selection.results import clash_told, solver_named

    made = provenance(scores.longlist, scores.programme, sources or Sources())
    work = Work(
        scores=scores,
        request=request or Request(),
        plan=plan or Plan(),
        solver=solver_named(solver, time_limit),
        threads=threads,
    )
    with clash_told(scores, work.request, time_limit, solver):
        return work.report(made)


def report_record(
    recorded: Record,
    sources: Sources | None = None,
    plan: Plan | None = None,
    *,
    commitment: str | None = None,
    threads: int = 1,
    time_limit: float | None = None,
) -> Report | Recalled:
    """Return what there is to tell of a decision on record.

    Where its inputs are gone, or are not those of the record any more, that is what the record
    itself holds, with the reason: nothing of it is mixed with other inputs.

    Args:
        recorded: The record.
        sources: Inputs, where not those that the record keeps or names.
        plan: Which parts, and how thorough; left out: all.
        commitment: What ``commit`` printed beforehand, to say whether the record keeps to it.
        threads: How many draws to work on at once; the result does not depend on it.
        time_limit: Seconds for all of it, ``None`` for no limit.

    Raises:
        NoShortlistError: The time limit came before there was any shortlist.
        Refusal: The line of the commitment is none.
    """
    solver = HighsSolver(time_limit=time_limit)
    recalled = recall(recorded, sources, solver=solver)
    if not recalled.same:
        return recalled
    decision = on_record(recalled, commitment)
    work = Work(
        scores=decision.scores,
        request=recorded.request,
        plan=plan or Plan(),
        solver=solver,
        threads=threads,
        decision=decision,
    )
    return work.report(as_of_now(recalled))


def on_record(recalled: Recalled, line: str | None = None) -> OnRecord:
    """Return what a report says of a record whose inputs are the same.

    Args:
        recalled: The record, checked on its inputs.
        line: What was published beforehand, to compare.

    Raises:
        Refusal: The line is none.
    """
    found, scores = recalled.verification, recalled.scores
    assert found is not None
    assert scores is not None
    return OnRecord(
        record=recalled.record,
        scores=scores,
        line=commit(scores, recalled.record.request).line,
        kept=None if line is None else keeps_to(found, line),
    )


def as_of_now(recalled: Recalled) -> Provenance:
    """Return the inputs as on record, and the versions of the programs of now."""
    found = recalled.verification
    assert found is not None
    assert found.again is not None
    now = found.again.provenance.versions
    return replace(recalled.record.provenance, versions=now)


@dataclass(slots=True, kw_only=True)
class Work:
    """Works out the parts of a report, the most telling first; what is there outlives Ctrl-C.

    Args:
        scores: The scored long list.
        request: What is asked of the shortlist.
        plan: Which parts, and how thorough.
        solver: Solves integer programs; it keeps the time limit for all parts together.
        threads: How many draws to work on at once.
        decision: The record that the report is of.
        progress: PartTold, of the part under way, how much is done and how much there is; 0 where
            nobody knows.
    """

    scores: Scores
    request: Request
    plan: Plan
    solver: ProvingSolver
    threads: int = 1
    decision: OnRecord | None = None
    progress: PartTold = lambda _part, _done, _all: None
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
        found.solve_rest()
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
            decision=self.decision,
        )

    def _margins(self, shortlist: Shortlist) -> Explanation:
        """Explain everyone, the members first; the margin of as many as the plan has."""
        members = shortlist.selection.members
        others = [one.ecosystem.id for one in self.scores.ecosystems]
        wanted = list(dict.fromkeys((*members, *others)))
        asked = self._asked("margins", shortlist)
        most = self.plan.most_margins if asked else 0
        result = explain(
            self.scores,
            wanted,
            self.request,
            self._solver,
            placed=most,
            with_ways=False,
            progress=lambda done, total: self.progress("margins", done, total),
        )
        if asked:
            there = sum(one.place is not None for one in result.ecosystems)
            whole = there == min(most, len(wanted))
            self._miss("margins", there, len(wanted), interrupted=result.interrupted, cut=whole)
        return result

    def _gaps(self, shortlist: Shortlist) -> Gaps | None:
        if not self._asked("gaps", shortlist):
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

    def _tradeoffs(self, shortlist: Shortlist) -> TradeOffs | None:
        if not self._asked("tradeoff", shortlist):
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

    def _robustness(self, shortlist: Shortlist) -> Robustness | None:
        if not self._asked("robustness", shortlist):
            return None
        from kiamv_cli.selection.solving.sampling import robustness

        every, quick = twins(self.solver)
        wanted = Sampling(samples=self.plan.draws, seed=self.request.seed)
        try:
            result = robustness(
                self.scores,
                self.request,
                wanted,
                every,
                quick=quick,
                threads=self.threads if isinstance(self.solver, HighsSolver) else 1,
                progress=lambda done, total: self.progress("robustness", done, total),
            )
        except NoShortlistError as none:
            self._miss("robustness", 0, wanted.samples, interrupted=none.interrupted)
            return None
        drawn = result.same.draws
        self._miss("robustness", drawn, wanted.samples, interrupted=result.interrupted)
        return result if drawn else None

    def _asked(self, part: Part, shortlist: Shortlist) -> bool:
        """Return whether to work out a part; if not, note why."""
        why: Why | None = None
        if part in self.plan.without:
            why = "not-asked"
        elif self._interrupted:
            why = "interrupted"
        elif not shortlist.selection.status.proven:
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
        if self.decision is not None:
            asked = (RECORD_FILE,)
        return ("kiamv", "report", *asked, *_thoroughness(self.plan))


def _thoroughness(plan: Plan) -> Iterator[str]:
    if plan.without:
        yield from ("--without", ",".join(sorted(plan.without)))
    if plan.draws != Plan().draws:
        yield from ("--draws", str(plan.draws))


class Drawn(bytes):
    """A picture as the bytes of a file, which a notebook shows as a picture."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Format it in one line."""
        return f"<Drawn: {'svg' if self.startswith(b'<svg') else 'png'}, {len(self)} bytes>"

    def _repr_svg_(self) -> str | None:
        return self.decode() if self.startswith(b"<svg") else None

    def _repr_png_(self) -> bytes | None:
        return None if self.startswith(b"<svg") else bytes(self)


def draw(
    result: Result,
    how: PictureFormat = "svg",
    picture: str | None = None,
    *,
    language: Language = "en",
) -> Drawn:
    """Draw a result: scores as a heat table, a shortlist on the map, trade-offs in a plot.

    Args:
        result: What to draw.
        how: ``svg``, light or dark as its reader wants, or ``png``.
        picture: Of a shortlist: ``map``, ``tiles``, ``provinces``, ``themes`` or ``heat``; left
            out: the first of these that there is.
        language: That of its texts.

    Raises:
        KeyError: There is no such picture of the result.
        NotInstalledError: A PNG picture needs the extra ``pdf``.
    """
    from kiamv_cli.base.language import in_language
    from kiamv_cli.display.document import Drawing
    from kiamv_cli.display.formats import draw as drawn
    from kiamv_cli.display.results import view_of

    with in_language(language):
        view = view_of(result)
        figures = view.figures() if isinstance(view, Drawing) else {}
        return Drawn(drawn(figures[picture or next(iter(figures), "")](), how))


def export_report(
    report: Report | Recalled,
    how: ReportFormat,
    *,
    language: Language = "en",
    report_missing: Told | None = None,
) -> bytes:
    """Write a report as a file.

    Args:
        report: What there is to tell; of a record whose inputs are others now, what it holds.
        how: ``html``, one page that stands by itself; ``pdf``, the same on A4, tagged;
            ``short``, two pages of PDF; ``xlsx``, the results as a workbook to calculate on;
            ``json``, the documents of all its parts.
        language: That of its texts.
        report_missing: Gets the signs that PDF cannot show, if there are any; each as a square.

    Raises:
        NotInstalledError: PDF needs the extra ``pdf``.
    """
    from kiamv_cli.base.language import in_language
    from kiamv_cli.reports.view.document import written

    with in_language(language):
        return written(report, how, report_missing)
