"""Entries with one website."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiamv_cli.core.duplicates import Kind, Named

_FEW = 3


def websites(entries: Sequence[Named]) -> Iterator[tuple[tuple[int, int], Kind, int, str]]:
    """Find pairs with the same page, or pages on one site, that few others have (rule N8).

    Returns:
        Of each pair the places of both, the kind and strength of the reason, and page or site.
    """
    pages: defaultdict[str, list[int]] = defaultdict(list)
    sites: defaultdict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(entries):
        page = _page(each.website)
        if page:
            pages[page].append(at)
            sites[page.partition("/")[0]].append(at)
    same = {pair: page for page, places in pages.items() for pair in _pairs(places)}
    yield from ((pair, "same-page", 75, page) for pair, page in same.items())
    for site, places in sites.items():
        yield from ((pair, "same-site", 45, site) for pair in _pairs(places) if pair not in same)


def _pairs(places: list[int]) -> Iterator[tuple[int, int]]:
    yield from combinations(places, 2) if len(places) <= _FEW else ()


def _page(website: str | None) -> str:
    """The address without what may differ for one page: scheme, www, query, place in the page."""
    bare = (website or "").partition("#")[0].partition("?")[0].partition("//")[2]
    site, _, path = bare.partition("/")
    host = site.casefold().removeprefix("www.")
    return f"{host}/{path}".rstrip("/")
