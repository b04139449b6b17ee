"""From suggestions to the shortlist in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base import names_of, offered

if TYPE_CHECKING:
    from kiamv_cli.flows.model import Box as Box
    from kiamv_cli.flows.model import Flow as Flow
    from kiamv_cli.flows.model import Split as Split
    from kiamv_cli.flows.model import Step as Step
    from kiamv_cli.flows.model import SuggestionSources as SuggestionSources
    from kiamv_cli.flows.results import flow as flow
    from kiamv_cli.flows.results import sources as sources


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    return offered(__name__, name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(names_of(__name__))
