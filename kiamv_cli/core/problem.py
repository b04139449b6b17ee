"""What can be wrong with an input, as values with a stable code and a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Severity = Literal["error", "warning"]

TITLES: Mapping[str, str] = {
    # The file as such.
    "K101": "there is no such file",
    "K102": "not a file that can be read",
    "K103": "the file is too large",
    "K104": "the format is not supported",
    "K105": "there is nothing in it",
    "K106": "the file name and the id differ",
    # Its text.
    "K201": "the text is not UTF-8",
    "K202": "a character that is not allowed",
    "K203": "the syntax is broken",
    "K204": "a tab where spaces are needed",
    "K205": "a key is given twice",
    "K206": "anchors, aliases and merge keys are not read",
    "K207": "tags are not read",
    "K208": "nested too deep",
    "K209": "more than one document",
    "K210": "a number too long to be one",
    # One value.
    "K301": "an unknown key",
    "K302": "a key is missing",
    "K303": "a value of the wrong kind",
    "K304": "not one of the values allowed",
    "K305": "a number out of range",
    "K306": "a text that is empty or too long",
    "K307": "not an id",
    "K308": "not a date",
    "K309": "not a web address",
    "K310": "an empty list",
    "K311": "not a score or weight",
    # Values that do not go together.
    "K401": "an id is used twice",
    "K402": "a value is repeated",
    "K403": "a source that is not listed",
    "K404": "years the wrong way round",
    "K405": "a judgement that says nothing",
    "K406": "a verdict that contradicts its parts",
    # A programme of criteria.
    "K501": "a criterion and its file do not match",
    "K502": "weights that cannot be used",
    "K503": "a rule that cannot work",
    "K504": "figures for some categories only",
    # What kiamv wrote: a decision record, and the files of a review by people.
    "K601": "a file was changed or cut off after kiamv wrote it",
    "K602": "it does not belong to this review",
    "K603": "a verdict without a reason, or a reason without a verdict",
    # Worth a look, but no error.
    "K901": "text after # is not read",
    "K902": "two ecosystems of the same name",
}
"""Every code with its meaning in a line. A code keeps its meaning for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong (or, as a warning, odd) in an input.

    ``line`` and ``column`` count from 1; they are ``None`` where the file as a whole is meant.
    """

    code: str
    message: str
    hint: str = ""
    path: str
    line: int | None = None
    column: int | None = None
    severity: Severity = "error"

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it is, to sort by: a file as a whole comes before its lines."""
        return self.path, self.line or 0, self.column or 0

    def __str__(self) -> str:
        """Give ``path:line:column: CODE message. Hint.`` on one line, safe to print."""
        where = [self.path, *(str(n) for n in (self.line, self.column) if n is not None)]
        parts = [f"{':'.join(where)}: {self.code} {self.message}."]
        if self.hint:
            parts.append(self.hint if self.hint.endswith("?") else f"{self.hint}.")
        return printable(" ".join(parts))


class BadInput(Exception):  # noqa: N818 - it names the state of the input, not of the program
    """An input that cannot be used, with every problem found in it.

    ``problems`` are in the order of file, line and column; warnings found on the way are among
    them.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(map(str, self.problems)))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by file, line, column, then code and message; equal ones are told once."""
    return tuple(
        sorted(dict.fromkeys(problems), key=lambda each: (each.place, each.code, each.message))
    )


def printable(text: str) -> str:
    r"""Show whatever could steer a terminal or hide in a line by its escape, as in ``\\x1b``."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text
    )
