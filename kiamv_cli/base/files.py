"""Files read as bytes and as text: regular ones only, of bounded size, in a known encoding."""

from __future__ import annotations

import codecs
import errno
import re
import stat
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias
from unicodedata import is_normalized, name, normalize

from kiamv_cli.base.labels import similar
from kiamv_cli.base.problem import BadInput, Misfit, Problem
from kiamv_cli.base.text import Text, joined

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from kiamv_cli.base.text import Words

    Place: TypeAlias = Path | Traversable

MOST_BYTES = 64 * 1024 * 1024


def bad_file(path: str, text: Text, advice: Text | None = None) -> BadInput:
    """Return the error for a problem with a file as a whole."""
    return BadInput([Problem(path=path, text=text, advice=advice)])


def open_file(place: Place) -> IO[bytes]:
    """Open a regular file to read its bytes.

    Raises:
        BadInput: There is no such file, or it is none that can be read.
    """
    path = str(place)
    try:
        # Opening a pipe would wait for ever, and a device may never end: look first.
        if isinstance(place, Path) and not stat.S_ISREG(place.stat().st_mode):
            folder = place.is_dir()
            message = Text("K102.folder") if folder else Text("K102.not-regular-file")
            raise bad_file(path, message, Text("K102.give-file"))
        return place.open("rb")
    except FileNotFoundError:
        raise bad_file(path, Text("K101.no-such-file"), _alike(place)) from None
    except (OSError, ValueError) as error:
        raise unreadable(error, path) from None


def files_in(folder: Place) -> list[Place]:
    """List what is in a folder, by name.

    Raises:
        BadInput: It cannot be read.
    """
    try:
        return sorted(folder.iterdir(), key=lambda place: place.name)
    except OSError as error:
        raise unreadable(error, str(folder)) from None


def is_folder(place: Place) -> bool:
    """Return whether there is a folder of that name; what cannot be looked at is none."""
    try:
        return place.is_dir()
    except OSError:
        return False


def is_there(place: Place) -> bool:
    """Return whether there is a file of that name, or a folder.

    Raises:
        BadInput: It cannot be looked at, so nobody can tell.
    """
    try:
        if isinstance(place, Path):
            place.stat()
            return True
        return place.is_file()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise unreadable(error, str(place)) from None


def is_file(place: Path) -> bool:
    """Return whether there is a regular file of that name; what is too long for one names none.

    Raises:
        BadInput: It cannot be looked at, so nobody can tell.
    """
    try:
        return stat.S_ISREG(place.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return False
        raise unreadable(error, str(place)) from None


def read_file(place: Place) -> bytes:
    """Read a whole regular file.

    Raises:
        BadInput: There is no such file, it cannot be read, or it is larger than 64 MB.
    """
    with open_file(place) as file:
        return read_rest(file, str(place))


def read_rest(file: IO[bytes], path: str, before: bytes = b"") -> bytes:
    """Read what is left of a file, with what was read before it, up to 64 MB in all.

    Raises:
        BadInput: There is more, or reading fails.
    """
    try:
        raw = before + file.read(MOST_BYTES + 1 - len(before))
    except OSError as error:
        raise unreadable(error, path) from None
    if len(raw) > MOST_BYTES:
        hint = Text("K103.give-list-size-json")
        raise bad_file(path, Text("K103.larger-than-64-mb"), hint)
    return raw


def read_lines(file: IO[bytes], path: str) -> Iterator[bytes]:
    """Read line by line; each may be up to 64 MB. Raises as reading a whole file does."""
    while True:
        try:
            line = file.readline(MOST_BYTES + 1)
        except OSError as error:
            raise unreadable(error, path) from None
        if len(line) > MOST_BYTES:
            raise bad_file(
                path, Text("K103.line-larger-than-64"), Text("K103.give-one-ecosystem-per")
            )
        if not line:
            return
        yield line


def unreadable(error: OSError | ValueError, path: str) -> BadInput:
    """Make the error for what the system would not read."""
    reason = str(getattr(error, "strerror", None) or error).lower()
    return bad_file(path, Text("K102.cannot-read", reason=reason), Text("K102.check-who-may-read"))


def _alike(place: Place) -> Text:
    there = list[str]()
    with suppress(OSError):
        there = [each.name for each in place.parent.iterdir()] if isinstance(place, Path) else []
    found = similar(str(place.name), there)
    return (
        Text("hints.near-files", names=", ".join(found))
        if found
        else Text("hints.check-name-folder")
    )


# Characters that steer terminals, turn the direction of text round, break lines unseen, or are
# none: C0 and C1 controls (tab and line ends excepted), bidi controls, U+2028 and U+2029,
# a byte order mark within the text, surrogates and non-characters.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_REPORTED = 10
# The C1 controls that are signs in Windows-1252, such as quotation marks, dashes and the euro.
_OF_WINDOWS = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}


def decode(raw: bytes, path: str, first_line: int = 1) -> str:
    """Decode UTF-8, or UTF-16 that says so with a byte order mark, and check the characters.

    Args:
        raw: The bytes as they are in the file.
        path: The name of the file, for problems.
        first_line: The number of the first line, where ``raw`` is a part of the file.

    Raises:
        BadInput: The bytes are no such text, or hold characters that are not allowed.
    """
    text = _decoded(raw, path, first_line)
    if not text.isprintable() and _FORBIDDEN.search(text):
        raise BadInput(_forbidden(text, path, first_line))
    return text


def is_clean(text: str) -> bool:
    """Return whether the text holds only characters that are allowed."""
    return text.isprintable() or not _FORBIDDEN.search(text)


def check_text(field: str, value: object) -> None:
    """Check that a value is a text that files may hold, and says something.

    Raises:
        Misfit: It is not.
    """
    if not isinstance(value, str):
        raise Misfit(field, value, Text("requests.not-text"))
    if not value.strip():
        raise Misfit(field, value, Text("requests.empty"))
    if not is_clean(value):
        sign = forbidden_in(value)
        raise Misfit(field, value, Text("requests.sign-not-allowed", sign=sign))


def of_windows(text: str) -> tuple[str, int]:
    """Return the signs of Windows-1252 for control characters that they became, and how many."""
    found = sum(ord(sign) in _OF_WINDOWS for sign in text) if not text.isprintable() else 0
    return (text.translate(_OF_WINDOWS), found) if found else (text, 0)


def composed(text: str) -> str:
    """Bring text to the one form (Unicode NFC) in which equal texts compare as equal."""
    return text if text.isascii() or is_normalized("NFC", text) else normalize("NFC", text)


def describe(sign: str) -> Words:
    """Name a character, as in ``U+202E RIGHT-TO-LEFT OVERRIDE``.

    A byte that the system could not decode in what was typed, or in the name of a file, is one as
    well: Python keeps it as a surrogate.
    """
    if "\udc80" <= sign <= "\udcff":
        return _byte(ord(sign) - 0xDC00)
    unnamed = Text("parts.control-character")
    return joined([f"U+{ord(sign):04X}", name(sign, unnamed)], " ")


def forbidden_in(text: str) -> Words:
    """Name the first character of the text that is not allowed; there must be one."""
    found = _FORBIDDEN.search(text)
    assert found
    return describe(found[0])


def _decoded(raw: bytes, path: str, first_line: int) -> str:
    if raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise BadInput([_not_utf8(path, first_line, 1, "UTF-32")])
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(raw, path)
    if b"\x00" in raw[:4]:
        raise BadInput([_not_utf8(path, first_line, 1, Text("parts.most-likely-utf-16"))])
    try:
        return raw.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        raise BadInput([_at_byte(raw, error.start, path, first_line)]) from None


def _utf16(raw: bytes, path: str) -> str:
    try:
        return raw.decode("utf-16")
    except UnicodeDecodeError:
        raise BadInput([_not_utf8(path, 1, 1, Text("parts.broken-utf-16"))]) from None


def _at_byte(raw: bytes, start: int, path: str, first_line: int) -> Problem:
    raw = raw.removeprefix(codecs.BOM_UTF8)
    before = raw[:start].decode()
    line = first_line + before.count("\n")
    column = len(before) - before.rfind("\n")
    sign = raw[start : start + 1]
    seen = sign.decode("cp1252", errors="replace")
    return Problem(
        text=Text("K201.byte-0x-not-utf", byte=sign.hex(), seen=seen),
        advice=Text("K201.save-file-utf-8"),
        path=path,
        line=line,
        column=column,
    )


def _byte(value: int) -> Text:
    seen = bytes([value]).decode("cp1252", errors="replace")
    return Text("parts.byte-0x-windows-1252", byte=f"{value:02x}", seen=seen)


def _not_utf8(path: str, line: int, column: int, what: Text | str) -> Problem:
    return Problem(
        text=Text("K201.text-not-utf-8", what=what),
        advice=Text("K201.save-file-utf-8"),
        path=path,
        line=line,
        column=column,
    )


def _meant(sign: str) -> Text:
    if ord(sign) in _OF_WINDOWS:
        return Text("hints.of-windows-1252", sign=_OF_WINDOWS[ord(sign)])
    return Text("hints.remove")


def _forbidden(text: str, path: str, first_line: int) -> list[Problem]:
    problems = []
    for found in _FORBIDDEN.finditer(text):
        at = found.start()
        problems.append(
            Problem(
                text=Text("K202.not-allowed", sign=describe(found[0])),
                advice=_meant(found[0]),
                path=path,
                line=first_line + text.count("\n", 0, at),
                column=at - text.rfind("\n", 0, at),
            )
        )
        if len(problems) == _REPORTED:
            break
    return problems
