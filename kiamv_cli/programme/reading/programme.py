"""A programme from its folder: criteria, classes and vocabularies, all as data."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic_core import SchemaValidator, ValidationError

from kiamv_cli.base.files import bad_file, files_in, is_folder, read_file
from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.base.text import Text
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.plain import Flaw, alike, ids_of, used_twice
from kiamv_cli.programme.model.dimensions import LEAD, PLAIN_DIMENSIONS, Dimension, Map, Usual
from kiamv_cli.programme.model.facts import Partners
from kiamv_cli.programme.model.programme import DEFAULTS, Criterion, Programme, ProgrammeOrigin
from kiamv_cli.programme.reading.shapes import (
    classes_shape,
    criterion_shape,
    dimension_shape,
    programme_shape,
)
from kiamv_cli.programme.reading.spread import (
    check_balance,
    check_groups,
    read_types,
    spread_over_attribute,
)
from kiamv_cli.programme.rules.count import COUNTABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from importlib.resources.abc import Traversable

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.formats.document import Document
    from kiamv_cli.formats.plain import Path as ValuePath
    from kiamv_cli.formats.plain import Plain
    from kiamv_cli.programme.model.attributes import Attribute, Category
    from kiamv_cli.programme.model.dimensions import DimensionId, Ring
    from kiamv_cli.programme.model.programme import ScreeningClass

    Place: TypeAlias = Path | Traversable

Said: TypeAlias = dict[str, Any]
# What an ecosystem has beside its attributes, so that a name means one thing.
_TAKEN = {each.name for each in fields(Partners)} | {
    *PLAIN_DIMENSIONS,
    *COUNTABLE,
    "budget",
    "scope",
}


def load_programme(folder: Place) -> Programme:
    """Read and check a programme.

    The folder holds ``programme.yaml`` (id, label and the order of the criteria), a file
    ``<id>.yaml`` for each criterion, ``classes.yaml``, ``provinces.yaml`` and ``themes.yaml``.
    Scores and weights are exact: whole numbers, decimals, or texts such as ``1/3``. The
    weight of a criterion is 1, its ``met_at`` 1 and its ``partly_at`` 1/2 unless it says
    otherwise. What has no Dutch text gets the English.

    Raises:
        BadInput: Something is wrong; it holds all problems that were found.
    """
    return _ProgrammeReader(folder).programme()


def programme_documents(folder: Place) -> dict[str, Plain]:
    """Read what each file of a programme says, by its name without ``.yaml``.

    Raises:
        BadInput: Something is wrong; it holds all problems that were found.
    """
    reader = _ProgrammeReader(folder)
    reader.programme()
    return {stem: each.data for stem, each in reader.documents.items()}


class _ProgrammeReader:
    def __init__(self, folder: Place) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.documents: dict[str, Document] = {}

    def programme(self) -> Programme:
        if not is_folder(self.folder):
            raise bad_file(str(self.folder), Text("K101.no-such-folder-criteria"))
        said = self.read("programme", lambda _: programme_shape(), self.check_programme)
        attributes: tuple[Attribute, ...] = said.get("attributes", ())
        criteria = [self.criterion(name, attributes) for name in self.criterion_names(said)]
        known = self.criterion_names(said)
        classes = self.read(
            "classes", lambda _: classes_shape(), partial(_check_classes, known=known)
        )
        files = [each for each in map(self.dimension, self.spread_over()) if each]
        spread = [*files, *(spread_over_attribute(each) for each in attributes if each.categories)]
        groups: tuple[Dimension, ...] = said.get("dimensions", ())
        self.check_spread(attributes, spread, groups, said.get("default", Usual()))
        self.check_weights([each for each in criteria if each])
        if any(problem.severity == "error" for problem in self.problems):
            raise BadInput(self.problems)
        read = Programme(
            id=said["id"],
            label=said["label"],
            criteria=tuple(each for each in criteria if each),
            classes=classes["classes"],
            dimensions={each.id: each for each in (*spread, *groups)},
            attributes=attributes,
            ties=said.get("ties", ()),
            default=said.get("default", Usual()),
            types=partial(read_types, self.folder, {each.id for each in (*spread, *groups)}),
        )
        return replace(read, origin=ProgrammeOrigin(source=str(self.folder), as_read=read))

    def read(
        self,
        stem: str,
        shape_for: Callable[[Plain], CoreSchema],
        check: Callable[[Said], Iterable[Flaw]],
    ) -> Said:
        """Read one of the files; nothing is said by one with errors."""
        place = self.folder / f"{stem}.yaml"
        try:
            document = read_document(read_file(place), str(place), "yaml")
        except BadInput as error:
            self.problems += error.problems
            return {}
        self.documents[stem] = document
        said: Said = {}
        shape = shape_for(document.data)
        try:
            said = SchemaValidator(shape).validate_python(document.data)
            flaws = [*check(said)]
        except ValidationError as error:
            from kiamv_cli.formats.faults import flaws_of

            flaws = flaws_of(error, shape)
        self.problems += [*document.problems, *document.place(flaws)]
        return said

    def there(self) -> list[str]:
        """The criteria that have a file."""
        names = [Path(each.name) for each in files_in(self.folder)]
        stems = [name.stem for name in names if name.suffix == ".yaml"]
        return sorted(set(stems) - {"programme", "classes", "types", *PLAIN_DIMENSIONS})

    def criterion_names(self, written: Said) -> list[str]:
        """All criteria that have a file, those of the programme first and in its order."""
        there = self.there()
        listed: tuple[str, ...] = written.get("criteria", ())
        return [*(name for name in listed if name in there), *(set(there) - set(listed))]

    def check_programme(self, written: Said) -> Iterator[Flaw]:
        yield from _check_attributes(written.get("attributes", ()))
        there, listed = self.there(), written["criteria"]
        for index, name in enumerate(listed):
            path = ("criteria", index)
            if name in listed[:index]:
                yield Flaw(
                    path=path,
                    text=Text("K402.given-twice-criteria", name=name),
                    advice=Text("hints.give-once"),
                )
            elif name not in there:
                yield _unknown(name, there, path, Text("K501.criterion-no-file-yaml", name=name))
        yield from _check_ties(written.get("ties", ()), listed)
        for name in there:
            if name not in listed:
                message = Text("K501.yaml-no-criterion-programme", name=name)
                hint = Text("K501.list-here-take-file")
                yield Flaw(path=("criteria",), text=message, advice=hint)

    def check_weights(self, criteria: list[Criterion]) -> None:
        if criteria and not any(criterion.weight for criterion in criteria):
            message = Text("K502.weights-criteria-add-up")
            hint = Text("K502.give-least-one-them")
            self.problems += bad_file(str(self.folder), message, hint).problems

    def spread_over(self) -> list[DimensionId]:
        """What has a file of its own to be spread over."""
        names = {Path(each.name).stem for each in files_in(self.folder)}
        return [each for each in PLAIN_DIMENSIONS if each in names]

    def check_spread(
        self,
        attributes: tuple[Attribute, ...],
        spread: list[Dimension],
        groups: tuple[Dimension, ...],
        usual: Usual,
    ) -> None:
        """Check coarser dimensions, and by what is spread where nobody says otherwise."""
        if not (groups or usual.balance):
            return
        known = {each.id: each for each in spread}
        more = [each.id for each in attributes if each.kind == "organisation"]
        named = {*(usual.balance or ()), *(each.of for each in groups)}
        others = {*more, LEAD, *(each.id for each in groups)}
        if named - known.keys() - others:
            from kiamv_cli.programme.model.types import type_dimension

            types = read_types(self.folder, {*known, *others})
            known |= {each.id: type_dimension(each) for each in types}
        flaws = [*check_groups(groups, known, _TAKEN)]
        flaws += check_balance(usual.balance or (), [*known, *sorted(others)])
        self.problems += self.documents["programme"].place(flaws)

    def criterion(self, name: str, attributes: tuple[Attribute, ...]) -> Criterion | None:
        said = self.read(name, partial(criterion_shape, attributes), _check_criterion)
        return Criterion(id=name, **{**DEFAULTS, **said}) if said else None

    def dimension(self, name: DimensionId) -> Dimension | None:
        areas: dict[str, tuple[Ring, ...]] = {}
        said = self.read(name, lambda _: dimension_shape(), partial(self.check_dimension, areas))
        if not said:
            return None
        drawn = said.pop("map", None)
        borders = {each.id: areas.get(each.area or "", ()) for each in said["categories"]}
        return Dimension(
            id=name,
            **said,
            map=Map(**drawn, areas=borders) if drawn else None,
        )

    def check_dimension(self, areas: dict[str, tuple[Ring, ...]], written: Said) -> Iterator[Flaw]:
        """Check the categories, and read the map if there is one into ``areas``."""
        yield from _check_categories(written)
        drawn, categories = written.get("map"), written["categories"]
        if (drawn is None) != all(each.area is None for each in categories):
            path: ValuePath = ("categories", 0, "area") if drawn is None else ("map",)
            message = Text("K505.map-takes-both-file")
            yield Flaw(path=path, text=message, advice=Text("K505.give-both-neither"))
        elif drawn is not None:
            from kiamv_cli.programme.reading.topojson import read_areas

            try:
                areas |= read_areas(self.folder / drawn["file"], drawn["code"])
            except BadInput as error:
                self.problems += error.problems
                return
            yield from _check_areas(categories, areas, drawn["file"])


def _check_attributes(attributes: tuple[Attribute, ...]) -> Iterator[Flaw]:
    yield from used_twice(ids_of(attributes, ("attributes",)))
    for at, attribute in enumerate(attributes):
        path = ("attributes", at)
        if attribute.id in _TAKEN:
            message = Text("K510.list-has-it", id=attribute.id)
            yield Flaw(path=(*path, "id"), text=message, advice=Text("K510.take-another-id"))
        if attribute.kind == "choice":
            yield from used_twice(ids_of(attribute.categories, (*path, "categories")))
            yield from alike(
                (each.id, each.label, (*path, "categories", place))
                for place, each in enumerate(attribute.categories)
            )


def _check_ties(ties: Sequence[str], known: Collection[str]) -> Iterator[Flaw]:
    for index, name in enumerate(ties):
        if name not in known:
            yield _unknown(name, known, ("ties", index), Text("K512.no-such-criterion", name=name))
        elif name in ties[:index]:
            message = Text("K402.given-twice-criteria", name=name)
            yield Flaw(path=("ties", index), text=message, advice=Text("hints.give-once"))


def _unknown(name: str, known: Iterable[str], path: ValuePath, text: Text) -> Flaw:
    """Say that a name is none of those known, and which is near."""
    from kiamv_cli.formats.hints import closest

    return Flaw(path=path, text=text, advice=closest(name, known))


def _check_criterion(written: Said) -> Iterator[Flaw]:
    limits = {**DEFAULTS, **written}
    if limits["partly_at"] > limits["met_at"]:
        message = Text(
            "K503.partly-above-met", partly_at=limits["partly_at"], met_at=limits["met_at"]
        )
        hint = Text("K503.lower-partly-raise-met")
        yield Flaw(path=("partly_at",), text=message, advice=hint)


def _check_classes(written: Said, known: list[str]) -> Iterator[Flaw]:
    yield from used_twice(ids_of(written["classes"], ("classes",)))
    for at, each in enumerate(written["classes"]):
        for key, names in (("must", each.must), ("each", each.each)):
            for name in names:
                if name not in known:
                    yield _unknown(
                        name, known, ("classes", at, key), Text("K512.no-such-criterion", name=name)
                    )
    last: ScreeningClass = written["classes"][-1]
    if last.asks:
        message = Text("K506.last-class-asks-verdicts", id=last.id)
        hint = Text("K506.end-class-asks-nothing")
        path = ("classes", len(written["classes"]) - 1)
        yield Flaw(path=path, text=message, advice=hint)


def _check_categories(written: Said) -> Iterator[Flaw]:
    yield from used_twice(ids_of(written["categories"], ("categories",)))
    yield from alike(
        (each.id, each.label, ("categories", at)) for at, each in enumerate(written["categories"])
    )
    yield from _all_or_none("population", written["categories"])
    yield from _all_or_none("tile", written["categories"])
    yield from _all_or_none("area", written["categories"])
    tiles: dict[tuple[int, int], str] = {}
    for index, each in enumerate(written["categories"]):
        if each.tile and tiles.setdefault(each.tile, each.id) != each.id:
            message = Text("K402.tile", id=each.id, other=tiles[each.tile])
            hint = Text("K402.give-each-own-tile")
            yield Flaw(path=("categories", index, "tile"), text=message, advice=hint)


def _check_areas(
    categories: tuple[Category, ...], areas: Iterable[str], file: str
) -> Iterator[Flaw]:
    first: dict[str, str] = {}
    for index, each in enumerate(categories):
        if each.area is None:
            continue
        path = ("categories", index, "area")
        if each.area not in areas:
            yield _no_such_area(each.area, areas, file, path)
        elif first.setdefault(each.area, each.id) != each.id:
            message = Text("K402.area", id=each.id, other=first[each.area])
            yield Flaw(path=path, text=message, advice=Text("K402.give-each-own-area"))


def _no_such_area(area: str, areas: Iterable[str], file: str, path: ValuePath) -> Flaw:
    from kiamv_cli.formats.hints import closest

    text = Text("K505.no-area", file=file, area=area)
    advice = closest(area, areas) or Text("K505.check-property-under-code")
    return Flaw(path=path, text=text, advice=advice)


def _all_or_none(key: str, categories: tuple[Category, ...]) -> Iterator[Flaw]:
    without = [index for index, each in enumerate(categories) if getattr(each, key) is None]
    if len(without) == len(categories):
        return
    for index in without:
        message = Text("K504.no-though-others", id=categories[index].id, key=key)
        hint = Text("K504.give-all-none")
        yield Flaw(path=("categories", index), text=message, advice=hint)
