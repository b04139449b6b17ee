"""What can be wrong with an input, as values with a stable code and a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kiamv_cli.core.tables.naming import cell_name

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A kind of problem: what it is in a line, why it matters, how to put it right, an example.

    ``id`` is K and three digits; K9… are warnings, all others errors.
    """

    id: str
    title: str
    why: str
    fix: str
    example: str

    @property
    def severity(self) -> Severity:
        """Whether it keeps an input from being used."""
        return "warning" if self.id.startswith("K9") else "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong (or, as a warning, odd) in an input; its code is one of ``codes``.

    ``line`` and ``column`` count from 1; they are ``None`` where the file as a whole is meant.
    ``sheet`` is the sheet of a workbook by its own name; line and column are those of a cell then.
    """

    code: str
    message: str
    hint: str = ""
    path: str
    line: int | None = None
    column: int | None = None
    severity: Severity = "error"
    sheet: str = ""

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle it by its values: many go from one process to another."""
        values = (self.code, self.message, self.hint, self.path, self.line, self.column)
        return _problem, (*values, self.severity, self.sheet)

    @property
    def document(self) -> str:
        """The file, or the sheet of a workbook as in ``list.xlsx[opgaven]``."""
        return f"{self.path}[{self.sheet}]" if self.sheet else self.path

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it is, to sort by: a file as a whole comes before its lines."""
        return self.document, self.line or 0, self.column or 0

    @property
    def where(self) -> str:
        """Where it is, as editors and terminals know to jump to: ``path:line:column``.

        In a workbook it is the cell as the spreadsheet names it: ``list.xlsx[opgaven]J2``.
        """
        if self.sheet and self.line and self.column:
            return printable(self.document + cell_name(self.line, self.column))
        numbers = (str(n) for n in (self.line, self.column) if n is not None)
        return printable(":".join([self.document, *numbers]))

    @property
    def sentence(self) -> str:
        """The message and the hint, on one line."""
        hint = self.hint if self.hint.endswith("?") or not self.hint else f"{self.hint}."
        return printable(f"{self.message}. {hint}".rstrip())

    def __str__(self) -> str:
        """Give ``path:line:column: CODE message. Hint.`` on one line, safe to print."""
        return f"{self.where}: {self.code} {self.sentence}"


def _problem(
    code: str,
    message: str,
    hint: str,
    path: str,
    line: int | None,
    column: int | None,
    severity: Severity,
    sheet: str,
) -> Problem:
    return Problem(
        code=code,
        message=message,
        hint=hint,
        path=path,
        line=line,
        column=column,
        severity=severity,
        sheet=sheet,
    )


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
    return tuple(sorted(dict.fromkeys(problems), key=_rank))


def _rank(problem: Problem) -> tuple[str, int, int, str, str]:
    return (
        *problem.place,
        problem.code,
        problem.message,
    )


def printable(text: str) -> str:
    r"""Show whatever could steer a terminal or hide in a line by its escape, as in ``\\x1b``."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text
    )
