"""The folder of a review: which file says what, and reading them back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from kiamv_cli.core.longlist import Verdict
from kiamv_cli.core.problem import BadInput, Problem
from kiamv_cli.core.review.assign import Assignment, Reviewer, assign
from kiamv_cli.core.review.form import questions
from kiamv_cli.core.review.outcome import Outcome, Review
from kiamv_cli.language import _
from kiamv_cli.loading.document import read_document
from kiamv_cli.loading.files import files_in, read_file, refusal
from kiamv_cli.loading.flaw import Flaw
from kiamv_cli.loading.records import SHA256, read_record, refuse_if, validated
from kiamv_cli.loading.review.form import form_of, form_shape
from kiamv_cli.loading.shapes import (
    COUNT,
    DATE,
    ID,
    NAME,
    TEXT,
    keyed,
    list_of,
    mapping_of,
    one_of,
    or_null,
    record,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.core.longlist import Longlist
    from kiamv_cli.core.programme import Programme
    from kiamv_cli.core.review.form import Form
    from kiamv_cli.loading.sheets.sheet import Hidden


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as it was sealed, with its salt and its hash."""

    form: Form
    salt: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ReviewFolder:
    """A review as files that fit in git.

    ``reviewers.yaml`` is written by people, as are the forms. All other files are written by
    kiamv, once, and never changed: ``assignment.yaml``, ``seals/NAME.yaml``, ``first/NAME.yaml``,
    ``opened.yaml`` and ``outcomes/*.yaml``. All methods that read raise ``BadInput``.
    ``hidden`` says what becomes of hidden and struck-through parts of forms that are spreadsheets;
    left out, they are errors.
    """

    path: Path
    programme: Programme
    longlist: Longlist
    hidden: Hidden | None = None

    def file(self, kind: str, name: str = "") -> Path:
        """Where a file is: ``file("seals", "anna")``, ``file("opened")``."""
        return self.path / kind / f"{name}.yaml" if name else self.path / f"{kind}.yaml"

    def form(self, reviewer: str) -> Path:
        """Where the form of a reviewer is: YAML, or a spreadsheet."""
        place = self.file("forms", reviewer)
        sheet = place.with_suffix(".xlsx")
        return sheet if sheet.exists() and not place.exists() else place

    def reviewers(self) -> tuple[Reviewer, ...]:
        """Who may judge."""
        place = self.file("reviewers")
        document = read_document(read_file(place), str(place), "yaml")
        ids = one_of(each.id for each in self.longlist.ecosystems)
        shape = keyed(
            {
                "reviewers": list_of(
                    record(
                        Reviewer,
                        {
                            "id": ID,
                            "name": NAME,
                            "suggested_as": list_of(NAME),
                            "interests": list_of(ids),
                        },
                    ),
                    at_least=1,
                )
            }
        )
        found: tuple[Reviewer, ...] = validated(document, shape)["reviewers"]
        refuse_if(document, _twice(found))
        return found

    def assignment(self) -> Assignment:
        """Who judges what; where nothing was assigned, all judge what they may."""
        place = self.file("assignment")
        if not place.exists():
            return assign(self.longlist, self.reviewers())
        ids = list_of(ID)
        said = read_record(
            place,
            "review/assignment",
            {
                "criteria": one_of([self.programme.id]),
                "longlist": SHA256,
                "seed": TEXT,
                "per": or_null(COUNT),
                "turns": mapping_of(ID, ids),
                "barred": mapping_of(ID, ids),
            },
        )
        self._check_listed(place, (each for turns in said["turns"].values() for each in turns))
        return Assignment(
            per=said["per"], seed=said["seed"], turns=said["turns"], barred=said["barred"]
        )

    def seal(self, reviewer: str) -> str | None:
        """The hash that a reviewer published; ``None`` if they did not."""
        place = self.file("seals", reviewer)
        if not place.exists():
            return None
        shape = {"reviewer": one_of([reviewer]), "form": SHA256, "judged": COUNT, "asked": COUNT}
        sealed: str = read_record(place, "review/seal", shape)["form"]
        return sealed

    def first(self, reviewer: str, sealed: str) -> Form:
        """The first verdicts of a reviewer, which must be those that were sealed."""
        place = self.file("first", reviewer)
        kept = self.kept(reviewer)
        if kept is None:
            hint = _("Ask {reviewer} for it: only they had it until now", reviewer=reviewer)
            raise refusal(
                "K101",
                str(place),
                _("what {reviewer} sealed is not there", reviewer=reviewer),
                hint,
            )
        if kept.sha256 != sealed:
            message = _("it is not what {reviewer} sealed", reviewer=reviewer)
            hint = _("Restore it as it was; the seal is {seal}…", seal=sealed[:12])
            raise refusal("K601", str(place), message, hint)
        self._check_listed(place, kept.form.answers)
        return kept.form

    def kept(self, reviewer: str) -> Kept | None:
        """What a reviewer sealed, as it was kept; ``None`` if there is nothing."""
        place = self.file("first", reviewer)
        if not place.exists():
            return None
        shape = {"salt": TEXT, "form": keyed(form_shape(self.programme))}
        said = read_record(place, "review/first", shape)
        form = form_of(said["form"], self.programme)
        if form.reviewer != reviewer:
            raise refusal(
                "K602",
                str(place),
                _("it is the form of {reviewer}", reviewer=form.reviewer),
                _("Restore it"),
            )
        return Kept(form, said["salt"], said["sha256"])

    def opened(self) -> dict[str, str] | None:
        """The seals by reviewer, as they were when the review was opened; ``None`` before."""
        place = self.file("opened")
        if not place.exists():
            return None
        seals: dict[str, str] = read_record(
            place, "review/opened", {"seals": mapping_of(ID, SHA256)}
        )["seals"]
        return seals

    def review(self) -> Review:
        """All first verdicts and outcomes of a review that was opened."""
        seals = self.opened()
        if seals is None:
            hint = _("Do it with: kiamv review open --folder {folder}", folder=self.path)
            raise refusal("K602", str(self.path), _("the review has not been opened"), hint)
        forms = tuple(self.first(reviewer, sealed) for reviewer, sealed in seals.items())
        return Review(forms=forms, outcomes=self.outcomes())

    def outcomes(self) -> tuple[Outcome, ...]:
        """All that was decided on disagreements, in the order of their files."""
        folder = self.path / "outcomes"
        if not folder.is_dir():
            return ()
        places = [Path(str(each)) for each in files_in(folder) if each.name.endswith(".yaml")]
        return tuple(self.outcome(place) for place in places)

    def outcome(self, place: Path) -> Outcome:
        """One decision on a disagreement."""
        shape = {**outcome_shapes(self), "as_of": DATE, "number": COUNT}
        said = read_record(place, "review/outcome", shape)
        told = {key: value for key, value in said.items() if key not in {"schema", "sha256"}}
        return Outcome(**told)

    def _check_listed(self, place: Path, ids: Iterable[str]) -> None:
        listed = {each.id for each in self.longlist.ecosystems}
        problems = [
            Problem(
                code="K602",
                path=str(place),
                message=_("the long list has no ecosystem '{id}'", id=each),
                hint=_("Give the long list that was reviewed"),
            )
            for each in ids
            if each not in listed
        ]
        if problems:
            raise BadInput(problems)


def outcome_shapes(folder: ReviewFolder) -> dict[str, CoreSchema]:
    """What is said in a decision on a disagreement, as written by people."""
    return {
        "ecosystem": one_of(each.id for each in folder.longlist.ecosystems),
        "question": one_of(each.key for each in questions(folder.programme)),
        "verdict": one_of(get_args(Verdict)),
        "by": NAME,
        "reason": TEXT,
    }


def _twice(reviewers: tuple[Reviewer, ...]) -> list[Flaw]:
    ids = [each.id for each in reviewers]
    return [
        Flaw(
            code="K401",
            path=("reviewers", place, "id"),
            message=_("the id '{id}' is used twice", id=each),
            hint=_("Give each reviewer an id of their own"),
        )
        for place, each in enumerate(ids)
        if each in ids[:place]
    ]
