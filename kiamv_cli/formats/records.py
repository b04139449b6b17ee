"""Files that only kiamv writes: each carries the SHA-256 of what it says.

So a file that was cut off, or changed by hand, is refused, and never half-read. The hash is that
of the canonical text (see ``fingerprint``) of all keys but ``sha256`` itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from pydantic_core import SchemaValidator, ValidationError, core_schema

from kiamv_cli.base.files import composed
from kiamv_cli.base.problem import BadInput
from kiamv_cli.base.text import Text
from kiamv_cli.base.value import canonical, digest
from kiamv_cli.formats.document import read_by_ending
from kiamv_cli.formats.plain import Flaw
from kiamv_cli.formats.shapes import keyed
from kiamv_cli.formats.yaml_writer import yaml_text

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from pathlib import Path

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.files import Place
    from kiamv_cli.base.problem import Problem
    from kiamv_cli.formats.document import Document
    from kiamv_cli.formats.plain import Plain

# Kinds of which there was another version before: the one that is written now.
_VERSIONS = {"record": 2, "review": 2}
SHA256 = core_schema.str_schema(strict=True, pattern="^[0-9a-f]{64}$")


class Placed(Protocol):
    """What was read from a file, and the way back from a value to its place."""

    @property
    def data(self) -> Plain:
        """The values."""

    @property
    def problems(self) -> list[Problem]:
        """What was wrong with the file as such."""

    def place(self, flaws: Iterable[Flaw]) -> list[Problem]:
        """Return flaws their places."""


def record_text(kind: str, values: Mapping[str, Plain]) -> tuple[str, str]:
    """Write a record as YAML.

    Returns:
        Its text, and the SHA-256 of what it says.
    """
    data = hashed(kind, values)
    return yaml_text(data), str(data["sha256"])


def hashed(kind: str, values: Mapping[str, Plain]) -> dict[str, Plain]:
    """Put the kind of a record before what it says, and the SHA-256 of both after it."""
    data: dict[str, Plain] = _composed({"schema": schema_of(kind), **values})
    return {**data, "sha256": digest(canonical(data))}


def read_record(place: Path, kind: str, shape: Mapping[str, CoreSchema]) -> dict[str, Any]:
    """Read a record back.

    Args:
        place: The file.
        kind: What it must be, as in the ``schema`` that it states.
        shape: Its other keys.

    Raises:
        BadInput: It is not such a file, or does not say any more what kiamv wrote.
    """
    return read_versions(place, kind, {current_version(kind): shape})[1]


def read_versions(
    place: Path,
    kind: str,
    shapes: Mapping[int, Mapping[str, CoreSchema]],
    optional: Mapping[str, CoreSchema] | None = None,
) -> tuple[int, dict[str, Any]]:
    """Read a record of one of several versions; arguments as for ``read_record``.

    Returns:
        Its version, and what it says.
    """
    return versioned(read_by_ending(place), kind, shapes, optional)


def versioned(
    document: Document,
    kind: str,
    shapes: Mapping[int, Mapping[str, CoreSchema]],
    optional: Mapping[str, CoreSchema] | None = None,
) -> tuple[int, dict[str, Any]]:
    """Check a record that was read; see ``read_versions``."""
    refuse_if(document, _unknown(document.data, kind, shapes))
    refuse_if(document, _changed(document.data))
    version = _version(document.data, kind) or max(shapes)
    shape = whole_shape(kind, shapes.get(version, {}), version, optional)
    return version, validated(document, shape)


def whole_shape(
    kind: str,
    shape: Mapping[str, CoreSchema],
    version: int | None = None,
    optional: Mapping[str, CoreSchema] | None = None,
) -> CoreSchema:
    """What a file of such records looks like, ``shape`` being that of its other keys."""
    return keyed({**stated(kind, version), **shape, "sha256": SHA256}, optional)


def schema_of(kind: str, version: int | None = None) -> str:
    """What a file states of itself; left out: of the version that is written now."""
    return f"kiamv/{kind}/{version or current_version(kind)}"


def current_version(kind: str) -> int:
    """Return the version in which files of a kind are written now."""
    return _VERSIONS.get(kind.partition("/")[0], 1)


def stated(kind: str, version: int | None = None) -> dict[str, CoreSchema]:
    """The shape of that statement."""
    return {"schema": core_schema.literal_schema([schema_of(kind, version)])}


def _version(data: Plain, kind: str) -> int | None:
    """The version that a file states; ``None`` if it states another kind, or nothing."""
    schema = data.get("schema") if isinstance(data, dict) else None
    before = schema_of(kind).rpartition("/")[0]
    match str(schema).rpartition("/"):
        case (start, _, number) if start == before and number.isdecimal():
            return int(number[:4])
    return None


def _unknown(data: Plain, kind: str, known: Container[int]) -> list[Flaw]:
    version = _version(data, kind)
    if version is None or version in known:
        return []
    made = data.get("versions") if isinstance(data, dict) else None
    by = made.get("kiamv") if isinstance(made, dict) else None
    message = Text("K604.made-kiamv-cannot-compared", version=by or "?")
    hint = Text("K604.use-version-kiamv-newer")
    return [Flaw(path=("schema",), text=message, advice=hint)]


def validated(document: Placed, shape: CoreSchema) -> dict[str, Any]:
    """Check a document against a shape.

    Raises:
        BadInput: It has another shape; with all that is wrong.
    """
    try:
        said: dict[str, Any] = SchemaValidator(shape).validate_python(document.data)
    except ValidationError as error:
        from kiamv_cli.formats.faults import flaws_of  # noqa: PLC0415 - only for errors

        refuse_if(document, flaws_of(error, shape))
        raise
    return said


def read_stated(place: Place, shape: CoreSchema) -> tuple[Document, dict[str, Any]]:
    """Read a file that people write and that states its kind: JSON by its ending, else YAML.

    Returns:
        The document, and what it holds beside that statement.

    Raises:
        BadInput: It has another shape; with all that is wrong.
    """
    document = read_by_ending(place)
    data = validated(document, shape)
    return document, {key: value for key, value in data.items() if key != "schema"}


def refuse_if(document: Placed, flaws: list[Flaw]) -> None:
    """Refuse a document that has flaws.

    Raises:
        BadInput: It has, or had been read with errors.
    """
    problems = [*document.problems, *document.place(flaws)]
    if any(problem.severity == "error" for problem in problems):
        raise BadInput(problems)


def _changed(data: Plain) -> list[Flaw]:
    said = data if isinstance(data, dict) else {}
    rest = {key: value for key, value in said.items() if key != "sha256"}
    if said.get("sha256") == digest(canonical(rest)):
        return []
    message = Text("K601.changed-cut-off-after")
    hint = Text("K601.restore-such-git-people")
    return [Flaw(path=(), text=message, advice=hint)]


def _composed(value: Any) -> Any:  # noqa: ANN401 - any plain value
    match value:
        case str():
            return composed(value)
        case dict():
            return {key: _composed(each) for key, each in value.items()}
        case list():
            return [_composed(each) for each in value]
        case _:
            return value
