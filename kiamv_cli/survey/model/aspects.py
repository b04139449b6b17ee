"""What was said on each sub-aspect, counted once for each ecosystem that was interviewed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args

from kiamv_cli.base.labels import folded
from kiamv_cli.base.value import Result, Value
from kiamv_cli.longlist.model.identity import spellings
from kiamv_cli.survey.model.questionnaire import Stance, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.survey.model.questionnaire import Codebook, Interview, Statement

STANCES: tuple[Stance, ...] = get_args(Stance)
Code = tuple[str, Stance]
# The index of an interview, the place in it, and what is disputed there.
_Dispute = tuple[int, str, str, Stance | None]
_Codes = dict[str, set[Code]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardStatement:
    """A statement with the ecosystem that it was heard from, and who coded it.

    ``interview`` is the index of its interview.
    """

    interview: int
    ecosystem: str
    coder: str
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage(Value):
    """A place in an interview that two or more coders read, with the codes that each gave.

    ``interview`` is the index of the interview. ``files`` are those of coders who each have one.
    A coder of a file who coded nothing there is among them, with the codes that the others gave
    there and that coder elsewhere, where nobody else coded anything.
    """

    interview: int
    ecosystem: str
    at: str
    text: str
    codes: Mapping[str, frozenset[Code]]
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def agreed(self) -> frozenset[Code]:
        """The codes that all of them gave."""
        return frozenset.intersection(*self.codes.values())

    @property
    def disputed(self) -> frozenset[Code]:
        """The codes that some gave and others did not."""
        return frozenset.union(*self.codes.values()) - self.agreed

    @property
    def disputed_sub_aspects(self) -> frozenset[str]:
        """The sub-aspects that some saw there and others did not, with whichever stance."""
        seen = [frozenset(name for name, _ in codes) for codes in self.codes.values()]
        return frozenset.union(*seen) - frozenset.intersection(*seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Who named a sub-aspect with one stance, or with any (``stance`` is ``None``).

    Attributes:
        sub_aspect: Its id.
        stance: How it was named.
        by: The ecosystems that did by a code nobody disputes, each once.
        disputed: Those that did only if a disputed code holds.
        said: Every statement that says so, disputed or not.
    """

    sub_aspect: str
    stance: Stance | None
    by: tuple[str, ...]
    disputed: tuple[str, ...]
    said: tuple[HeardStatement, ...]

    @property
    def count(self) -> int:
        """How many named it, at least."""
        return len(self.by)

    @property
    def places(self) -> tuple[HeardStatement, ...]:
        """What was said, each place once: where several coders read it, word for word if any is."""
        first: dict[tuple[int, str], HeardStatement] = {}
        for each in self.said:
            place = (each.interview, _spot(each.statement.at))
            if place not in first or (each.statement.quote and not first[place].statement.quote):
                first[place] = each
        return tuple(first.values())

    @property
    def most(self) -> int:
        """How many did, at most: if every disputed code holds."""
        return len(self.by) + len(self.disputed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspects(Result):
    """What was said on all sub-aspects of a codebook.

    Attributes:
        codebook: The codebook.
        interviews: The interviews, each once, with the readings of all who coded it.
        base: The ecosystems that were interviewed, in order.
        namings: For each sub-aspect one for each stance, then one for any.
        passages: What two or more coders read, disputed or not.
    """

    codebook: Codebook
    interviews: tuple[Interview, ...]
    base: tuple[str, ...]
    namings: tuple[Naming, ...]
    passages: tuple[Passage, ...]

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield f"{len(self.interviews)} interviews"
        yield f"{len(self.namings)} namings"

    @property
    def made_up(self) -> bool:
        """Whether any of the interviews is a demonstration."""
        return any(each.made_up for each in self.interviews)

    def naming(self, sub_aspect: str, stance: Stance | None) -> Naming:
        """Return who named a sub-aspect, with a stance or with any."""
        code = (sub_aspect, stance)
        return next(each for each in self.namings if (each.sub_aspect, each.stance) == code)

    def most_named(self, stance: Stance | None = None) -> tuple[Naming, ...]:
        """Return all that no other is named more often than; none if nothing was named.

        Args:
            stance: Among those with this stance; left out: among all, each with its own stance.
        """
        among = self._with(stance)
        most = max(each.count for each in among)
        return tuple(each for each in among if each.count == most) if most else ()

    def may_be_most_named(self, stance: Stance | None = None) -> tuple[Naming, ...]:
        """Return what is not the most named, but could be if disputed codes hold."""
        first = self.most_named(stance)
        least = max((each.count for each in first), default=1)
        return tuple(e for e in self._with(stance) if e.most >= least and e not in first)

    def _with(self, stance: Stance | None) -> list[Naming]:
        stances = STANCES if stance is None else (stance,)
        return [each for each in self.namings if each.stance in stances]


def aspects(interviews: Sequence[Interview], codebook: Codebook) -> Aspects:
    """Count what was said.

    An ecosystem counts once for a sub-aspect and a stance, however often it says so and in however
    many interviews. Where two or more coders read the same place, a code counts if all of them
    gave it there; what only some gave is disputed. Files of one ecosystem and one date are readings
    of one interview.

    Args:
        interviews: The interviews; each sub-aspect in them is one of the codebook.
        codebook: The sub-aspects.
    """
    interviews = joined(interviews)
    said = [
        HeardStatement(
            interview=index,
            ecosystem=each.ecosystem,
            coder=each.coder(statement),
            statement=statement,
        )
        for index, each in enumerate(interviews)
        for statement in each.statements
    ]
    passages = tuple(_passages(interviews))
    disputes = {dispute for each in passages for dispute in _disputes(each)}
    return Aspects(
        codebook=codebook,
        interviews=interviews,
        base=tuple(sorted({each.ecosystem for each in interviews})),
        namings=tuple(
            _naming(name, stance, said, disputes)
            for name in codebook.sub_aspects
            for stance in (*STANCES, None)
        ),
        passages=passages,
    )


def _passages(interviews: Iterable[Interview]) -> Iterator[Passage]:
    for index, interview in enumerate(interviews):
        spots = _by_spot(interview)
        for codes, first in _with_all_readers(interview, spots):
            if len(codes) > 1:
                yield Passage(
                    interview=index,
                    ecosystem=interview.ecosystem,
                    at=first.at,
                    text=first.text,
                    codes={coder: frozenset(given) for coder, given in codes.items()},
                    files=dict(interview.readers),
                )


def _by_spot(interview: Interview) -> list[tuple[_Codes, Statement]]:
    """Return what each coder gave at each place, with the first statement there."""
    names = {
        **spellings(map(interview.coder, interview.statements)),
        **{folded(name): name for name, _file in interview.readers},
    }
    spots: dict[str, tuple[_Codes, Statement]] = {}
    for each in interview.statements:
        codes, _first = spots.setdefault(_spot(each.at), ({}, each))
        coder = names[folded(interview.coder(each))]
        codes.setdefault(coder, set()).add((each.sub_aspect, each.stance))
    return [*spots.values()]


def _with_all_readers(
    interview: Interview, spots: Sequence[tuple[_Codes, Statement]]
) -> Iterator[tuple[_Codes, Statement]]:
    """Yield places with all who read them, also those who gave no code there.

    Coders seldom end a passage at the same line. So what one of them coded where nobody else did
    is held against what the others coded where nobody else did.
    """
    readers = [name for name, _file in interview.readers]
    alone: _Codes = {name: set() for name in readers}
    for codes, _first in spots:
        if len(codes) == 1:
            for name, given in codes.items():
                alone.setdefault(name, set()).update(given)
    for codes, first in spots:
        there = set().union(*codes.values())
        silent = (name for name in readers if name not in codes and len(readers) > 1)
        yield codes | {name: _alike(there, alone[name]) for name in silent}, first


def _alike(there: set[Code], alone: set[Code]) -> set[Code]:
    """Return the codes given elsewhere that are those at a place, else on its sub-aspect."""
    same = there & alone
    done = {name for name, _stance in same}
    others = {name for name, _stance in there} - done
    return same | {code for code in alone if code[0] in others}


def _disputes(passage: Passage) -> Iterator[_Dispute]:
    spot = _spot(passage.at)
    for name, stance in passage.disputed:
        yield passage.interview, spot, name, stance
    for name in passage.disputed_sub_aspects:
        yield passage.interview, spot, name, None


def _naming(
    sub_aspect: str,
    stance: Stance | None,
    statements: Iterable[HeardStatement],
    disputes: set[_Dispute],
) -> Naming:
    heard = [
        each
        for each in statements
        if each.statement.sub_aspect == sub_aspect and stance in {None, each.statement.stance}
    ]
    sure = {
        each.ecosystem
        for each in heard
        if (each.interview, _spot(each.statement.at), sub_aspect, stance) not in disputes
    }
    return Naming(
        sub_aspect=sub_aspect,
        stance=stance,
        by=tuple(sorted(sure)),
        disputed=tuple(sorted({each.ecosystem for each in heard} - sure)),
        said=tuple(heard),
    )


def _spot(at: str) -> str:
    """Return the form in which equal places in an interview compare as equal."""
    return folded(at)
