"""A long list looked through for all that is wrong with it or doubtful in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiamv_cli.base.labels import folded
from kiamv_cli.base.problem import BadInput
from kiamv_cli.base.text import Text
from kiamv_cli.base.value import longlist_sha256
from kiamv_cli.formats.document import Piece
from kiamv_cli.formats.plain import shown
from kiamv_cli.formats.vocabulary import vocabulary
from kiamv_cli.longlist.checks.amounts import about_budget, about_years
from kiamv_cli.longlist.checks.statements import about_contents, about_sources, about_texts
from kiamv_cli.longlist.checks.subject import subject, warning
from kiamv_cli.longlist.matching.suspects import suspected
from kiamv_cli.longlist.model.duplicates import STRONG, Checked, answer_on
from kiamv_cli.longlist.model.longlist import ecosystem_sha256
from kiamv_cli.longlist.reading.entry import as_mapping
from kiamv_cli.longlist.reading.gathering import Gathering
from kiamv_cli.longlist.reading.longlist import collector_paused, longlist_of, read_into
from kiamv_cli.longlist.reading.names import named_in
from kiamv_cli.longlist.view.same import why

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from kiamv_cli.base.problem import Problem
    from kiamv_cli.formats.document import Document
    from kiamv_cli.formats.plain import Flaw, Plain
    from kiamv_cli.formats.plain import Path as Place
    from kiamv_cli.longlist.checks.subject import Subject
    from kiamv_cli.longlist.model.duplicates import Named, Suspicion
    from kiamv_cli.longlist.model.identity import Identities
    from kiamv_cli.longlist.model.longlist import Ecosystem, TableOptions
    from kiamv_cli.programme.model.programme import Programme

# Without a reference date facts of any year are known.
_ANY_YEAR = 2000
_NOTHING_TO_READ = {"K101", "K102", "K103", "K104"}
_KNOWN = (
    "challenges",
    "life_domains",
    "comparable_elsewhere",
    "maturity",
    "budget",
    "partners",
    "attributes",
    "verdicts",
)


def warnings(
    ecosystem: Plain, as_of: date | None, base: Place = (), text: str | None = None
) -> Iterator[Flaw]:
    """Find what is doubtful in an ecosystem that stands at ``base``.

    Args:
        ecosystem: As it was written; what has the wrong kind is passed over.
        as_of: The reference date; without it, what depends on it is passed over.
        base: Its path within its document.
        text: All of it as JSON, where that is known already.
    """
    seen = subject(as_mapping(ecosystem), as_of, text)
    for check in (about_sources, about_years, about_budget, about_contents, about_texts, _whole):
        for flaw in check(seen):
            yield replace(flaw, path=(*base, *flaw.path)) if base else flaw


def _whole(seen: Subject) -> Iterator[Flaw]:
    if not any(key in seen.entry for key in _KNOWN):
        hint = Text("K940.add-known-source-says")
        yield warning(("id",), Text("K940.nothing-known-ecosystem"), hint)
    if not seen.entry.get("suggested_by") and not seen.entry.get("named_in_study"):
        hint = Text("K941.add-suggested-who-overview")
        yield warning(("id",), Text("K941.nobody-record-having-suggested"), hint)


def check_longlist(
    source: str | Path | Traversable,
    programme: Programme,
    identities: Identities,
    *,
    as_of: date | None = None,
    tables: TableOptions,
    apart: Iterable[Sequence[str]] = (),
    keep: bool = False,
) -> Checked:
    """Look through a long list; arguments and errors as for ``kiamv_cli.check``."""
    checking = _Checking(programme, listing=keep)
    header = None
    with collector_paused():
        try:
            header = read_into(checking, source, as_of, tables)
        except BadInput as error:
            if any(problem.code in _NOTHING_TO_READ for problem in error.problems):
                raise
            checking.note(error.problems)
        checking.compare(identities)
        checking.offer_apart(identities, apart)
        problems = tuple(_worth_telling(checking))
        flawed = any(problem.severity == "error" for problem in problems)
        whole = None if flawed else header
        listed = longlist_of(whole, checking, str(source), tables) if whole and keep else None
        return Checked(
            programme=programme,
            title=header.title if header else "",
            as_of=checking.as_of,
            ecosystems=checking.seen,
            problems=problems,
            unread=header is None,
            sha256=checking.sha256(*whole.stated) if whole else None,
            longlist=listed,
            unknown={each.id: checking.unknown[each.id] for each in programme.criteria},
            sound=checking.sound,
        )


class _Checking(Gathering):
    """Notes what is wrong with ecosystems or doubtful in them, and keeps no more than the names.

    ``has_suggesters`` tells whether it is on record of any of them who suggested it; ``unknown``
    counts, by criterion, those of which nothing is known, and ``sound`` all without errors.
    """

    def __init__(self, programme: Programme, *, listing: bool) -> None:
        super().__init__(programme, warnings)
        self._listing = listing
        self.has_suggesters = False
        self.unknown: Counter[str] = Counter()
        self.sound = 0
        self._named: list[Named] = []
        self._digests: dict[str, str] = {}
        self._places: list[tuple[Document | Piece, Place]] = []

    def gather(self, pieces: Iterable[Piece]) -> None:
        """Look at the ecosystem in each; a file is kept to be read again if it needs a place."""
        for piece in pieces:
            if document := self.read(piece):
                self.take(document)
                if piece.syntax == "yaml":
                    self._places[-1] = (piece, ())

    def add(self, document: Document, base: Place, data: Plain, text: str | None = None) -> None:
        """Look at an ecosystem, and keep its names."""
        super().add(document, base, data, text)
        self._named.append(named_in(data))
        # A line of JSON Lines is not kept for its number alone.
        self._places.append((document if base else document.without_text(), base))

    def keep(self, ecosystem: Ecosystem, data: Plain) -> None:
        """Let go of an ecosystem but for its SHA-256, unless the list is to be kept."""
        if self._listing:
            super().keep(ecosystem, data)
        self._digests[ecosystem.id] = ecosystem_sha256(ecosystem)
        if ecosystem.suggested_by or ecosystem.named_in_study:
            self.has_suggesters = True
        self.sound += 1
        year = self.as_of.year if self.as_of else _ANY_YEAR
        self.unknown.update(
            criterion.id
            for criterion in self.programme.criteria
            if criterion.id not in ecosystem.verdicts
            and not criterion.rule.apply(ecosystem, year).known
        )

    def sha256(self, title: str | None, as_of: date | None) -> str:
        """Compute that of the list, which states this title and reference date."""
        day = None if as_of is None else as_of.isoformat()
        return longlist_sha256(title, day, self._digests)

    def compare(self, identities: Identities) -> None:
        """Note who may be the same, strongly suspected; the later of two is told."""
        numbers = {id(each): number for number, each in enumerate(self._named)}
        for suspicion in suspected(self._named, vocabulary(), STRONG):
            # Equal ids and equal names are told by codes of their own.
            if not _is_told(suspicion) and answer_on(suspicion, identities).is_open:
                one, other = numbers[id(suspicion.one)], numbers[id(suspicion.other)]
                self._warn(min(one, other), max(one, other), suspicion)

    def offer_apart(self, identities: Identities, apart: Iterable[Sequence[str]]) -> None:
        """Note of whom a part and its whole can both be selected, but for those kept ``apart``."""
        places: dict[str, int] = {}
        for number, each in enumerate(self._named):
            for name in filter(None, (each.id, each.name, *each.others)):
                places.setdefault(folded(name), number)
        kept = [{places.get(folded(name)) for name in group} for group in apart]
        for part, whole in identities.parts():
            one, other = places.get(folded(part)), places.get(folded(whole))
            if one is None or other is None or one == other:
                continue
            if not any({one, other} <= group for group in kept):
                self._offer(one, other)

    def _offer(self, part_at: int, whole_at: int) -> None:
        part, whole = self._named[part_at], self._named[whole_at]
        message = Text("K944.part-of", one=shown(part.name), other=shown(whole.name))
        hint = Text("K944.at-most-one", one=part.id, other=whole.id)
        document, base = self._places[part_at]
        there = document.read() if isinstance(document, Piece) else document
        self.refuse(there, [warning((*base, "name"), message, hint)])

    def _warn(self, earlier: int, later: int, suspicion: Suspicion) -> None:
        message = Text(
            "K942.may-same",
            other=shown(self._named[later].name),
            one=shown(self._named[earlier].name),
            why=_Why(suspicion),
        )
        hint = Text("K942.kiamv-same-asks-whether")
        (first, place), (second, base) = self._places[earlier], self._places[later]
        flaw = warning((*base, "name"), message, hint)
        before = first.unread() if isinstance(first, Piece) else first
        document = second.read() if isinstance(second, Piece) else second
        self.refuse(document, [replace(flaw, first=(before, (*place, "name")))])


@dataclass(frozen=True, slots=True)
class _Why:
    """Why two may be the same, in words once it is shown."""

    suspicion: Suspicion

    def __str__(self) -> str:
        return why(self.suspicion)


def _is_told(suspicion: Suspicion) -> bool:
    one, other = suspicion.one, suspicion.other
    return one.id == other.id or folded(one.name) == folded(other.name)


def _worth_telling(checking: _Checking) -> Iterator[Problem]:
    """Leave out who suggested an ecosystem where a list does not keep that of any."""
    for problem in checking.problems():
        if checking.has_suggesters or problem.code != "K941":
            yield problem
