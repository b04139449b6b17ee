"""Decision records: made, verified, compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base import names_of, offered

if TYPE_CHECKING:
    from kiamv_cli.decision.model.differences import Attributed as Attributed
    from kiamv_cli.decision.model.differences import Case as Case
    from kiamv_cli.decision.model.differences import Change as Change
    from kiamv_cli.decision.model.differences import Differences as Differences
    from kiamv_cli.decision.model.differences import Moves as Moves
    from kiamv_cli.decision.model.differences import Side as Side
    from kiamv_cli.decision.model.record import Decided as Decided
    from kiamv_cli.decision.model.record import Input as Input
    from kiamv_cli.decision.model.record import Outcome as Outcome
    from kiamv_cli.decision.model.record import Override as Override
    from kiamv_cli.decision.model.record import Provenance as Provenance
    from kiamv_cli.decision.model.record import Record as Record
    from kiamv_cli.decision.model.record import Swap as Swap
    from kiamv_cli.decision.model.verify import Recalled as Recalled
    from kiamv_cli.decision.model.verify import Verification as Verification
    from kiamv_cli.decision.provenance import Sources as Sources
    from kiamv_cli.decision.results import diff as diff
    from kiamv_cli.decision.results import load_record as load_record
    from kiamv_cli.decision.results import recall as recall
    from kiamv_cli.decision.results import record as record
    from kiamv_cli.decision.results import verify as verify


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    return offered(__name__, name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(names_of(__name__))
