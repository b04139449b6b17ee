"""Judged by people: who judges what, seals, agreement, outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base import names_of, offered

if TYPE_CHECKING:
    from kiamv_cli.review.model.agreement import Agreement as Agreement
    from kiamv_cli.review.model.agreement import Estimate as Estimate
    from kiamv_cli.review.model.agreement import ReviewAgreement as ReviewAgreement
    from kiamv_cli.review.model.agreement import Row as Row
    from kiamv_cli.review.model.assignment import Event as Event
    from kiamv_cli.review.model.assignment import Unrecorded as Unrecorded
    from kiamv_cli.review.model.brief import BriefChange as BriefChange
    from kiamv_cli.review.model.brief import Ruling as Ruling
    from kiamv_cli.review.model.dependence import Dependence as Dependence
    from kiamv_cli.review.model.dependence import Judged as Judged
    from kiamv_cli.review.model.form import Answer as Answer
    from kiamv_cli.review.model.form import Citation as Citation
    from kiamv_cli.review.model.form import Disagreement as Disagreement
    from kiamv_cli.review.model.form import Form as Form
    from kiamv_cli.review.model.form import Question as Question
    from kiamv_cli.review.model.form import Wording as Wording
    from kiamv_cli.review.model.outcome import Review as Review
    from kiamv_cli.review.model.outcome import ReviewOutcome as ReviewOutcome
    from kiamv_cli.review.model.outcome import Standing as Standing
    from kiamv_cli.review.model.outcome import with_review as with_review
    from kiamv_cli.review.results import agreement as agreement
    from kiamv_cli.review.results import dependence as dependence
    from kiamv_cli.review.results import load_review as load_review


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    return offered(__name__, name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(names_of(__name__))
