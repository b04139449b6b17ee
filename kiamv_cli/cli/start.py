"""What is ready before any command loads: the streams, the language asked for, messages.

The streams are usable also where whoever started kiamv closed them, and never a traceback; signs
that they cannot show, such as those outside ASCII in ``LANG=C``, become others.
On standard error a command has remarks, which can be left out, and problems, which can be data.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from itertools import pairwise
from typing import TYPE_CHECKING

from kiamv_cli.base.labels import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import TextIO

    from _typeshed import ReadableBuffer as Buffer


OPTION, VARIABLE = "--lang", "KIAMV_LANG"
PROJECT = "kiamv.yaml"
_MOST_READ = 64_000
_USUAL = 80
_MOST_COLUMNS = 2_000  # wider than any terminal; what is padded to more takes for ever
# People read Fryslan for Fryslân; in JSON it is escaped, so a program reads Fryslân still.
PEOPLE, JSON = "kiamv-people", "kiamv-json"
# What does not come apart into a letter and an accent.
_SIGNS = {
    "\N{MULTIPLICATION SIGN}": "x",
    **dict.fromkeys("\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}", "-"),
    **dict.fromkeys("\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}", "'"),
    **dict.fromkeys("“”", '"'),
    "→": "->",
    "↑": "^",
    "·": ".",
    "•": "*",
    "€": "EUR",
    "±": "+-",
    "≤": "<=",
    "≥": ">=",
    "ß": "ss",
    "æ": "ae",
    "Æ": "AE",
    "ø": "o",
    "Ø": "O",
    "œ": "oe",
    "ł": "l",
}


def prepare() -> None:
    """Have all three streams there, and their settings such that nothing fails on them.

    A stream that was closed is there again and fails when it is used, as one on a full disk does;
    its number is taken, so that no file that is opened later gets what is said on it. What cannot
    be said on standard error is lost: there is no other place to say so.
    """
    _reopen()
    codecs.register_error(PEOPLE, _for_people)
    codecs.register_error(JSON, _for_json)
    results = _Results(1, "w", closefd=False)
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(results),
        encoding=sys.stdout.encoding,
        errors=PEOPLE,
        line_buffering=results.isatty(),
    )
    sys.stderr = io.TextIOWrapper(
        _Forgiving(2, "w", closefd=False),
        encoding=sys.stderr.encoding,
        errors=PEOPLE,
        write_through=True,
    )
    for name in ("COLUMNS", "LINES"):
        if (text := os.environ.get(name)) is not None and not _is_sensible(text):
            del os.environ[name]


def silence() -> None:
    """Write nothing more to standard output, also not what waits to be written."""
    with suppress(OSError, ValueError):
        _onto(os.O_WRONLY, sys.stdout.fileno())


class UnwritableError(OSError):
    """Standard output does not take what is written to it; ``errno`` and ``strerror`` say why."""


class _Results(io.FileIO):
    """What cannot be written is told apart from other errors of the system."""

    def write(self, content: Buffer, /) -> int:
        try:
            return super().write(content)
        except OSError as error:
            raise UnwritableError(error.errno, error.strerror) from None


class _Forgiving(io.FileIO):
    """What cannot be written is lost."""

    def write(self, content: Buffer, /) -> int:
        try:
            return super().write(content)
        except OSError:
            return memoryview(content).nbytes


def columns(stream: TextIO) -> int:
    """How many columns the terminal behind a stream has; ``COLUMNS`` says otherwise if it is set.

    Standard output may go to a file while messages go to a narrow terminal, so each is asked for
    itself. Where nobody knows, it is 80.
    """
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(stream.fileno()).columns or _USUAL
    except (OSError, ValueError):
        return _USUAL


def colour(*, terminal: bool) -> bool:
    """Return whether there is colour; the environment goes before what the stream is."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return terminal and os.environ.get("TERM") != "dumb"


def _reopen() -> None:
    """Open a number for each stream that has none; the two of results and input can't be used."""
    for number, flags in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            _onto(flags, number)
    if sys.stdin is None:
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)


def _onto(flags: int, number: int) -> None:
    """Open nothing at all under a number."""
    there = os.open(os.devnull, flags)
    if there != number:
        os.dup2(there, number)
        os.close(there)


def _is_sensible(columns: str) -> bool:
    return columns.isascii() and columns.isdigit() and 0 < int(columns[:9]) <= _MOST_COLUMNS


def _for_people(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    signs = error.object[error.start : error.end]
    return "".join(_transliterated(sign, error.encoding) for sign in signs), error.end


def _transliterated(sign: str, encoding: str) -> str:
    from unicodedata import combining, normalize

    plain = _SIGNS.get(sign)
    if plain is None:
        plain = "".join(part for part in normalize("NFKD", sign) if not combining(part))
    # What is foreign still, such as another script, is named by its number.
    return plain.encode(encoding, "backslashreplace").decode(encoding)


def _for_json(error: UnicodeError) -> tuple[str, int]:
    import json

    assert isinstance(error, UnicodeEncodeError)
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


def asked_language(
    arguments: Sequence[str], environment: Mapping[str, str]
) -> tuple[str, list[str]]:
    """Find the language in what was typed, else in the environment.

    Args:
        arguments: The words after ``kiamv``; of several ``--lang`` the last counts.
        environment: Where ``KIAMV_LANG`` may be set.

    Returns:
        The language as it was given, which may be none there is; if nothing was, that of the
        project, else English. And the other arguments.
    """
    language = _language_name(environment.get(VARIABLE) or "")
    typed, others = _typed_language(arguments)
    return (language or project_language()) if typed is None else typed, others


def project_folder() -> str | None:
    """Find the project file in the working folder or above it.

    Returns:
        The folder it lies in, seen from the working folder (empty for that itself).
    """
    with suppress(OSError):
        above = os.getcwd().count(os.sep) + 1
        for levels in range(above):
            folder = os.path.join("", *[os.pardir] * levels)
            if os.path.isfile(os.path.join(folder, PROJECT)):
                return folder
    return None


def project_language() -> str:
    """Read the language of the project; English if it says none, or there is no project.

    What is wrong with the file is told by the command that reads all of it.
    """
    folder = project_folder()
    if folder is not None:
        with suppress(OSError), open(os.path.join(folder, PROJECT), "rb") as file:
            for line in file.read(_MOST_READ).splitlines():
                key, colon, value = line.partition(b":")
                if key == b"language" and colon:
                    found = value.partition(b"#")[0].strip(b" \t'\"").decode("ascii", "replace")
                    return found if found in LANGUAGES else "en"
    return "en"


def _typed_language(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """Take the language out of what was typed."""
    language: str | None = None
    others: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            return language, [*others, word, *words]
        if word == OPTION:
            language = _language_name(next(words, ""))
        elif word.startswith(f"{OPTION}="):
            language = _language_name(word.removeprefix(f"{OPTION}="))
        else:
            others.append(word)
    return language, others


def plainly(words: Sequence[str]) -> Iterator[str]:
    """Yield the words with each language as kiamv calls it."""
    before = ""
    for position, word in enumerate(words):
        if word == "--":
            yield from words[position:]
            return
        if before == OPTION:
            yield _language_name(word)
        elif word.startswith(f"{OPTION}="):
            yield f"{OPTION}={_language_name(word.removeprefix(f'{OPTION}='))}"
        else:
            yield word
        before = word


def _language_name(language: str) -> str:
    """Take the language from how a system names it: ``nl`` of ``NL`` and of ``nl_NL.UTF-8``."""
    first = language.partition(".")[0].partition("@")[0].replace("-", "_").partition("_")[0]
    return first.lower() if first.lower() in LANGUAGES else language


_SHORT, _LONG, _JSON = "-f", "--format", "json"


class Messages:
    """What becomes of the messages of a command.

    With ``data`` problems are a JSON document. Remarks wait for the end then, as nothing else may
    stand beside such a document; if there is one it holds them. With ``quiet`` there are none.
    """

    # No dataclass: to import what makes one takes longer than all of --help.
    def __init__(self, *, data: bool = False) -> None:
        self.data, self.quiet = data, False
        self.waiting: list[str] = []

    def remark(self, text: str) -> None:
        """Print a remark, keep it for the end, or leave it out."""
        if self.quiet:
            return
        if self.data and not sys.stderr.isatty():
            self.waiting.append(text)
        else:
            print(text, file=sys.stderr)  # noqa: T201 - the place for messages

    def problems(self, problems: Sequence[Mapping[str, object]]) -> None:
        """Print problems as the document ``kiamv/problems``, with the remarks before them."""
        from kiamv_cli.display.data import render_json
        from kiamv_cli.display.text import heading

        remarks, self.waiting = self.waiting, []
        document = {**heading("problems"), "problems": problems, "remarks": remarks}
        print(render_json(document), end="", file=sys.stderr)  # noqa: T201 - as above

    def end(self) -> None:
        """Print the remarks that waited."""
        for text in self.waiting:
            print(text, file=sys.stderr)  # noqa: T201 - as above
        self.waiting.clear()


_current: ContextVar[Messages | None] = ContextVar("messages", default=None)


def messages() -> Messages:
    """Return what becomes of the messages of the running command."""
    return _current.get() or Messages()


@contextmanager
def speaking(words: Sequence[str]) -> Iterator[None]:
    """Have messages as the words after ``kiamv`` ask for it; within another such, as that does."""
    if _current.get() is not None:
        yield
        return
    from kiamv_cli.base.text import at_command_line

    own = Messages(data=_asks_for_json(words))
    token, typed = _current.set(own), at_command_line.set(True)
    try:
        yield
    finally:
        own.end()
        _current.reset(token)
        at_command_line.reset(typed)


def _asks_for_json(words: Sequence[str]) -> bool:
    """Return whether JSON is asked for by name, before anybody knows if the words are right."""
    options = words[: words.index("--")] if "--" in words else words
    pairs = tuple(pairwise(options))
    return any(pair in {(_SHORT, _JSON), (_LONG, _JSON)} for pair in pairs) or any(
        each in {f"{_SHORT}{_JSON}", f"{_LONG}={_JSON}"} for each in options
    )
