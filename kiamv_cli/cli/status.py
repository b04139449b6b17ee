"""Where the work of a project stands: its list, duplicates, review, answers and last record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.language import N_
from kiamv_cli.base.problem import BadInput, Refusal
from kiamv_cli.cli.project import PATHS, apart_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from kiamv_cli.base.problem import Problem
    from kiamv_cli.cli.project import Project
    from kiamv_cli.decision.model.record import Record
    from kiamv_cli.longlist.model.duplicates import Checked
    from kiamv_cli.longlist.model.longlist import Longlist, TableOptions
    from kiamv_cli.programme.model.programme import Programme

Judging = Literal["sealed", "form", "nothing"]
Part = Literal["longlist", "criteria", "reviews", "request"]
DUPLICATE = "K942"
_RECORD_FOLDERS = ("", "records", "decisions")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStatus:
    """How far a review is: what each reviewer has done, by name, and whether it is open.

    ``undecided`` counts disagreements without an outcome, of a review that was opened.
    """

    folder: str
    assigned: bool
    judging: Mapping[str, Judging]
    opened: bool
    undecided: int = 0

    def names(self, *states: Judging) -> list[str]:
        """Return the reviewers in one of these states."""
        return [name for name, state in self.judging.items() if state in states]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersStatus:
    """How many of those invited took part in the survey."""

    invited: int
    took_part: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStatus:
    """The last decision on record, and which of its inputs are not those of today."""

    file: str
    record: Record
    changed: tuple[Part, ...]

    @property
    def holds(self) -> bool:
        """Whether all that it was made of is as it was."""
        return not self.changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The next command, and why, in English, marked by ``N_``."""

    command: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectStatus:
    """Where a project stands; where ``project`` is ``None``, the list is the bundled one.

    ``place`` is that of the list, ``None`` if it is the bundled one. ``unreadable`` holds what is
    wrong with the files of the review, the answers or the record.
    """

    project: str | None
    programme: Programme
    place: str | None
    longlist: Checked
    review: ReviewStatus | None
    answers: AnswersStatus | None
    record: RecordStatus | None
    unreadable: tuple[Problem, ...]

    @property
    def duplicates(self) -> int:
        """How many strongly suspected duplicates nobody has answered."""
        return self.longlist.by_code().get(DUPLICATE, 0)

    @property
    def next(self) -> Step:
        """The one thing to do next."""
        return next(self._steps())

    def _steps(self) -> Iterator[Step]:
        """Yield what is to be done, the most urgent first."""
        if self.project is None:
            yield Step(command="kiamv init my-programme", why=N_("there is no project here"))
        if self.longlist.errors:
            yield Step(command="kiamv check", why=N_("with errors in the list nothing else works"))
        if self.duplicates:
            yield Step(
                command="kiamv same --by NAME --on DATE",
                why=N_("who is on the list twice would count twice"),
            )
        if self.review:
            yield from _review_steps(self.review)
        if self.record is None:
            yield Step(
                command="kiamv record -o decision.json",
                why=N_("no decision is on record yet; kiamv shortlist shows what it would be"),
            )
        elif not self.record.holds:
            yield Step(
                command=f"kiamv diff {self.record.file} {self.place or ''}",
                why=N_("the decision on record is based on something else"),
            )
        yield Step(command="kiamv report -o report.html", why=N_("the decision on record holds"))


def _review_steps(review: ReviewStatus) -> Iterator[Step]:
    if not review.assigned:
        return
    if review.names("nothing"):
        yield Step(command="kiamv review send", why=N_("not every reviewer has a form"))
    if not review.opened and review.names("form"):
        yield Step(command="kiamv review receive FILE", why=N_("not every form came back"))
    if not review.opened:
        yield Step(command="kiamv review close", why=N_("everybody has judged"))
    if review.undecided:
        yield Step(
            command=f"kiamv review close {review.folder}/disagreements.xlsx",
            why=N_("reviewers disagree, and nobody decided"),
        )


def project_status(project: Project | None) -> ProjectStatus:
    """Find out where a project stands, without selecting anew.

    Raises:
        BadInput: The criteria or the long list cannot be read at all.
    """
    from kiamv_cli.longlist.reading.identities import load_identities
    from kiamv_cli.longlist.results import check, load_criteria

    paths = {key: project.path(key) for key in PATHS} if project else dict.fromkeys(PATHS)
    programme = load_criteria(paths["criteria"])
    answered = paths["identities"]
    checked = check(
        paths["longlist"],
        programme,
        as_of=_as_of(project),
        identities=load_identities(answered) if answered and Path(answered).exists() else None,
        tables=_tables(project, programme),
        apart=apart_in(project),
        keep=True,
    )
    reading = _Reading(project, paths, programme, checked)
    return ProjectStatus(
        project=project.document.path if project else None,
        programme=programme,
        place=paths["longlist"],
        longlist=checked,
        review=reading.review(),
        answers=reading.answers(),
        record=reading.record(),
        unreadable=tuple(reading.problems),
    )


def _tables(project: Project | None, programme: Programme) -> TableOptions:
    """Return how the list of a project is read."""
    from kiamv_cli.longlist.model.longlist import TableOptions
    from kiamv_cli.longlist.reading.tables.mapping import load_mapping

    mapping = project.mapping() if project else None
    return TableOptions(mapping=load_mapping(mapping, programme) if mapping else None)


def _as_of(project: Project | None) -> date | None:
    from datetime import date

    day = project.values.get("request.as_of") if project else None
    assert day is None or isinstance(day, date)
    return day


class _Reading:
    """Reads the files of a project beside its list; what is wrong with one is kept in problems."""

    def __init__(
        self,
        project: Project | None,
        paths: Mapping[str, str | None],
        programme: Programme,
        checked: Checked,
    ) -> None:
        self._project, self._paths, self._programme = project, paths, programme
        self._checked = checked
        self.problems: list[Problem] = []

    def _place(self, key: str) -> Path | None:
        path = self._paths[key]
        return Path(path) if path is not None and Path(path).exists() else None

    def review(self) -> ReviewStatus | None:
        """Return how far the review is; ``None`` without one."""
        folder = self._place("reviews")
        if folder is None:
            return None
        try:
            return self._review(folder)
        except BadInput as bad:
            self.problems += bad.problems
            return None

    def _review(self, folder: Path) -> ReviewStatus:
        assigned = (folder / "assignment.yaml").exists()
        judging: dict[str, Judging] = {}
        listed = self._checked.longlist
        if assigned and listed:
            from kiamv_cli.review.reading.folder import ReviewFolder

            now = ReviewFolder(folder, self._programme, listed).assignment(listed=False)
            waived = now.withdrawn | now.excused
            judging = {
                who: _judging(folder, who)
                for who, ids in now.turns.items()
                if ids and who not in waived
            }
        opened = (folder / "opened.yaml").exists()
        return ReviewStatus(
            folder=str(folder),
            assigned=assigned,
            judging=judging,
            opened=opened,
            undecided=self._undecided(folder, listed) if opened and listed else 0,
        )

    def _undecided(self, folder: Path, listed: Longlist) -> int:
        from kiamv_cli.review.model.outcome import undecided
        from kiamv_cli.review.results import load_review

        review = load_review(folder, listed, self._programme)
        return len(undecided(review, self._programme))

    def answers(self) -> AnswersStatus | None:
        """Return who answered the survey; ``None`` where there are no answers."""
        place = self._place("answers")
        if place is None:
            return None
        from kiamv_cli.survey.reading.answers import load_answers

        try:
            answers = load_answers(place)
        except BadInput as bad:
            self.problems += bad.problems
            return None
        took_part = {each for ids in answers.took_part.values() for each in ids}
        return AnswersStatus(invited=len(answers.invited), took_part=len(took_part))

    def record(self) -> RecordStatus | None:
        """Return the last decision on record, and whether it still holds; ``None`` without one."""
        if self._project is None:
            return None
        try:
            newest = last_record(self._project.folder)
            if newest is None:
                return None
            file, record = newest
            return RecordStatus(file=file, record=record, changed=tuple(self._changed(record)))
        except BadInput as bad:
            self.problems += bad.problems
            return None

    def _changed(self, record: Record) -> Iterator[Part]:
        inputs = record.provenance
        if inputs.longlist.sha256 != self._checked.sha256:
            yield "longlist"
        if inputs.criteria.sha256 != self._programme.sha256:
            yield "criteria"
        if (inputs.reviews.sha256 if inputs.reviews else None) != self._review_sha256():
            yield "reviews"
        listed = self._checked.longlist
        if listed and not self._same_request(record, listed):
            yield "request"

    def _review_sha256(self) -> str | None:
        folder = self._place("reviews")
        if folder is None or not (folder / "opened.yaml").exists():
            return None
        from kiamv_cli.review.reading.files import review_sha256

        return review_sha256(folder)

    def _same_request(self, record: Record, listed: Longlist) -> bool:
        """Return whether the project asks what the record was asked; a clash of wishes does not."""
        from kiamv_cli.selection.commands.options import Wishes
        from kiamv_cli.selection.commands.wishes import request_of

        assert self._project is not None
        said = {
            key.removeprefix("request."): self._project.typed(key)
            for key in self._project.values
            if key.startswith("request.") and key != "request.as_of"
        }
        try:
            request = request_of(Wishes(**said), self._programme, lambda: listed)  # type: ignore[arg-type]
        except Refusal:
            return False
        as_of = self._checked.as_of
        return request == record.request and (as_of is None or as_of == record.as_of)


def _judging(folder: Path, who: str) -> Judging:
    if (folder / "seals" / f"{who}.yaml").exists():
        return "sealed"
    forms = (folder / "forms" / f"{who}{ending}" for ending in (".yaml", ".xlsx"))
    return "form" if any(each.exists() for each in forms) else "nothing"


def last_record(folder: str) -> tuple[str, Record] | None:
    """Find the decision record of a project that was decided last.

    Args:
        folder: That of the project; it is looked for there, and in ``records`` and ``decisions``.

    Raises:
        BadInput: One of the records cannot be read.
    """
    places = [each for name in _RECORD_FOLDERS for each in Path(folder, name).glob("*.json")]
    if not places:
        return None
    from kiamv_cli.decision.reading import is_record, load_record

    records = [(str(place), load_record(place)) for place in places if is_record(place)]
    return max(records, key=lambda each: (each[1].decided.on, each[0]), default=None)
