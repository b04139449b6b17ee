"""What reviewers were asked, kept as plain values, and what of it changed since."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from kiamv_cli.base.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from kiamv_cli.programme.model.programme import Criterion, Programme

Brief: TypeAlias = "Mapping[str, Mapping[str, Any]]"
"""By criterion its ``question``, by language, and its ``rule``, with its bounds."""
What = Literal["question", "rule", "criterion"]
Effect = Literal["stand", "lapse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefChange:
    """One thing that is asked otherwise than before.

    Attributes:
        criterion: The id of the criterion.
        what: Its question, its rule, or the criterion as a whole, which came or went.
        key: Which part of it: a language, or the path to a value of the rule.
        before: What it was, as text; ``None`` if it was not there.
        after: What it is now; ``None`` if it is no longer there.
    """

    criterion: str
    what: What
    key: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling(Value):
    """What the chair decided on verdicts that were given before something changed.

    That is questions or rules, or what the long list says of ecosystems.

    Attributes:
        since: The SHA-256 of what was asked before the change.
        questions: That of what is asked now, which is ``asked``.
        verdicts: Whether earlier verdicts on what changed ``stand``, or ``lapse``.
        number: Counts from 1; a later ruling on the same change replaces an earlier one.
        entries: The SHA-256 of what the long list says now of the ecosystems that it is about.
        longlists: Those of the lists that were judged before.
    """

    since: str
    questions: str
    asked: Brief
    verdicts: Effect
    by: str
    on: date
    reason: str
    number: int = 1
    entries: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    longlists: tuple[str, ...] = ()

    def is_again(self, before: Ruling) -> bool:
        """Return whether it is on the same change as one before, which it replaces then."""
        return (self.since, self.questions, self.entries.keys()) == (
            before.since,
            before.questions,
            before.entries.keys(),
        )

    def ends(self, ecosystem: str, longlist: str | None) -> bool:
        """Return whether verdicts on an ecosystem lapse that were given on a certain list."""
        return self.verdicts == "lapse" and ecosystem in self.entries and longlist in self.longlists


def brief_of(programme: Programme) -> Brief:
    """Return what a programme asks of reviewers, as values that a file can hold."""
    return {each.id: _criterion(each) for each in programme.criteria}


def brief_changes(before: Brief, after: Brief) -> tuple[BriefChange, ...]:
    """Compare what was asked at two moments, by criterion in the order of the later one."""
    changes: list[BriefChange] = []
    for criterion in dict.fromkeys((*after, *before)):
        if criterion not in before or criterion not in after:
            there = "" if criterion in after else None
            was = "" if criterion in before else None
            whole = BriefChange(
                criterion=criterion, what="criterion", key="", before=was, after=there
            )
            changes.append(whole)
        else:
            changes += _within(criterion, before[criterion], after[criterion])
    return tuple(changes)


def is_lapsed(
    questions: str | None,
    key: str,
    chain: Sequence[tuple[str, Brief]],
    rulings: Iterable[Ruling],
) -> bool:
    """Return whether a verdict lapsed by what the chair decided.

    One on what is asked at the end of the chain never does, whatever was asked in between.

    Args:
        questions: The SHA-256 of what was asked when it was given; ``None`` if that is not known.
        key: Of the question that it answers.
        chain: What was asked from the assignment on, each with its SHA-256.
        rulings: The ruling on each step of the chain.
    """
    criterion = key.partition(".")[0]
    place = next((at for at, (sha256, _) in enumerate(chain) if sha256 == questions), None)
    if place is None or chain[place][1].get(criterion) == chain[-1][1].get(criterion):
        return False
    steps = zip(chain[place:], chain[place + 1 :], [*rulings][place:], strict=False)
    return any(
        ruling.verdicts == "lapse" and before.get(criterion) != after.get(criterion)
        for (_, before), (_, after), ruling in steps
    )


def _criterion(criterion: Criterion) -> dict[str, Any]:
    bounds = {"met_at": str(criterion.met_at), "partly_at": str(criterion.partly_at)}
    kind = type(criterion.rule).__name__.removesuffix("Rule").lower()
    rule = {"kind": kind, **bounds, **_plain(criterion.rule)}
    return {"question": dict(criterion.question), "rule": rule}


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a rule
    """Return a value as a file can hold it, without what is left at its default."""
    if is_dataclass(value):
        given = {each.name: getattr(value, each.name) for each in fields(value)}
        defaults = {each.name: each.default for each in fields(value)}
        return {k: _plain(v) for k, v in given.items() if v != defaults[k] and v not in ({}, ())}
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    if hasattr(value, "items"):
        return {str(key): _plain(each) for key, each in value.items()}
    return value


def _within(
    criterion: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[BriefChange]:
    parts: tuple[What, What] = ("question", "rule")
    for what in parts:
        was, now = dict(_leaves(before[what])), dict(_leaves(after[what]))
        for key in dict.fromkeys((*now, *was)):
            if was.get(key) != now.get(key):
                yield BriefChange(
                    criterion=criterion,
                    what=what,
                    key=key,
                    before=was.get(key),
                    after=now.get(key),
                )


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any value
    inside: Iterable[tuple[str, Any]]
    match value:
        case dict():
            inside = ((str(key), each) for key, each in value.items())
        case list() | tuple():
            inside = ((str(place), each) for place, each in enumerate(value, start=1))
        case _:
            yield path, str(value)
            return
    for key, each in inside:
        yield from _leaves(each, f"{path}.{key}" if path else key)
