"""Put a selection on record, and run a record again."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli import __version__
from kiamv_cli.api.reading import load_criteria, load_longlist
from kiamv_cli.api.reviewing import load_review
from kiamv_cli.core.differences import Case
from kiamv_cli.core.record import Input, Provenance
from kiamv_cli.core.record import record as put_on_record
from kiamv_cli.core.review.outcome import with_review
from kiamv_cli.core.score import Scores, score
from kiamv_cli.language import _
from kiamv_cli.loading.contents import contents, unpacked
from kiamv_cli.loading.datafiles import bundled
from kiamv_cli.loading.decision import KIND
from kiamv_cli.loading.decision import load_record as _load_record
from kiamv_cli.loading.files import refusal
from kiamv_cli.loading.fingerprint import canonical, digest
from kiamv_cli.loading.public import public
from kiamv_cli.loading.records import schema_of

if TYPE_CHECKING:
    from kiamv_cli.core.differences import Differences
    from kiamv_cli.core.longlist import Longlist
    from kiamv_cli.core.programme import Programme
    from kiamv_cli.core.record import Decided, Record
    from kiamv_cli.core.shortlist import Shortlist
    from kiamv_cli.core.verify import Verification


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where inputs are: paths, ``None`` for what is bundled (for reviews: none)."""

    longlist: str | None = None
    criteria: str | None = None
    reviews: str | None = None
    reviewer: str | None = None


def record(
    found: Shortlist, decided: Decided, sources: Sources | None = None, *, keep: bool = False
) -> Record:
    """Put a shortlist, and what people decided on it, on record.

    Args:
        found: A shortlist that is proven optimal.
        decided: Who decided, when, why, and the swaps they made.
        sources: Where its inputs were read from; left out: the bundled ones.
        keep: Keep the inputs themselves in the record.

    Raises:
        BadInput: An input cannot be kept as text.
        ValueError: The shortlist is not proven, or a swap cannot be made.
    """
    scores = found.scores
    where = sources or Sources()
    made = provenance(scores.longlist, scores.programme, where, keep=keep)
    return put_on_record(found, decided, made)


def load_record(file: str | Path) -> Record:
    """Read a decision record.

    Raises:
        BadInput: It is none, or was changed or cut off after kiamv wrote it (K601).
    """
    return _load_record(Path(file))


def is_record(file: Path) -> bool:
    """Tell whether a file says of itself that it is a decision record, or was one before a cut."""
    if file.suffix.lower() != ".json" or not file.is_file():
        return False
    with file.open("rb") as start:
        return schema_of(KIND).encode() in start.read(200)


def verify(
    recorded: Record, sources: Sources | None = None, *, time_limit: float | None = None
) -> Verification:
    """Run a record again, and compare.

    Args:
        recorded: The record.
        sources: Inputs to run it on, where not those that the record keeps or names.
        time_limit: Seconds, ``None`` for no limit.

    Raises:
        BadInput: An input cannot be read.
        NoShortlistError: There was no time to prove the shortlist again.
    """
    from kiamv_cli.core.verify import verify as compare
    from kiamv_cli.solvers.highs import HighsSolver

    scores, now = rerun_inputs(recorded, sources or Sources())
    return compare(recorded, scores, now, HighsSolver(time_limit=time_limit))


def rerun_inputs(recorded: Record, sources: Sources) -> tuple[Scores, Provenance]:
    """Read and score the inputs of a record: those given, else those it keeps, else those it names.

    Raises:
        BadInput: An input cannot be read.
    """
    past = recorded.provenance
    with ExitStack() as stack:

        def found(given: str | None, one: Input) -> str | None:
            if given is None and one.content is not None:
                return str(stack.enter_context(unpacked(one.content)))
            if given is None and one.source == "-":
                message = _("the long list came from standard input")
                raise refusal("K101", "-", message, _("Give it, as --longlist FILE"))
            return given or one.source

        where = Sources(
            longlist=found(sources.longlist, past.longlist),
            criteria=found(sources.criteria, past.criteria),
            reviews=found(sources.reviews, past.reviews) if past.reviews else None,
            reviewer=past.reviewer,
        )
        programme = load_criteria(where.criteria)
        longlist = load_longlist(where.longlist, programme, as_of=recorded.as_of).longlist
        now = provenance(longlist, programme, where)
        return score(_judged(longlist, programme, where), programme, recorded.as_of), now


def _judged(longlist: Longlist, programme: Programme, where: Sources) -> Longlist:
    if where.reviews is None:
        return longlist
    review = load_review(where.reviews, longlist, programme)
    if where.reviewer is not None:
        review = review.only(where.reviewer)
    return with_review(longlist, review, programme)


def provenance(
    longlist: Longlist, programme: Programme, where: Sources, *, keep: bool = False
) -> Provenance:
    """Say where inputs come from, with their SHA-256; with ``keep``, hold them.

    Raises:
        BadInput: An input cannot be kept as text.
    """
    if keep and where.longlist == "-":
        message = _("standard input cannot be read twice to be kept")
        raise refusal("K104", "-", message, _("Save it to a file first"))
    reviews = None
    if where.reviews is not None:
        texts = contents(Path(where.reviews))
        # What counts is what the files say, wherever the folder is.
        said = {name.partition("/")[2]: text for name, text in texts.items()}
        reviews = Input(
            name=Path(where.reviews).name or "reviews",
            sha256=digest(canonical(said)),
            source=where.reviews,
            content=texts if keep else None,
        )
    return Provenance(
        longlist=Input(
            name=longlist.title,
            sha256=longlist.sha256,
            source=where.longlist,
            content=_kept_list(longlist, where.longlist) if keep else None,
        ),
        criteria=Input(
            name=programme.id,
            sha256=programme.sha256,
            source=where.criteria,
            content=_kept(where.criteria, "criteria") if keep else None,
        ),
        reviews=reviews,
        reviewer=where.reviewer,
        versions={"kiamv": __version__, "highspy": version("highspy")},
    )


def _kept(source: str | None, name: str) -> dict[str, str]:
    return contents(bundled(name) if source is None else Path(source))


def _kept_list(longlist: Longlist, source: str | None) -> dict[str, str]:
    """The files of a long list, without what is for the team alone."""
    texts = _kept(source, "longlist")
    return public(texts) if any(each.internal for each in longlist.ecosystems) else texts


def diff(one: Record, other: Record, *, time_limit: float | None = None) -> Differences:
    """Find who came in and went out between two records, and what each change does by itself.

    Args:
        one: The first; its inputs are those that it keeps, else those that it names.
        other: The second.
        time_limit: Seconds, ``None`` for no limit.

    Raises:
        BadInput: An input cannot be read.
        InfeasibleError: One of the two has no shortlist any more.
        NoShortlistError: There was no time.
    """
    from kiamv_cli.core.differences import differences
    from kiamv_cli.solvers.highs import HighsSolver

    return differences(case_of(one), case_of(other), HighsSolver(time_limit=time_limit))


def case_of(recorded: Record, sources: Sources | None = None) -> Case:
    """Read what a record was made from, to try changes on; other inputs where they are given."""
    scores, _now = rerun_inputs(recorded, sources or Sources())
    return Case(
        longlist=scores.longlist,
        programme=scores.programme,
        as_of=scores.as_of,
        request=recorded.request,
    )
