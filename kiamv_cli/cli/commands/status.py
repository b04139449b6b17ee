"""``kiamv status``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, ngettext
from kiamv_cli.cli import options
from kiamv_cli.cli.status import DUPLICATE, ProjectStatus, project_status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.base.problem import Problem
    from kiamv_cli.cli.status import Part
    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols

_FOREMOST = 3
_PARTS: Mapping[Part, str] = {
    "longlist": N_("the long list"),
    "criteria": N_("the criteria"),
    "reviews": N_("the review"),
    "request": N_("what is asked"),
}


def status(out: options.OutputOptions) -> None:
    """Show where the work of a project stands, and what to do next.

    It is about the project that the working folder is in: the folder with kiamv.yaml.

    Example: kiamv status -f json
    """
    from kiamv_cli.cli.app import refuse_missing
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.cli.output import worded_for, write
    from kiamv_cli.cli.project import PATHS, FromProject, find_project, in_project

    with refusing():
        project = find_project()
    if project is not None:
        # Answers come last of all: kiamv.yaml may name the file before there is one.
        named = [key for key in PATHS if project.path(key) and key != "answers"]
        refuse_missing(project, [FromProject(key) for key in named])
    with in_project(project), refusing(), worded_for(out):
        write(StatusView(project_status(project)), out)


@dataclass(frozen=True, slots=True)
class StatusView:
    """``kiamv status``."""

    found: ProjectStatus

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/status``."""
        from kiamv_cli.base.problem import problem_fields
        from kiamv_cli.display.text import heading
        from kiamv_cli.longlist.view import criteria_fields

        found, checked = self.found, self.found.longlist
        return {
            **heading("status"),
            "criteria": criteria_fields(found.programme),
            "project": found.project,
            "longlist": {
                "title": checked.title,
                "sha256": checked.sha256,
                "count": checked.ecosystems,
                "as_of": checked.as_of.isoformat() if checked.as_of else None,
                "errors": checked.errors,
                "warnings": checked.warnings,
            },
            "foremost": [problem_fields(each) for each in self._foremost()],
            "duplicates": found.duplicates,
            "review": self._review_fields(),
            "answers": self._answers_fields(),
            "record": self._record_fields(),
            "problems": [problem_fields(each) for each in found.unreadable],
            "next": {"command": found.next.command, "why": found.next.why},
        }

    def _review_fields(self) -> Mapping[str, object] | None:
        review = self.found.review
        return (
            None
            if review is None
            else {
                "assigned": review.assigned,
                "judging": dict(review.judging),
                "opened": review.opened,
                "undecided": review.undecided,
            }
        )

    def _answers_fields(self) -> Mapping[str, object] | None:
        answers = self.found.answers
        return (
            None
            if answers is None
            else {"invited": answers.invited, "took_part": answers.took_part}
        )

    def _record_fields(self) -> Mapping[str, object] | None:
        record = self.found.record
        return (
            None
            if record is None
            else {
                "file": record.file,
                "on": record.record.decided.on.isoformat(),
                "holds": record.holds,
                "changed": list(record.changed),
            }
        )

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per line of the screen."""
        for subject, text in self._lines():
            yield {"subject": subject, "status": text}

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """A line per subject, what is foremost in the list, and what to do next."""
        from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table
        from kiamv_cli.longlist.view.check import problem_lines

        del symbols
        found = self.found
        yield Heading(
            found.project or _("No project: there is no kiamv.yaml here or in a folder above")
        )
        rows = tuple((Cell(subject), Cell(text)) for subject, text in self._lines())
        yield Table((Column(""), Column("", wraps=True)), rows)
        if problems := (*self._foremost(), *found.unreadable):
            yield Paragraph("")
            yield problem_lines(problems)
        yield Paragraph("")
        step = found.next
        yield Paragraph(_("Next: {command} ({why}).", command=step.command, why=_(step.why)))

    def _foremost(self) -> tuple[Problem, ...]:
        """Return the problems of the list that matter most: errors, then what misleads most."""
        of_list = (each for each in self.found.longlist.problems if each.code != DUPLICATE)
        return tuple(sorted(of_list, key=lambda each: each.severity)[:_FOREMOST])

    def _lines(self) -> Iterator[tuple[str, str]]:
        found, checked = self.found, self.found.longlist
        yield (
            _("long list"),
            _(
                "{title}: {ecosystems}, {errors}, {warnings}",
                title=checked.title or found.place or "",
                ecosystems=ngettext("{n} ecosystem", "{n} ecosystems", checked.ecosystems),
                errors=ngettext("{n} error", "{n} errors", checked.errors),
                warnings=ngettext("{n} warning", "{n} warnings", checked.warnings),
            ),
        )
        yield (
            _("duplicates"),
            ngettext("{n} suspicion is open", "{n} suspicions are open", found.duplicates),
        )
        yield _("review"), self._review()
        yield _("answers"), self._answers()
        yield _("decision"), self._record()

    def _review(self) -> str:
        review = self.found.review
        if review is None or not review.assigned:
            return _("nobody was assigned anything; the rules decide")
        sealed, waiting = review.names("sealed"), review.names("form", "nothing")
        if not review.opened:
            return _(
                "sealed: {sealed}; not yet: {waiting}",
                sealed=", ".join(sealed) or _("nobody"),
                waiting=", ".join(waiting) or _("nobody"),
            )
        if review.undecided:
            return ngettext(
                "opened; {n} disagreement is undecided",
                "opened; {n} disagreements are undecided",
                review.undecided,
            )
        return _("opened; all is decided")

    def _answers(self) -> str:
        answers = self.found.answers
        if answers is None:
            return _("none yet")
        return _("{n} of {all} took part", n=answers.took_part, all=answers.invited)

    def _record(self) -> str:
        record = self.found.record
        if record is None:
            return _("none on record")
        if record.holds:
            return _("{file}: nothing it is based on has changed", file=record.file)
        changed = ", ".join(_(_PARTS[each]) for each in record.changed)
        return _("{file}: changed since: {parts}", file=record.file, parts=changed)
