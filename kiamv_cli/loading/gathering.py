"""Ecosystems are gathered one by one, from whatever document each stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_core import SchemaValidator, ValidationError

from kiamv_cli.core.labels import distinct_labels, folded
from kiamv_cli.core.problem import BadInput, Problem, in_order
from kiamv_cli.language import _
from kiamv_cli.loading.crosschecks import crosscheck, misnamed
from kiamv_cli.loading.entry import as_mapping, as_text
from kiamv_cli.loading.flaw import Flaw
from kiamv_cli.loading.longlist_shape import ecosystem_shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from kiamv_cli.core.longlist import Ecosystem
    from kiamv_cli.core.programme import Programme
    from kiamv_cli.loading.document import Document, Piece
    from kiamv_cli.loading.plain import Path, Plain

    Examine = Callable[[Plain, date | None, Path, str | None], Iterable[Flaw]]


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
            from kiamv_cli.loading.faults import flaws_of  # noqa: PLC0415 - only for errors

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
        """Give the problems noted so far, and forget them."""
        found = tuple(self._problems)
        self._problems.clear()
        return found

    def warnings(self) -> tuple[Problem, ...]:
        """Give the warnings.

        Raises:
            BadInput: There are errors; it holds all problems.
        """
        problems = self.problems()
        if any(problem.severity == "error" for problem in problems):
            raise BadInput(problems)
        return problems

    def problems(self) -> tuple[Problem, ...]:
        """Give all problems, in order."""
        for document, _flaws in list(self._flawed.values()):
            self.finish(document)
        return in_order(self._problems)

    def repeats(self, document: Document, base: Path, said: Mapping[str, Plain]) -> Iterator[Flaw]:
        """Find what stood at another place before; ``said`` has at least the id and the name."""
        here = (document, base)
        first = self._first("id", as_text(said.get("id")), here)
        if first:
            message = _("the id '{id}' is used twice", id=said["id"])
            hint = _("Give each its own id, or take one of them out")
            yield Flaw(code="K401", path=(*base, "id"), message=message, hint=hint, first=first)
            return
        first = self._first("name", as_text(said.get("name")), here)
        if first:
            yield Flaw(
                code="K902",
                path=(*base, "name"),
                message=_("the name '{name}' is used twice", name=said["name"]),
                hint=_(
                    "If they are one, take one out or answer so with kiamv same; "
                    "else tell them apart"
                ),
                first=first,
                severity="warning",
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
