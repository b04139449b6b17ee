"""The inputs themselves as text, to be kept in a decision record, and to be read from it again."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeAlias

from kiamv_cli.base.files import bad_file, files_in, is_folder, read_file
from kiamv_cli.base.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

    Place: TypeAlias = Path | Traversable

# What a record may name a file: no way leads out of the folder that it is put in.
SAFE_NAME = r"^[\p{L}\p{N}_][\p{L}\p{N}_ .+-]*(/[\p{L}\p{N}_][\p{L}\p{N}_ .+-]*)*$"
_TEXTS = (".yaml", ".yml", ".json", ".jsonl", ".ndjson", ".csv")
# In a folder: also borders, without which the programme could not be read again.
_KEPT = (".yaml", ".topojson")
# Forms are for people to write in; what counts of them is kept apart once they are sealed. What
# belongs to a survey comes after a selection.
_NO_INPUT = {"forms", "survey"}


def contents(place: Place) -> dict[str, str]:
    """Read a file, or all YAML files and maps of a folder and its folders, as text.

    Returns:
        The text by name; that of a file in a folder starts with the name of the folder and ``/``.

    Raises:
        BadInput: One of them cannot be read, or is no text.
    """
    if not is_folder(place):
        if Path(place.name).suffix.lower() not in _TEXTS:
            hint = Text("K104.save-yaml-first-record")
            raise bad_file(str(place), Text("K104.only-text-can-kept"), hint)
        return {place.name: _text(place)}
    kept = _files(place)
    return {f"{place.name}/{name}": _text(one) for name, one in kept.items()}


def _files(folder: Place) -> dict[str, Place]:
    """The files of a folder that count, by their names within it."""
    found: dict[str, Place] = {}
    for one in files_in(folder):
        if is_folder(one) and one.name not in _NO_INPUT:
            found |= {f"{one.name}/{name}": each for name, each in _files(one).items()}
        elif Path(one.name).suffix in _KEPT:
            found[one.name] = one
    return found


@contextmanager
def unpacked(texts: Mapping[str, str]) -> Iterator[Path]:
    """Put what ``contents`` gave into files again, for as long as they are read.

    Args:
        texts: Texts by name; each name is like ``SAFE_NAME``.

    Raises:
        BadInput: The system takes no files of such names.
    """
    with TemporaryDirectory(prefix="kiamv-") as folder:
        try:
            for name, text in texts.items():
                place = Path(folder, name)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(text.encode())
        except OSError as error:
            message = Text("K606.kept-cannot-put-into", reason=str(error.strerror).lower())
            raise bad_file("record", message, Text("K606.give-input-itself")) from None
        yield Path(folder, next(iter(texts)).partition("/")[0])


def _text(place: Place) -> str:
    try:
        return read_file(place).decode("utf-8")
    except UnicodeDecodeError:
        raise bad_file(
            str(place), Text("K201.text-not-utf-8-at-all"), Text("K201.save-utf-8")
        ) from None
