"""The decision record: what was asked of which inputs, what came out, who decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, assert_never

from kiamv_cli.base.problem import Refusal
from kiamv_cli.base.text import Text
from kiamv_cli.base.value import Result, Value
from kiamv_cli.programme.model.attributes import number_as_written
from kiamv_cli.selection.model.question import Status, wishes_of
from kiamv_cli.selection.model.request import Request
from kiamv_cli.selection.model.resolution import with_usual

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.lots import Lots
    from kiamv_cli.selection.model.question import Question, Selection, Wish
    from kiamv_cli.selection.model.shortlist import Shortlist

# The kind of record that is written now; those of 1 had the SHA-256 of how inputs were written.
SCHEMA = 2
InputOrigin = Literal["file", "bundled", "standard-input", "python"]
Origin = Literal["option", "project", "default"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Input(Value):
    """One of the inputs: what it is called, its SHA-256, and how to get it again.

    ``origin`` is where it came from: a file (or folder), what is bundled, standard input, or no
    file at all: it was made or edited in Python. ``source`` is the path as it was given, where
    there is one. ``content`` holds the input itself, as text per file, where it is kept in the
    record.
    """

    name: str
    sha256: str
    origin: InputOrigin
    source: str | None = None
    content: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Value):
    """A set of ecosystems, by score, then id, with its exact figures."""

    selected: tuple[str, ...]
    score: Fraction
    out_of_place: Mapping[DimensionId, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """An exchange that people decided on: ``into`` takes the place of ``out``, and why."""

    out: str
    into: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Override(Swap):
    """A swap and its price, after those before it.

    ``score`` is what it adds to the total, ``seats`` what it adds to the seats out of place over
    the balanced dimensions, ``breaks`` the wishes that it breaks.
    """

    score: Fraction
    seats: Fraction
    breaks: tuple[Wish, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Who decided, when, and why, and the swaps they made."""

    by: tuple[str, ...]
    on: date
    reason: str
    swaps: tuple[Swap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance(Value):
    """Where a result comes from: the inputs, and the versions of the programs it was made with.

    ``reviews`` is the review by people whose verdicts counted, of which ``reviewer`` alone if that
    is not ``None``. ``hidden`` says what became of hidden parts of a workbook, if anything did, and
    ``mapping`` is the file that said what the columns of a table are, if one did.
    """

    longlist: Input
    criteria: Input
    reviews: Input | None = None
    reviewer: str | None = None
    hidden: Literal["keep", "skip"] | None = None
    mapping: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Result):
    """Everything that it takes to run a selection again and to compare.

    ``result`` is the proven shortlist, ``without_balance`` its total had balance not counted;
    ``final`` is what people made of it by their overrides. ``names`` are those of all ecosystems
    in these, by id; a record of an older kiamv (``schema`` 1) has none. ``proof`` is the document
    that proves it, ``None`` where only a solver says so; ``lots`` are whose places only the lottery
    decided, as in data. ``asked_by`` says of each part of the request whether it was an ``option``,
    of the ``project`` or a ``default``, where that is known. ``folder`` is where it was read from,
    ``None`` if it was not.
    """

    decided: Decided
    provenance: Provenance
    as_of: date
    request: Request
    result: Outcome
    without_balance: Fraction
    overrides: tuple[Override, ...]
    final: Outcome
    names: Mapping[str, str] = field(default_factory=dict)
    proof: Mapping[str, Any] | None = field(default=None, hash=False)
    lots: Mapping[str, Any] | None = field(default=None, hash=False)
    asked_by: Mapping[str, Origin] = field(default_factory=dict, compare=False)
    schema: int = SCHEMA
    folder: str | None = field(default=None, compare=False)

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield f"{len(self.final.selected)} selected"
        yield f"decided on {self.decided.on}"


def record(shortlist: Shortlist, decided: Decided, provenance: Provenance) -> Record:
    """Put a shortlist, and what people decided on it, on record.

    Args:
        shortlist: A shortlist that is proven optimal.
        decided: Who, when, why, and their swaps, which are made in their order.
        provenance: The inputs that the shortlist was made from.

    Raises:
        ValueError: The shortlist is not proven; or a swap takes out who is not in, or takes in
            who is in already or not on the long list.
    """
    if shortlist.unbalanced is None:
        raise Refusal(Text("requests.only-proven-on-record"))
    return recorded(
        shortlist.scores,
        shortlist.request,
        shortlist.selection,
        shortlist.unbalanced.score,
        Proving(None if shortlist.proof is None else shortlist.proof.document, shortlist.lots),
        decided,
        provenance,
    )


class Proving(NamedTuple):
    """The document that proves a shortlist, and what the lottery decided; ``None``: not known."""

    document: Mapping[str, Any] | None
    lots: Lots | None


def recorded(
    scores: Scores,
    request: Request,
    selection: Selection,
    without_balance: Fraction,
    proving: Proving,
    decided: Decided,
    provenance: Provenance,
) -> Record:
    """Put a selection on record, as ``record`` does."""
    from kiamv_cli.selection.model.shortlist import question  # noqa: PLC0415 - only to record

    asked = question(scores, request)
    overrides, final = _overridden(asked, selection, decided.swaps)
    lots = proving.lots
    ids = {
        *selection.members,
        *(each.into for each in overrides),
        *(lots.ecosystems if lots else ()),
    }
    return Record(
        decided=decided,
        provenance=provenance,
        as_of=scores.as_of,
        request=request,
        result=outcome_of(selection),
        without_balance=without_balance,
        overrides=overrides,
        final=outcome_of(final),
        names={each.id: each.name for each in scores.longlist.ecosystems if each.id in ids},
        proof=proving.document,
        lots=None if lots is None else lots.fields(),
    )


def _overridden(
    question: Question, selection: Selection, swaps: Iterable[Swap]
) -> tuple[tuple[Override, ...], Selection]:
    from kiamv_cli.selection.model.constrained import total_out_of_place  # noqa: PLC0415 - only to record

    overrides = []
    for swap in swaps:
        changed = _swapped(question, selection, swap)
        overrides.append(
            Override(
                out=swap.out,
                into=swap.into,
                reason=swap.reason,
                score=changed.score - selection.score,
                seats=total_out_of_place(question, changed)
                - total_out_of_place(question, selection),
                breaks=tuple(_broken(question, selection.members, changed.members)),
            )
        )
        selection = changed
    return tuple(overrides), selection


def _swapped(question: Question, selection: Selection, swap: Swap) -> Selection:
    from kiamv_cli.selection.model.select import describe  # noqa: PLC0415 - only to record

    if swap.out not in selection.members:
        text = Text("requests.swap-out-not-in", id=swap.out)
        raise Refusal(text)
    if swap.into in selection.members:
        raise Refusal(Text("requests.swap-into-already-in", id=swap.into))
    if swap.into not in {one.id for one in question.candidates}:
        raise Refusal(Text("requests.swap-into-not-listed", id=swap.into))
    members = {*selection.members, swap.into} - {swap.out}
    return describe(question, members, Status(proven=False, step="wishes"))


def _broken(question: Question, before: Sequence[str], after: Sequence[str]) -> Iterable[Wish]:
    """Name the wishes that held before and no longer do."""
    for wish in wishes_of(question):
        if _holds(question, wish, before) and not _holds(question, wish, after):
            yield wish


def _holds(question: Question, wish: Wish, members: Collection[str]) -> bool:
    match wish.kind:
        case "at-most-one" | "together" | "only-with" | "cost" | "cost-known" | "changes":
            return all(each.holds(members) for each in question.sums if each.wish == wish)
        case "include":
            return wish.subject in members
        case "exclude":
            return wish.subject not in members
        case "class":
            return not question.barred.intersection(members)
        case "size":
            return len(members) == wish.number
        case "at-least" | "at-most":
            chosen = [each for each in question.candidates if each.id in members]
            bearing = sum(wish.subject in each.places[wish.dimension] for each in chosen)
            assert wish.number is not None, "a quota has a number"
            return bearing >= wish.number if wish.kind == "at-least" else bearing <= wish.number
        case _:
            assert_never(wish.kind)


def outcome_of(selection: Selection) -> Outcome:
    """Return what goes on record of a selection."""
    return Outcome(
        selected=selection.members,
        score=selection.score,
        out_of_place=dict(sorted(selection.out_of_place.items())),
    )


SHARES_FILE = "SHARES.yaml"
KEPT_FILE = "SHORTLIST.json"
RECORD_FILE = "RECORD.json"
LONGLIST_FILE = "LONGLIST.yaml"
CRITERIA_FOLDER = "CRITERIA"


def arguments(scores: Scores, request: Request, provenance: Provenance) -> tuple[str, ...]:
    """Return the words after the command for a long list and a request.

    What came from no file has no word, nor have shares of one's own, nor who is to be kept:
    ``SHARES_FILE``, ``KEPT_FILE``, ``LONGLIST_FILE`` and ``CRITERIA_FOLDER`` stand for them.

    Args:
        scores: The scored long list.
        request: What was asked of a shortlist.
        provenance: Where the inputs were read from.
    """
    usual = with_usual(Request(), scores.programme)
    return (
        *_inputs(scores, provenance),
        *_wishes(request, usual),
        *_balance(request, usual),
        *_search(request),
    )


def _inputs(scores: Scores, provenance: Provenance) -> Iterator[str]:
    if place := _place(provenance.longlist, LONGLIST_FILE):
        yield place
    if provenance.hidden is not None:
        yield from ("--hidden", provenance.hidden)
    if provenance.mapping is not None:
        yield from ("--mapping", provenance.mapping)
    if place := _place(provenance.criteria, CRITERIA_FOLDER):
        yield from ("--criteria", place)
    if provenance.reviews is not None and provenance.reviews.source is not None:
        yield from ("--reviews", provenance.reviews.source)
    if provenance.reviewer is not None:
        yield from ("--reviewer", provenance.reviewer)
    if scores.as_of != scores.longlist.as_of:
        yield from ("--as-of", scores.as_of.isoformat())


def _place(stated: Input, stand_in: str) -> str | None:
    return stand_in if stated.origin == "python" else stated.source


def _wishes(request: Request, usual: Request) -> Iterator[str]:
    if request.sizes or request.size != usual.size:
        yield from ("--size", "..".join(map(str, request.sizes or (request.size,))))
    for option, ids in (("--include", request.include), ("--exclude", request.exclude)):
        if ids:
            yield from (option, ",".join(sorted(ids)))
    for quota in request.quotas:
        if quota.at_least is not None:
            yield from ("--at-least", f"{quota.name}={quota.at_least}")
        if quota.at_most is not None:
            yield from ("--at-most", f"{quota.name}={quota.at_most}")
    yield from _sums(request)
    if request.classes:
        yield from ("--class", ",".join(sorted(request.classes)))


def _sums(request: Request) -> Iterator[str]:
    for option, groups in (
        ("--at-most-one", request.at_most_one),
        ("--together", request.together),
    ):
        for group in groups:
            yield from (option, ",".join(group))
    for name, others in request.only_with.items():
        for other in others:
            yield from ("--only-with", f"{name}={other}")
    for attribute, amount in request.cost.items():
        yield from ("--cost", f"{attribute}={number_as_written(amount)}")
    if request.keep:
        yield from ("--keep", KEPT_FILE)
    if request.changes is not None:
        yield from ("--changes", str(request.changes))


def _balance(request: Request, usual: Request) -> Iterator[str]:
    if request.balance != usual.balance:
        yield from ("--balance", ",".join(request.balance) or "none")
    for dimension, rule in request.targets.items():
        if rule != "even":
            yield "--target"
            yield f"{dimension}={rule}" if isinstance(rule, str) else SHARES_FILE
    if request.give_up is not None:
        yield from ("--give-up", _percent(request.give_up))


def _search(request: Request) -> Iterator[str]:
    if request.unknown != Request().unknown:
        yield from ("--unknown", request.unknown)
    if request.seed != Request().seed:
        yield from ("--seed", request.seed)


def _percent(share: Fraction) -> str:
    """Write a share as a percentage, as a decimal where that is exact."""
    percent = share * 100
    short = f"{float(percent):g}"
    return short if Fraction(short) == percent else str(percent)
