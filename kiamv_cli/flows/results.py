"""Follow suggestions to where they ended, by source too, and check flows that others published."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kiamv_cli.flows.model.flow import flow as follow
from kiamv_cli.longlist.model.lookup import contributions

if TYPE_CHECKING:
    from pathlib import Path

    from kiamv_cli.flows.model.adding_up import AddingUp
    from kiamv_cli.flows.model.flow import Flow
    from kiamv_cli.longlist.model.lookup import Contributions
    from kiamv_cli.selection.model.shortlist import Shortlist


def flow(found: Shortlist) -> Flow:
    """Follow every suggestion to where it ended, each box with its ids.

    Args:
        found: A shortlist, with the long list and the wishes that it came from.
    """
    return follow(found)


def sources(found: Shortlist) -> Contributions:
    """Tell what each source of suggestions brought, alone and with others, and what was selected.

    Args:
        found: A shortlist, with the long list that it came from.
    """
    return contributions(found.scores.longlist, set(found.selection.members))


def check_flow(file: str | Path, *, time_limit: float | None = None) -> AddingUp:
    """Tell whether a published flow adds up, and which fewest numbers would repair it.

    Args:
        file: The flow in YAML; docs/published-flow.md tells how.
        time_limit: Seconds, ``None`` for no limit; ``why`` of the result says if it came first.

    Raises:
        BadInput: Something is wrong with the file; it holds all problems that were found.
    """
    from kiamv_cli.flows.model.adding_up import adding_up
    from kiamv_cli.flows.reading import load_published_flow

    if time_limit is None:
        return adding_up(load_published_flow(file))
    end = time.monotonic() + time_limit
    return adding_up(load_published_flow(file), lambda: time.monotonic() >= end)
