"""What came of reading a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.language import _

if TYPE_CHECKING:
    from kiamv_cli.loading.plain import Plain


class Read(NamedTuple):
    """The value of a cell; ``remark`` says what was made of it, where that is not plain.

    A number or an address that is ``None`` is not known, as if its cell were empty. ``code`` is
    that of the remark: K967 where a part of what was written is left out.
    """

    value: Plain
    remark: str = ""
    code: str = "K953"


def taken(text: str, value: Plain) -> Read:
    """Take a value for what was written, and say so."""
    return Read(value, _("'{text}' is read as {value}", text=text, value=value))


def shortened(text: str, value: Plain) -> Read:
    """Take a value for a part of what was written, and say so."""
    return Read(value, _("'{text}' is read as {value}", text=text, value=value), "K967")


def not_known(text: str) -> Read:
    """Take what was written for nothing that is known, and say so."""
    return Read(None, _("'{text}' is read as not known", text=text))
