"""What one ecosystem may not contradict itself in, beyond the shape of each value.

The checks look at values as they were written; see ``entry``.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, cast, get_args

from kiamv_cli.core.facts import Verdict
from kiamv_cli.core.ids import id_of, is_reserved
from kiamv_cli.core.longlist import Ecosystem
from kiamv_cli.core.programme import Programme, SidesRule
from kiamv_cli.core.rules import apply_parts
from kiamv_cli.language import _
from kiamv_cli.loading.entry import as_list, as_mapping, as_text, sourced
from kiamv_cli.loading.flaw import Flaw
from kiamv_cli.loading.hints import closest, shown
from kiamv_cli.loading.unanswered import unanswered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.core.programme import Criterion
    from kiamv_cli.loading.plain import Path, Plain

# What spreadsheets call the row beneath all others.
_TOTAL = re.compile(
    r"((sub|eind)?(totaal|totalen)|som|((sub|grand )?totals?)|sum)( \(?\d+\)?)?[ :]*", re.IGNORECASE
)
_NOTHING_KNOWN = Ecosystem(id="", name="", provinces=(), themes=())


def crosscheck(ecosystem: Plain, programme: Programme, base: Path = ()) -> Iterator[Flaw]:
    """Find what does not go together within an ecosystem that stands at ``base``."""
    entry = as_mapping(ecosystem)
    yield from unanswered(entry, base)
    yield from _total(as_text(entry.get("name")), (*base, "name"))
    yield from reserved(as_text(entry.get("id")), (*base, "id"))
    for key in ("provinces", "themes"):
        yield from _repeats(as_list(entry.get(key)), (*base, key))
    sources = as_mapping(entry.get("sources"))
    for path, fact in sourced(entry):
        yield from _sources(fact, sources, (*base, *path))
        if "until" in fact:
            yield from _turned(fact, (*base, *path))
    if "verdicts" in entry:
        yield from _judgements(as_mapping(entry["verdicts"]), programme, (*base, "verdicts"))


def reserved(name: str, path: Path) -> Iterator[Flaw]:
    """Find that an id cannot be the name of a file."""
    if is_reserved(name):
        message = _("no file can be called by the id '{id}'", id=name)
        hint = _("Take another, such as {id}", id=id_of(name))
        yield Flaw(code="K107", path=path, message=message, hint=hint)


def misnamed(ecosystem: Plain, path: str) -> Iterator[Flaw]:
    """Find that a file of a folder is not named as its ecosystem."""
    named, stem = as_text(as_mapping(ecosystem).get("id")), PurePath(path).stem
    if named and named != stem:
        message = _("the id '{id}' is not the name of the file", id=named)
        hint = _("Name the file {id}.yaml, or give it the id {stem}", id=named, stem=stem)
        yield Flaw(code="K106", path=("id",), message=message, hint=hint)


def _total(name: str, path: Path) -> Iterator[Flaw]:
    if _TOTAL.fullmatch(name.strip()):
        message = _("{name} looks like a row that adds up the others", name=shown(name))
        hint = _("Take it out if it is one: it could be selected")
        yield Flaw(code="K943", path=path, message=message, hint=hint, severity="warning")


def _repeats(values: list[Plain], path: Path) -> Iterator[Flaw]:
    seen: set[str] = set()
    for index, value in enumerate(values):
        if isinstance(value, str) and value in seen:
            message = _("{value} is given twice in {key}", value=shown(value), key=path[-1])
            yield Flaw(code="K402", path=(*path, index), message=message, hint=_("Give it once"))
        elif isinstance(value, str):
            seen.add(value)


def _sources(fact: dict[str, Plain], sources: dict[str, Plain], path: Path) -> Iterator[Flaw]:
    """Yield what is wrong with the names of the sources of a fact."""
    further = as_list(fact.get("confirmed_by"))
    cited = [((*path, "source"), fact.get("source"))]
    cited += [((*path, "confirmed_by", index), name) for index, name in enumerate(further)]
    for place, source in cited:
        if isinstance(source, str) and source not in sources:
            yield _unlisted(source, sources, place)
    yield from _repeats(further, (*path, "confirmed_by"))
    if fact.get("source") in further:
        message = _("a source does not confirm itself")
        place = (*path, "confirmed_by", further.index(fact["source"]))
        yield Flaw(code="K402", path=place, message=message, hint=_("Name another, or none"))


def _unlisted(source: str, sources: dict[str, Plain], path: Path) -> Flaw:
    return Flaw(
        code="K403",
        path=path,
        message=_("the source {source} is not listed in sources", source=shown(source)),
        hint=closest(source, sources) or _("Add it to sources"),
    )


def _turned(fact: dict[str, Plain], path: Path) -> Iterator[Flaw]:
    until = fact["until"]
    for key in ("from", "since"):
        first = fact.get(key)
        if isinstance(first, int) and isinstance(until, int) and first > until:
            message = _(
                "until ({until}) is before {key} ({first})", until=until, key=key, first=first
            )
            hint = _("Correct one of the two")
            yield Flaw(code="K404", path=(*path, "until"), message=message, hint=hint)


def _judgements(verdicts: dict[str, Plain], programme: Programme, base: Path) -> Iterator[Flaw]:
    for criterion in programme.criteria:
        judgement = verdicts.get(criterion.id)
        if isinstance(judgement, dict):
            yield from _judgement(judgement, criterion, (*base, criterion.id))


def _judgement(judgement: dict[str, Plain], criterion: Criterion, path: Path) -> Iterator[Flaw]:
    verdict, parts = judgement.get("verdict"), judgement.get("parts")
    if verdict is None and not parts:
        allowed = ", ".join(get_args(Verdict))
        yield Flaw(
            code="K405",
            path=path,
            message=_("the judgement has neither a verdict nor parts"),
            hint=_("Add verdict: {allowed}", allowed=allowed),
        )
    if isinstance(verdict, str) and isinstance(criterion.rule, SidesRule) and parts:
        yield from _contradiction(verdict, as_mapping(parts), criterion, (*path, "verdict"))


def _contradiction(
    verdict: str, parts: dict[str, Plain], criterion: Criterion, path: Path
) -> Iterator[Flaw]:
    if any(part not in get_args(Verdict) for part in parts.values()):
        return
    allowed = _verdicts_left(criterion, cast("dict[str, Verdict]", parts))
    if verdict in get_args(Verdict) and verdict not in allowed:
        yield Flaw(
            code="K406",
            path=path,
            message=_("the verdict {verdict} contradicts its parts", verdict=verdict),
            hint=_(
                "The parts allow {allowed}; leave the verdict or the parts out",
                allowed=_(" or ").join(allowed),
            ),
        )


def _verdicts_left(criterion: Criterion, parts: dict[str, Verdict]) -> list[Verdict]:
    """Which verdicts the parts leave possible, whatever holds of the sides not judged."""
    assert isinstance(criterion.rule, SidesRule)
    outcome = apply_parts(criterion.rule, _NOTHING_KNOWN, 0, parts)
    surely_met = outcome.meets and outcome.proven >= criterion.met_at
    left: dict[Verdict, bool] = {
        "met": outcome.could_meet and outcome.possible >= criterion.met_at,
        "partly": outcome.possible >= criterion.partly_at and not surely_met,
        "not-met": outcome.proven < criterion.partly_at,
        "unknown": outcome.proven < outcome.possible,
    }
    return [verdict for verdict, holds in left.items() if holds]
