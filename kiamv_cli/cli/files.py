"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


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
            _take(temporary, target)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)


def write_folder(path: str, contents: Mapping[str, bytes], *, force: bool) -> None:
    """Write a folder of files so that at any moment either the old one is there or the new.

    Args:
        path: The folder.
        contents: The files in it, by name.
        force: Replace a folder that exists, if all files in it are of the same kinds; without,
            it may be there but must be empty.

    Raises:
        FileExistsError: The folder exists and must not be replaced; ``filename`` names what is in
            it of another kind, if that is why.
        OSError: It cannot be written; what was there is untouched.
    """
    target = os.path.realpath(path)
    there = os.listdir(target) if os.path.lexists(target) else []
    if there and not force:
        raise FileExistsError
    kinds = {os.path.splitext(name)[1] for name in contents}
    for name in sorted(there):
        if os.path.splitext(name)[1] not in kinds or os.path.isdir(os.path.join(target, name)):
            raise FileExistsError(errno.EEXIST, "is in the way", name)
    parent = os.path.dirname(target)
    os.makedirs(parent, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent, prefix=".kiamv-") as work:
        fresh, old = os.path.join(work, "new"), os.path.join(work, "old")
        os.mkdir(fresh)
        for name, content in contents.items():
            write_whole(os.path.join(fresh, name), content, force=False)
        if there:
            os.rename(target, old)
        try:
            os.rename(fresh, target)
        except OSError:
            if there:
                os.rename(old, target)
            raise


def _take(temporary: str, target: str) -> None:
    """Give the finished file its name; fails if the name was taken meanwhile."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise FileExistsError from None


def _mode(path: str) -> int:
    """The permissions of the file, or those that a new one would get."""
    try:
        return os.stat(path).st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
