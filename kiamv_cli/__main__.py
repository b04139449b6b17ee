"""Start kiamv; what needs no command is answered without loading any."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from kiamv_cli.cli.start import UnwritableError, asked_language, prepare

if TYPE_CHECKING:
    from typer import Typer

_HELP_PAGES = {"en": "help.txt", "nl": "help.nl.txt"}


def main() -> None:
    """Run the command line and end the process with its exit status."""
    prepare()
    arguments = sys.argv[1:]
    language, others = asked_language(arguments, os.environ)
    try:
        if others in ([], ["--help"], ["-h"], ["--version"]) and _quick_answer(others, language):
            return
        # A command's values live until it ends: looking for garbage only costs time.
        gc.disable()
        _run(others, language)
    except UnwritableError as error:
        _end(error, language)
    finally:
        try:
            sys.stdout.flush()
        except UnwritableError as error:
            _end(error, language)


def _end(error: OSError, language: str) -> None:
    from kiamv_cli.cli.localised_help import localised
    from kiamv_cli.cli.output import unwritable

    with localised(language):
        unwritable(error)


def _quick_answer(arguments: list[str], language: str) -> bool:
    if language not in _HELP_PAGES:
        return False
    if arguments == ["--version"]:
        from kiamv_cli import __version__

        sys.stdout.write(f"kiamv {__version__}\n")
        return True
    if not (sys.stdout.encoding or "").lower().startswith("utf"):
        return False
    page = os.path.join(os.path.dirname(__file__), "cli", _HELP_PAGES[language])
    with open(page, encoding="utf-8") as file:
        sys.stdout.write(file.read())
    return True


def _run(arguments: list[str], language: str) -> None:
    from kiamv_cli.cli.app import COMMANDS, build
    from kiamv_cli.cli.start import speaking

    # Only the command that is asked for is imported; with none, all, for help and completion.
    asked = [arguments[0]] if arguments and arguments[0] in COMMANDS else list(COMMANDS)
    app = build(asked)
    with speaking(arguments):
        _answer(app, language)


def _answer(app: Typer, language: str) -> None:
    try:
        app()
    except UnwritableError:
        raise
    except Exception as error:
        if os.environ.get("KIAMV_TRACEBACK"):
            raise
        if isinstance(error, OSError):
            _refuse(error, language)
        from kiamv_cli.base.language import _
        from kiamv_cli.cli.localised_help import localised
        from kiamv_cli.cli.output import Status, fail

        with localised(language):
            fail(
                _(
                    "a bug in kiamv: {kind}: {error}. "
                    "Please report it, with what KIAMV_TRACEBACK=1 in the environment shows.",
                    kind=type(error).__name__,
                    error=error,
                ),
                Status.BUG,
            )


def _refuse(error: OSError, language: str) -> None:
    """End because the system would not do something with a file, which no command said better."""
    from kiamv_cli.base.language import _
    from kiamv_cli.cli.localised_help import localised
    from kiamv_cli.cli.output import fail

    place = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes)) else "."
    with localised(language):
        reason = str(error.strerror or error).lower()
        fail(_("{place}: cannot be used: {reason}.", place=place, reason=reason))


if __name__ == "__main__":
    main()
