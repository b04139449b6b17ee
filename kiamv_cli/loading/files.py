"""Reading bytes: regular files only, of bounded size, with a clear problem for what is not."""

from __future__ import annotations

import errno
import stat
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

from kiamv_cli.core.problem import BadInput, Problem
from kiamv_cli.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    Place: TypeAlias = Path | Traversable

MOST_BYTES = 64 * 1024 * 1024


def refusal(code: str, path: str, message: str, hint: str = "") -> BadInput:
    """Make the error for a problem with a file as a whole."""
    return BadInput([Problem(code=code, path=path, message=message, hint=hint)])


def open_file(place: Place) -> IO[bytes]:
    """Open a regular file to read its bytes.

    Raises:
        BadInput: There is no such file, or it is none that can be read.
    """
    path = str(place)
    try:
        # Opening a pipe would wait for ever, and a device may never end: look first.
        if isinstance(place, Path) and not stat.S_ISREG(place.stat().st_mode):
            folder = place.is_dir()
            message = _("it is a folder") if folder else _("it is not a regular file")
            raise refusal("K102", path, message, _("Give a file"))
        return place.open("rb")
    except FileNotFoundError:
        raise refusal("K101", path, _("there is no such file"), _alike(place)) from None
    except (OSError, ValueError) as error:
        raise unreadable(error, path) from None


def files_in(folder: Place) -> list[Place]:
    """List what is in a folder, by name.

    Raises:
        BadInput: It cannot be read.
    """
    try:
        return sorted(folder.iterdir(), key=lambda place: place.name)
    except OSError as error:
        raise unreadable(error, str(folder)) from None


def is_folder(place: Place) -> bool:
    """Tell whether there is a folder of that name; what cannot be looked at is none."""
    try:
        return place.is_dir()
    except OSError:
        return False


def is_there(place: Place) -> bool:
    """Tell whether there is a file of that name, or a folder.

    Raises:
        BadInput: It cannot be looked at, so nobody can tell.
    """
    try:
        if isinstance(place, Path):
            place.stat()
            return True
        return place.is_file()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise unreadable(error, str(place)) from None


def is_file(place: Path) -> bool:
    """Tell whether there is a regular file of that name; what is too long for one names none.

    Raises:
        BadInput: It cannot be looked at, so nobody can tell.
    """
    try:
        return stat.S_ISREG(place.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return False
        raise unreadable(error, str(place)) from None


def read_file(place: Place) -> bytes:
    """Read a whole regular file.

    Raises:
        BadInput: There is no such file, it cannot be read, or it is larger than 64 MB.
    """
    with open_file(place) as file:
        return read_rest(file, str(place))


def read_rest(file: IO[bytes], path: str, before: bytes = b"") -> bytes:
    """Read what is left of a file, with what was read before it, up to 64 MB in all.

    Raises:
        BadInput: There is more, or reading fails.
    """
    try:
        raw = before + file.read(MOST_BYTES + 1 - len(before))
    except OSError as error:
        raise unreadable(error, path) from None
    if len(raw) > MOST_BYTES:
        hint = _("Give a list of that size as JSON Lines (.jsonl)")
        raise refusal("K103", path, _("it is larger than 64 MB"), hint)
    return raw


def read_lines(file: IO[bytes], path: str) -> Iterator[bytes]:
    """Read line by line; each may be up to 64 MB. Raises as reading a whole file does."""
    while True:
        try:
            line = file.readline(MOST_BYTES + 1)
        except OSError as error:
            raise unreadable(error, path) from None
        if len(line) > MOST_BYTES:
            raise refusal(
                "K103", path, _("a line is larger than 64 MB"), _("Give one ecosystem per line")
            )
        if not line:
            return
        yield line


def unreadable(error: OSError | ValueError, path: str) -> BadInput:
    """Make the error for what the system would not read."""
    reason = str(getattr(error, "strerror", None) or error).lower()
    return refusal(
        "K102", path, _("it cannot be read: {reason}", reason=reason), _("Check who may read it")
    )


def _alike(place: Place) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

    there = list[str]()
    with suppress(OSError):
        there = [each.name for each in place.parent.iterdir()] if isinstance(place, Path) else []
    found = get_close_matches(str(place.name), there, n=3)
    return (
        _("In this folder: {names}", names=", ".join(found))
        if found
        else _("Check the name and the folder")
    )
