"""The folder of a review: which file says what, and reading them back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiamv_cli.base.files import files_in, is_folder, is_there, read_file, refusal
from kiamv_cli.base.language import _
from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.flaw import Flaw
from kiamv_cli.formats.records import SHA256, refuse_if, validated
from kiamv_cli.formats.shapes import ID, NAME, keyed, list_of, mapping_of, one_of, record
from kiamv_cli.longlist.reading.gathering import reserved
from kiamv_cli.review.model.assign import Assignment, assign
from kiamv_cli.review.model.brief import Ruling
from kiamv_cli.review.model.outcome import ReviewOutcome
from kiamv_cli.review.model.people import Reviewer, barred_from
from kiamv_cli.review.reading import files
from kiamv_cli.review.reading.files import read_review_file
from kiamv_cli.review.reading.form import form_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.formats.document import Document
    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.form import Form


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
    ``opened.yaml``, ``outcomes/*.yaml`` and ``changes/*.yaml``. All methods that read raise
    ``BadInput``.
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
        return sheet if is_there(sheet) and not is_there(place) else place

    def reviewers(self) -> tuple[Reviewer, ...]:
        """Who may judge."""
        return self._people()[0]

    def adjudicators(self) -> tuple[Reviewer, ...]:
        """Who decides on disagreements without judging, as far as they are named."""
        return self._people()[1]

    def reviewers_document(self) -> Document:
        """Read ``reviewers.yaml``, to tell where in it something stands."""
        place = self.file("reviewers")
        return read_document(read_file(place), str(place), "yaml")

    def _people(self) -> tuple[tuple[Reviewer, ...], tuple[Reviewer, ...]]:
        document = self.reviewers_document()
        ids = one_of(each.id for each in self.longlist.ecosystems)
        names = list_of(NAME)
        shape = {"id": ID, "name": NAME, "suggested_as": names, "interests": list_of(ids)}
        people = list_of(record(Reviewer, shape), at_least=1)
        content = validated(document, keyed({"reviewers": people}, {"adjudicators": people}))
        reviewers: tuple[Reviewer, ...] = content["reviewers"]
        refuse_if(document, [*_twice(reviewers), *_reserved(reviewers)])
        return reviewers, content.get("adjudicators", ())

    def barred(self) -> dict[str, frozenset[str]]:
        """By reviewer the ids that they may not judge, by what is known of them today."""
        found = barred_from(self.longlist, self.reviewers())
        return {who: frozenset(ids) for who, ids in found.items()}

    def assignment(self) -> Assignment:
        """Who judges what; where nothing was assigned, all judge what they may.

        What somebody may no longer judge, because of an interest that became known, is not theirs.
        """
        place = self.file("assignment")
        if not is_there(place):
            return assign(self.longlist, self.reviewers())
        shape = files.assignment_shape(self.programme)
        content = read_review_file(place, "assignment", shape)
        self.check_listed(place, (each for ids in content["turns"].values() for each in ids))
        barred = self.barred()
        assigned = content["turns"]
        now = {
            w: tuple(e for e in ids if e not in barred.get(w, ())) for w, ids in assigned.items()
        }
        was = content["barred"]
        late = {w: tuple(e for e in ids if e not in now[w]) for w, ids in assigned.items()}
        return Assignment(
            per=content["per"],
            seed=content["seed"],
            turns=now,
            barred={w: (*was.get(w, ()), *ids) for w, ids in late.items()},
            as_of=content["as_of"],
            asked=content["asked"],
            entries=content["entries"] or {},
        )

    def seal(self, reviewer: str) -> str | None:
        """The hash that a reviewer published; ``None`` if they did not."""
        place = self.file("seals", reviewer)
        if not is_there(place):
            return None
        shape = files.seal_shape(reviewer, self.programme)
        sealed: str = read_review_file(place, "seal", shape)["form"]
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
        self.check_listed(place, kept.form.answers)
        return kept.form

    def kept(self, reviewer: str) -> Kept | None:
        """What a reviewer sealed, as it was kept; ``None`` if there is nothing."""
        place = self.file("first", reviewer)
        if not is_there(place):
            return None
        content = read_review_file(place, "first", files.first_shape(self.programme))
        form = form_of(content["form"], self.programme)
        if form.reviewer != reviewer:
            raise refusal(
                "K602",
                str(place),
                _("it is the form of {reviewer}", reviewer=form.reviewer),
                _("Restore it"),
            )
        return Kept(form, content["salt"], content["sha256"])

    def opened(self) -> dict[str, str] | None:
        """The seals by reviewer, as they were when the review was opened; ``None`` before.

        All who were assigned anything must be among them, each with the seal they published.
        """
        place = self.file("opened")
        if not is_there(place):
            return None
        seals: dict[str, str] = read_review_file(
            place, "opened", {"seals": mapping_of(ID, SHA256)}
        )["seals"]
        assignment = self.assignment()
        missing = [who for who, ids in assignment.turns.items() if ids and who not in seals]
        strange = [who for who in seals if who not in assignment.turns]
        if missing or strange:
            message = (
                _("it leaves out {names}, who were assigned to judge", names=", ".join(missing))
                if missing
                else _("{names} were never assigned anything", names=", ".join(strange))
            )
            hint = _("Restore it as kiamv review open wrote it")
            raise refusal("K822", str(place), message, hint)
        return seals

    def check_seals(self, seals: Mapping[str, str]) -> None:
        """Refuse seals of an opening that are not those in ``seals/``, where these are there."""
        for who, sealed in seals.items():
            if (public := self.seal(who)) not in {None, sealed}:
                message = _(
                    "the seal of {who} is {sealed}…, that in seals/ is {public}…",
                    who=who,
                    sealed=sealed[:12],
                    public=str(public)[:12],
                )
                hint = _("The one that {who} published is right: restore the other file", who=who)
                raise refusal("K822", str(self.file("opened")), message, hint)

    def outcomes(self) -> tuple[ReviewOutcome, ...]:
        """All that was decided on disagreements, in the order of their files."""
        return tuple(self.outcome(place) for place in self._written("outcomes"))

    def outcome(self, place: Path) -> ReviewOutcome:
        """One decision on a disagreement."""
        shape = files.outcome_shape(self.programme, self.longlist)
        content = read_review_file(place, "outcome", shape)
        return ReviewOutcome(**_without_frame(content))

    def rulings(self) -> tuple[Ruling, ...]:
        """What the chair decided on questions and rules that changed, in order.

        A later ruling on the same change replaces the earlier one.
        """
        found = [
            Ruling(**_without_frame(read_review_file(place, "change", files.ruling_shape())))
            for place in self._written("changes")
        ]
        rulings: list[Ruling] = []
        for each in sorted(found, key=lambda each: each.number):
            last = rulings[-1] if rulings else None
            again = last and (last.since, last.questions) == (each.since, each.questions)
            rulings[len(rulings) - bool(again) :] = [each]
        return tuple(rulings)

    def _written(self, kind: str) -> list[Path]:
        folder = self.path / kind
        if not is_folder(folder):
            return []
        return [Path(str(each)) for each in files_in(folder) if each.name.endswith(".yaml")]

    def check_listed(self, place: Path, ids: Iterable[str]) -> None:
        """Refuse a file that names ecosystems that are not on the long list."""
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


def _without_frame(content: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if key not in {"schema", "sha256"}}


def _reserved(reviewers: tuple[Reviewer, ...]) -> Iterator[Flaw]:
    """Find ids by which no form and no seal could be called."""
    for place, each in enumerate(reviewers):
        yield from reserved(each.id, ("reviewers", place, "id"))


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
