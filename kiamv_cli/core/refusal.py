"""A request that cannot be met, told in the language of whoever reads it."""

from __future__ import annotations

from kiamv_cli.language import _


class Refusal(ValueError):  # noqa: N818 - it names an answer
    """Says why a request makes no sense; its text is in the language at the time of reading.

    Args:
        text: The English text, marked by ``N_``.
        values: What to fill in.
    """

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text)
        self._text, self._values = text, values

    def __str__(self) -> str:
        """Give the text in the current language."""
        return _(self._text, **self._values)
