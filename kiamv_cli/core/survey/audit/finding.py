"""What an audit found: a kind, what it is about, and the numbers that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "impossible-figure",
    "figure-against-base",
    "no-shared-base",
    "hidden-base",
    "several-bases",
    "base-against-figures",
    "base-not-printed",
    "sum-off",
    "value-twice",
    "decimals-differ",
    "units-differ",
    "numbers-differ",
    "list-not-closed",
    "name-twice",
    "names-spelled-differently",
    "names-alike",
    "count-over-base",
    "count-bases-differ",
    "most-named-tied",
    "not-most-named",
]
Weight = Literal["contradiction", "untold", "slip"]
WEIGHTS: tuple[Weight, ...] = ("contradiction", "untold", "slip")
_UNTOLD: set[Kind] = {
    "no-shared-base",
    "hidden-base",
    "several-bases",
    "base-against-figures",
    "base-not-printed",
    "sum-off",
    "count-bases-differ",
}
_SLIPS: set[Kind] = {
    "value-twice",
    "decimals-differ",
    "units-differ",
    "name-twice",
    "names-spelled-differently",
    "names-alike",
    "most-named-tied",
}
Evidence = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding.

    Attributes:
        kind: What kind it is.
        subject: What it is about: the id of a figure, a group, respondents, a count or a claim.
        ids: The ids of all that it concerns, those of ``Reported``.
        evidence: The numbers that show it: texts, whole numbers, and lists and mappings of them.
    """

    kind: Kind
    subject: str
    ids: tuple[str, ...]
    evidence: Evidence

    @property
    def id(self) -> str:
        """Stays the same as long as the file says the same."""
        return f"{self.kind}:{self.subject}"

    @property
    def weight(self) -> Weight:
        """Tell how much it weighs.

        ``contradiction``: two things that are printed cannot both be right. ``untold``: they can,
        but only if the report leaves out what readers need. ``slip``: it reads like a mistake.
        """
        if self.kind in _UNTOLD:
            return "untold"
        return "slip" if self.kind in _SLIPS else "contradiction"
