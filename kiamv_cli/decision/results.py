"""Put a selection on record, run a record again, and compare two selections."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

from kiamv_cli.base.files import check_text
from kiamv_cli.base.problem import BadInput
from kiamv_cli.decision.inputs import found_mapping, matching, placed
from kiamv_cli.decision.model.commitment import Kept, commitment, parse_commitment
from kiamv_cli.decision.model.differences import Case, Side
from kiamv_cli.decision.model.record import record as put_on_record
from kiamv_cli.decision.model.verify import differing
from kiamv_cli.decision.older import old_criteria_hashes, old_longlist_hashes, older_criteria
from kiamv_cli.decision.provenance import Sources, judged, provenance
from kiamv_cli.decision.reading import load_record as _load_record
from kiamv_cli.decision.view.record import request_fields
from kiamv_cli.formats.package_data import bundled
from kiamv_cli.longlist.model.longlist import TableOptions
from kiamv_cli.longlist.reading.tables.mapping import load_mapping
from kiamv_cli.longlist.results import load_criteria, load_longlist
from kiamv_cli.review.reading.files import recorded_sha256, review_sha256
from kiamv_cli.scoring.model.score import Scores, score

if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.resources.abc import Traversable

    from kiamv_cli.decision.inputs import Which
    from kiamv_cli.decision.model.commitment import Commitment
    from kiamv_cli.decision.model.record import Decided, Input, Provenance, Record
    from kiamv_cli.decision.model.verify import Recalled, Verification
    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.selection.model.prove import ProvingSolver
    from kiamv_cli.selection.model.shortlist import Shortlist

    Hashes = Callable[[str | None], frozenset[str]]
    from kiamv_cli.decision.model.differences import Differences
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.request import Request


def record(
    found: Shortlist, decided: Decided, sources: Sources | None = None, *, keep: bool = False
) -> Record:
    """Put a shortlist, and what people decided on it, on record.

    Lists and criteria say by themselves where they were read; one that was edited since, or made
    in Python, is recorded as coming from no file, with the hash of what it says.

    Args:
        found: A shortlist that is proven optimal.
        decided: Who decided, when, why, and the swaps they made.
        sources: The review whose verdicts counted, if any; and where a list that was made in
            Python was saved.
        keep: Keep the inputs themselves in the record.

    Raises:
        BadInput: An input cannot be kept as text.
        Misfit: Nobody decided, or what is said of it is empty or no text that files may hold.
        ValueError: The shortlist is not proven, or a swap cannot be made.
    """
    _check_decided(decided)
    scores = found.scores
    where = sources or Sources()
    made = provenance(scores.longlist, scores.programme, where, keep=keep)
    return put_on_record(found, decided, made)


def _check_decided(decided: Decided) -> None:
    check_text("by", next(iter(decided.by), ""))
    for name in decided.by:
        check_text("by", name)
    for reason in (decided.reason, *(each.reason for each in decided.swaps)):
        check_text("reason", reason)


def commit(scores: Scores, request: Request, *, seed_later: str | None = None) -> Commitment:
    """Return what is fixed beforehand: criteria, request, ids, and the seed.

    Args:
        scores: The scored long list; of it only the criteria and ids count.
        request: What will be asked.
        seed_later: What the seed will be, in words, where nobody is to know it yet.
    """
    ids = (one.id for one in scores.longlist.ecosystems)
    asked, later = request_fields(request), seed_later is not None
    seed = request.seed if seed_later is None else seed_later
    return commitment(scores.programme.sha256, asked, ids, seed, later=later)


def keeps_to(verification: Verification, line: str) -> Kept:
    """Compare a record that was verified with a line that was published before.

    Raises:
        Refusal: The line is none.
    """
    published, recorded = parse_commitment(line), verification.record
    criteria = recorded.provenance.criteria.sha256
    asked = request_fields(recorded.request)
    now = commitment(criteria, asked, verification.ids, recorded.request.seed)
    return Kept(published, published.broken(now))


def load_record(file: str | Path) -> Record:
    """Read a decision record.

    Raises:
        BadInput: It is none, or was changed or cut off after kiamv wrote it (K601).
    """
    return _load_record(Path(file))


def verify(
    recorded: Record,
    sources: Sources | None = None,
    *,
    time_limit: float | None = None,
    solver: ProvingSolver | str | None = None,
) -> Verification:
    """Return what comes of running a record again, compared with what it says.

    Args:
        recorded: The record.
        sources: Inputs to run it on, where not those that the record keeps or names.
        time_limit: Seconds, ``None`` for no limit.
        solver: Solves instead of HiGHS: a solver in use, with a time limit of its own, or the
            name of one that another package brings.

    Raises:
        BadInput: An input cannot be read.
        NoShortlistError: There was no time to prove the shortlist again.
    """
    from kiamv_cli.decision.model.verify import verify as compare
    from kiamv_cli.selection.results import solver_named

    scores, now = rerun_inputs(recorded, sources or Sources())
    return compare(recorded, scores, now, solver_named(solver, time_limit))


def recall(
    recorded: Record,
    sources: Sources | None = None,
    *,
    time_limit: float | None = None,
    solver: ProvingSolver | str | None = None,
) -> Recalled:
    """Return a record with its inputs, checked as ``verify`` does; inputs may be gone.

    Args:
        recorded: The record.
        sources: Inputs, where not those that the record keeps or names.
        time_limit: Seconds, ``None`` for no limit.
        solver: Solves instead of HiGHS, as in ``verify``.

    Raises:
        NoShortlistError: There was no time to prove a shortlist again that has no proof.
    """
    from kiamv_cli.decision.model.verify import Recalled
    from kiamv_cli.decision.model.verify import verify as compare
    from kiamv_cli.selection.results import solver_named

    try:
        scores, now = rerun_inputs(recorded, sources or Sources())
    except BadInput as error:
        first = error.problems[0]
        return Recalled(record=recorded, gone=f"{first.where}: {first.message}")
    checked = compare(recorded, scores, now, solver_named(solver, time_limit))
    return Recalled(record=recorded, scores=scores, verification=checked)


def rerun_inputs(recorded: Record, sources: Sources) -> tuple[Scores, Provenance]:
    """Read and score the inputs of a record: those given, else those it keeps, else those it names.

    Raises:
        BadInput: An input cannot be read.
    """
    past = recorded.provenance
    with ExitStack() as stack:

        def place(which: Which, path: str | None, stated: Input, hashes: Hashes) -> str | None:
            matches = matching(hashes, stated)
            return stack.enter_context(placed(which, path, stated, recorded.folder, matches))

        hidden = sources.hidden or past.hidden
        hashed = _Hashing(recorded, hidden, found_mapping(recorded, sources))
        criteria = place("criteria", sources.criteria, _as_then(past.criteria), hashed.criteria)
        programme = load_criteria(criteria)
        hashed.programme = programme
        longlist = place("longlist", sources.longlist, past.longlist, hashed.longlist)
        reviews = (
            place("reviews", sources.reviews, past.reviews, hashed.reviews)
            if past.reviews
            else sources.reviews
        )
        where = Sources(
            longlist=longlist,
            criteria=criteria,
            reviews=reviews,
            reviewer=past.reviewer,
            hidden=hidden,
        )
        listed = hashed.read(longlist)
        counted = judged(listed, programme, where)
        now = provenance(counted, programme, where)
        assert listed.origin
        named = replace(now, longlist=_named(now.longlist, past.longlist, listed.origin.title))
        return score(counted, programme, recorded.as_of), hashed.as_recorded(named, where)


def _as_then(criteria: Input) -> Input:
    """Take bundled criteria as they came with the kiamv that made the record."""
    if criteria.origin != "bundled" or criteria.content is not None:
        return criteria
    return replace(criteria, content=older_criteria(criteria.sha256))


@dataclass(slots=True)
class _Hashing:
    """Hashes inputs by the rules of a record: those of its version."""

    recorded: Record
    hidden: Hidden | None
    mapping: str | None
    programme: Programme | None = None

    def criteria(self, place: str | None) -> frozenset[str]:
        """Hash criteria."""
        if self.recorded.schema > 1:
            return frozenset({load_criteria(place).sha256})
        return old_criteria_hashes(_place(place, "criteria"))

    def longlist(self, place: str | None) -> frozenset[str]:
        """Hash a long list."""
        if self.recorded.schema > 1:
            return frozenset({self.read(place).sha256})
        assert self.programme
        day = self.recorded.as_of
        return old_longlist_hashes(_place(place, "longlist"), self.programme, day)

    def read(self, place: str | None) -> Longlist:
        """Read a long list as the record did."""
        assert self.programme
        mapping = load_mapping(self.mapping, self.programme) if self.mapping else None
        tables = TableOptions(hidden=self.hidden, mapping=mapping)
        day = self.recorded.as_of
        return load_longlist(place, self.programme, as_of=day, tables=tables).longlist

    def reviews(self, place: str | None) -> frozenset[str]:
        """Hash a review."""
        assert place is not None
        past = self.recorded.provenance.reviews
        if self.recorded.schema > 1 or past is None:
            return frozenset({review_sha256(Path(place))})
        return frozenset({recorded_sha256(Path(place), past.sha256)})

    def as_recorded(self, now: Provenance, where: Sources) -> Provenance:
        """Return the inputs of now, named and hashed as the record would have done."""
        past = self.recorded.provenance
        return replace(
            now,
            longlist=self._input(past.longlist, now.longlist, self.longlist, where.longlist),
            criteria=self._input(past.criteria, now.criteria, self.criteria, where.criteria),
            reviews=self._reviews(past.reviews, now.reviews, where.reviews),
        )

    def _reviews(self, past: Input | None, now: Input | None, place: str | None) -> Input | None:
        if past is None or now is None:
            return now
        return self._input(past, _named(now, past, None), self.reviews, place)

    def _input(self, past: Input, now: Input, hashes: Hashes, place: str | None) -> Input:
        if self.recorded.schema > 1 or past.sha256 not in hashes(place):
            return now
        return replace(now, sha256=past.sha256)


def _named(now: Input, past: Input, title: str | None) -> Input:
    """Name what has no title of its own by where the record says it was, not by where it is."""
    if title is not None or past.source is None:
        return now
    file = PureWindowsPath(past.source)
    if past.origin == "standard-input":
        return replace(now, name="standard input")
    return replace(now, name=past.name if past.name in {file.name, file.stem} else now.name)


def _place(source: str | None, name: str) -> Path | Traversable:
    return bundled(name) if source is None else Path(source)


def diff(
    one: Record | Side,
    other: Record | Side,
    *,
    time_limit: float | None = None,
    solver: ProvingSolver | str | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Differences:
    """Compute who came in and went out between two selections, and what each change does by itself.

    Where the inputs of a record are not there any more, or others than it says, what the records
    hold is compared, and nothing is tried.

    Args:
        one: The first: a record, whose inputs are those that it keeps, else those that it names;
            or what ``side_of_list`` gives.
        other: The second.
        time_limit: Seconds, ``None`` for no limit.
        solver: Solves instead of HiGHS: a solver in use, with a time limit of its own, or the
            name of one that another package brings.
        progress: Told how many of the changes have been tried, and how many there are.

    Raises:
        InfeasibleError: A long list has no shortlist.
        NoShortlistError: There was no time.
        ValueError: A request does not fit its long list.
    """
    from kiamv_cli.decision.model.differences import differences
    from kiamv_cli.selection.results import solver_named

    before = one if isinstance(one, Side) else side_of(one)
    after = other if isinstance(other, Side) else side_of(other)
    return differences(before, after, solver_named(solver, time_limit), progress)


def side_of(recorded: Record) -> Side:
    """Read what a record was made from, if that is still there and the same."""
    try:
        scores, now = rerun_inputs(recorded, Sources())
    except BadInput as error:
        return Side(case=None, record=recorded, gone=str(error.problems[0]))
    unlike = set(differing(recorded.provenance, now)) - {"versions"}
    return Side(
        case=case_of(scores, recorded.request), record=recorded, unlike=tuple(sorted(unlike))
    )


def side_of_list(recorded: Record, sources: Sources) -> Side:
    """Ask of a long list what was asked in a record, by the criteria of that record.

    Args:
        recorded: The record.
        sources: The long list, and how it is read.

    Raises:
        BadInput: The list, or one of the other inputs of the record, cannot be read.
    """
    scores, _now = rerun_inputs(recorded, sources)
    return Side(case=case_of(scores, recorded.request))


def case_of(scores: Scores, request: Request) -> Case:
    """Put together what is asked of a scored long list."""
    return Case(
        longlist=scores.longlist,
        programme=scores.programme,
        as_of=scores.as_of,
        request=request,
    )
