"""What came of sending forms out, taking them in, and opening them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.base.labels import Language
    from kiamv_cli.review.model.assignment import Assignment
    from kiamv_cli.review.model.form import Form, Gap
    from kiamv_cli.review.model.people import Reviewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What goes out, and what was put on record for it.

    Attributes:
        assignment: Who judges what from now on.
        reviewers: All of them.
        forms: By reviewer the new forms: where each is, with the ids of the ecosystems on it.
    """

    assignment: Assignment
    reviewers: tuple[Reviewer, ...]
    forms: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A form that came back.

    Attributes:
        form: What it says.
        language: The language of its headings, if it has any.
        number: Which of the forms of this reviewer it is, from 1.
        sha256: The seal; empty where it came too late to be sealed.
        gaps: What it lacks.
        late: Whether the review was closed before it came, so that it does not count.
        again: Whether the same was there already.
    """

    form: Form
    language: Language | None
    number: int
    sha256: str
    gaps: tuple[tuple[str, str, Gap], ...]
    late: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedVerdict:
    """A verdict on a form that is no longer the first; the first counts."""

    reviewer: str
    ecosystem: str
    question: str
    first: str | None
    now: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What came of opening a review.

    Attributes:
        waiting: Reviewers who have not sealed yet; nothing is opened before they have.
        partial: Reviewers who left questions open, with how many, and who are waited for.
        seals: The seals by reviewer.
        changes: Verdicts on forms that changed since.
        unreadable: Forms that cannot be compared any more, by reviewer, with the reason.
        before: Whether it had been opened before.
    """

    waiting: tuple[str, ...] = ()
    partial: Mapping[str, int] = field(default_factory=dict)
    seals: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[ChangedVerdict, ...] = ()
    unreadable: Mapping[str, str] = field(default_factory=dict)
    before: bool = False
