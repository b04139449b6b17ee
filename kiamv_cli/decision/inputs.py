"""Where the inputs of a record come from, and finding them again."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, assert_never

from kiamv_cli.base.files import bad_file
from kiamv_cli.base.problem import BadInput
from kiamv_cli.base.text import Text
from kiamv_cli.formats.contents import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import ModuleType

    from kiamv_cli.decision.model.record import Input, Record
    from kiamv_cli.decision.provenance import Sources

    Matches = Callable[[str], bool]

Which = Literal["longlist", "criteria", "reviews"]
# Two slashes of either kind: on Windows a place on the network, or a device.
_REMOTE = re.compile(r"[\\/]{2}")
_HINTS: Mapping[Which, Text] = {
    "longlist": Text("hints.give-longlist-file"),
    "criteria": Text("hints.give-them-criteria-folder"),
    "reviews": Text("hints.give-reviews-folder"),
}


@contextmanager
def placed(
    which: Which, path: str | None, stated: Input, folder: str | None, matches: Matches
) -> Iterator[str | None]:
    """Find an input: the one given, else the one kept, else where the record says it was.

    Args:
        which: Which of the inputs.
        path: A path that somebody gave for it.
        stated: What the record says of it.
        folder: Where the record is: inputs are also looked for beside it.
        matches: Whether what is at a path is the input of the record; only asked where there are
            several.

    Yields:
        Its path, ``None`` for what is bundled.

    Raises:
        BadInput: It came from no file, or from a place that a record may not send anyone to.
    """
    if path is None and stated.content is not None:
        with unpacked(stated.content) as place:
            yield str(place)
        return
    yield path if path is not None else _source(which, stated, folder, matches)


def _source(which: Which, stated: Input, folder: str | None, matches: Matches) -> str | None:
    hint = _HINTS[which]
    match stated.origin:
        case "bundled":
            return None
        case "standard-input":
            raise bad_file("-", Text("K101.long-list-came-standard"), hint)
        case "python":
            message = Text("K605.came-no-file-made", name=stated.name)
            raise bad_file(folder or ".", message, hint)
        case "file":
            return _file(which, stated, folder, matches)
        case _:
            assert_never(stated.origin)


def _file(which: Which, stated: Input, folder: str | None, matches: Matches) -> str:
    hint = _HINTS[which]
    if stated.source is None:
        message = Text("K101.record-does-not-say", name=stated.name)
        raise bad_file(folder or ".", message, hint)
    if _REMOTE.match(stated.source):
        message = Text("K605.record-may-not-name")
        raise bad_file(stated.source, message, hint)
    there = [each for each in candidates(stated.source, folder) if _is_there(each)]
    if not there:
        raise bad_file(stated.source, Text("K101.no-such-file"), hint)
    return there[0] if len(there) == 1 else next(filter(matches, there), there[0])


def found_mapping(recorded: Record, sources: Sources) -> str | None:
    """Find the file that says what the columns of the long list of a record are, if one does.

    Raises:
        BadInput: It is not there, and the list cannot be read without it.
    """
    past = recorded.provenance
    if sources.mapping is not None or past.mapping is None:
        return sources.mapping
    if past.longlist.content is not None and sources.longlist is None:
        return None
    if not _REMOTE.match(past.mapping):
        for each in candidates(past.mapping, recorded.folder):
            if _is_there(each):
                return each
    if sources.longlist is not None:
        return None
    raise bad_file(past.mapping, Text("K101.no-such-file"), Text("hints.give-mapping-file"))


def _is_there(place: str) -> bool:
    """Return whether there is something; what cannot be looked at is not there."""
    try:
        return Path(place).exists()
    except (OSError, ValueError):
        return False


def candidates(source: str, folder: str | None, flavour: ModuleType = os.path) -> list[str]:
    """List where an input may be: as it was given, or beside the record.

    Args:
        source: The path that the record gives, of whatever system it was made on.
        folder: Where the record is.
        flavour: The rules for paths of the system of now: ``posixpath`` or ``ntpath``.
    """
    beside = folder or "."
    name = re.split(r"[\\/]", source.rstrip("\\/"))[-1]
    found: dict[str, str] = {}
    for each in (source, flavour.join(beside, source), flavour.join(beside, name)):
        found.setdefault(flavour.normcase(flavour.abspath(each)), each)
    return list(found.values())


def matching(hashes: Callable[[str], frozenset[str]], stated: Input) -> Matches:
    """Make the test whether what is at a path has the hash of an input; what is broken has not."""

    def matches(place: str) -> bool:
        try:
            return stated.sha256 in hashes(place)
        except BadInput:
            return False

    return matches
