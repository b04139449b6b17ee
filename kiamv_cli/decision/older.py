"""What an older kiamv came with, and hashed, so that its records can still be checked.

Records of version 1 hashed a long list and criteria as they were written (a null, ``0.5`` for
``1/2``, the line ends within a cell of a table). Of a review see ``review.content``.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, TypeAlias

from kiamv_cli.base.value import canonical, digest, longlist_sha256
from kiamv_cli.formats.contents import contents
from kiamv_cli.formats.package_data import bundled
from kiamv_cli.longlist.reading.gathering import Gathering
from kiamv_cli.longlist.reading.longlist import read_into
from kiamv_cli.programme.reading.programme import programme_documents

if TYPE_CHECKING:
    from datetime import date
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from kiamv_cli.formats.plain import Plain
    from kiamv_cli.longlist.model.longlist import Ecosystem
    from kiamv_cli.programme.model.programme import Programme

    Place: TypeAlias = Path | Traversable


# The folders beside this file with criteria that came with an older kiamv, by their SHA-256.
_CRITERIA = {
    "90e2ff08eae3c5264d6228953056d21981a835f254853f009d3200c3db6a00ac": "criteria_0_1_0",
}


def older_criteria(sha256: str) -> dict[str, str] | None:
    """Return criteria that came with an older kiamv as ``contents`` does; ``None`` if none did.

    Their map is that of now: it is for drawing only, and in no hash.
    """
    if sha256 not in _CRITERIA:
        return None
    folder = _CRITERIA[sha256]
    texts = contents(files("kiamv_cli.decision") / folder)
    maps = {
        f"{folder}/{name.rpartition('/')[2]}": text
        for name, text in contents(bundled("criteria")).items()
        if name.endswith(".topojson")
    }
    return {**texts, **maps}


def old_longlist_hashes(
    source: str | Place, programme: Programme, as_of: date | None
) -> frozenset[str]:
    """Compute what a long list may have been hashed to, whichever line ends its cells had.

    Raises:
        BadInput: It cannot be read.
    """
    gathering = _Hashing(programme)
    title, stated = read_into(gathering, source, as_of).stated
    gathering.warnings()
    day = None if stated is None else stated.isoformat()
    return frozenset(longlist_sha256(title, day, digests) for digests in gathering.digests)


def old_criteria_hashes(folder: Place) -> frozenset[str]:
    """Compute what criteria were hashed to.

    Raises:
        BadInput: They cannot be read.
    """
    return frozenset({digest(canonical(programme_documents(folder)))})


class _Hashing(Gathering):
    """Gathers the digests of ecosystems, with each kind of line end."""

    def __init__(self, programme: Programme) -> None:
        super().__init__(programme)
        self.digests: tuple[dict[str, str], dict[str, str]] = {}, {}

    def keep(self, ecosystem: Ecosystem, data: Plain) -> None:
        """Keep the digests of what was written, without what the team keeps for itself."""
        assert isinstance(data, dict)
        said = {key: value for key, value in data.items() if key != "internal"}
        for digests, each in zip(self.digests, (said, _windows(said)), strict=True):
            digests[ecosystem.id] = digest(canonical(each))


def _windows(value: Plain) -> Plain:
    match value:
        case str():
            return value.replace("\n", "\r\n")
        case dict():
            return {key: _windows(each) for key, each in value.items()}
        case list():
            return [_windows(each) for each in value]
        case _:
            return value
