"""Ecosystems gathered one by one from documents, and what each may not contradict.

The checks look at values as they were written; see ``entry``.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, cast, get_args

from pydantic_core import SchemaValidator, ValidationError

from kiamv_cli.base.labels import distinct_labels, folded
from kiamv_cli.base.names import id_of, is_reserved
from kiamv_cli.base.problem import BadInput, Problem, in_order
from kiamv_cli.base.text import Text, joined
from kiamv_cli.formats.plain import Flaw, shown
from kiamv_cli.longlist.model.longlist import Ecosystem
from kiamv_cli.longlist.reading.entry import (
    as_list,
    as_mapping,
    as_text,
    is_total,
    sourced,
    unanswered,
)
from kiamv_cli.longlist.reading.shape import ecosystem_shape
from kiamv_cli.programme.model.facts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from kiamv_cli.formats.document import Document, Piece
    from kiamv_cli.formats.plain import Path, Plain
    from kiamv_cli.programme.model.programme import Criterion, Programme

    Examine = Callable[[Plain, date | None, Path, str | None], Iterable[Flaw]]

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
        message = Text("K107.no-file-can-called", id=name)
        hint = Text("K107.take-another-such", id=id_of(name))
        yield Flaw(path=path, text=message, advice=hint)


def misnamed(ecosystem: Plain, path: str) -> Iterator[Flaw]:
    """Find that a file of a folder is not named as its ecosystem."""
    named, stem = as_text(as_mapping(ecosystem).get("id")), PurePath(path).stem
    if named and named != stem:
        message = Text("K106.id-not-name-file", id=named)
        hint = Text("K106.name-file-yaml-give", id=named, stem=stem)
        yield Flaw(path=("id",), text=message, advice=hint)


def _total(name: str, path: Path) -> Iterator[Flaw]:
    if is_total(name):
        message = Text("K943.looks-like-row-adds", name=shown(name))
        hint = Text("K943.take-out-if-one")
        yield Flaw(path=path, text=message, advice=hint)


def _repeats(values: list[Plain], path: Path) -> Iterator[Flaw]:
    seen: set[str] = set()
    for index, value in enumerate(values):
        if isinstance(value, str) and value in seen:
            message = Text("K402.given-twice", value=shown(value), key=path[-1])
            yield Flaw(path=(*path, index), text=message, advice=Text("hints.give-once"))
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
        message = Text("K402.source-does-not-confirm")
        place = (*path, "confirmed_by", further.index(fact["source"]))
        yield Flaw(path=place, text=message, advice=Text("K402.name-another-none"))


def _unlisted(source: str, sources: dict[str, Plain], path: Path) -> Flaw:
    from kiamv_cli.formats.hints import closest

    return Flaw(
        path=path,
        text=Text("K403.source-not-listed-sources", source=shown(source)),
        advice=closest(source, sources) or Text("K403.add-sources"),
    )


def _turned(fact: dict[str, Plain], path: Path) -> Iterator[Flaw]:
    until = fact["until"]
    for key in ("from", "since"):
        first = fact.get(key)
        if isinstance(first, int) and isinstance(until, int) and first > until:
            message = Text("K404.until-before", until=until, key=key, first=first)
            hint = Text("hints.correct-one-two")
            yield Flaw(path=(*path, "until"), text=message, advice=hint)


def _judgements(verdicts: dict[str, Plain], programme: Programme, base: Path) -> Iterator[Flaw]:
    for criterion in programme.criteria:
        judgement = verdicts.get(criterion.id)
        if isinstance(judgement, dict):
            yield from _judgement(judgement, criterion, (*base, criterion.id))


def _judgement(judgement: dict[str, Plain], criterion: Criterion, path: Path) -> Iterator[Flaw]:
    verdict, parts = judgement.get("verdict"), judgement.get("parts")
    if criterion.rule.scale is not None:
        if verdict is None and judgement.get("grade") is None:
            text, advice = Text("K405.no-grade"), Text("K405.add-grade")
            yield Flaw(path=path, text=text, advice=advice)
    elif verdict is None and not parts:
        allowed = ", ".join(get_args(Verdict))
        yield Flaw(
            path=path,
            text=Text("K405.judgement-neither-verdict-nor"),
            advice=Text("K405.add-verdict", allowed=allowed),
        )
    if isinstance(verdict, str) and criterion.rule.parts and parts:
        yield from _contradiction(verdict, as_mapping(parts), criterion, (*path, "verdict"))


def _contradiction(
    verdict: str, parts: dict[str, Plain], criterion: Criterion, path: Path
) -> Iterator[Flaw]:
    if any(part not in get_args(Verdict) for part in parts.values()):
        return
    allowed = _verdicts_left(criterion, cast("dict[str, Verdict]", parts))
    if verdict in get_args(Verdict) and verdict not in allowed:
        yield Flaw(
            path=path,
            text=Text("K406.verdict-contradicts-parts", verdict=verdict),
            advice=Text(
                "K406.parts-allow-leave-verdict", allowed=joined(allowed, Text("parts.or"))
            ),
        )


def _verdicts_left(criterion: Criterion, parts: dict[str, Verdict]) -> list[Verdict]:
    """Which verdicts the parts leave possible, whatever holds of the sides not judged."""
    outcome = criterion.rule.apply_parts(_NOTHING_KNOWN, 0, parts)
    surely_met = outcome.meets and outcome.proven >= criterion.met_at
    left: dict[Verdict, bool] = {
        "met": outcome.could_meet and outcome.possible >= criterion.met_at,
        "partly": outcome.possible >= criterion.partly_at and not surely_met,
        "not-met": outcome.proven < criterion.partly_at,
        "unknown": outcome.proven < outcome.possible,
    }
    return [verdict for verdict, holds in left.items() if holds]


class Gathering:
    """The ecosystems, and all problems so far.

    ``as_of`` is the reference date, once it is known.
    """

    def __init__(self, programme: Programme, examine: Examine | None = None) -> None:
        """Start empty; ``examine`` finds what is doubtful in an ecosystem, if anybody asks."""
        self.as_of: date | None = None
        self.seen = 0
        self.ecosystems: list[Ecosystem] = []
        # Where each ecosystem stands, by its id; kept if anybody asks.
        self.places: dict[str, tuple[Document, Path]] | None = None
        self.programme = programme
        self._examine = examine
        self._shape = ecosystem_shape(programme)
        self._validate = SchemaValidator(self._shape).validate_python
        self._names = _names(programme)
        self._problems: list[Problem] = []
        self._flawed: dict[int, tuple[Document, list[Flaw]]] = {}
        self._firsts: dict[str, dict[str, tuple[Document, Path]]] = {"id": {}, "name": {}}

    def gather(self, pieces: Iterable[Piece]) -> None:
        """Read, check and keep the ecosystem in each."""
        for piece in pieces:
            document = self.read(piece)
            if document:
                self.take(document)

    def take(self, document: Document) -> None:
        """Check and keep the ecosystem that a document is all about."""
        self.add(document, (), document.data, document.json)
        if document.syntax == "yaml":
            self.refuse(document, misnamed(document.data, document.path))
        self.finish(document)

    def read(self, piece: Piece) -> Document | None:
        """Read a piece, and note what is wrong with it as such."""
        try:
            document = piece.read()
        except BadInput as error:
            self.note(error.problems)
            return None
        self.note(document.problems)
        return document

    def add(self, document: Document, base: Path, data: Plain, text: str | None = None) -> None:
        """Check the ecosystem ``data`` that stands at ``base`` in a document, and keep it.

        ``text`` is all of it as JSON, where that is known already.
        """
        self.look_at(document, base, data, text)
        # A line of JSON Lines is not kept for its number alone.
        here = document if base else document.without_text()
        self.refuse(document, self.repeats(here, base, as_mapping(data)))

    def look_at(self, document: Document, base: Path, data: Plain, text: str | None = None) -> None:
        """Check an ecosystem for itself, whatever others there are; arguments as for ``add``."""
        self.seen += 1
        try:
            ecosystem: Ecosystem = self._validate(data)
        except ValidationError as error:
            from kiamv_cli.formats.faults import flaws_of

            self.refuse(document, flaws_of(error, self._shape, base, self._names))
        else:
            self.keep(ecosystem, data)
            if self.places is not None:
                self.places[ecosystem.id] = (document, base)
        self.refuse(document, crosscheck(data, self.programme, base))
        if self._examine:
            self.refuse(document, self._examine(data, self.as_of, base, text))

    def keep(self, ecosystem: Ecosystem, data: Plain) -> None:  # noqa: ARG002 - for those who do more
        """Keep an ecosystem in which nothing is wrong; ``data`` is what was written of it."""
        self.ecosystems.append(ecosystem)

    def finish(self, document: Document) -> None:
        """Place what is wrong in a document that is done with, so that its text can be let go."""
        _document, flaws = self._flawed.pop(id(document), (document, []))
        self._problems += document.place(flaws) if flaws else ()

    @property
    def has_problems(self) -> bool:
        """Whether anything was noted so far."""
        return bool(self._problems or self._flawed)

    def refuse(self, document: Document, flaws: Iterable[Flaw]) -> None:
        """Note what is wrong in a document."""
        found = list(flaws)
        if found:
            self._flawed.setdefault(id(document), (document, []))[1].extend(found)

    def note(self, problems: Iterable[Problem]) -> None:
        """Note problems whose place is known."""
        self._problems += problems

    def noted(self) -> tuple[Problem, ...]:
        """Return the problems noted so far, and forget them."""
        found = tuple(self._problems)
        self._problems.clear()
        return found

    def warnings(self) -> tuple[Problem, ...]:
        """Return the warnings.

        Raises:
            BadInput: There are errors; it holds all problems.
        """
        problems = self.problems()
        if any(problem.severity == "error" for problem in problems):
            raise BadInput(problems)
        return problems

    def problems(self) -> tuple[Problem, ...]:
        """Return all problems, in order."""
        for document, _flaws in list(self._flawed.values()):
            self.finish(document)
        return in_order(self._problems)

    def repeats(self, document: Document, base: Path, entry: Mapping[str, Plain]) -> Iterator[Flaw]:
        """Find what stood at another place before; ``entry`` has at least the id and the name."""
        here = (document, base)
        first = self._first("id", as_text(entry.get("id")), here)
        if first:
            message = Text("K401.id-used-before", id=entry["id"])
            hint = Text("K401.give-each-own-id-take")
            yield Flaw(path=(*base, "id"), text=message, advice=hint, first=first)
            return
        first = self._first("name", as_text(entry.get("name")), here)
        if first:
            yield Flaw(
                path=(*base, "name"),
                text=Text("K902.name-used-twice", name=entry["name"]),
                advice=Text("K902.if-they-one-take"),
                first=first,
            )

    def _first(
        self, key: str, value: str, here: tuple[Document, Path]
    ) -> tuple[Document, Path] | None:
        """Return where the same name was said before; names are compared folded."""
        if not value:
            return None
        first = self._firsts[key].setdefault(folded(value), here)
        return None if first is here else (first[0], (*first[1], key))


def _names(programme: Programme) -> dict[str, str]:
    """Return the ids of provinces and themes by their labels, folded."""
    return distinct_labels(
        (category.id, category.label.values())
        for dimension in programme.dimensions.values()
        for category in dimension.categories
    )
