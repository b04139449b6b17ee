"""Problems of inputs, as values with a stable code and a place; requests that cannot be met."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal, TypeGuard

from kiamv_cli.base.labels import similar
from kiamv_cli.base.text import CODES, Joined, Text, joined, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Severity = Literal["error", "warning"]

# So many places of problems that are told in one line.
_FIRST = 3
# Remarks on cells and on sources, of which a list may have hundreds, each of little weight.
_IN_NUMBERS = {"K903", "K904", "K905", "K906", "K907"}
_IN_NUMBERS |= {"K953", "K958", "K967", "K980", "K981", "K982", "K983"}


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of problem: what it is in a line, why it matters, how to put it right, an example.

    ``id`` is K and three digits; K9… are warnings, all others errors. The texts are those of the
    current language.
    """

    id: str

    @property
    def severity(self) -> Severity:
        """Whether it keeps an input from being used."""
        return "warning" if self.id.startswith("K9") else "error"

    @property
    def title(self) -> str:
        """What it is, in a line."""
        return self._text("title")

    @property
    def why(self) -> str:
        """Why it matters."""
        return self._text("why")

    @property
    def fix(self) -> str:
        """How to put it right."""
        return self._text("fix")

    @property
    def example(self) -> str:
        """What brings it about."""
        return self._text("example")

    def _text(self, name: str) -> str:
        return str(Text(f"{self.id}.{name}"))


def codes() -> Mapping[str, Code]:
    """Return every code that a problem can have, in order, with what it means."""
    return {code: Code(code) for name in CODES for code in table(name)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong (or, as a warning, odd) in an input.

    ``text`` is a message of the code that it has in the tables, ``advice`` the hint. ``line`` and
    ``column`` count from 1; they are ``None`` where the file as a whole is meant. ``sheet`` is the
    sheet of a workbook by its own name; line and column are those of a cell then.
    """

    text: Text
    advice: Text | Joined | None = None
    path: str
    line: int | None = None
    column: int | None = None
    sheet: str = ""

    @property
    def code(self) -> str:
        """The code of the kind of problem."""
        return self.text.key.partition(".")[0]

    @property
    def severity(self) -> Severity:
        """Whether it keeps the input from being used."""
        return Code(self.code).severity

    @property
    def message(self) -> str:
        """What is wrong, in the current language."""
        return str(self.text)

    @property
    def hint(self) -> str:
        """What to do, in the current language; empty where nobody can tell."""
        return str(self.advice) if self.advice else ""

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
            return printable(self.document + _cell_name(self.line, self.column))
        numbers = (str(n) for n in (self.line, self.column) if n is not None)
        return printable(":".join([self.document, *numbers]))

    @property
    def sentence(self) -> str:
        """The message and the hint, on one line."""
        return self.with_others(())

    def with_others(self, others: Sequence[Problem]) -> str:
        """Format the message, where it holds as well, and the hint, on one line."""
        hint = self.hint
        end = "." if hint and not hint.endswith("?") else ""
        places = [self._beside(other) for other in others[:_FIRST]]
        places += ["…"] if len(others) > _FIRST else []
        more = Text("parts.and-alike", n=len(others), places=", ".join(places)) if others else ""
        return printable(f"{self.message}{more}. {hint}{end}".rstrip())

    def _beside(self, other: Problem) -> str:
        """Return where another one is, without what the two have in common."""
        if other.document != self.document or other.line is None or other.column is None:
            return other.where
        if other.sheet:
            return _cell_name(other.line, other.column)
        return f"{other.line}:{other.column}"

    def __str__(self) -> str:
        """Format ``path:line:column: CODE message. Hint.`` on one line, safe to print."""
        return f"{self.where}: {self.code} {self.sentence}"


def _cell_name(line: int, column: int) -> str:
    from kiamv_cli.base.spreadsheet import cell_name  # noqa: PLC0415 - only for tables

    return cell_name(line, column)


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


def alike(problems: Iterable[Problem]) -> list[tuple[Problem, tuple[Problem, ...]]]:
    """Group problems that one line can tell.

    Returns:
        The first of each group, in their order, and the others: those that say the same, and of
        remarks that come in numbers, more than a few of a kind, in a table by column.
    """
    kinds: dict[object, list[Problem]] = {}
    for each in problems:
        kinds.setdefault(_kind(each), []).append(each)
    found: dict[object, list[Problem]] = {}
    for kind, several in kinds.items():
        for each in several:
            same = (each.path, each.message, each.hint) if len(several) <= _FIRST else ()
            found.setdefault((kind, same), []).append(each)
    return [(first, tuple(others)) for first, *others in found.values()]


def _kind(problem: Problem) -> tuple[object, ...]:
    if problem.code not in _IN_NUMBERS:
        return problem.code, problem.message, problem.hint
    from kiamv_cli.base.spreadsheet import TABLE_SUFFIXES  # noqa: PLC0415 - only if there are any

    in_table = PurePath(problem.path).suffix.lower() in TABLE_SUFFIXES
    where = (problem.document, problem.column) if in_table else ()
    return problem.text.key, *where


def _rank(problem: Problem) -> tuple[str, int, int, str, str]:
    return (*problem.place, problem.code, repr(problem.text))


def printable(text: str) -> str:
    r"""Show whatever could steer a terminal or hide in a line by its escape, as in ``\\x1b``."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text
    )


def problem_fields(problem: Problem) -> Mapping[str, str | int | None]:
    """Return a problem as data has it; a row and column of a workbook are its line and column."""
    return {
        "path": problem.document,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
    }


_MOST_SUGGESTED = 2


class Refusal(ValueError):  # noqa: N818 - it names an answer
    """Says why a request makes no sense; its text is in the language at the time of reading."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        """Format the text in the current language."""
        return str(self.text)


class Misfit(Refusal):
    """A value that makes no sense here.

    ``field`` is what was given, such as ``give_up`` of a request, ``value`` what it was given, and
    ``suggestions`` what may have been meant, nearest first; empty where nothing is near.

    Args:
        field: As it is called in Python; the command line has its own name for it.
        value: What does not fit.
        text: Why; ``{field}`` and ``{value}`` are filled in, and ``{other}``, another field.
        suggestions: What may have been meant.
        other: The other field.
    """

    def __init__(
        self,
        field: str,
        value: object,
        text: Text,
        suggestions: tuple[str, ...] = (),
        other: str = "",
    ) -> None:
        super().__init__(text)
        self.field, self.value, self.suggestions = field, value, suggestions
        self._other = other

    def __str__(self) -> str:
        """Format the text in the current language, with the names of Python."""
        return self.named(lambda field: field)

    def named(self, name_of: Callable[[str], str]) -> str:
        """Format the text in the current language, with other names for the fields."""
        names = {"field": name_of(self.field), "other": name_of(self._other)}
        meant = joined(self.suggestions, Text("parts.or"))
        return str(self.text.filled(**names, meant=meant, value=self.value))


def unknown(field: str, value: object, known: Iterable[str]) -> Misfit:
    """Make what says that a value is none of those known, and which are near."""
    names = list(known)
    near = tuple(similar(str(value), names, _MOST_SUGGESTED))
    if near:
        return Misfit(field, value, Text("requests.unknown-near"), near)
    return Misfit(field, value, Text("requests.unknown-of", known=joined(names)))


def check_whole(field: str, value: object, least: int, most: int) -> None:
    """Check that a value is a whole number within limits.

    Raises:
        Misfit: It is not.
    """
    if not is_whole(value) or not least <= value <= most:
        raise Misfit(field, value, Text("requests.not-whole-number", least=least, most=most))


def is_whole(value: object) -> TypeGuard[int]:
    """Return whether a value is a whole number, and not true or false."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_exact(value: object) -> TypeGuard[Fraction]:
    """Return whether a value is an exact number: whole, or a fraction."""
    return isinstance(value, Fraction) or is_whole(value)
