"""The codebook: the aspects and sub-aspects that statements of interviews are coded by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class SubAspect:
    """What a statement can be on.

    ``when`` says when to code it. ``line`` and ``findings`` are lines of the study: where it is
    described, and where its findings on it start. ``from_interviews``: it was not known before.
    """

    id: str
    label: Mapping[Language, str]
    when: Mapping[Language, str]
    line: int | None = None
    findings: int | None = None
    from_interviews: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """An aspect with its sub-aspects; lines as for these."""

    id: str
    label: Mapping[Language, str]
    sub_aspects: tuple[SubAspect, ...]
    line: int | None = None
    findings: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """All aspects, in order."""

    label: Mapping[Language, str]
    aspects: tuple[Aspect, ...]

    @property
    def sub_aspects(self) -> Mapping[str, SubAspect]:
        """All sub-aspects by id, in order."""
        return {each.id: each for aspect in self.aspects for each in aspect.sub_aspects}
