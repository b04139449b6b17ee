"""A request that cannot be met, told in the language of whoever reads it."""

from __future__ import annotations

from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING, TypeGuard

from kiamv_cli.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MOST_SUGGESTED = 2


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


class Misfit(Refusal):
    """A value that makes no sense here.

    ``field`` is what was given, such as ``give_up`` of a request, ``value`` what it was given, and
    ``suggestions`` what may have been meant, nearest first; empty where nothing is near.

    Args:
        field: As it is called in Python; the command line has its own name for it.
        value: What does not fit.
        text: Why, in English, marked by ``N_``; ``{field}`` and ``{value}`` are filled in, and
            ``{other}``, which is another field.
        suggestions: What may have been meant.
        other: The other field.
        values: What else to fill in.
    """

    def __init__(
        self,
        field: str,
        value: object,
        text: str,
        suggestions: tuple[str, ...] = (),
        other: str = "",
        **values: object,
    ) -> None:
        super().__init__(text, **values)
        self.field, self.value, self.suggestions = field, value, suggestions
        self._other = other

    def __str__(self) -> str:
        """Give the text in the current language, with the names of Python."""
        return self.told(lambda field: field)

    def told(self, name_of: Callable[[str], str]) -> str:
        """Give the text in the current language, with other names for the fields."""
        meant = _(" or ").join(self.suggestions)
        names = {"field": name_of(self.field), "other": name_of(self._other), "meant": meant}
        return _(self._text, **{**self._values, **names, "value": self.value})


def unknown(field: str, value: object, known: Iterable[str]) -> Misfit:
    """Make what says that a value is none of those known, and which are near."""
    names = list(known)
    near = tuple(get_close_matches(str(value), names, n=_MOST_SUGGESTED))
    if near:
        return Misfit(field, value, N_('{field} "{value}": unknown. Did you mean {meant}?'), near)
    text = N_('{field} "{value}": unknown. Choose from {known}.')
    return Misfit(field, value, text, known=", ".join(names))


def check_whole(field: str, value: object, least: int, most: int) -> None:
    """Check that a value is a whole number within limits.

    Raises:
        Misfit: It is not.
    """
    if not is_whole(value) or not least <= value <= most:
        text = N_("{field} {value}: not a whole number from {least} to {most}.")
        raise Misfit(field, value, text, least=least, most=most)


def is_whole(value: object) -> TypeGuard[int]:
    """Tell whether a value is a whole number, and not true or false."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_exact(value: object) -> TypeGuard[Fraction]:
    """Tell whether a value is an exact number: whole, or a fraction."""
    return isinstance(value, Fraction) or is_whole(value)
