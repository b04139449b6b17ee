"""Forms as they come back: read, filed and sealed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from kiamv_cli.base.files import bad_file, is_there, read_file
from kiamv_cli.base.problem import Refusal
from kiamv_cli.base.text import Text
from kiamv_cli.formats.sheets.ods import is_ods
from kiamv_cli.review.model.form import gaps
from kiamv_cli.review.model.rounds import Received
from kiamv_cli.review.reading.files import review_text
from kiamv_cli.review.reading.form import plain_form, read_form
from kiamv_cli.review.reading.standing import expected
from kiamv_cli.review.reading.table import is_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from kiamv_cli.formats.plain import Plain
    from kiamv_cli.review.model.form import Form
    from kiamv_cli.review.reading.folder import Kept, ReviewFolder
    from kiamv_cli.review.reading.form import FormRead
    from kiamv_cli.review.reading.form_table import Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A form that was sealed: the hash to publish, and the files that keep it."""

    form: Form
    sha256: str
    files: Mapping[Path, str]


def seal_form(folder: ReviewFolder, place: Path, salt: str) -> Sealed:
    """Seal what a reviewer said: it is kept as it is, and the hash proves it.

    Args:
        folder: The review.
        place: The form as it was filled in.
        salt: A secret until the review is opened, so that nobody can find what was said by
            trying; any text that nobody can guess.

    Raises:
        BadInput: Something is wrong with the form, it is of another date or on other questions
            than the assignment (K820), or it was sealed before.
        Refusal: The salt is blank.
    """
    _refuse_blank(salt)
    form = read_form(read_file(place), str(place), folder, expected(folder)).form
    _refuse_empty(form, str(place))
    seal, kept = folder.file("seals", form.reviewer), folder.kept(form.reviewer)
    if is_there(seal) or (kept and kept[-1].form != form):
        sealed = Text("K602.sealed-already", reviewer=form.reviewer)
        raise bad_file(str(seal), sealed, Text("K602.first-never-replaced"))
    # Where only the seal was not written any more, it is written now, for what was kept.
    text, hashed = ("", kept[-1].sha256) if kept else _first(folder, form, salt, ())
    public = _seal(form, folder.programme.id, hashed)
    files = {} if kept else {folder.file("first", form.reviewer): text}
    return Sealed(form=form, sha256=hashed, files={**files, seal: public})


def receive(
    folder: ReviewFolder, path: str, raw: bytes, salt: str, on: date | None = None
) -> tuple[Received, Mapping[Path, bytes]]:
    """Read a form that came back, whatever it is called, and say what keeps it.

    Until the review is closed a later form counts for the ecosystems on it; all stay on file.

    Args:
        folder: The review.
        path: What the file is called.
        raw: What is in it.
        salt: As for ``seal_form``.
        on: The day on which it came.

    Returns:
        What came back, and the files that keep it; none if the same was there already.

    Raises:
        BadInput: Something is wrong with the form, it is not of this review, or it is empty.
        Refusal: The salt is blank.
    """
    _refuse_blank(salt)
    agreed = expected(folder)
    form = (read := read_form(raw, path, folder, agreed, strict=False)).form
    _refuse_empty(form, path)
    kept, late = folder.kept(form.reviewer), folder.opened() is not None
    received = _received(read, agreed, len(kept) + 1, late=late)
    if kept and kept[-1].form == form:
        seal = kept[-1].sha256
        return replace(received, number=len(kept), sha256=seal, late=False, again=True), {}
    if late:
        return _late(folder, received, raw, on)
    text, hashed = _first(folder, form, salt, kept)
    seal = _seal(form, folder.programme.id, hashed, received.number, on, sha256(raw).hexdigest())
    who, number = form.reviewer, received.number
    return replace(received, sha256=hashed), {
        folder.file("received", who, number).with_suffix(_suffix(raw, path)): raw,
        folder.file("first", who, number): text.encode(),
        folder.file("seals", who, number): seal.encode(),
    }


def _received(read: FormRead, agreed: Expected, number: int, *, late: bool) -> Received:
    turns = agreed.assignment.turns.get(read.form.reviewer, ())
    return Received(
        form=read.form,
        language=read.language,
        number=number,
        sha256="",
        gaps=tuple(gaps(read.form, (each for each in turns if each in read.form.answers))),
        late=late,
    )


def _late(
    folder: ReviewFolder, received: Received, raw: bytes, on: date | None
) -> tuple[Received, Mapping[Path, bytes]]:
    """Note a form that came after the review was closed."""
    form, copy, number = received.form, sha256(raw).hexdigest(), 1
    while is_there(place := folder.file("late", form.reviewer, number)):
        data = folder.document(place).data
        if isinstance(data, dict) and data.get("file") == copy:
            return replace(received, number=number, again=True), {}
        number += 1
    content: dict[str, Plain] = {
        "received": on.isoformat() if on else None,
        "file": copy,
        "form": plain_form(form, folder.programme),
    }
    text, _hash = review_text("late", content)
    return replace(received, number=number), {place: text.encode()}


def _suffix(raw: bytes, path: str) -> str:
    if raw.startswith(b"PK"):
        return ".ods" if is_ods(raw) else ".xlsx"
    return ".csv" if is_table(raw, path) else ".yaml"


def _refuse_blank(salt: str) -> None:
    if not salt.strip():
        raise Refusal(Text("requests.blank-salt"))


def _refuse_empty(form: Form, path: str) -> None:
    if not any(each.verdict for given in form.answers.values() for each in given.values()):
        raise bad_file(path, Text("K105.nothing-judged"), Text("K105.fill-in-then-seal"))


def _first(folder: ReviewFolder, form: Form, salt: str, kept: tuple[Kept, ...]) -> tuple[str, str]:
    """Return the file that keeps what somebody said, and its hash, which is the seal."""
    before = kept[-1].sha256 if kept else None
    plain = plain_form(form, folder.programme)
    return review_text("first", {"salt": salt, "before": before, "form": plain})


def _seal(
    form: Form,
    criteria: str,
    hashed: str,
    number: int = 1,
    on: date | None = None,
    copy: str | None = None,
) -> str:
    answers = [each for given in form.answers.values() for each in given.values()]
    content: dict[str, Plain] = {
        "reviewer": form.reviewer,
        "as_of": form.as_of.isoformat(),
        "criteria": criteria,
        "questions": form.questions,
        "longlist": form.longlist,
        "number": number,
        "received": on.isoformat() if on else None,
        "file": copy,
        "form": hashed,
        "judged": sum(each.judged is not None for each in answers),
        "asked": len(answers),
    }
    return review_text("seal", content)[0]
