"""Text that a spreadsheet would take for a formula, made plain text and back."""

from __future__ import annotations

# What a spreadsheet reads as the start of a formula (OWASP, CSV injection); Excel in Japanese and
# Chinese also where these are as wide as its other signs.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_GUARD = "'"


def guarded(text: str) -> str:
    """Put a ``'`` before text that could act as a formula; ``unguarded`` takes it away again."""
    return _GUARD + text if text.lstrip(_GUARD).startswith(_STARTS) else text


def unguarded(text: str) -> str:
    """Take away the ``'`` that keeps a text from being a formula, if it has one."""
    is_guarded = text.startswith(_GUARD) and text.lstrip(_GUARD).startswith(_STARTS)
    return text[1:] if is_guarded else text
