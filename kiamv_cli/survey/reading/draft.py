"""What an export seems to hold, as far as it can be guessed, for a person to decide on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli.base.files import bad_file, read_file
from kiamv_cli.base.labels import folded, similar
from kiamv_cli.base.text import Text
from kiamv_cli.longlist.reading.tables.file import read_sheets
from kiamv_cli.survey.model.questionnaire import ExportColumn, ExportDraft
from kiamv_cli.survey.reading.headings import read_headings
from kiamv_cli.survey.reading.submissions import moment
from kiamv_cli.survey.reading.wordings import ExportMap, Target, Wordings, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.survey.reading.exports import SurveyFrame
    from kiamv_cli.survey.reading.headings import Headings, Row

# What survey tools say of a row that is no answer, in whatever column.
_NO_ANSWERS = {"preview", "survey preview", "incomplete", "partial", "test", "draft"}
_NO_ANSWERS |= {"onvolledig", "gedeeltelijk", "voorbeeld", "concept", "vorschau", "unvollständig"}
_MOST = 0.8


def draft_export(path: str | Path, frame: SurveyFrame, hidden: Hidden | None = None) -> ExportDraft:
    """Guess what the columns of an export hold.

    Args:
        path: A CSV file, or a workbook of which the first sheet is read.
        frame: Whom the survey asked what.
        hidden: What becomes of hidden parts of a workbook; left out: they are read.

    Raises:
        BadInput: It is no table, or there is nothing in it.
    """
    wordings = Wordings(frame.questionnaire, ExportMap())
    file = read_sheets(
        read_file(Path(path)),
        str(path),
        hidden or "keep",
        is_known=lambda heading: wordings.target(heading) is not None,
    )
    rows = [row for row in file.shown(file.first) if any(map(written, row[1]))]
    if not rows:
        raise bad_file(str(path), Text("K105.empty"), Text("hints.right-file"))
    headings = read_headings(rows, wordings, frame.names)
    return _Drafting(frame, wordings, headings, rows[headings.rows :]).draft(file.name)


@dataclass(frozen=True, slots=True)
class _Drafting:
    frame: SurveyFrame
    wordings: Wordings
    headings: Headings
    rows: Sequence[Row]

    def draft(self, name: str) -> ExportDraft:
        texts, respondent = self.headings.texts, self.headings.respondent
        sent = next((at for at in self._free() if self._is_sent(at)), None)
        out = next(((at, v) for at in self._free() if (v := self._no_answers(at))), None)
        places = [at for at in texts if at not in {respondent, sent, out and out[0]}]
        questions = self.frame.questionnaire.questions
        return ExportDraft(
            file=name,
            rows=len(self.rows),
            respondent=texts.get(respondent) if respondent is not None else None,
            submitted=None if sent is None else texts[sent],
            leave_out=None if out is None else (texts[out[0]], out[1]),
            columns=tuple(self._column(at) for at in places),
            options={each.id: each.option_ids for each in questions},
        )

    def _free(self) -> list[int]:
        """Return the columns that ask nothing and do not say who answered."""
        known = {*self.headings.targets, self.headings.respondent}
        return [at for at in self.headings.texts if at not in known]

    def _cells(self, at: int) -> list[str]:
        cells = (written(row[1][at]) for row in self.rows if at < len(row[1]))
        return [text for text in cells if text]

    def _is_sent(self, at: int) -> bool:
        cells = self._cells(at)
        return bool(cells) and sum(moment(each) is not None for each in cells) >= _MOST * len(cells)

    def _no_answers(self, at: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(text for text in self._cells(at) if folded(text) in _NO_ANSWERS))

    def _column(self, at: int) -> ExportColumn:
        heading, cells = self.headings.texts[at], self._cells(at)
        target = self.headings.targets.get(at)
        sure = target is not None or not cells
        if target is None and cells:
            target = self._likely(heading)
            sure = target is None
        return ExportColumn(
            heading=heading,
            question=target.question if target else None,
            option=target.option if target else None,
            sure=sure,
            filled=len(cells),
            odd=self._odd(target, cells) if target and target.option is None else {},
        )

    def _likely(self, heading: str) -> Target | None:
        """Return the question that a heading is most like, if any is like it at all."""
        asked = {
            text: each.id
            for each in self.frame.questionnaire.questions
            for text in (each.id, *each.wording.values())
        }
        near = similar(heading, [*asked], 1)
        return Target(question=asked[near[0]]) if near else None

    def _odd(self, target: Target, cells: Sequence[str]) -> dict[str, int]:
        kinds = {each.id: each.kind for each in self.frame.questionnaire.questions}
        several = kinds[target.question] == "multiple"
        odd = Counter[str]()
        for text in cells:
            given = self.wordings.given(target.question, text, several=several)
            odd.update(given.rest if given else ())
        return dict(odd)
