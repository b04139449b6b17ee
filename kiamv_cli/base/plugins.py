"""What other installed packages bring, by entry points: rules, targets, solvers."""

from __future__ import annotations

from typing import Any


def plugin(group: str, name: str) -> Any:  # noqa: ANN401 - what the group holds
    """Return what a package brings by a name in a group, ``None`` if none does."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - only where a name is not known

    return next((each.load() for each in entry_points(group=group, name=name)), None)
