"""All doubts about one ecosystem, and ecosystems looked at one by one.

What concerns several of them, such as an id that is used twice, is for who sees them all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.base.language import _, in_language
from kiamv_cli.longlist.checks.amounts import about_budget, about_years
from kiamv_cli.longlist.checks.statements import about_contents, about_sources, about_texts
from kiamv_cli.longlist.checks.subject import doubt, subject
from kiamv_cli.longlist.reading.entry import as_mapping
from kiamv_cli.longlist.reading.gathering import Gathering
from kiamv_cli.longlist.reading.names import named_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kiamv_cli.base.language import Language
    from kiamv_cli.base.problem import Problem
    from kiamv_cli.formats.document import Document, Piece
    from kiamv_cli.formats.flaw import Flaw
    from kiamv_cli.formats.plain import Path, Plain
    from kiamv_cli.longlist.checks.subject import Subject
    from kiamv_cli.longlist.model.duplicates import Named
    from kiamv_cli.longlist.model.longlist import Ecosystem
    from kiamv_cli.programme.model.programme import Programme

_KNOWN = (
    "challenges",
    "life_domains",
    "comparable_elsewhere",
    "maturity",
    "budget",
    "partners",
    "verdicts",
)


def doubts(
    ecosystem: Plain, as_of: date | None, base: Path = (), text: str | None = None
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
        hint = _("Add what is known, with its source; [] says that there is none")
        yield doubt("K940", ("id",), _("nothing is known of this ecosystem"), hint)
    if not seen.entry.get("suggested_by") and not seen.entry.get("named_in_study"):
        hint = _("Add suggested_by: who or which overview put it on the list")
        yield doubt("K941", ("id",), _("nobody is on record as having suggested it"), hint)


class Looking(Gathering):
    """Notes what is wrong with ecosystems or doubtful in them, and keeps no more than the names.

    ``suggested`` tells whether it is on record of any of them who suggested it.
    """

    def __init__(self, programme: Programme) -> None:
        super().__init__(programme, doubts)
        self.named: list[Named] = []
        self.suggested = False

    def add(self, document: Document, base: Path, data: Plain, text: str | None = None) -> None:
        """Look at an ecosystem, and keep its names."""
        self.look_at(document, base, data, text)
        self.named.append(named_in(data))

    def keep(self, ecosystem: Ecosystem, data: Plain) -> None:
        """Let go of an ecosystem."""
        del data
        if ecosystem.suggested_by or ecosystem.named_in_study:
            self.suggested = True


class Looked(NamedTuple):
    """What came of looking at one piece; ``named`` is empty if it could not be read."""

    problems: tuple[Problem, ...]
    named: tuple[Named, ...]
    suggested: bool


class Look:
    """Looks at one piece after the other."""

    def __init__(self, programme: Programme, as_of: date | None, language: Language) -> None:
        """Get ready; what is wrong will be told in ``language``."""
        self._looking = Looking(programme)
        self._looking.as_of = as_of
        self._language = language

    def __call__(self, piece: Piece) -> Looked:
        """Look at a piece for itself."""
        looking = self._looking
        with in_language(self._language):
            looking.gather([piece])
        looked = Looked(looking.noted(), tuple(looking.named), looking.suggested)
        looking.named.clear()
        return looked
