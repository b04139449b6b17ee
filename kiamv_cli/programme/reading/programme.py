"""A programme from its folder: criteria, classes and vocabularies, all as data."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic_core import SchemaValidator, ValidationError

from kiamv_cli.base.files import files_in, is_folder, read_file, refusal
from kiamv_cli.base.language import _
from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.flaw import Flaw, alike, ids_of, used_twice
from kiamv_cli.formats.hints import closest
from kiamv_cli.programme.model.programme import (
    DEFAULTS,
    Criterion,
    Dimension,
    Map,
    Programme,
    ProgrammeOrigin,
)
from kiamv_cli.programme.reading.shapes import (
    PROGRAMME,
    classes_shape,
    criterion_shape,
    dimension_shape,
)
from kiamv_cli.programme.reading.topojson import read_areas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from importlib.resources.abc import Traversable

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.formats.plain import Path as ValuePath
    from kiamv_cli.formats.plain import Plain
    from kiamv_cli.programme.model.programme import Category, DimensionId, Ring, ScreeningClass

    Place: TypeAlias = Path | Traversable

Said: TypeAlias = dict[str, Any]
# What every long list has a place in.
_DIMENSIONS = ("provinces", "themes")


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
    return reader.documents


class _ProgrammeReader:
    def __init__(self, folder: Place) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.documents: dict[str, Plain] = {}

    def programme(self) -> Programme:
        if not is_folder(self.folder):
            raise refusal("K101", str(self.folder), _("there is no such folder of criteria"))
        said = self.read("programme", lambda _: PROGRAMME, self.check_programme)
        criteria = [self.criterion(name) for name in self.criterion_names(said)]
        classes = self.read("classes", lambda _: classes_shape(), _check_classes)
        dimensions = [self.dimension(name) for name in _DIMENSIONS]
        self.check_weights([each for each in criteria if each])
        if any(problem.severity == "error" for problem in self.problems):
            raise BadInput(self.problems)
        read = Programme(
            id=said["id"],
            label=said["label"],
            criteria=tuple(each for each in criteria if each),
            classes=classes["classes"],
            dimensions={each.id: each for each in dimensions if each},
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
        self.documents[stem] = document.data
        said: Said = {}
        shape = shape_for(document.data)
        try:
            said = SchemaValidator(shape).validate_python(document.data)
            flaws = [*check(said)]
        except ValidationError as error:
            from kiamv_cli.formats.faults import flaws_of  # noqa: PLC0415 - only for errors

            flaws = flaws_of(error, shape)
        self.problems += [*document.problems, *document.place(flaws)]
        return said

    def there(self) -> list[str]:
        """The criteria that have a file."""
        names = [Path(each.name) for each in files_in(self.folder)]
        stems = [name.stem for name in names if name.suffix == ".yaml"]
        return sorted(set(stems) - {"programme", "classes", "types", *_DIMENSIONS})

    def criterion_names(self, written: Said) -> list[str]:
        """All criteria that have a file, those of the programme first and in its order."""
        there = self.there()
        listed: tuple[str, ...] = written.get("criteria", ())
        return [*(name for name in listed if name in there), *(set(there) - set(listed))]

    def check_programme(self, written: Said) -> Iterator[Flaw]:
        there, listed = self.there(), written["criteria"]
        for index, name in enumerate(listed):
            path = ("criteria", index)
            if name in listed[:index]:
                yield Flaw(
                    code="K402",
                    path=path,
                    message=_("'{name}' is given twice in criteria", name=name),
                    hint=_("Give it once"),
                )
            elif name not in there:
                message = _("the criterion '{name}' has no file {name}.yaml", name=name)
                yield Flaw(code="K501", path=path, message=message, hint=closest(name, there))
        for name in there:
            if name not in listed:
                message = _("{name}.yaml is no criterion of this programme", name=name)
                hint = _("List it here, or take the file away")
                yield Flaw(code="K501", path=("criteria",), message=message, hint=hint)

    def check_weights(self, criteria: list[Criterion]) -> None:
        if criteria and not any(criterion.weight for criterion in criteria):
            message = _("the weights of the criteria add up to nothing")
            hint = _("Give at least one of them a weight above 0")
            self.problems += refusal("K502", str(self.folder), message, hint).problems

    def criterion(self, name: str) -> Criterion | None:
        said = self.read(name, criterion_shape, _check_criterion)
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
            message = _("a map takes both: the file under map, and the area of each category")
            yield Flaw(code="K505", path=path, message=message, hint=_("Give both or neither"))
        elif drawn is not None:
            try:
                areas |= read_areas(self.folder / drawn["file"], drawn["code"])
            except BadInput as error:
                self.problems += error.problems
                return
            yield from _check_areas(categories, areas, drawn["file"])


def _check_criterion(written: Said) -> Iterator[Flaw]:
    limits = {**DEFAULTS, **written}
    if limits["partly_at"] > limits["met_at"]:
        message = _(
            "partly_at ({partly_at}) is above met_at ({met_at})",
            partly_at=limits["partly_at"],
            met_at=limits["met_at"],
        )
        hint = _("Lower partly_at or raise met_at")
        yield Flaw(code="K503", path=("partly_at",), message=message, hint=hint)


def _check_classes(written: Said) -> Iterator[Flaw]:
    yield from used_twice(ids_of(written["classes"], ("classes",)))
    last: ScreeningClass = written["classes"][-1]
    if last.met or last.met_or_partly or last.not_met is not None:
        message = _("'{id}', the last class, asks for verdicts that not all have", id=last.id)
        hint = _("End with a class that asks for nothing: it takes what is left")
        path = ("classes", len(written["classes"]) - 1)
        yield Flaw(code="K506", path=path, message=message, hint=hint)


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
            message = _(
                "the tile of '{id}' is that of '{other}'", id=each.id, other=tiles[each.tile]
            )
            hint = _("Give each its own tile")
            yield Flaw(code="K402", path=("categories", index, "tile"), message=message, hint=hint)


def _check_areas(
    categories: tuple[Category, ...], areas: Iterable[str], file: str
) -> Iterator[Flaw]:
    first: dict[str, str] = {}
    for index, each in enumerate(categories):
        if each.area is None:
            continue
        path = ("categories", index, "area")
        if each.area not in areas:
            message = _("{file} has no area '{area}'", file=file, area=each.area)
            yield Flaw(
                code="K505",
                path=path,
                message=message,
                hint=closest(each.area, areas) or _("Check the property under code"),
            )
        elif first.setdefault(each.area, each.id) != each.id:
            message = _(
                "the area of '{id}' is that of '{other}'", id=each.id, other=first[each.area]
            )
            yield Flaw(code="K402", path=path, message=message, hint=_("Give each its own area"))


def _all_or_none(key: str, categories: tuple[Category, ...]) -> Iterator[Flaw]:
    without = [index for index, each in enumerate(categories) if getattr(each, key) is None]
    if len(without) == len(categories):
        return
    for index in without:
        message = _("'{id}' has no {key}, though others have", id=categories[index].id, key=key)
        hint = _("Give it to all or to none")
        yield Flaw(code="K504", path=("categories", index), message=message, hint=hint)
