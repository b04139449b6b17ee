"""Several long lists made one, and what came of it, told at the places where it stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.base.text import Joined, Text
from kiamv_cli.formats.package_data import is_placeholder
from kiamv_cli.formats.plain import Flaw, shown
from kiamv_cli.longlist.model.identity import Identities
from kiamv_cli.longlist.model.merging import Imported, merge
from kiamv_cli.longlist.reading.longlist import Loaded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kiamv_cli.base.text import Words
    from kiamv_cli.formats.document import Document
    from kiamv_cli.formats.plain import Path
    from kiamv_cli.longlist.model.joining import Contradiction, Entry, Pooled, Reason
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.longlist.model.merging import Merged
    from kiamv_cli.longlist.reading.tables.headings import Ignored
    from kiamv_cli.programme.model.programme import Programme

    Places = Sequence[Mapping[str, tuple[Document, Path]]]
    Spots = Mapping[tuple[Entry, str], Problem]

_WHY: Mapping[Reason, Text] = {
    "first": Text("K955.stays-given-first"),
    "bare": Text("K955.stays-other-entry-says"),
    "facts": Text("K955.stays-somebody-found-outweighs"),
    "fuller": Text("K955.stays-holds-all-other"),
    "later": Text("K955.stays-later-judgement"),
    "sourced": Text("K955.stays-source"),
}


def joined(
    files: Sequence[str],
    read: Callable[[str], Loaded],
    ignored: Ignored,
    identities: Identities | None,
    title: str | None,
    programme: Programme,
) -> Imported:
    """Read long lists and make one of them.

    Args:
        files: Their paths.
        read: Reads each.
        ignored: The headings that are not read.
        identities: Which names were decided to be the same.
        title: The title of the result; left out: that of the first list.
        programme: Whose vocabularies they use.

    Raises:
        BadInput: It holds all problems of all files.
    """
    loaded, problems = _all_read(files, read)
    if not problems:
        problems += _dates(files, [each.longlist for each in loaded])
    unmatched = _unmatched(ignored, files) if all(map(_has_headings, problems)) else ()
    remarks = [*(problem for each in loaded for problem in each.warnings), *unmatched]
    if problems:
        raise BadInput([*problems, *remarks])
    merged = merge(_titled(files, loaded), (identities or Identities()).canonical)
    return Imported(
        title=title or _title(loaded[0].longlist, files[0]),
        as_of=loaded[0].longlist.as_of,
        files=tuple(files),
        counts=tuple(len(each.as_read) for each in loaded),
        merged=merged,
        remarks=(*remarks, *merging_remarks(merged, [each.places for each in loaded])),
        programme=programme,
        account=tuple(line for each in loaded for line in each.account),
    )


def _all_read(
    files: Sequence[str], read: Callable[[str], Loaded]
) -> tuple[list[Loaded], list[Problem]]:
    loaded, problems = list[Loaded](), list[Problem]()
    for file in files:
        try:
            loaded.append(read(file))
        except BadInput as error:
            problems += error.problems
    return loaded, problems


def _titled(files: Sequence[str], loaded: Sequence[Loaded]) -> list[Longlist]:
    """Return the lists as they were read, each with the title that stands for it as a source."""
    return [
        replace(each.longlist, title=_title(each.longlist, file), ecosystems=each.as_read)
        for file, each in zip(files, loaded, strict=True)
    ]


def _title(longlist: Longlist, file: str) -> str:
    """Return the title that stands for a list as a source of suggestions: a name, or its file."""
    return PurePath(file).name if is_placeholder(longlist.title) else longlist.title


def _has_headings(problem: Problem) -> bool:
    """Whether a file with this problem was read so far that its headings were looked at."""
    return problem.code[:2] not in {"K1", "K2"}


def _unmatched(ignored: Ignored, files: Sequence[str]) -> Iterable[Problem]:
    for each in ignored.unmatched:
        yield Problem(
            text=Text("K959.no-column-headed", heading=f"'{each}'"),
            advice=Text("K959.give-ignore-column-heading"),
            path=", ".join(files),
        )


def _dates(files: Sequence[str], lists: Sequence[Longlist]) -> Iterable[Problem]:
    first = lists[0].as_of
    for file, each in zip(files, lists, strict=True):
        if each.as_of != first:
            yield Problem(
                text=Text("K706.reference-date", date=each.as_of, file=files[0], other=first),
                advice=Text("K706.give-one-counts"),
                path=file,
            )


def merging_remarks(merged: Merged, places: Places) -> list[Problem]:
    """Say where entries that became one contradict each other, and where budgets were pooled.

    Args:
        merged: What the lists became.
        places: For each list, where its ecosystems stand, by their ids.
    """
    spots = _spots(merged, places)
    return [
        *(_contradiction(each, spots) for each in merged.contradictions),
        *(_pooled(each, spots) for each in merged.pooled),
    ]


def _contradiction(each: Contradiction, spots: Spots) -> Problem:
    kept, other = _shown(each.kept), _shown(each.other)
    message = Text(
        "K955.here",
        id=each.id,
        key=each.key,
        other=_of(other, each.other_by, each.kept_by),
        kept=_of(kept, each.kept_by, each.other_by),
        place=spots[each.kept_by, each.key].where,
    )
    hint = _WHY[each.reason].filled(kept=kept)
    at = spots[each.other_by, each.key]
    return replace(at, text=message, advice=hint)


def _pooled(each: Pooled, spots: Spots) -> Problem:
    here = Text("parts.here")
    message = Text(
        "K957.budget-lines-stand",
        id=each.id,
        here=_of(here, each.other_by, each.kept_by),
        place=_of(spots[each.kept_by, "budget"].where, each.kept_by, each.other_by),
    )
    hint = Text("K957.all-kept-add-up")
    return replace(spots[each.other_by, "budget"], text=message, advice=hint)


def _of(text: Words, entry: Entry, other: Entry) -> Words:
    """Add the name that it is said of, where the two have different ones."""
    return text if entry.name == other.name else Joined((text, f"({shown(entry.name)})"), " ")


def _spots(merged: Merged, places: Places) -> Spots:
    """Find where all that has to be told stands, each document being looked through once."""
    wanted: dict[int, list[tuple[Entry, str]]] = defaultdict(list)
    documents: dict[int, Document] = {}
    for entry, key in _told(merged):
        document, _base = places[entry.list][entry.id]
        documents[id(document)] = document
        wanted[id(document)].append((entry, key))
    found: dict[tuple[Entry, str], Problem] = {}
    for number, asked in wanted.items():
        flaws = [_flaw(entry, key, places) for entry, key in asked]
        problems = documents[number].place(flaws)
        found |= dict(zip(asked, problems, strict=True))
    return found


def _told(merged: Merged) -> Iterable[tuple[Entry, str]]:
    for each in merged.contradictions:
        yield from ((each.kept_by, each.key), (each.other_by, each.key))
    for pooled in merged.pooled:
        yield from ((pooled.kept_by, "budget"), (pooled.other_by, "budget"))


def _flaw(entry: Entry, key: str, places: Places) -> Flaw:
    _document, base = places[entry.list][entry.id]
    return Flaw(path=(*base, *key.split(".")), text=Text("K955.title"))


def _shown(value: object) -> Words:
    return shown(_words(value)) if value else Text("parts.nothing")


def _words(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_words, value))
    for name in ("name", "what", "who", "domain", "verdict"):
        found = getattr(value, name, None)
        if found:
            return str(found)
    return str(value)
