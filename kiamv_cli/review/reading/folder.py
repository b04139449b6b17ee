"""The folder of a review: which file says what, and reading them back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kiamv_cli.base.files import bad_file, files_in, is_folder, is_there
from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.base.text import Text
from kiamv_cli.formats.plain import Flaw
from kiamv_cli.formats.records import SHA256, refuse_if, validated
from kiamv_cli.formats.shapes import ID, NAME, keyed, list_of, mapping_of, one_of, record
from kiamv_cli.longlist.reading.gathering import reserved
from kiamv_cli.review.model.assign import assign
from kiamv_cli.review.model.assignment import Assignment, Event, with_events
from kiamv_cli.review.model.brief import Ruling
from kiamv_cli.review.model.form import SHORT
from kiamv_cli.review.model.outcome import ReviewOutcome
from kiamv_cli.review.model.people import Reviewer, barred_from
from kiamv_cli.review.reading import files
from kiamv_cli.review.reading.files import read_yaml_file, review_content
from kiamv_cli.review.reading.form import form_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.formats.document import Document
    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.form import Form


_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as it was sealed, with its salt and hash, and the hash of the one before it."""

    form: Form
    salt: str
    before: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class ReviewFolder:
    """A review as files that fit in git.

    ``reviewers.yaml`` is written by people, as are the forms. All other files are written by
    kiamv, once, and never changed: ``assignment.yaml``, ``events/*.yaml``, ``seals/NAME.yaml``,
    ``first/NAME.yaml``, ``opened.yaml``, ``outcomes/*.yaml``, ``changes/*.yaml`` and
    ``late/NAME.yaml``; later versions of a form are ``NAME.2.yaml`` and so on. Each is read once.
    All methods that read raise ``BadInput``.
    ``hidden`` says what becomes of hidden and struck-through parts of forms that are spreadsheets;
    left out, what is struck through is an error.
    """

    path: Path
    programme: Programme
    longlist: Longlist
    hidden: Hidden | None = None
    _documents: dict[Path, Document] = field(default_factory=dict, compare=False, repr=False)
    # What was made of them.
    _known: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def file(self, kind: str, name: str = "", number: int = 1) -> Path:
        """Return where a file is: ``file("seals", "anna")``, ``file("opened")``."""
        last = f".{number}" if number > 1 else ""
        return self.path / kind / f"{name}{last}.yaml" if name else self.path / f"{kind}.yaml"

    def document(self, place: Path) -> Document:
        """Return a file of the review as it was read."""
        if place not in self._documents:
            self._documents[place] = read_yaml_file(place)
        return self._documents[place]

    def _content(
        self, place: Path, kind: str, shape: Callable[[], Mapping[str, CoreSchema]]
    ) -> dict[str, Any]:
        """Return what a file that kiamv wrote says, checked once."""
        return self._once(place, lambda: review_content(self.document(place), kind, shape()))

    def _once(self, key: Hashable, make: Callable[[], _T]) -> _T:
        if key not in self._known:
            self._known[key] = make()
        made: _T = self._known[key]
        return made

    def sha256(self) -> str:
        """Compute the SHA-256 of what the review says."""
        return files.review_sha256(self.path, self.document)

    def form(self, reviewer: str, number: int = 1) -> Path:
        """Return where a form for a reviewer is: a spreadsheet, or YAML."""
        place = self.file("forms", reviewer, number)
        sheet = place.with_suffix(".xlsx")
        return sheet if is_there(sheet) and not is_there(place) else place

    def reviewers(self) -> tuple[Reviewer, ...]:
        """Return who may judge, with the interests that are on record."""
        declared = {
            (each.reviewer, ecosystem)
            for each in self.events()
            if each.what == "interest"
            for ecosystem in each.ecosystems
        }
        return tuple(
            replace(
                each,
                interests=(*each.interests, *sorted(e for who, e in declared if who == each.id)),
            )
            for each in self._people()[0]
        )

    def adjudicators(self) -> tuple[Reviewer, ...]:
        """Return who decides on disagreements without judging, as far as they are named."""
        return self._people()[1]

    def people(self) -> tuple[Reviewer, ...]:
        """Return all who are named in ``reviewers.yaml``."""
        return (*self.reviewers(), *self.adjudicators())

    def _people(self) -> tuple[tuple[Reviewer, ...], tuple[Reviewer, ...]]:
        assigned = is_there(self.file("assignment"))
        return self._once(("people", assigned), lambda: self._read_people(assigned=assigned))

    def _read_people(self, *, assigned: bool) -> tuple[tuple[Reviewer, ...], tuple[Reviewer, ...]]:
        document = self.document(self.file("reviewers"))
        known = dict.fromkeys(each.id for each in self.longlist.ecosystems)
        if assigned:
            known |= dict.fromkeys(each for ids in self._assigned().turns.values() for each in ids)
        names, ids = list_of(NAME), list_of(one_of(known))
        shape = {"id": ID, "name": NAME, "suggested_as": names, "interests": ids}
        people = list_of(record(Reviewer, {**shape, "employers": names}), at_least=1)
        content = validated(document, keyed({"reviewers": people}, {"adjudicators": people}))
        reviewers: tuple[Reviewer, ...] = content["reviewers"]
        refuse_if(document, [*_twice(reviewers), *_reserved(reviewers)])
        return reviewers, content.get("adjudicators", ())

    def barred(self) -> dict[str, frozenset[str]]:
        """Return by reviewer the ids that they may not judge, by what is known of them today."""
        reviewers = self.reviewers()
        barred = self._once(reviewers, lambda: barred_from(self.longlist, reviewers))
        return {who: frozenset(ids) for who, ids in barred.items()}

    def assignment(self, *, listed: bool = True) -> Assignment:
        """Return who judges what now; where nothing was assigned, all judge what they may.

        What somebody may no longer judge, because of an interest that became known, is not theirs.

        Args:
            listed: Whether all that is to be judged must be on the long list.
        """
        place = self.file("assignment")
        if not is_there(place):
            return assign(self.longlist, self.reviewers())
        assigned = with_events(self._assigned(), self.events())
        if listed:
            self.check_listed(place, (each for ids in assigned.turns.values() for each in ids))
        barred = self.barred()
        late = {
            who: tuple(each for each in ids if each in barred.get(who, ()))
            for who, ids in assigned.turns.items()
        }
        turns = {
            who: tuple(each for each in ids if each not in late[who])
            for who, ids in assigned.turns.items()
        }
        was = assigned.barred
        return replace(
            assigned,
            turns=turns,
            barred={who: (*was.get(who, ()), *ids) for who, ids in late.items()},
        )

    def _assigned(self) -> Assignment:
        content = self._content(
            self.file("assignment"), "assignment", lambda: files.assignment_shape(self.programme)
        )
        turns = content["turns"]
        return Assignment(
            per=content["per"],
            seed=content["seed"],
            turns=turns,
            barred=content["barred"],
            as_of=content["as_of"],
            brief=content["asked"],
            entries=content["entries"] or {},
            longlists=(content["longlist"],),
            # An older kiamv took what one person said for enough.
            at_least=content["at_least"] if content["asked"] else 1,
            sent={who: (ids,) for who, ids in turns.items() if ids},
        )

    def events(self) -> tuple[Event, ...]:
        """Return what happened since the assignment, in order."""
        return self._numbered("events", "event", files.event_shape, Event)

    def rulings(self) -> tuple[Ruling, ...]:
        """Return what the chair decided on what changed, in order.

        A later ruling on the same change replaces the earlier one.
        """
        rulings: list[Ruling] = []
        for each in self._numbered("changes", "change", files.ruling_shape, Ruling):
            again = bool(rulings) and each.is_again(rulings[-1])
            rulings[len(rulings) - again :] = [each]
        return tuple(rulings)

    def _numbered(
        self, folder: str, kind: str, shape: Callable[[], Mapping[str, CoreSchema]], made: type[Any]
    ) -> tuple[Any, ...]:
        contents = (
            _without_frame(self._content(place, kind, shape)) for place in self.written(folder)
        )
        return tuple(sorted((made(**each) for each in contents), key=lambda each: each.number))

    def seal(self, reviewer: str) -> str | None:
        """Return the hash of the last form of a reviewer as published; ``None`` without one."""
        content = self._seal(reviewer)
        return None if content is None else str(content["form"])

    def is_received(self, reviewer: str) -> bool:
        """Return whether the last form of a reviewer came from elsewhere, and a copy was filed."""
        content = self._seal(reviewer)
        return bool(content and content["file"])

    def _seal(self, reviewer: str) -> dict[str, Any] | None:
        number = self._last("seals", reviewer)
        if number == 0:
            return None
        place = self.file("seals", reviewer, number)
        return self._content(place, "seal", lambda: files.seal_shape(reviewer, self.programme))

    def first(self, reviewer: str, sealed: str) -> tuple[Form, ...]:
        """Return the first verdicts of a reviewer, form by form up to the one that was sealed."""
        kept = self.kept(reviewer)
        place = self.file("first", reviewer, max(len(kept), 1))
        if not kept:
            text = Text("K101.sealed-not-there", reviewer=reviewer)
            raise bad_file(str(place), text, Text("K101.ask-reviewer", reviewer=reviewer))
        hashes = [each.sha256 for each in kept]
        if sealed not in hashes:
            text = Text("K601.not-what-was-sealed", reviewer=reviewer)
            advice = Text("K601.restore-seal-is", seal=sealed[:SHORT])
            raise bad_file(str(place), text, advice)
        versions = tuple(each.form for each in kept[: hashes.index(sealed) + 1])
        known = self.assignment(listed=False).ever(reviewer)
        self.check_listed(place, (e for form in versions for e in form.answers if e not in known))
        return versions

    def kept(self, reviewer: str) -> tuple[Kept, ...]:
        """Return what a reviewer sealed, form by form; each says which one came before it."""
        kept: list[Kept] = []
        for number in range(1, self._last("first", reviewer) + 1):
            place = self.file("first", reviewer, number)
            content = self._content(place, "first", lambda: files.first_shape(self.programme))
            form = self._once((place, "form"), partial(form_of, content["form"], self.programme))
            if form.reviewer != reviewer:
                text = Text("K602.form-of", reviewer=form.reviewer)
                raise bad_file(str(place), text, Text("K602.restore"))
            if content["before"] != (kept[-1].sha256 if kept else None):
                text = Text("K601.does-not-follow", reviewer=reviewer)
                raise bad_file(str(place), text, Text("K601.restore-both"))
            kept.append(Kept(form, content["salt"], content["before"], content["sha256"]))
        return tuple(kept)

    def late(self, reviewer: str) -> tuple[Form, ...]:
        """Return the forms of a reviewer that came after the review was closed."""
        numbers = range(1, self._last("late", reviewer) + 1)
        places = (self.file("late", reviewer, number) for number in numbers)
        contents = (
            self._content(place, "late", lambda: files.late_shape(self.programme))
            for place in places
        )
        return tuple(form_of(each["form"], self.programme) for each in contents)

    def _last(self, kind: str, reviewer: str) -> int:
        number = 0
        while is_there(self.file(kind, reviewer, number + 1)):
            number += 1
        return number

    def opened(self) -> dict[str, str] | None:
        """Return the seals by reviewer, as they were at the opening; ``None`` before it.

        All who were assigned anything must be among them, each with the seal they published,
        unless it is on record that they are not waited for.
        """
        place = self.file("opened")
        if not is_there(place):
            return None
        shape = {"seals": mapping_of(ID, SHA256)}
        seals: dict[str, str] = self._content(place, "opened", lambda: shape)["seals"]
        now = self.assignment(listed=False)
        missing = [w for w, ids in now.turns.items() if ids and w not in {*seals, *now.excused}]
        strange = [who for who in seals if who not in {*now.turns, *now.sent}]
        if missing or strange:
            text = (
                Text("K822.leaves-out", names=", ".join(missing))
                if missing
                else Text("K822.never-assigned", names=", ".join(strange))
            )
            raise bad_file(str(place), text, Text("K822.restore-as-closed"))
        return seals

    def check_seals(self, seals: Mapping[str, str]) -> None:
        """Refuse seals of an opening that are not those in ``seals/``, where these are there."""
        for who, sealed in seals.items():
            if (public := self.seal(who)) not in {None, sealed}:
                text = Text(
                    "K822.other-seal",
                    who=who,
                    sealed=sealed[:SHORT],
                    public=str(public)[:SHORT],
                )
                advice = Text("K822.published-is-right", who=who)
                raise bad_file(str(self.file("opened")), text, advice)

    def outcomes(self) -> tuple[ReviewOutcome, ...]:
        """Return all that was decided on verdicts, in the order of their files."""
        ids = self.judged_ids()
        contents = (
            self._content(place, "outcome", lambda: files.outcome_shape(self.programme, ids))
            for place in self.written("outcomes")
        )
        return tuple(ReviewOutcome(**_without_frame(each)) for each in contents)

    def judged_ids(self) -> tuple[str, ...]:
        """Return the ids of all that is on the list, and of all that was on any form."""
        sent = self.assignment(listed=False).sent.values()
        judged = (each for parts in sent for ids in parts for each in ids)
        return tuple(dict.fromkeys([*(each.id for each in self.longlist.ecosystems), *judged]))

    def written(self, kind: str) -> list[Path]:
        """Return the files that kiamv wrote in a folder of the review, in order."""
        folder = self.path / kind
        if not is_folder(folder):
            return []
        return [Path(str(each)) for each in files_in(folder) if each.name.endswith(".yaml")]

    def check_listed(self, place: Path, ids: Iterable[str]) -> None:
        """Refuse a file that names ecosystems that are not on the long list."""
        listed = {each.id for each in self.longlist.ecosystems}
        problems = [
            Problem(
                path=str(place),
                text=Text("K602.not-on-list", id=each),
                advice=Text("K602.give-list-or-drop"),
            )
            for each in ids
            if each not in listed
        ]
        if problems:
            raise BadInput(problems)


def _without_frame(content: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if key not in {"schema", "sha256"}}


def _reserved(reviewers: tuple[Reviewer, ...]) -> Iterator[Flaw]:
    """Yield the ids by which no form and no seal could be called."""
    for place, each in enumerate(reviewers):
        yield from reserved(each.id, ("reviewers", place, "id"))


def _twice(reviewers: tuple[Reviewer, ...]) -> list[Flaw]:
    ids = [each.id for each in reviewers]
    return [
        Flaw(
            path=("reviewers", place, "id"),
            text=Text("K401.id-used-twice", id=each),
            advice=Text("K401.each-reviewer-own-id"),
        )
        for place, each in enumerate(ids)
        if each in ids[:place]
    ]
