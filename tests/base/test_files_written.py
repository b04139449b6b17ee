"""Files are written whole or not at all, also where a file system can do less than others."""

from __future__ import annotations

import errno
import os
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from kiamv_cli.base import writing as files
from kiamv_cli.base.writing import is_within, write_folder, write_whole


def refusing(number: int) -> object:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.fixture(params=[errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK])
def _without_links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", refusing(request.param))


@pytest.mark.usefixtures("_without_links")
def test_without_hard_links_a_new_file_is_written_all_the_same(tmp_path: Path) -> None:
    place = tmp_path / "new.txt"
    write_whole(str(place), b"all of it", force=False)
    assert place.read_bytes() == b"all of it"
    assert names(tmp_path) == ["new.txt"]


@pytest.mark.usefixtures("_without_links")
def test_without_hard_links_what_is_there_is_not_replaced(tmp_path: Path) -> None:
    place = tmp_path / "there.txt"
    place.write_bytes(b"old")
    with pytest.raises(FileExistsError):
        write_whole(str(place), b"new", force=False)
    assert place.read_bytes() == b"old"
    assert names(tmp_path) == ["there.txt"]


@pytest.mark.usefixtures("_without_links")
def test_without_hard_links_a_file_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "replace", refusing(errno.EIO))
    with pytest.raises(OSError, match="Input/output"):
        write_whole(str(tmp_path / "new.txt"), b"new", force=False)
    assert names(tmp_path) == []


@pytest.mark.usefixtures("_without_links")
def test_without_hard_links_a_folder_is_written(tmp_path: Path) -> None:
    write_folder(str(tmp_path / "folder"), {"a.yaml": b"a", "b/c.yaml": b"c"}, force=False)
    assert (tmp_path / "folder" / "b" / "c.yaml").read_bytes() == b"c"


def test_another_failure_of_a_link_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", refusing(errno.EDQUOT))
    with pytest.raises(OSError, match="quota"):
        write_whole(str(tmp_path / "new.txt"), b"new", force=False)
    assert names(tmp_path) == []


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    place = tmp_path / "there.txt"
    place.write_bytes(b"old")
    place.chmod(mode)
    write_whole(str(place), b"new", force=True)
    assert (place.read_bytes(), place.stat().st_mode & 0o777) == (b"new", mode)


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_permissions_that_others_get(
    tmp_path: Path, mask: int, mode: int
) -> None:
    before = os.umask(mask)
    try:
        write_whole(str(tmp_path / "new.txt"), b"new", force=False)
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert (tmp_path / "new.txt").stat().st_mode & 0o777 == mode


def test_permissions_that_a_file_system_does_not_have_are_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "chmod", refusing(errno.EPERM))
    write_whole(str(tmp_path / "new.txt"), b"new", force=False)
    assert (tmp_path / "new.txt").read_bytes() == b"new"


def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(b"old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write_whole(str(tmp_path / "link.txt"), b"new", force=True)
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("place", "folder", "kind", "within"),
    [
        (r"D:\work", r"C:\lists", PureWindowsPath, False),
        (r"c:\Lists\new", r"C:\lists", PureWindowsPath, True),
        (r"\\server\share\a", r"C:\lists", PureWindowsPath, False),
        (r"C:\lists-old", r"C:\lists", PureWindowsPath, False),
        ("/a/b", "/a", PurePosixPath, True),
        ("/ab", "/a", PurePosixPath, False),
        ("/a", "/a", PurePosixPath, True),
    ],
)
def test_what_is_within_a_folder_also_across_drives(
    place: str, folder: str, kind: type[PureWindowsPath], *, within: bool
) -> None:
    assert is_within(place, folder, kind) is within


def test_who_asks_for_it_is_alone_in_a_file(tmp_path: Path) -> None:
    place = str(tmp_path / "a.yaml")
    with files.alone_in(place):
        child = os.fork()
        if not child:
            import fcntl  # noqa: PLC0415 - in the other process

            other = os.open(tmp_path, os.O_RDONLY)
            try:
                fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os._exit(0)
            os._exit(1)
        assert os.waitpid(child, 0)[1] == 0
    assert names(tmp_path) == []


class Renames:
    """Renames as the system does, but for those calls (counted from 1) that fail."""

    def __init__(self, failing: dict[int, BaseException]) -> None:
        self._failing, self._calls, self._rename = failing, 0, os.rename

    def __call__(self, source: str, target: str) -> None:
        self._calls += 1
        if self._calls in self._failing:
            raise self._failing[self._calls]
        self._rename(source, target)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "list"
    place.mkdir()
    (place / "a.yaml").write_bytes(b"old")
    return place


def test_a_folder_that_is_replaced_leaves_nothing_beside_it(folder: Path) -> None:
    write_folder(str(folder), {"b.yaml": b"new"}, force=True)
    assert names(folder) == ["b.yaml"]
    assert names(folder.parent) == ["list"]


@pytest.mark.parametrize("call", [1, 2])
@pytest.mark.parametrize("error", [PermissionError(errno.EACCES, "denied"), KeyboardInterrupt()])
def test_a_folder_that_cannot_be_replaced_stays(
    folder: Path, call: int, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "rename", Renames({call: error}))
    with pytest.raises(type(error)):
        write_folder(str(folder), {"a.yaml": b"new"}, force=True)
    assert (folder / "a.yaml").read_bytes() == b"old"
    assert names(folder.parent) == ["list"]


def test_a_folder_that_cannot_be_put_back_is_kept_and_its_place_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    denied = PermissionError(errno.EACCES, "denied")
    monkeypatch.setattr(os, "rename", Renames({2: denied, 3: denied}))
    with pytest.raises(OSError, match=r"\.kiamv-old-.*list: move it back") as caught:
        write_folder(str(folder), {"a.yaml": b"new"}, force=True)
    [old] = folder.parent.glob(".kiamv-old-*/list")
    assert str(old) in str(caught.value)
    assert (old / "a.yaml").read_bytes() == b"old"
