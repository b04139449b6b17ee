"""Start kiamv; what needs no command is answered without loading any."""

from __future__ import annotations

import gc
import os
import sys

from kiamv_cli.cli import encoding
from kiamv_cli.cli.asked import asked_language

_HELP_PAGES = {"en": "help.txt", "nl": "help.nl.txt"}


def main() -> None:
    """Run the command line and end the process with its exit status."""
    arguments = sys.argv[1:]
    language, others = asked_language(arguments, os.environ)
    if others in ([], ["--help"], ["-h"], ["--version"]) and _quick_answer(others, language):
        return
    # A command's values live until it ends: looking for garbage among them only costs time.
    gc.disable()
    encoding.register()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors=encoding.PEOPLE)  # type: ignore[union-attr]
    _run(others, language)


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

    # Only the command that is asked for is imported; with none, all, for help and completion.
    asked = [arguments[0]] if arguments and arguments[0] in COMMANDS else list(COMMANDS)
    app = build(asked)
    try:
        app()
    except Exception as error:
        if os.environ.get("KIAMV_TRACEBACK"):
            raise
        from kiamv_cli.cli.output import fail
        from kiamv_cli.cli.speaking import speaking
        from kiamv_cli.cli.status import Status
        from kiamv_cli.core.program import SolverError
        from kiamv_cli.language import _

        with speaking(language):
            if isinstance(error, SolverError):
                fail(_("the solver failed: {reason}.", reason=error), Status.SOLVER_FAILED)
            fail(
                _(
                    "a bug in kiamv: {kind}: {error}. "
                    "Please report it, with what KIAMV_TRACEBACK=1 in the environment shows.",
                    kind=type(error).__name__,
                    error=error,
                ),
                Status.BUG,
            )


if __name__ == "__main__":
    main()
