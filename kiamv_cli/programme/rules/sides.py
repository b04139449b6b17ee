"""The rule of kind ``sides``: an equal share for each side of the helix that has a partner."""

from __future__ import annotations

from dataclasses import dataclass, fields
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic_core import core_schema

from kiamv_cli.base.language import _
from kiamv_cli.base.text import Text
from kiamv_cli.display.text import listing
from kiamv_cli.display.words import word, words
from kiamv_cli.formats.shapes import keyed, list_of, one_of, own_words
from kiamv_cli.programme.model.facts import NONE, Partners, RuleOutcome, holding
from kiamv_cli.programme.model.programme import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.value import Written
    from kiamv_cli.programme.model.attributes import Attribute
    from kiamv_cli.programme.model.facts import CriterionEvidence, Partner, Subject, Verdict
    from kiamv_cli.programme.model.programme import Programme

# A side of the helix: a partner that holds, still open, judged by a person (not-met also says
# "looked, there is none"), or known to be absent though a person could not tell.
_State = Literal["found", "open", "met", "partly", "not-met", "unseen"]
_SCORES: Mapping[_State, tuple[Fraction, Fraction]] = {
    "found": (Fraction(1), Fraction(1)),
    "open": (NONE, Fraction(1)),
    "met": (Fraction(1), Fraction(1)),
    "partly": (Fraction(1, 2), Fraction(1, 2)),
    "not-met": (NONE, NONE),
    "unseen": (NONE, NONE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SidesRule(Rule):
    """An equal share of the score for each side that has a partner.

    The verdict is met only where each of ``needed`` has a partner, whatever the score.
    """

    kind: ClassVar[str] = "sides"
    sides: tuple[str, ...]
    needed: tuple[str, ...] = ()

    @classmethod
    def shape(cls, attributes: Mapping[str, Attribute]) -> CoreSchema:  # noqa: ARG003 - none plays a part
        """See ``Rule``."""
        side = one_of(each.name for each in fields(Partners))
        return core_schema.no_info_after_validator_function(
            _checked,
            keyed(
                {"kind": one_of((cls.kind,)), "sides": list_of(side, at_least=1)},
                {"needed": list_of(side)},
            ),
        )

    def as_written(self) -> dict[str, Written]:
        """See ``Rule``."""
        needed: dict[str, Written] = {"needed": list(self.needed)} if self.needed else {}
        return {"sides": list(self.sides), **needed}

    def lists(self, subject: Subject) -> Iterator[tuple[str, tuple[Partner, ...] | None]]:
        """See ``Rule``."""
        for side in self.sides:
            yield side, getattr(subject.partners, side)

    def apply(self, subject: Subject, year: int) -> RuleOutcome:
        """See ``Rule``."""
        return self.apply_parts(subject, year, {})

    def text(self) -> str:
        """See ``Rule``."""
        sides = listing(words(self.sides))
        shares = _("in equal shares for a partner on each of the sides {sides}", sides=sides)
        if not self.needed:
            return shares
        needed = listing(words(self.needed))
        return _("{scores}; met only with {sides}", scores=shares, sides=needed)

    def missing_text(
        self,
        possible: Fraction,  # noqa: ARG002 - every open side counts
        known: CriterionEvidence,
        programme: Programme,  # noqa: ARG002 - sides are no categories
    ) -> str:
        """See ``Rule``."""
        sides = self._open(known)
        if len(sides) == 1:
            return _("a partner from {side}", side=word(sides[0]))
        return _("partners from {sides}", sides=listing(words(sides)))

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the sides: people may judge each."""
        return self.sides

    def part(self, name: str) -> SidesRule:
        """Return the rule for one side."""
        return SidesRule(sides=(name,))

    def apply_parts(self, subject: Subject, year: int, parts: Mapping[str, Verdict]) -> RuleOutcome:
        """See ``Rule``."""
        states = (_state(each, year, parts.get(side)) for side, each in self.lists(subject))
        return _shares(self.sides, self.needed, tuple(states))

    def _open(self, known: CriterionEvidence) -> list[str]:
        parts = known.counting.parts if known.counting else {}
        settled = {side for side, verdict in parts.items() if verdict != "unknown"}
        settled |= set(known.absent)
        if not known.undecided:
            there = {each.side for each in known.facts if each.counts}
            settled |= {side for side in self.sides if side in there and side not in parts}
        return [side for side in self.sides if side not in settled]


def _checked(keys: dict[str, Any]) -> SidesRule:
    sides, needed = keys["sides"], keys.get("needed", ())
    if len(set(sides)) < len(sides):
        raise own_words(Text("K503.side-twice"), Text("hints.give-once"))
    if not set(needed) <= set(sides):
        raise own_words(Text("K503.needed-not-a-side"), Text("K503.add-to-sides"))
    return SidesRule(sides=sides, needed=needed)


def _state(partners: tuple[Partner, ...] | None, year: int, judged: Verdict | None) -> _State:
    if judged is not None and judged != "unknown":
        return judged
    if partners == ():
        return "not-met" if judged is None else "unseen"
    return "found" if judged is None and holding(partners, year) else "open"


@lru_cache(maxsize=4096)
def _shares(
    sides: tuple[str, ...], needed: tuple[str, ...], states: tuple[_State, ...]
) -> RuleOutcome:
    proven = {side: _SCORES[state][0] for side, state in zip(sides, states, strict=True)}
    possible = {side: _SCORES[state][1] for side, state in zip(sides, states, strict=True)}
    return RuleOutcome(
        proven=sum(proven.values(), NONE) / len(sides),
        possible=sum(possible.values(), NONE) / len(sides),
        meets=all(proven[side] == 1 for side in needed),
        could_meet=all(possible[side] == 1 for side in needed),
        known=any(state not in {"open", "unseen"} for state in states),
    )
