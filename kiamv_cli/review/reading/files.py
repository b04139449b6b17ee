"""The files that kiamv writes in a review, as it does today and as an older kiamv did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args

from pydantic_core import core_schema

from kiamv_cli.base.files import files_in, forbidden_in, is_clean, is_folder, is_there, read_file
from kiamv_cli.base.fingerprint import canonical, digest
from kiamv_cli.base.language import N_
from kiamv_cli.base.problem import Refusal
from kiamv_cli.formats.contents import contents
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.records import SHA256, read_versions, record_text
from kiamv_cli.formats.shapes import (
    COUNT,
    DATE,
    ID,
    NAME,
    TEXT,
    keyed,
    list_of,
    mapping_of,
    one_of,
    or_null,
)
from kiamv_cli.longlist.model.longlist import ecosystem_sha256
from kiamv_cli.programme.model.facts import Verdict
from kiamv_cli.review.model.brief import Effect, brief_of
from kiamv_cli.review.model.form import questions
from kiamv_cli.review.reading.form import form_shape

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.formats.plain import Plain
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.brief import Brief

# What an older kiamv (version 1 of these files) did not write.
_NEW = {
    "assignment": ("as_of", "asked", "entries"),
    "seal": ("as_of", "criteria", "questions", "longlist"),
    "outcome": ("questions", "longlist"),
}


def review_text(kind: str, content: Mapping[str, Plain]) -> tuple[str, str]:
    """Format a file of a review; return its text, and the SHA-256 of what it says.

    Raises:
        Refusal: A text in it holds a character that no file may hold.
    """
    if unclean := next(filter(None, map(_unclean, _texts(content))), None):
        raise Refusal(N_("{sign} is not allowed in a review"), sign=unclean)
    return record_text(f"review/{kind}", content)


def read_review_file(place: Path, kind: str, shape: Mapping[str, CoreSchema]) -> dict[str, Any]:
    """Read such a file back; what an older kiamv did not write is ``None``.

    Raises:
        BadInput: It is not such a file, or does not say any more what kiamv wrote.
    """
    new = _NEW.get(kind, ())
    older = {key: each for key, each in shape.items() if key not in new}
    version, content = read_versions(place, f"review/{kind}", {1: older, 2: shape})
    return {**dict.fromkeys(new), **content} if version == 1 else content


def assignment_shape(programme: Programme) -> dict[str, CoreSchema]:
    """Return the keys of ``assignment.yaml``."""
    ids = list_of(ID)
    return {
        "criteria": one_of([programme.id]),
        "as_of": DATE,
        "asked": _brief_shape(),
        "longlist": SHA256,
        "entries": mapping_of(ID, SHA256),
        "seed": core_schema.str_schema(strict=True),
        "per": or_null(COUNT),
        "turns": mapping_of(ID, ids),
        "barred": mapping_of(ID, ids),
    }


def seal_shape(reviewer: str, programme: Programme) -> dict[str, CoreSchema]:
    """Return the keys of a seal."""
    return {
        "reviewer": one_of([reviewer]),
        "as_of": DATE,
        "criteria": one_of([programme.id]),
        "questions": or_null(SHA256),
        "longlist": SHA256,
        "form": SHA256,
        "judged": COUNT,
        "asked": COUNT,
    }


def first_shape(programme: Programme) -> dict[str, CoreSchema]:
    """Return the keys of a file with first verdicts."""
    return {"salt": TEXT, "form": keyed(form_shape(programme))}


def decision_shape(programme: Programme, longlist: Longlist) -> dict[str, CoreSchema]:
    """Return the keys of a decision on a disagreement, as written by people."""
    return {
        "ecosystem": one_of(each.id for each in longlist.ecosystems),
        "question": one_of(each.key for each in questions(programme)),
        "verdict": one_of(get_args(Verdict)),
        "by": NAME,
        "reason": TEXT,
    }


def outcome_shape(programme: Programme, longlist: Longlist) -> dict[str, CoreSchema]:
    """Return the keys of an outcome."""
    judged = {"questions": SHA256, "longlist": SHA256}
    return {**decision_shape(programme, longlist), "as_of": DATE, "number": COUNT, **judged}


def ruling_shape() -> dict[str, CoreSchema]:
    """Return the keys of a ruling of the chair on questions and rules that changed."""
    return {
        "number": COUNT,
        "since": SHA256,
        "questions": SHA256,
        "asked": _brief_shape(),
        "verdicts": one_of(get_args(Effect)),
        "by": NAME,
        "on": DATE,
        "reason": TEXT,
    }


def brief_sha256(asked: Brief) -> str:
    """Compute the SHA-256 of questions and rules; weights, labels and classes are not in it."""
    return digest(canonical(asked))


def questions_sha256(programme: Programme) -> str:
    """Compute the SHA-256 of what a programme asks of reviewers."""
    return brief_sha256(brief_of(programme))


def entries_sha256(longlist: Longlist) -> dict[str, str]:
    """Compute the SHA-256 of what a long list says to readers of each ecosystem."""
    return {each.id: ecosystem_sha256(each) for each in longlist.ecosystems}


def _texts(value: Plain | Mapping[str, Plain]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)


def _unclean(text: str) -> str:
    return "" if is_clean(text) else str(forbidden_in(text))


def _brief_shape() -> CoreSchema:
    criterion = {
        "question": mapping_of(TEXT, TEXT),
        "rule": mapping_of(TEXT, core_schema.any_schema()),
    }
    return mapping_of(ID, keyed(criterion))


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
