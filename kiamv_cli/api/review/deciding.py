"""Decide on disagreements, with who and why."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli.core.lookup import find
from kiamv_cli.core.review.disagreements import disagreements
from kiamv_cli.core.review.outcome import NotInReviewError, Outcome
from kiamv_cli.language import _
from kiamv_cli.loading.document import read_document
from kiamv_cli.loading.files import read_file
from kiamv_cli.loading.records import record_text, refuse_if, validated
from kiamv_cli.loading.review.folder import outcome_shapes
from kiamv_cli.loading.shapes import keyed, list_of, record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kiamv_cli.core.longlist import Verdict
    from kiamv_cli.loading.review.folder import ReviewFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is to be decided on a disagreement: by whom, and why."""

    ecosystem: str
    question: str
    verdict: Verdict
    by: str
    reason: str


def read_outcomes(folder: ReviewFolder, place: str) -> tuple[Decision, ...]:
    """Read many decisions from a file: a list ``outcomes``.

    Raises:
        BadInput: Something is wrong with it; it holds all problems that were found.
    """
    shapes = outcome_shapes(folder)
    decision = record(Decision, {each.name: shapes[each.name] for each in fields(Decision)})
    document = read_document(read_file(Path(place)), place, "yaml")
    found: tuple[Decision, ...] = validated(document, keyed({"outcomes": list_of(decision)}))[
        "outcomes"
    ]
    refuse_if(document, [])
    return found


def decide(
    folder: ReviewFolder, wanted: Iterable[Decision], *, again: bool = False
) -> Mapping[Path, str]:
    """Make the record of each decision.

    Args:
        folder: A review that was opened.
        wanted: What is decided. Ecosystems may be given by id, name or alias.
        again: Decide anew on what was decided; the earlier decision stays on file.

    Raises:
        BadInput: The review was not opened, or a file in it is damaged.
        UnknownEcosystemError: There is no such ecosystem.
        NotInReviewError: There is no such disagreement, or it was decided before.
    """
    review = folder.review()
    there = {(d.ecosystem, d.question.key) for d in disagreements(review.forms, folder.programme)}
    decided = dict(review.decided)
    as_of = max(form.as_of for form in review.forms)
    files: dict[Path, str] = {}
    for each in wanted:
        key = (find(folder.longlist, each.ecosystem).id, each.question)
        if key not in there:
            raise NotInReviewError(
                _(
                    "there is no disagreement on {id} {question}. kiamv review adjudicate shows "
                    "where there is.",
                    id=key[0],
                    question=key[1],
                )
            )
        before = decided.get(key)
        if before and not again:
            raise NotInReviewError(
                _(
                    "{id} {question}: {by} decided {verdict}. "
                    "Give --again to decide anew; what was decided stays on file.",
                    id=key[0],
                    question=key[1],
                    by=before.by,
                    verdict=before.verdict,
                )
            )
        decided[key] = outcome = _outcome(each, key[0], as_of, before)
        text, _hash = record_text("review/outcome", {**asdict(outcome), "as_of": as_of.isoformat()})
        files[folder.file("outcomes", f"{key[0]}.{key[1]}.{outcome.number}")] = text
    return files


def _outcome(each: Decision, ecosystem: str, as_of: date, before: Outcome | None) -> Outcome:
    return Outcome(
        ecosystem=ecosystem,
        question=each.question,
        verdict=each.verdict,
        by=each.by,
        reason=each.reason,
        as_of=as_of,
        number=before.number + 1 if before else 1,
    )
