"""What was fixed before a selection: a line to publish, and whether a record keeps to it.

Who can still choose the criteria, the wishes, the ids or the seed when the scores are known can
choose who is in. The line has the SHA-256 of each, so none of it can be other afterwards. It says
the seed in words, which may be what nobody knows yet: "the winning number of 1 March".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from kiamv_cli.base.problem import Refusal
from kiamv_cli.base.text import Text
from kiamv_cli.base.value import Value, canonical, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Part = Literal["criteria", "request", "ids"]
PARTS: tuple[Part, ...] = get_args(Part)
_KIND = "kiamv/commit/1"
_LINE = re.compile(
    rf"{_KIND} criteria=(\w{{64}}) request=(\w{{64}}) ids=(\w{{64}}) (seed|seed-later)=(.+)"
)


@dataclass(frozen=True, slots=True)
class Commitment(Value):
    """What was fixed: the SHA-256 of each part, and the seed; ``later``: in words, to be known."""

    sha256: Mapping[Part, str]
    seed: str
    later: bool = False

    @property
    def line(self) -> str:
        """The line to publish."""
        parts = (f"{part}={self.sha256[part]}" for part in PARTS)
        return " ".join([_KIND, *parts, f"{'seed-later' if self.later else 'seed'}={self.seed}"])

    def broken(self, other: Commitment) -> tuple[str, ...]:
        """Return what of it another does not keep to; a seed to be known later is for people."""
        differing = [part for part in PARTS if self.sha256[part] != other.sha256[part]]
        seed = not self.later and self.seed != other.seed
        return (*differing, "seed") if seed else tuple(differing)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was published, and the parts of it that a record does not keep to."""

    published: Commitment
    broken: tuple[str, ...]


def commitment(
    criteria: str,
    request: Mapping[str, Any],
    ids: Iterable[str],
    seed: str,
    *,
    later: bool = False,
) -> Commitment:
    """Fix the criteria, by their SHA-256, what is asked, but for the seed, and who takes part."""
    asked = {key: value for key, value in request.items() if key not in {"seed", "from"}}
    hashes: dict[Part, str] = {
        "criteria": criteria,
        "request": digest(canonical(asked)),
        "ids": digest("\n".join(sorted(ids))),
    }
    return Commitment(hashes, " ".join(seed.split()), later)


def parse_commitment(line: str) -> Commitment:
    """Parse a published line.

    Raises:
        Refusal: It is none.
    """
    found = _LINE.fullmatch(" ".join(line.split()))
    if found is None:
        raise Refusal(Text("requests.no-commitment"))
    *hashes, kind, seed = found.groups()
    return Commitment(dict(zip(PARTS, hashes, strict=True)), seed, kind == "seed-later")
