"""Suggestions followed to where they ended, by source too: the public functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.flows.model import SuggestionSources
from kiamv_cli.flows.model import flow as follow
from kiamv_cli.longlist.model.lookup import contributions

if TYPE_CHECKING:
    from kiamv_cli.flows.model import Flow
    from kiamv_cli.selection.model.shortlist import Shortlist


def flow(shortlist: Shortlist) -> Flow:
    """Follow every suggestion to where it ended, each box with its ids.

    Args:
        shortlist: A shortlist, with the long list and the wishes that it came from.
    """
    return follow(shortlist)


def sources(shortlist: Shortlist) -> SuggestionSources:
    """Return what each source of suggestions brought, alone and with others, and what was selected.

    Args:
        shortlist: A shortlist, with the long list that it came from.
    """
    brought = contributions(shortlist.scores.longlist, set(shortlist.ids))
    return SuggestionSources(shortlist=shortlist, brought=brought)
