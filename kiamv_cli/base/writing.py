"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import PurePath
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

# What a system says of something that its file system cannot do.
_CANNOT = {
    getattr(errno, name)
    for name in ("EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EINVAL", "ENOLCK")
    if hasattr(errno, name)
}


def write_whole(path: str, content: bytes, *, force: bool) -> None:
    """Write a file so that at any moment either the old content is there or the new.

    A link is followed: the file it points to is replaced, not the link. What is no file but there,
    such as a device or a pipe, is written to.

    Args:
        path: The file.
        content: All of it.
        force: Replace a file that exists; its permissions are kept.

    Raises:
        FileExistsError: The file exists and ``force`` was not given.
        OSError: It cannot be written; what was there is untouched.
    """
    if _is_device(path):
        with open(path, "wb", buffering=0) as device:
            device.write(content)
        return
    target = os.path.realpath(path)
    descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".kiamv-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with _as_far_as_it_goes():
            os.chmod(temporary, _mode(target))
        if force:
            os.replace(temporary, target)
        else:
            _take(temporary, target)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)


@contextmanager
def alone_in(path: str) -> Iterator[None]:
    """Let nobody else write a file that is read and written again, as long as the block lasts.

    Only for those who ask for it as well; it waits until it is their turn. The folder is locked
    where the system can, which leaves nothing behind; elsewhere a file in it. A file system that
    has no locks has one writer at a time only by luck.
    """
    folder = os.path.dirname(os.path.realpath(path))
    if os.name == "nt":
        lock = os.open(os.path.join(folder, ".kiamv-lock"), os.O_RDWR | os.O_CREAT)
    else:
        lock = os.open(folder, os.O_RDONLY)
    try:
        with _as_far_as_it_goes():
            _lock(lock)
        yield
    finally:
        os.close(lock)


def _lock(descriptor: int) -> None:
    try:
        import fcntl
    except ImportError:  # Windows, which locks bytes of a file, and gives up after ten seconds
        import msvcrt

        while not _locked(lambda: msvcrt.locking(descriptor, 1, 1)):  # type: ignore[attr-defined]
            pass
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _locked(lock: Callable[[], None]) -> bool:
    try:
        lock()
    except OSError as error:
        if error.errno != errno.EDEADLK:
            raise
        return False
    return True


def write_folder(path: str, contents: Mapping[str, bytes], *, force: bool) -> None:
    """Write a folder of files so that it is never there in part, and the old one is never lost.

    Between two renames neither is there under its name: who is killed just then finds the old one
    beside it, in a folder ``.kiamv-old-…``.

    Args:
        path: The folder.
        contents: The files in it, by name, which may have folders in it: ``criteria/themes.yaml``.
        force: Replace a folder that exists, if all files in it are of the same kinds or, where
            ``contents`` has folders, are among those that are written; without, it may be there
            but must be empty.

    Raises:
        FileExistsError: The folder exists and must not be replaced; ``filename`` names what is in
            the way, if that is why.
        OSError: It cannot be written; what was there is untouched.
    """
    target = os.path.realpath(path)
    there = _replaceable(target, contents, force=force)
    parent = os.path.dirname(target)
    os.makedirs(parent, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent, prefix=".kiamv-") as work:
        fresh = os.path.join(work, "new")
        os.mkdir(fresh)
        for name, content in contents.items():
            file = os.path.join(fresh, name)
            os.makedirs(os.path.dirname(file), exist_ok=True)
            write_whole(file, content, force=False)
        if there:
            _replace(fresh, target)
        else:
            os.rename(fresh, target)


def _replaceable(target: str, contents: Mapping[str, bytes], *, force: bool) -> bool:
    """Return whether there is anything in a folder, after all of it was found to be replaceable."""
    there = bool(os.path.lexists(target) and os.listdir(target))
    if there and not force:
        raise FileExistsError
    if other := next(_in_the_way(target, contents), None):
        raise FileExistsError(errno.EEXIST, "is in the way", other)
    here = os.getcwd()
    if os.path.isdir(target) and is_within(here, target):
        message = _(
            "you are in this folder, and it is replaced as a whole. Go to the folder above first"
        )
        raise OSError(errno.EBUSY, message)
    return there


def is_within(place: str, folder: str, kind: type[PurePath] = PurePath) -> bool:
    """Return whether a place is a folder or in it; on another drive it is not.

    Args:
        place: A whole path.
        folder: Likewise.
        kind: How the system writes paths.
    """
    return kind(place).is_relative_to(kind(folder))


def _in_the_way(target: str, contents: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what is in a folder and must not be replaced by these files."""
    kinds = {os.path.splitext(name)[1] for name in contents}
    folders = {folder for name in contents for folder in _folders(name)}
    for where, inner, names in os.walk(target):
        within = os.path.relpath(where, target).replace(os.sep, "/")
        prefix = "" if within == "." else f"{within}/"
        for name in sorted(inner):
            if f"{prefix}{name}" not in folders:
                yield f"{prefix}{name}"
        for name in sorted(names):
            alike = not folders and os.path.splitext(name)[1] in kinds
            if f"{prefix}{name}" not in contents and not alike:
                yield f"{prefix}{name}"


def _folders(name: str) -> Iterator[str]:
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


def _replace(fresh: str, target: str) -> None:
    """Put a folder in the place of another, which is kept beside it until the new one is there."""
    aside = tempfile.mkdtemp(dir=os.path.dirname(target), prefix=".kiamv-old-")
    old = os.path.join(aside, os.path.basename(target))
    try:
        os.rename(target, old)
        os.rename(fresh, target)
    finally:
        if os.path.lexists(old) and not os.path.lexists(target):
            _put_back(old, target)
        shutil.rmtree(aside, ignore_errors=True)


def _put_back(old: str, target: str) -> None:
    try:
        os.rename(old, target)
    except OSError as error:
        message = _("what was there is now in {path}: move it back", path=old)
        raise OSError(error.errno, message) from error


def _take(temporary: str, target: str) -> None:
    """Put the finished file under its name; fails if the name was taken meanwhile.

    Where there are no hard links, as on memory sticks and some shares, the name is taken by an
    empty file first, which only this call can have made.
    """
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise FileExistsError from None
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
        _claim(target)
        try:
            os.replace(temporary, target)
        except OSError:
            os.unlink(target)
            raise


def _claim(target: str) -> None:
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        raise FileExistsError from None


@contextmanager
def _as_far_as_it_goes() -> Iterator[None]:
    """Do without what a file system does not have."""
    try:
        yield
    except OSError as error:
        if error.errno not in _CANNOT:
            raise


def _is_device(path: str) -> bool:
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _mode(path: str) -> int:
    """The permissions of the file, or those that a new one would get."""
    try:
        return os.stat(path).st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
