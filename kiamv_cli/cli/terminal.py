"""The terminal that something is shown on."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

_USUAL = 80


def columns(stream: TextIO) -> int:
    """How many columns the terminal behind a stream has; ``COLUMNS`` says otherwise if it is set.

    Standard output may go to a file while messages go to a narrow terminal, so each is asked for
    itself. Where nobody knows, it is 80.
    """
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(stream.fileno()).columns or _USUAL
    except (OSError, ValueError):
        return _USUAL
