"""Files are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress


def write_whole(path: str, content: bytes, *, force: bool) -> None:
    """Write a file so that at any moment either the old content is there or the new.

    A link is followed: the file it points to is replaced, not the link.

    Args:
        path: The file.
        content: All of it.
        force: Replace a file that exists; its permissions are kept.

    Raises:
        FileExistsError: The file exists and ``force`` was not given.
        OSError: It cannot be written; what was there is untouched.
    """
    target = os.path.realpath(path)
    descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".kiamv-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(target))
        if force:
            os.replace(temporary, target)
        else:
            # A link to the finished file fails if the name was taken meanwhile.
            os.link(temporary, target)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)


def _mode(path: str) -> int:
    """The permissions of the file, or those that a new one would get."""
    try:
        return os.stat(path).st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
