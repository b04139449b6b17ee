"""All that a review holds on one ecosystem, for whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.labels import folded
from kiamv_cli.base.value import Value
from kiamv_cli.review.model.form import questions
from kiamv_cli.review.model.outcome import settled_verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from kiamv_cli.longlist.model.longlist import Ecosystem
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.assignment import Event
    from kiamv_cli.review.model.brief import Ruling
    from kiamv_cli.review.model.form import Answer, Form, Question
    from kiamv_cli.review.model.outcome import Review, ReviewOutcome, Settled
    from kiamv_cli.review.model.people import Reviewer

SetAside = Literal["replaced", "withdrew", "interest", "late"]
"""Why what somebody said does not count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Value):
    """What somebody said of an ecosystem on one of their forms.

    Attributes:
        who: By which name they are called here.
        number: Which of their forms it is, from 1.
        seal: Its SHA-256; ``None`` of one that came too late.
        answers: By key of the question.
        set_aside: Why it does not count; ``None`` if it does.
    """

    who: str
    number: int
    seal: str | None
    answers: Mapping[str, Answer]
    set_aside: SetAside | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier(Value):
    """What was said, decided and put on record on one ecosystem.

    Attributes:
        ecosystem: Which.
        as_of: The reference date at which all judged.
        questions: What was asked.
        heard: What each said, in the order of their names here, then of their forms.
        settled: The verdict that counts, by key of the question; where none does, the list and
            the rule decide.
        outcomes: All that was decided on it, the earlier first.
        events: What happened to those who judged it, or to itself.
        rulings: What the chair decided on changes that bear on it.
        names: What everybody is called here, by id.
    """

    ecosystem: Ecosystem
    as_of: date
    questions: tuple[Question, ...]
    heard: tuple[Heard, ...]
    settled: Mapping[str, Settled]
    outcomes: tuple[ReviewOutcome, ...]
    events: tuple[Event, ...]
    rulings: tuple[Ruling, ...]
    names: Mapping[str, str]
    people: tuple[Reviewer, ...]

    def called(self, name: str) -> str:
        """Return what somebody is called here; who decides without having judged keeps a name."""
        ids = (each.id for each in self.people if folded(name) in each.names)
        return next((self.names[each] for each in ids if each in self.names), name)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnFile:
    """A form as it is on file; ``seal`` is ``None`` where it came too late."""

    form: Form
    number: int
    seal: str | None


def pseudonyms(seals: Mapping[str, str]) -> dict[str, str]:
    """Return letters for reviewers, in an order that their seals alone decide.

    Args:
        seals: By reviewer the SHA-256 of their form, which nobody can foresee.
    """
    ordered = sorted(seals, key=lambda who: seals[who])
    return {who: _letters(place) for place, who in enumerate(ordered)}


def _letters(place: int) -> str:
    more, letter = divmod(place, len(ascii_uppercase))
    return (_letters(more - 1) if more else "") + ascii_uppercase[letter]


def dossier(
    ecosystem: Ecosystem,
    review: Review,
    programme: Programme,
    on_file: Iterable[OnFile],
    outcomes: Sequence[ReviewOutcome],
    people: tuple[Reviewer, ...],
    names: Mapping[str, str],
) -> Dossier:
    """Collect all that a review holds on one ecosystem.

    Args:
        ecosystem: Which.
        review: What counts.
        programme: What was asked.
        on_file: Every form, whether it counts or not.
        outcomes: Every outcome, likewise.
        people: All who are named in the review.
        names: What reviewers are called, by id.
    """
    forms = [each for each in on_file if ecosystem.id in each.form.answers]
    told = {each.form.reviewer for each in forms}
    heard = (_heard(each, forms, ecosystem.id, review, names) for each in forms)
    settled = settled_verdicts(review, programme).items()
    decided = (each for each in outcomes if each.ecosystem == ecosystem.id)
    assert review.as_of
    return Dossier(
        ecosystem=ecosystem,
        as_of=review.as_of,
        questions=questions(programme),
        heard=tuple(sorted(heard, key=lambda each: (each.who, each.seal is None, each.number))),
        settled={key: each for (of, key), each in settled if of == ecosystem.id},
        outcomes=tuple(sorted(decided, key=lambda each: (each.question, each.number))),
        events=tuple(
            e for e in review.standing.events if ecosystem.id in e.ecosystems or e.reviewer in told
        ),
        rulings=review.standing.rulings,
        names=names,
        people=people,
    )


def _heard(
    on_file: OnFile,
    forms: Sequence[OnFile],
    ecosystem: str,
    review: Review,
    names: Mapping[str, str],
) -> Heard:
    who = on_file.form.reviewer
    numbers = (each.number for each in forms if each.form.reviewer == who and each.seal)
    last = max(numbers, default=0)
    counting = {form.reviewer for form in review.forms}
    set_aside: SetAside | None = None
    if on_file.seal is None:
        set_aside = "late"
    elif who not in counting:
        set_aside = "withdrew"
    elif (who, ecosystem) in review.standing.interested:
        set_aside = "interest"
    elif on_file.number < last:
        set_aside = "replaced"
    return Heard(
        who=names[who],
        number=on_file.number,
        seal=on_file.seal,
        answers=on_file.form.answers[ecosystem],
        set_aside=set_aside,
    )
