"""Who among many may be the same."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kiamv_cli.core.duplicates import Reason, Suspicion
from kiamv_cli.matching.names import Names
from kiamv_cli.matching.rules import hits
from kiamv_cli.matching.websites import websites

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.core.duplicates import Kind, Named

# Of the reasons in a group only the strongest is told: it says what the others would.
_GROUPS: tuple[Collection[Kind], ...] = (
    {"same-name", "same-letters", "same-words", "without-brackets", "close-spelling"},
    {"acronym-in-brackets", "in-brackets", "initials", "same-brackets"},
    {"same-page", "same-site"},
    {"words-within", "shared-word"},
)
_WORDS, _SAID_BETTER = 3, {0, 1}


def suspected(entries: Iterable[Named], least: int = 0) -> tuple[Suspicion, ...]:
    """Find entries that may be the same; see docs/convention.md, rules N1 to N8.

    Args:
        entries: Each once; see ``gathered``.
        least: Leave out what is less strong, in per cent.

    Returns:
        Each pair at most once, the one whose name comes first as ``one``. Strongest first; of
        equally strong ones those with more reasons, then by name. The order of ``entries`` does
        not matter.
    """
    ordered = sorted(entries, key=lambda each: each.order)
    found = (
        Suspicion(one=ordered[one], other=ordered[other], reasons=tuple(_told(reasons)))
        for (one, other), reasons in _reasons(ordered, least).items()
        if max(each.strength for each in reasons) >= least
    )
    return tuple(sorted(found, key=_rank))


def _rank(each: Suspicion) -> tuple[object, ...]:
    return -each.strength, -len(each.reasons), each.one.order, each.other.order


def _reasons(entries: Sequence[Named], least: int) -> Mapping[tuple[int, int], list[Reason]]:
    """The reasons by pairs of entries, the first one first; without rules that are too weak."""
    names = Names(entries)
    found: defaultdict[tuple[int, int], list[Reason]] = defaultdict(list)
    for hit in hits(names, least):
        one, other = sorted((hit.one, hit.other))
        pair = names.owners[one], names.owners[other]
        if pair[0] != pair[1]:
            texts = names.wordings[one].text, names.wordings[other].text
            found[pair].append(_reason(hit.kind, hit.strength, *texts, hit.shared))
    for pair, kind, strength, host in websites(entries):
        texts = entries[pair[0]].website or "", entries[pair[1]].website or ""
        found[pair].append(_reason(kind, strength, *texts, host))
    return found


def _reason(kind: Kind, strength: int, one: str, other: str, shared: str) -> Reason:
    return Reason(kind=kind, strength=strength, one=one, other=other, shared=shared)


def _told(reasons: Iterable[Reason]) -> Iterator[Reason]:
    ordered = sorted(reasons, key=lambda each: (-each.strength, each.kind, each.one, each.other))
    told = set[int]()
    for each in ordered:
        group = next(at for at, kinds in enumerate(_GROUPS) if each.kind in kinds)
        if group not in told and not (group == _WORDS and told & _SAID_BETTER):
            told.add(group)
            yield each
