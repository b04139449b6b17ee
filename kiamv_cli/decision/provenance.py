"""What a result was made from: each input with its hash, computed from what counted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kiamv_cli.base import __version__
from kiamv_cli.base.files import bad_file
from kiamv_cli.base.problem import BadInput, Misfit, Refusal
from kiamv_cli.base.text import Text
from kiamv_cli.decision.model.record import Input, Provenance
from kiamv_cli.formats.contents import contents
from kiamv_cli.formats.package_data import bundled
from kiamv_cli.formats.yaml_writer import yaml_text
from kiamv_cli.longlist.model.longlist import as_written, list_as_written
from kiamv_cli.longlist.reading.public import public
from kiamv_cli.longlist.results import load_longlist
from kiamv_cli.programme.model.programme import programme_as_written
from kiamv_cli.review.model.outcome import with_review
from kiamv_cli.review.reading.files import review_sha256
from kiamv_cli.review.results import load_review

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    from kiamv_cli.base.value import Written
    from kiamv_cli.decision.model.record import InputOrigin
    from kiamv_cli.formats.plain import Plain
    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where inputs are: paths, ``None`` for what is bundled (for reviews: none).

    ``hidden`` says what becomes of hidden and struck-through parts of a workbook, ``keep`` or
    ``skip``; left out, they are errors. ``mapping`` is the file that says what the columns of a
    table are; a list that was read by one tells so by itself.
    """

    longlist: str | None = None
    criteria: str | None = None
    reviews: str | None = None
    reviewer: str | None = None
    hidden: Hidden | None = None
    mapping: str | None = None


def provenance(
    longlist: Longlist, programme: Programme, where: Sources, *, keep: bool = False
) -> Provenance:
    """Say where inputs come from, with their SHA-256; with ``keep``, hold them.

    Args:
        longlist: The list that counted, with the verdicts of a review if there was one.
        programme: The criteria that counted.
        where: The review whose verdicts counted; and where a list that was made in Python was
            saved, if it was. Lists and criteria that were read tell by themselves where.
        keep: Whether to hold the inputs themselves.

    Raises:
        BadInput: An input cannot be read, or not be kept as text.
        ValueError: The review is not the one that counted.
    """
    unreviewed = longlist.unreviewed()
    _check_review(longlist, unreviewed, programme, where)
    return Provenance(
        longlist=_longlist_input(unreviewed, programme, where.longlist, keep=keep),
        criteria=_criteria_input(programme, keep=keep),
        reviews=None if where.reviews is None else _review_input(where.reviews, keep=keep),
        reviewer=where.reviewer,
        hidden=where.hidden,
        mapping=_mapping(unreviewed),
        versions={"kiamv": __version__, "highspy": version("highspy")},
    )


def judged(longlist: Longlist, programme: Programme, where: Sources) -> Longlist:
    """Let the review that is named, if any, speak on a long list.

    Raises:
        BadInput: It cannot be read, or the reviewer who counts alone is not in it.
    """
    if where.reviews is None:
        return longlist
    review = load_review(where.reviews, longlist, programme)
    if where.reviewer is not None:
        try:
            review = review.only(where.reviewer)
        except Misfit:
            message = Text("K602.no-such-reviewer", name=where.reviewer)
            hint = Text("K602.give-review-counted-reviews")
            raise bad_file(where.reviews, message, hint) from None
    return with_review(longlist, review, programme)


def _check_review(
    longlist: Longlist, unreviewed: Longlist, programme: Programme, where: Sources
) -> None:
    """Refuse a review that does not say what counted: the record could never be run again."""
    if judged(unreviewed, programme, where) == longlist:
        return
    if where.reviews is None:
        raise Refusal(Text("requests.review-without-place"))
    raise Refusal(Text("requests.review-gives-other-verdicts", folder=where.reviews))


def _longlist_input(
    longlist: Longlist, programme: Programme, saved: str | None, *, keep: bool
) -> Input:
    origin, source = _origin(longlist)
    if origin == "python" and saved is not None and _says(saved, longlist, programme):
        origin, source = "file", saved
    return Input(
        name=longlist.title,
        sha256=longlist.sha256,
        origin=origin,
        source=source,
        content=_kept_longlist(longlist, origin, source) if keep else None,
    )


def _mapping(longlist: Longlist) -> str | None:
    """Return the file that said what the columns of a list are, which still says the same."""
    read = longlist.origin
    return read.mapping if read is not None and longlist.as_read else None


def _says(saved: str, longlist: Longlist, programme: Programme) -> bool:
    """Whether a file says what a list says."""
    try:
        there = load_longlist(saved, programme).longlist
    except BadInput:
        return False
    return there.sha256 == longlist.sha256


def _criteria_input(programme: Programme, *, keep: bool) -> Input:
    origin, source = _origin(programme)
    return Input(
        name=programme.id,
        sha256=programme.sha256,
        origin=origin,
        source=source,
        content=_kept_criteria(programme, origin, source) if keep else None,
    )


def _review_input(folder: str, *, keep: bool) -> Input:
    return Input(
        name=Path(folder).name or "reviews",
        sha256=review_sha256(Path(folder)),
        origin="file",
        source=folder,
        content=contents(Path(folder)) if keep else None,
    )


def _origin(read: Longlist | Programme) -> tuple[InputOrigin, str | None]:
    """Return where something came from, and its path if it came from a file and still says that."""
    if read.origin is None or not read.as_read:
        return "python", None
    match read.origin.source:
        case None:
            return "bundled", None
        case "-":
            return "standard-input", STANDARD_INPUT
        case source:
            return "file", source


def _kept_longlist(longlist: Longlist, origin: InputOrigin, source: str | None) -> dict[str, str]:
    if origin == "standard-input":
        message = Text("K104.standard-input-cannot-read")
        raise bad_file("-", message, Text("K104.save-file-first"))
    if origin == "python":
        return {"longlist.yaml": _yaml(list_as_written(longlist))}
    if _mapping(longlist) is not None:
        return {"longlist.jsonl": _lines(longlist)}
    texts = contents(_place(source, "longlist"))
    return public(texts) if any(each.internal for each in longlist.ecosystems) else texts


def _lines(longlist: Longlist) -> str:
    """Write what was read by a mapping, as JSON Lines; of itself it says what the table did."""
    assert longlist.origin
    as_of = longlist.origin.as_of
    stated = {"title": longlist.origin.title, "as_of": as_of.isoformat() if as_of else None}
    header = {key: text for key, text in stated.items() if text is not None}
    lines = [*([header] if header else []), *map(as_written, longlist.ecosystems)]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _kept_criteria(programme: Programme, origin: InputOrigin, source: str | None) -> dict[str, str]:
    if origin != "python":
        return contents(_place(source, "criteria"))
    said = programme_as_written(programme)
    texts = {f"criteria/{stem}.yaml": _yaml(data) for stem, data in said.items()}
    return {**texts, **_maps(programme)}


def _maps(programme: Programme) -> dict[str, str]:
    """The files of borders beside an edited programme, from where it was read."""
    read = programme.origin
    files = {each.map.file for each in programme.dimensions.values() if each.map is not None}
    if not files:
        return {}
    texts = {} if read is None else contents(_place(read.source, "criteria"))
    there = {name.rpartition("/")[2]: text for name, text in texts.items()}
    for missing in sorted(files - there.keys()):
        message = Text("K101.map-not-kept", file=missing)
        raise bad_file(missing, message, Text("K101.save-criteria-folder-load"))
    return {f"criteria/{file}": there[file] for file in sorted(files)}


def _yaml(value: Written) -> str:
    return yaml_text(cast("Mapping[str, Plain]", value))


def _place(source: str | None, name: str) -> Path | Traversable:
    return bundled(name) if source is None else Path(source)
