"""Everything that a selection meeting is told of one shortlist, in one value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

from kiamv_cli.base.problem import check_whole, unknown
from kiamv_cli.base.value import Result
from kiamv_cli.scoring.model.score import score_at
from kiamv_cli.selection.model.robustness import MOST_SAMPLES
from kiamv_cli.selection.model.shortlist import Member, spread_of
from kiamv_cli.selection.model.spread import out_of_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiamv_cli.decision.model.commitment import Kept
    from kiamv_cli.decision.model.record import Override, Provenance, Record
    from kiamv_cli.flows.model import Flow
    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.scoring.model.score import EcosystemScore, Scores
    from kiamv_cli.selection.model.explain import Explained, Explanation
    from kiamv_cli.selection.model.gaps import Gaps
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.model.robustness import Robustness
    from kiamv_cli.selection.model.shortlist import Shortlist
    from kiamv_cli.selection.model.spread import CategorySpread
    from kiamv_cli.selection.model.tradeoff import TradeOffs

Part = Literal["margins", "tradeoff", "robustness", "gaps"]
Why = Literal["not-asked", "time-limit", "interrupted", "unproven", "too-many"]
ReportFormat = Literal["html", "pdf", "short", "xlsx", "json"]
LetterFormat = Literal["pdf", "html", "md"]
# What stands in braces in the template of a letter.
PART = re.compile(r"\{([a-z_]+)\}")
LETTER_PARTS = (
    *("name", "id", "list", "as_of", "decision", "outcome", "place", "criteria", "open", "check"),
)
PARTS: tuple[Part, ...] = get_args(Part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What goes into a report.

    ``without`` names the parts that are not wanted. ``draws`` is how often ``robustness`` selects
    anew. ``most_margins`` is of how many ecosystems, the members and the best of the others, the
    margin is worked out: each takes a search of its own.
    """

    without: frozenset[Part] = frozenset()
    draws: int = 200
    most_margins: int = 200

    def __post_init__(self) -> None:
        """Check it.

        Raises:
            Misfit: A part is unknown, or a number is none.
        """
        for part in self.without:
            if part not in PARTS:
                raise unknown("without", part, PARTS)
        check_whole("draws", self.draws, 1, MOST_SAMPLES)
        check_whole("most_margins", self.most_margins, 0, MOST_SAMPLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """A part that is missing, or not whole, and why.

    ``there`` counts what is there, of ``all`` that there would be: margins, trade-offs (of which
    nobody knows how many there are: ``all`` is ``None``), draws, open questions.
    """

    part: Part
    why: Why
    there: int = 0
    all: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRecord:
    """A decision record that a report is of: the shortlist of the report is its proposal.

    ``scores`` is its long list, scored anew; ``line`` what ``commit`` would have printed for it
    beforehand, ``kept`` whether it keeps to a line that was given, ``None`` if none was.
    """

    record: Record
    scores: Scores
    line: str
    kept: Kept | None = None


@dataclass(frozen=True, kw_only=True)  # no slots: what was read of it is kept
class Report(Result):
    """A shortlist, and all that there is to tell of it; of a record also what people decided.

    ``explanation`` holds every ecosystem of the long list, the members first, then the others by
    rank; ``place`` of one is ``None`` where its margin is not known. ``tradeoffs``, ``robustness``
    and ``gaps`` are ``None`` where there is nothing of them; ``omissions`` says of each part that
    is not whole why. ``command`` is what to type to get the same again, word by word.
    """

    shortlist: Shortlist
    explanation: Explanation
    flow: Flow
    tradeoffs: TradeOffs | None
    robustness: Robustness | None
    gaps: Gaps | None
    omissions: tuple[Omission, ...]
    provenance: Provenance
    command: tuple[str, ...]
    decision: OnRecord | None = None

    @property
    def swaps(self) -> tuple[Override, ...]:
        """The swaps that people made, in their order."""
        return self.decision.record.overrides if self.decision else ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Who is in: as decided where that is on record, else as selected."""
        return self.decision.record.final.selected if self.decision else self.shortlist.ids

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Who is in, by score, then id; whom people brought in has no stand-in."""
        proposed = {each.scored.ecosystem.id: each for each in self.shortlist.members}
        bound, by_id = (
            self.request.unknown,
            {one.ecosystem.id: one for one in self.scores.ecosystems},
        )
        return tuple(
            proposed.get(name)
            or Member(
                scored=by_id[name],
                score=score_at(by_id[name], self.scores.programme, bound),
                replacement=None,
            )
            for name in self.ids
        )

    @property
    def total(self) -> Fraction:
        """The total score of who is in."""
        return sum((each.score for each in self.members), Fraction(0))

    @cached_property
    def spread(self) -> Mapping[DimensionId, tuple[CategorySpread, ...]]:
        """The seats of who is in beside the targets, by dimension."""
        if not self.swaps:
            return self.shortlist.spread
        return spread_of(self.scores, self.ids, self.request.targets, self.request.dimensions)

    @property
    def out_of_place(self) -> Mapping[DimensionId, Fraction]:
        """The seats out of place of who is in, by dimension."""
        return {name: out_of_place(seats) for name, seats in self.spread.items()}

    @property
    def highest_outside(self) -> tuple[EcosystemScore, ...]:
        """Those that are not in and score at least as high as the lowest that is, highest first."""
        lowest = min(each.score for each in self.members)
        programme, bound = self.scores.programme, self.request.unknown
        outside = [
            (score_at(one, programme, bound), one)
            for one in self.scores.ecosystems
            if one.ecosystem.id not in self.ids
        ]
        high = [pair for pair in outside if pair[0] >= lowest]
        return tuple(one for _score, one in sorted(high, key=lambda pair: -pair[0]))

    def figures(self) -> Iterator[str]:
        """Yield what its shortlist says of itself, and what is missing."""
        yield from self.shortlist.figures()
        yield from (f"without {each.part}" for each in self.omissions)

    @property
    def scores(self) -> Scores:
        """The scored long list."""
        return self.shortlist.scores

    @property
    def request(self) -> Request:
        """What was asked of the shortlist."""
        return self.shortlist.request

    @property
    def complete(self) -> bool:
        """Whether nothing that was asked for is missing for want of time."""
        return all(one.why in {"not-asked", "too-many"} for one in self.omissions)

    @property
    def interrupted(self) -> bool:
        """Whether the user ended it early."""
        return self.shortlist.selection.status.interrupted or any(
            one.why == "interrupted" for one in self.omissions
        )

    def omission(self, part: Part) -> Omission | None:
        """Say why a part is missing or not whole; ``None`` where it is whole."""
        return next((one for one in self.omissions if one.part == part), None)

    def explained(self, identifier: str) -> Explained:
        """Return one ecosystem of the long list."""
        ecosystems = self.explanation.ecosystems
        return next(one for one in ecosystems if one.scored.ecosystem.id == identifier)

    def held_up(self, identifier: str) -> tuple[tuple[DimensionId, str], ...]:
        """Name the dimensions and categories that would have too few seats without this member.

        Only those of balanced dimensions; too few is less than what is in balance.
        """
        ecosystem = self.explained(identifier).scored.ecosystem
        return tuple(
            (dimension, category.id)
            for dimension in self.request.balance
            for category in self.shortlist.spread[dimension]
            if category.id in (listed := self.scores.dimensions.categories(ecosystem, dimension))
            and category.seats - Fraction(listed.count(category.id), len(listed)) < category.low
        )

    @property
    def nearest(self) -> tuple[Explained, ...]:
        """The outsiders that a score of their own could bring in, nearest first.

        Whose place is not known, or who would not be in with any score, is not among them.
        """
        found = [
            (one.place.margin.threshold - one.place.margin.score, one.scored.ecosystem.id, one)
            for one in self.explanation.ecosystems
            if one.place and not one.place.margin.member and one.place.margin.threshold is not None
        ]
        return tuple(one for _more, _id, one in sorted(found, key=lambda each: each[:2]))
