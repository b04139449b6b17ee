"""The files that kiamv writes in a review, as it does today and as an older kiamv did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any, get_args

from pydantic_core import core_schema

from kiamv_cli.base.files import files_in, forbidden_in, is_clean, is_folder, is_there, read_file
from kiamv_cli.base.problem import Refusal
from kiamv_cli.base.text import Text, joined
from kiamv_cli.base.value import canonical, digest
from kiamv_cli.formats.contents import contents
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.records import SHA256, record_text, versioned
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
from kiamv_cli.longlist.model.longlist import as_written
from kiamv_cli.programme.model.attributes import number_as_written
from kiamv_cli.programme.model.facts import Verdict
from kiamv_cli.programme.model.programme import Scale
from kiamv_cli.review.model.assignment import EventKind
from kiamv_cli.review.model.brief import Effect, brief_of
from kiamv_cli.review.model.form import grade_of, questions
from kiamv_cli.review.reading.form import form_shape, verdict_shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.formats.document import Document
    from kiamv_cli.formats.plain import Plain
    from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist
    from kiamv_cli.programme.model.programme import Programme
from kiamv_cli.review.model.brief import Brief

IGNORED = """\
# What reviewers said stays with them and the office, with the salts of their seals.
# Once the review is closed, first/ may be published, so that anyone can check the seals.
/forms/
/received/
/receipts/
/first/
/late/
/disagreements*.xlsx
"""
"""What git keeps out of what is published."""
# What an older kiamv (version 1 of these files) did not write.
_NEW = {
    "assignment": ("as_of", "asked", "entries", "at_least"),
    "seal": ("as_of", "criteria", "questions", "longlist", "number", "received", "file"),
    "first": ("before",),
    "outcome": ("on", "questions", "longlist"),
}
_KEYS = mapping_of(TEXT, TEXT)


def review_text(kind: str, content: Mapping[str, Plain]) -> tuple[str, str]:
    """Format a file of a review; return its text, and the SHA-256 of what it says.

    Raises:
        Refusal: A text in it holds a character that no file may hold.
    """
    if unclean := next(filter(None, map(_unclean, _texts(content))), None):
        raise Refusal(Text("requests.not-allowed-in-review", sign=unclean))
    return record_text(f"review/{kind}", content)


def review_content(
    document: Document, kind: str, shape: Mapping[str, CoreSchema]
) -> dict[str, Any]:
    """Check a file of a review that was read; what an older kiamv did not write is ``None``.

    Raises:
        BadInput: It is not such a file, or does not say any more what kiamv wrote.
    """
    new = _NEW.get(kind, ())
    older = {key: each for key, each in shape.items() if key not in new}
    version, content = versioned(document, f"review/{kind}", {1: older, 2: shape})
    return {**dict.fromkeys(new), **content} if version == 1 else content


def assignment_shape(programme: Programme) -> dict[str, CoreSchema]:
    """Return the keys of ``assignment.yaml``."""
    ids = list_of(ID)
    return {
        "criteria": one_of([programme.id]),
        "as_of": DATE,
        "asked": _brief_shape(),
        "longlist": SHA256,
        "entries": mapping_of(ID, _KEYS),
        "at_least": or_null(COUNT),
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
        "number": COUNT,
        "received": or_null(DATE),
        "file": or_null(SHA256),
        "form": SHA256,
        "judged": COUNT,
        "asked": COUNT,
    }


def first_shape(programme: Programme) -> dict[str, CoreSchema]:
    """Return the keys of a file with first verdicts."""
    return {"salt": TEXT, "before": or_null(SHA256), "form": keyed(form_shape(programme))}


def late_shape(programme: Programme) -> dict[str, CoreSchema]:
    """Return the keys of a form that came after the review was closed."""
    return {"received": or_null(DATE), "file": SHA256, "form": keyed(form_shape(programme))}


def event_shape() -> dict[str, CoreSchema]:
    """Return the keys of an event."""
    ids = list_of(ID)
    return {
        "number": COUNT,
        "what": one_of(get_args(EventKind)),
        "reviewer": or_null(ID),
        "ecosystems": ids,
        "by": NAME,
        "on": DATE,
        "reason": TEXT,
        "longlist": SHA256,
        "turns": or_null(mapping_of(ID, ids)),
        "entries": mapping_of(ID, _KEYS),
    }


def _any_scale(programme: Programme) -> Scale | None:
    """Return a scale that allows the grades of all scales of a programme; ``None`` without any."""
    scales = [scale for each in programme.criteria if (scale := each.rule.scale)]
    if not scales:
        return None
    ends = [number for each in scales for number in (each.least, each.step)]
    step = Fraction(1, lcm(*(number.denominator for number in ends)))
    return Scale(
        least=min(each.least for each in scales), most=max(each.most for each in scales), step=step
    )


def wrong_verdict(text: str, question: str, programme: Programme) -> tuple[Text, Text] | None:
    """Return what is wrong with what is decided on a question, and a hint; ``None`` if nothing is.

    Args:
        text: A verdict or a grade.
        question: The key of the question.
        programme: What is asked.
    """
    scale, grade = programme.criterion(question.partition(".")[0]).rule.scale, grade_of(text)
    if scale is None:
        choices = joined(get_args(Verdict))
        return (
            None
            if grade is None
            else (Text("K835.verdict-wanted", said=text), Text("K835.one-of", words=choices))
        )
    if text == "unknown" or (grade is not None and scale.allows(grade)):
        return None
    ends = {name: number_as_written(getattr(scale, name)) for name in ("least", "most", "step")}
    return Text("K835.grade-wanted", said=text), Text("K513.grades-are", **ends)


def decision_shape(programme: Programme, ids: Iterable[str]) -> dict[str, CoreSchema]:
    """Return the keys of a decision on a verdict, as written by people."""
    return {
        "ecosystem": one_of(ids),
        "question": one_of(each.key for each in questions(programme)),
        "verdict": verdict_shape(get_args(Verdict), _any_scale(programme)),
        "by": NAME,
        "on": or_null(DATE),
        "reason": TEXT,
    }


def outcome_shape(programme: Programme, ids: Iterable[str]) -> dict[str, CoreSchema]:
    """Return the keys of an outcome."""
    judged = {"questions": SHA256, "longlist": SHA256}
    return {**decision_shape(programme, ids), "as_of": DATE, "number": COUNT, **judged}


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
        "entries": mapping_of(ID, _KEYS),
        "longlists": list_of(SHA256),
    }


def brief_sha256(brief: Brief) -> str:
    """Compute the SHA-256 of questions and rules; weights, labels and classes are not in it."""
    return digest(canonical(brief))


def questions_sha256(programme: Programme) -> str:
    """Compute the SHA-256 of what a programme asks of reviewers."""
    return brief_sha256(brief_of(programme))


def entries_of(longlist: Longlist) -> dict[str, dict[str, str]]:
    """Compute, for each ecosystem, a short SHA-256 of what a long list says under each key."""
    return {each.id: _entry(each) for each in longlist.ecosystems}


def _entry(ecosystem: Ecosystem) -> dict[str, str]:
    written = as_written(ecosystem)
    return {key: digest(canonical(written[key]))[:16] for key in written}


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
_FOLDERS = ("seals", "first", "outcomes", "changes", "events")
# A line that says nothing: kiamv writes none.
_SILENT = re.compile(r"(?m)^[ \t]*(?:#.*)?(?:\n|\Z)")


def review_sha256(folder: Path, read: Callable[[Path], Document] | None = None) -> str:
    """Compute the SHA-256 of what a folder of a review says.

    Args:
        folder: The review.
        read: Gives a file in it as it was read; left out: they are read now.

    Raises:
        BadInput: A file in it cannot be read.
    """
    reader = read or read_yaml_file
    places = {name: folder / f"{name}.yaml" for name in _SINGLE}
    for name in _FOLDERS:
        if is_folder(folder / name):
            inside = (folder / name / each.name for each in files_in(folder / name))
            places |= {f"{name}/{e.stem}": e for e in inside if e.suffix == ".yaml"}
    data = {name: reader(place).data for name, place in places.items() if is_there(place)}
    return digest(canonical(data))


def read_yaml_file(place: Path) -> Document:
    """Read a YAML file; raises ``BadInput`` if it cannot be read."""
    return read_document(read_file(place), str(place), "yaml")


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
