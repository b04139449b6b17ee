"""What is wrong or odd with an input, in words and as fields; what the codes mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _
from kiamv_cli.base.problem import alike, codes, printable, problem_fields
from kiamv_cli.display.document import Cell, Heading, Paragraph, Picture, headed, people, table
from kiamv_cli.display.text import count, date_text, heading
from kiamv_cli.display.words import word
from kiamv_cli.longlist.view import criteria_fields, unknown_fields, unknown_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.base.problem import Code, Problem, Severity
    from kiamv_cli.display.document import Block, Field, Style, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.longlist.model.duplicates import Checked

STYLES: Mapping[Severity, Style] = {"error": "not-met", "warning": "partly"}


def problem_lines(problems: Iterable[Problem]) -> Picture:
    """Show each problem, those that are alike in one line: its place, code, and what to do."""
    return Picture(
        tuple(
            (
                Cell(f"{first.where}: ", "faint"),
                Cell(first.code, STYLES[first.severity]),
                Cell(f" {first.with_others(others)}"),
            )
            for first, others in alike(problems)
        )
    )


# What these doubt decides places: who counts how often, in which category, with which score.
_DECISIVE = {"K902", "K910", "K911", "K912", "K913", "K914", "K920", "K921", "K930", "K931"}
_DECISIVE |= {"K932", "K933", "K934", "K935", "K936", "K940", "K942", "K943"}


def _weight(problem: Problem) -> int:
    """Return how early a problem is told: errors first, then what decides places."""
    return 0 if problem.severity == "error" else 1 if problem.code in _DECISIVE else 2


def checked_view(checked: Checked) -> CheckView:
    """Return the view of the problems of a list."""
    return CheckView(checked, codes())


@dataclass(frozen=True, slots=True)
class CheckView:
    """``kiamv check``."""

    checked: Checked
    codes: Mapping[str, Code]
    strict: bool = False
    summary_first: bool = False

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/check``."""
        checked = self.checked
        as_of = checked.as_of.isoformat() if checked.as_of else None
        return {
            **heading("check"),
            "as_of": as_of,
            "criteria": criteria_fields(self.checked.programme),
            "longlist": {
                "title": checked.title,
                "sha256": checked.sha256,
                "count": checked.ecosystems,
            },
            "request": {"as_of": as_of, "strict": self.strict},
            "passes": checked.passes(strict=self.strict),
            "strict": self.strict,
            "complete": not checked.unread,
            "errors": checked.errors,
            "warnings": checked.warnings,
            "codes": checked.by_code(),
            "unknown": unknown_fields(checked.unknown, checked.sound),
            "problems": list(self.records()),
        }

    @headed("path", "line", "column", "code", "severity", "message", "hint")
    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per problem."""
        for problem in self.checked.problems:
            yield {**problem_fields(problem)}

    def annotations(self) -> Iterator[Mapping[str, Value]]:
        """A row per problem; a workbook has no lines, so the message names the cell."""
        for problem, row in zip(self.checked.problems, self.records(), strict=True):
            if not problem.sheet:
                yield row
                continue
            cell = problem.where.removeprefix(printable(problem.path))
            message = f"{cell}: {problem.message}"
            yield {**row, "path": problem.path, "line": None, "column": None, "message": message}

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """What the list cannot tell, a line per problem, the codes counted, and the verdict.

        In a document, which is read from the top, the verdict and the counts come before the lines.
        """
        del symbols
        yield from unknown_paragraphs(
            self.checked.programme, self.checked.unknown, self.checked.sound
        )
        summary = list(self._summary())
        if self.summary_first:
            yield from summary
        if self.checked.problems:
            yield problem_lines(sorted(self.checked.problems, key=_weight))
            yield Paragraph("")
        if not self.summary_first:
            yield from summary
        if self.checked.problems:
            code = max(self.checked.by_code().items(), key=lambda each: each[1])[0]
            text = _(
                "kiamv check --explain {code} says what a code means, and how to fix it.",
                code=code,
            )
            yield Paragraph(text, "faint")

    def _summary(self) -> Iterator[Block]:
        """Yield the codes counted, and the verdict; in a document the verdict goes first."""
        verdict = Paragraph(self._verdict(), "met" if self._passes else "not-met")
        if self.summary_first:
            yield verdict
        if self.checked.problems:
            yield table(_code_fields(self.codes), self.checked.by_code().items())
            yield Paragraph("")
        if not self.summary_first:
            yield verdict
        if self.checked.unread:
            text = _("It could not be read to its end: more may come up once this is put right.")
            yield Paragraph(text, "not-met")

    @property
    def _passes(self) -> bool:
        return self.checked.passes(strict=self.strict)

    def _verdict(self) -> str:
        checked = self.checked
        title = f"{checked.title}: " if checked.title else ""
        done = f"{title}{self._subject()}."
        if not checked.problems:
            fine = _("Nothing is wrong, and nothing is doubtful.")
            return f"{done} {fine}"
        found = _(
            "{errors} and {warnings}.",
            errors=count(checked.errors, "error", "errors") if checked.errors else _("No errors"),
            warnings=count(checked.warnings, "warning", "warnings"),
        )
        use = _("It cannot be used") if checked.errors else _("It can be used")
        if self.strict:
            use = _("{use}; with --strict, warnings count as errors", use=use)
        return f"{done} {found} {use}."

    def _subject(self) -> str:
        ecosystems = count(self.checked.ecosystems, "ecosystem", "ecosystems")
        if self.checked.as_of is None:
            return _("{ecosystems} checked", ecosystems=ecosystems)
        day = date_text(self.checked.as_of)
        return _("{ecosystems} checked, as of {date}", ecosystems=ecosystems, date=day)


def _code_fields(codes: Mapping[str, Code]) -> tuple[Field[tuple[str, int]], ...]:
    def severity(row: tuple[str, int]) -> Cell:
        found = codes[row[0]].severity
        return Cell(word(found), STYLES[found])

    return (
        people("code", _("code"), lambda row: row[0]),
        people("severity", "", severity),
        people("what", _("what"), lambda row: codes[row[0]].title, wraps=True),
        people("times", _("times"), lambda row: str(row[1]), align="right"),
    )


@dataclass(frozen=True, slots=True)
class CodesView:
    """``kiamv check --explain``."""

    codes: tuple[Code, ...]

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/check-explain``."""
        return {**heading("check-explain"), "codes": list(self.records())}

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per code."""
        for code in self.codes:
            yield {
                "code": code.id,
                "severity": code.severity,
                "title": code.title,
                "why": code.why,
                "fix": code.fix,
                "example": code.example,
            }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """What, why it matters, how to put it right, and an example."""
        del symbols
        for code in self.codes:
            yield Heading(f"{code.id} ({word(code.severity)}): {code.title}")
            yield Paragraph(_("Why it matters: {why}", why=code.why))
            yield Paragraph(_("How to fix it: {fix}", fix=code.fix))
            yield Paragraph(_("Example:"))
            lines = code.example.expandtabs(4).splitlines()
            yield Picture(tuple((Cell(f"    {line}", "faint"),) for line in lines))
