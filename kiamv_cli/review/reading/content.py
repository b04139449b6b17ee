"""The SHA-256 of a review: of what its files say, whatever git or an editor did to them.

It is that of the canonical text (see ``fingerprint``) of ``{name: values, …}``, where a name is the
path of a file in the folder without ``.yaml``, and the values are what is read from it. Forms are
not part of it: what counts of them is kept in ``first/``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kiamv_cli.base.files import files_in, is_folder, is_there, read_file
from kiamv_cli.base.fingerprint import canonical, digest
from kiamv_cli.formats.contents import contents
from kiamv_cli.formats.document import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SINGLE = ("reviewers", "assignment", "opened")
_FOLDERS = ("seals", "first", "outcomes", "changes")
# A line that says nothing: kiamv writes none.
_SILENT = re.compile(r"(?m)^[ \t]*(?:#.*)?(?:\n|\Z)")


def review_sha256(folder: Path) -> str:
    """Compute the SHA-256 of what a folder of a review says.

    Raises:
        BadInput: A file in it cannot be read.
    """
    places = {name: folder / f"{name}.yaml" for name in _SINGLE}
    for name in _FOLDERS:
        if is_folder(folder / name):
            inside = (folder / name / each.name for each in files_in(folder / name))
            places |= {f"{name}/{e.stem}": e for e in inside if e.suffix == ".yaml"}
    data = {
        name: read_document(read_file(place), str(place), "yaml").data
        for name, place in places.items()
        if is_there(place)
    }
    return digest(canonical(data))


def recorded_sha256(folder: Path, recorded: str) -> str:
    """Compute the SHA-256 of a review as a record may have it that an older kiamv made.

    Returns:
        ``recorded`` if the older kiamv, which took that of the texts of all files, would have given
        it for what the folder says now, but for line ends, byte-order marks and remarks that were
        added; else what ``review_sha256`` gives.

    Raises:
        BadInput: A file in it cannot be read.
    """
    return recorded if recorded in _older_sha256(folder) else review_sha256(folder)


def _older_sha256(folder: Path) -> Iterator[str]:
    texts = {name.partition("/")[2]: _plain(text) for name, text in contents(folder).items()}
    bare = {name: _SILENT.sub("", text) for name, text in texts.items()}
    for each in (texts, bare, {**bare, "reviewers.yaml": texts.get("reviewers.yaml", "")}):
        yield digest(canonical(each))


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")
