"""Each ecosystem of a long list looked at for itself, in whichever process.

What concerns several of them, such as an id that is used twice, is for who sees them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.language import in_language
from kiamv_cli.loading.doubts.ecosystem import doubts
from kiamv_cli.loading.gathering import Gathering
from kiamv_cli.loading.names import named_in

if TYPE_CHECKING:
    from datetime import date

    from kiamv_cli.core.duplicates import Named
    from kiamv_cli.core.longlist import Ecosystem
    from kiamv_cli.core.problem import Problem
    from kiamv_cli.core.programme import Programme
    from kiamv_cli.language import Language
    from kiamv_cli.loading.document import Document, Piece
    from kiamv_cli.loading.plain import Path, Plain


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
