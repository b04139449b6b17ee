"""Results to standard output or a file; everything else to standard error."""

from __future__ import annotations

import errno
import io
import sys
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, current_language, in_language, ngettext
from kiamv_cli.cli.start import colour, columns, messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import NoReturn, TextIO

    from kiamv_cli.base.problem import Problem
    from kiamv_cli.cli.options import OutputOptions
    from kiamv_cli.display.data import Dialect
    from kiamv_cli.display.document import Screen, View
    from kiamv_cli.display.formats import Format, PictureFormat


class Status(IntEnum):
    """What a command's exit status means."""

    DONE = 0
    NO = 1  # the answer is no: check found errors, verify differs
    BAD_INPUT = 2  # bad usage or bad input
    INFEASIBLE = 3  # no shortlist meets the wishes
    TIME_LIMIT = 4  # the time limit came first
    SOLVER_FAILED = 5  # it crashed, cannot be loaded, or its answers do not hold
    BUG = 70
    INTERRUPTED = 130
    BROKEN_PIPE = 141


_AT_ONCE = 1_000_000  # signs that are written at once
_MOST_SIGNS = 20  # signs that are named
_MANY = 10  # more problems than these are counted by code as well
# What a problem that has no place in a file is, by the status that a command ends with.
_CODES = {Status.TIME_LIMIT: "K671", Status.SOLVER_FAILED: "K672", Status.BUG: "K673"}


def fail(message: str, status: Status = Status.BAD_INPUT) -> NoReturn:
    """Say on standard error what is wrong, and end with ``status``."""
    if messages().data:
        nowhere = dict.fromkeys(("path", "line", "column"))
        code = _CODES.get(status, "K670")
        what = {"code": code, "severity": "error", "message": message, "hint": ""}
        messages().problems([{**nowhere, **what}])
    else:
        _say(f"kiamv: {message}")
    raise SystemExit(status)


def note(message: str) -> None:
    """Say something on standard error that is no error; ``--quiet`` leaves it out."""
    messages().remark(_laid_out(message))


def _say(message: str) -> None:
    print(_laid_out(message), file=sys.stderr)  # noqa: T201 - the place for messages


def _laid_out(message: str) -> str:
    """Make a message safe to print; a terminal gets whole words in each of its lines."""
    from kiamv_cli.display.text import clean

    lines = [clean(line) for line in message.splitlines()]
    return "\n".join(_wrapped(lines, columns(sys.stderr)) if sys.stderr.isatty() else lines)


def _wrapped(lines: list[str], width: int) -> list[str]:
    from textwrap import fill

    from kiamv_cli.display.text import indents

    return [
        fill(
            line,
            width,
            subsequent_indent=" " * indents(line)[1],
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in lines
    ]


def note_problems(problems: Iterable[Problem]) -> None:
    """Say remarks on an input, a line for those that are alike; ``--quiet`` leaves them out."""
    if text := "\n".join(_lines_of(problems)):
        note(text)


def _lines_of(problems: Iterable[Problem]) -> Iterator[str]:
    from kiamv_cli.base.problem import alike

    for first, others in alike(problems):
        yield f"{first.where}: {first.code} {first.with_others(others)}"


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems, those that are alike in one line, then how many there are of which.

    Where JSON was asked for they are a document.
    """
    from kiamv_cli.base.problem import problem_fields

    every = list(problems)
    if messages().data:
        messages().problems([problem_fields(each) for each in every])
        return
    _say("\n".join(_lines_of(every)))
    count = len(every)
    if count > _MANY:
        _say("\n".join(_by_code(every)))
    total = ngettext("{n} problem in the input", "{n} problems in the input", count)
    errors = [each for each in every if each.severity == "error"]
    if errors and len(errors) < count:
        first = errors[0]
        total = ngettext(
            "{total}; one is an error, {code} at {where}",
            "{total}; {n} are errors, those with K9 are only warnings",
            len(errors),
            total=total,
            code=first.code,
            where=first.where,
        )
    _say(f"kiamv: {total}")


def _by_code(problems: Sequence[Problem]) -> Iterator[str]:
    """Yield how often each code is among problems, errors and what is most frequent first."""
    from collections import Counter

    from kiamv_cli.base.problem import Code

    counts = Counter(each.code for each in problems)
    ordered = sorted(counts.items(), key=lambda each: (each[0].startswith("K9"), -each[1]))
    width = len(str(max(counts.values())))
    for code, times in ordered:
        yield f"  {times:>{width}}  {code} {Code(code).title}"


def tell(view: View, how: Format = "table") -> None:
    """Show something that is no result on standard error, as a table for people or as data."""
    from kiamv_cli.cli.request import AskedView
    from kiamv_cli.display.formats import render

    shown = AskedView(view) if how == "json" else view
    print(render(shown, how, _screen(sys.stderr)), end="", file=sys.stderr)  # noqa: T201


def write(view: View, out: OutputOptions, picture: str | None = None) -> None:
    """Write a result in the format asked for to where it should go.

    Args:
        view: The result.
        out: What was asked for.
        picture: Which of its pictures, where it has several.
    """
    from kiamv_cli.display.document import Screen
    from kiamv_cli.display.formats import render

    how = format_of(out)
    if how == "svg" or how == "png":  # noqa: PLR1714 - tells the type
        _write_picture(view, how, out, picture)
    elif picture is not None:
        fail(
            _(
                "--picture {picture}: also give --format svg, or --output {picture}.png.",
                picture=picture,
            )
        )
    else:
        if how == "json":
            from kiamv_cli.cli.request import AskedView

            view = AskedView(view)
        text = render(view, how, Screen() if out.file else _screen(sys.stdout), _dialect(out))
        if not out.file:
            _keep_data(how)
        write_text(text, out.file, force=out.force)


def _dialect(out: OutputOptions) -> Dialect | None:
    need_csv(out, "--separator", typed=out.separator is not None)
    need_csv(out, "--excel", typed=out.excel)
    if format_of(out) != "csv":
        return None
    from kiamv_cli.cli.options import separator_of
    from kiamv_cli.display.data import Dialect

    return Dialect(separator_of(out.separator, excel=out.excel), out.excel)


def need_csv(out: OutputOptions, option: str, *, typed: bool) -> None:
    """End a command of which an option was typed that is about CSV, where it writes none."""
    if typed and format_of(out) != "csv":
        fail(_("{option} is only for CSV. Add --format csv.", option=option))


def refuse_early(out: OutputOptions) -> None:
    """End a command before its work where the result could not be written as asked."""
    if format_of(out) != "png":
        return
    if out.file is None and sys.stdout.isatty():
        fail(
            _(
                "a PNG picture cannot be shown in a terminal. Give a file for it: --output "
                "picture.png."
            )
        )
    need_typesetting("PNG")


def need_typesetting(what: str) -> None:
    """End a command that cannot make ``what``, PNG or PDF, because an extra is not installed."""
    from kiamv_cli.display.typesetting import NotInstalledError, compiler

    try:
        compiler()
    except NotInstalledError:
        fail(_('for {format}, install the extra "pdf": pip install "kiamv[pdf]".', format=what))


def format_of(out: OutputOptions) -> Format | PictureFormat:
    """Return the format that was asked for, by name or by the name of the file."""
    from kiamv_cli.display.formats import SUFFIXES

    how = out.format or SUFFIXES.get(Path(out.file or "").suffix.lower(), "table")
    if how == "mermaid" and how not in _formats(out):
        fail(_("{file}: there is no diagram of this result.", file=out.file))
    return how


def _formats(out: OutputOptions) -> set[str]:
    """Return the formats that a command has, as its options declare them."""
    from typing import get_args, get_type_hints

    return {how for each in get_args(get_type_hints(type(out))["format"]) for how in get_args(each)}


@contextmanager
def worded_for(out: OutputOptions) -> Iterator[None]:
    """Have messages that become part of a result in the language of its format: data is English."""
    language = "en" if format_of(out) in {"json", "csv"} else current_language()
    with in_language(language):
        yield


def _keep_data(how: Format) -> None:
    """Have signs that standard output cannot show kept apart in data, not replaced by others."""
    from kiamv_cli.cli.start import JSON

    errors = {"json": JSON, "csv": "backslashreplace"}.get(how)
    if errors and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors=errors)


def _write_picture(view: View, how: PictureFormat, out: OutputOptions, picture: str | None) -> None:
    from kiamv_cli.display.document import Drawing
    from kiamv_cli.display.formats import draw

    refuse_early(out)
    figures = view.figures() if isinstance(view, Drawing) else {}
    if not figures:
        fail(_("{file}: there is no picture of this result.", file=out.file or how))
    name = picture or next(iter(figures))
    if name not in figures:
        fail(
            _(
                "--picture {name}: not available for these criteria. Choose from {others}.",
                name=name,
                others=", ".join(figures),
            )
        )
    content = draw(figures[name](), how, unshown(out.file or how))
    if out.file is None:
        _print(content)
    else:
        write_bytes(content, out.file, force=out.force)


def unshown(file: str) -> Callable[[Sequence[str]], None]:
    """Return what says, once, which signs a file cannot show."""

    def told(signs: Sequence[str]) -> None:
        from kiamv_cli.display.text import first_of

        note(
            _(
                "kiamv: {file}: the typefaces of kiamv lack these, so each is a square: {signs}",
                file=file,
                signs=", ".join(first_of([*signs], _MOST_SIGNS)),
            )
        )

    return told


def write_text(text: str, file: str | None, *, force: bool, confirm: bool = True) -> None:
    """Write text to a file, as ``write_bytes`` does, or to standard output."""
    if file is None:
        _print(text)
    else:
        write_bytes(text.encode(), file, force=force, confirm=confirm)


def write_bytes(content: bytes, file: str, *, force: bool, confirm: bool = True) -> None:
    """Write a file, whole or not at all, and with ``confirm`` tell who sits at a terminal."""
    from kiamv_cli.base.writing import write_whole

    with _writing(file):
        write_whole(file, content, force=force)
    if confirm and sys.stderr.isatty():
        note(_("kiamv: wrote {place}", place=file))


def write_files(contents: Mapping[str, bytes], folder: str, *, force: bool) -> None:
    """Write a folder of files, whole or not at all."""
    from kiamv_cli.base.writing import write_folder

    with _writing(folder):
        write_folder(folder, contents, force=force)


def unknown_value(option: str, text: str, known: Iterable[str]) -> str:
    """Say that an option has a value that is not known, and which are."""
    return _(
        '{option} "{text}": unknown. Choose from {known}.',
        option=option,
        text=text,
        known=", ".join(known),
    )


def not_written(place: object, error: OSError) -> str:
    """Say that the system would not write something, and why."""
    return _("{place}: cannot be written: {reason}.", place=place, reason=error.strerror)


@contextmanager
def _writing(place: str) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        if error.filename:
            fail(
                _(
                    "{place}: exists already, with {file} in it. Give another folder.",
                    place=place,
                    file=error.filename,
                )
            )
        fail(_("{place}: exists already. Give --force to replace it.", place=place))
    except OSError as error:
        fail(not_written(place, error))


def _print(content: str | bytes) -> None:
    try:
        if isinstance(content, str):
            # Piece by piece: a stream makes bytes of all that it gets at once, as long again.
            for start in range(0, len(content), _AT_ONCE):
                sys.stdout.write(content[start : start + _AT_ONCE])
        else:
            sys.stdout.buffer.write(content)
        sys.stdout.flush()
    except OSError as error:
        unwritable(error)


def unwritable(error: OSError) -> NoReturn:
    """End because standard output takes no more; nothing may be written at exit either."""
    from kiamv_cli.cli.start import silence

    silence()
    if error.errno == errno.EPIPE:  # the reader has seen enough
        raise SystemExit(Status.BROKEN_PIPE) from None
    fail(not_written(_("standard output"), error))


def _screen(stream: TextIO) -> Screen:
    from kiamv_cli.display.document import Screen

    terminal = stream.isatty()
    return Screen(
        width=columns(stream) if terminal else None,
        colour=colour(terminal=terminal),
        unicode=(stream.encoding or "").lower().startswith("utf"),
    )
