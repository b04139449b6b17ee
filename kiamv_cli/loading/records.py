"""Files that only kiamv writes: each carries the SHA-256 of what it says.

So a file that was cut off, or changed by hand, is refused, and never half-read. The hash is that
of the canonical text (see ``fingerprint``) of all keys but ``sha256`` itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from pydantic_core import SchemaValidator, ValidationError, core_schema

from kiamv_cli.core.problem import BadInput
from kiamv_cli.core.yaml_writer import yaml_text
from kiamv_cli.language import _
from kiamv_cli.loading.document import read_document
from kiamv_cli.loading.files import read_file
from kiamv_cli.loading.fingerprint import canonical, digest
from kiamv_cli.loading.flaw import Flaw
from kiamv_cli.loading.shapes import keyed
from kiamv_cli.loading.text import composed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.core.problem import Problem
    from kiamv_cli.loading.document import Syntax
    from kiamv_cli.loading.plain import Plain

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
        """Give flaws their places."""


def record_text(kind: str, said: Mapping[str, Plain]) -> tuple[str, str]:
    """Write a record as YAML.

    Returns:
        Its text, and the SHA-256 of what it says.
    """
    data = hashed(kind, said)
    return yaml_text(data), str(data["sha256"])


def hashed(kind: str, said: Mapping[str, Plain]) -> dict[str, Plain]:
    """Put the kind of a record before what it says, and the SHA-256 of both after it."""
    data: dict[str, Plain] = _composed({"schema": schema_of(kind), **said})
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
    syntax: Syntax = "json" if place.suffix.lower() == ".json" else "yaml"
    document = read_document(read_file(place), str(place), syntax)
    refuse_if(document, _changed(document.data))
    return validated(document, whole_shape(kind, shape))


def whole_shape(kind: str, shape: Mapping[str, CoreSchema]) -> CoreSchema:
    """What a file of such records looks like, ``shape`` being that of its other keys."""
    return keyed({**stated(kind), **shape, "sha256": SHA256})


def schema_of(kind: str) -> str:
    """What a file states of itself."""
    return f"kiamv/{kind}/1"


def stated(kind: str) -> dict[str, CoreSchema]:
    """The shape of that statement."""
    return {"schema": core_schema.literal_schema([schema_of(kind)])}


def validated(document: Placed, shape: CoreSchema) -> dict[str, Any]:
    """Check a document against a shape.

    Raises:
        BadInput: It has another shape; with all that is wrong.
    """
    try:
        said: dict[str, Any] = SchemaValidator(shape).validate_python(document.data)
    except ValidationError as error:
        from kiamv_cli.loading.faults import flaws_of  # noqa: PLC0415 - only for errors

        refuse_if(document, flaws_of(error, shape))
        raise
    return said


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
    message = _("it was changed or cut off after kiamv wrote it")
    hint = _("Restore it as it was, such as from git: people do not write in it")
    return [Flaw(code="K601", path=(), message=message, hint=hint)]


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
