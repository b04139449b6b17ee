"""What came of merging a survey: who took part, gaps that were filled, what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, ngettext
from kiamv_cli.base.problem import problem_fields
from kiamv_cli.display.document import Cell, Heading, Paragraph, Picture, headed, people, table
from kiamv_cli.display.text import count, listing, whole
from kiamv_cli.display.words import made_up
from kiamv_cli.longlist.view.check import problem_lines
from kiamv_cli.survey.model.answers import ORIGINS
from kiamv_cli.survey.view.characteristics import answers_fields, invited_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Field, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.survey.model.answers import Cell as Answered
    from kiamv_cli.survey.model.answers import File, MergedSurvey, Origin, SourcedAnswer

_ORIGINS: Mapping[Origin, str] = {
    "survey": N_("{n} in the survey"),
    "interview": N_("{n} in an interview"),
    "desk": N_("{n} by desk research"),
}


@dataclass(frozen=True, slots=True)
class MergedSurveyView:
    """``kiamv survey merge``; ``file`` is where the answers went, if they were written.

    ``refused`` says that they were not, as something is wrong with them.
    """

    merged: MergedSurvey
    file: str | None = None
    refused: bool = False

    def payload(self) -> Mapping[str, object]:
        """Return the document ``kiamv/survey-merge``."""
        answers = self.merged.answers
        return {
            **answers_fields(answers, self.merged.programme, "merge"),
            "request": {
                "invited": sorted(answers.invited),
                "title": answers.title,
                "made_up": answers.made_up,
            },
            "file": self.file,
            "no_answer": list(self._absent()),
            "files": [
                {
                    "file": file.path,
                    "respondents": file.respondents,
                    "answers": file.answers,
                    "respondent_column": file.respondent_column or None,
                }
                for file in self.merged.files
            ],
            "cells": self._counting(),
            "filled": [_plain(cell, cell.counting()) for cell in answers.filled],
            "contradictions": [
                {
                    **_plain(cell, cell.counting() if cell.options() is not None else ()),
                    "against": [_said(each) for each in cell.contradicting],
                }
                for cell in answers.contradictions
            ],
            "remarks": [problem_fields(each) for each in self.merged.remarks],
        }

    @headed(
        "what",
        "counts",
        "ecosystem",
        "question",
        "options",
        "origin",
        "file",
        "at",
        "coded_by",
        "note",
        "made_up",
    )
    def records(self) -> Iterator[Mapping[str, Value]]:
        """Yield a row for all that was said where an answer was filled or is contradicted."""
        answers = self.merged.answers
        marked = {"made_up": answers.made_up}
        for what, cells in (("filled", answers.filled), ("contradiction", answers.contradictions)):
            for cell in cells:
                for each in cell.said:
                    counts = each in cell.counting() and cell.options() is not None
                    yield {"what": what, "counts": counts, **_row(each), **marked}
        for remark in self.merged.remarks:
            yield {
                "what": remark.code,
                "counts": False,
                **dict.fromkeys(("ecosystem", "question", "options", "origin")),
                "file": remark.document,
                "at": f"{remark.line}:{remark.column}" if remark.line else None,
                "coded_by": None,
                "note": remark.message,
                **marked,
            }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """Yield the files, who took part, what was filled, contradicted and left out."""
        answers = self.merged.answers
        yield from made_up(answers)
        yield Heading(
            _(
                "{title}: {answers} from {files}",
                title=answers.title,
                answers=count(sum(self._counting().values()), "answer", "answers"),
                files=count(len(self.merged.files), "file", "files"),
            )
        )
        yield table(_file_fields(), self.merged.files)
        yield Paragraph("")
        yield Paragraph(self._who())
        yield Paragraph(self._origins())
        yield from self._filled(symbols)
        yield from self._contradicted(symbols)
        yield from self._remarks()
        if self.refused:
            yield Paragraph("")
            yield Paragraph(_("Nothing was written, as --strict asks."), "not-met")
        elif self.file is not None:
            yield Paragraph("")
            yield Paragraph(_("Written to {file}.", file=self.file), "strong")

    def _absent(self) -> Iterator[str]:
        there = {*self.merged.answers.asked()}
        return (each for each in self.merged.answers.invited if each not in there)

    def _who(self) -> str:
        answers = self.merged.answers
        parts = [
            _(_ORIGINS[origin], n=whole(len(answers.took_part[origin])))
            for origin in ORIGINS
            if answers.took_part.get(origin)
        ]
        silent = len([*self._absent()])
        return _(
            "{invited}: {took_part} ({parts}), {silent} with no answer at all, who stay in the "
            "count.",
            invited=invited_text(len(answers.invited)),
            took_part=ngettext("{n} took part", "{n} took part", len(answers.asked())),
            parts=listing(parts) if parts else "0",
            silent=whole(silent),
        )

    def _counting(self) -> dict[Origin, int]:
        """Return how many answers count, by their origin."""
        cells = [each for row in self.merged.answers.cells.values() for each in row.values()]
        counting = [each for each in cells if each.options() is not None]
        return {
            origin: sum(each.counting()[0].origin == origin for each in counting)
            for origin in ORIGINS
        }

    def _origins(self) -> str:
        counts = self._counting()
        return _(
            "Answers that count: {survey} from the survey, {interview} from interviews and {desk} "
            "from desk research, which fill gaps only.",
            **{origin: whole(number) for origin, number in counts.items()},
        )

    def _filled(self, symbols: Symbols) -> Iterator[Block]:
        if filled := self.merged.answers.filled:
            yield Heading(ngettext("{n} gap filled", "{n} gaps filled", len(filled)))
            yield Picture(
                tuple((Cell(_line(each, symbols)),) for cell in filled for each in cell.counting())
            )

    def _contradicted(self, symbols: Symbols) -> Iterator[Block]:
        if cells := self.merged.answers.contradictions:
            yield Heading(ngettext("{n} contradiction", "{n} contradictions", len(cells)))
            yield Picture(tuple(line for cell in cells for line in _against(cell, symbols)))

    def _remarks(self) -> Iterator[Block]:
        if remarks := self.merged.remarks:
            yield Heading(ngettext("{n} remark", "{n} remarks", len(remarks)))
            yield problem_lines(remarks)


def _line(answer: SourcedAnswer, symbols: Symbols) -> str:
    options = listing(answer.options) or _("none")
    coded = _(" (coded by {who})", who=answer.coded_by) if answer.coded_by else ""
    return f"{answer.ecosystem}, {answer.question}: {options} {symbols.dash} {answer.where}{coded}"


def _against(cell: Answered, symbols: Symbols) -> Iterator[tuple[Cell, ...]]:
    kept = cell.counting() if cell.options() is not None else ()
    against = _("against") if kept else _("does not count")
    rows = (*((_("counts"), each) for each in kept), *((against, e) for e in cell.contradicting))
    for word, each in rows:
        yield Cell(f"{word}: ", "faint"), Cell(_line(each, symbols))


def _row(answer: SourcedAnswer) -> dict[str, Value]:
    return {
        "ecosystem": answer.ecosystem,
        "question": answer.question,
        "options": " ".join(answer.options),
        "origin": answer.origin,
        "file": answer.file,
        "at": answer.at,
        "coded_by": answer.coded_by,
        "note": answer.note,
    }


def _said(answer: SourcedAnswer) -> dict[str, object]:
    return {**_row(answer), "options": list(answer.options)}


def _plain(cell: Answered, answers: tuple[SourcedAnswer, ...]) -> dict[str, object]:
    options = cell.options()
    return {
        "ecosystem": cell.said[0].ecosystem,
        "question": cell.said[0].question,
        "options": None if options is None else list(options),
        "said": [_said(each) for each in answers],
    }


def _file_fields() -> tuple[Field[File], ...]:
    return (
        people("file", _("file"), lambda each: each.path, wraps=True),
        people(
            "respondents", _("respondents"), lambda each: whole(each.respondents), align="right"
        ),
        people("answers", _("answers"), lambda each: whole(each.answers), align="right"),
        people("in", _("respondents are in"), lambda each: each.respondent_column, wraps=True),
    )
