"""Start kiamv; what needs no command is answered without loading any."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line and end the process with its exit status."""
    arguments = sys.argv[1:]
    if arguments in ([], ["--help"], ["-h"], ["--version"]) and _quick_answer(arguments):
        return
    # A command's values live until it ends: looking for garbage among them only costs time.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    _run(arguments)


def _quick_answer(arguments: list[str]) -> bool:
    if arguments == ["--version"]:
        from kiamv_cli import __version__

        sys.stdout.write(f"kiamv {__version__}\n")
        return True
    if not (sys.stdout.encoding or "").lower().startswith("utf"):
        return False
    with open(os.path.join(os.path.dirname(__file__), "cli", "help.txt"), encoding="utf-8") as file:
        sys.stdout.write(file.read())
    return True


def _run(arguments: list[str]) -> None:
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
        from kiamv_cli.cli.status import Status

        fail(
            f"a bug in kiamv: {type(error).__name__}: {error}. "
            "Please report it, with what KIAMV_TRACEBACK=1 in the environment shows.",
            Status.BUG,
        )


if __name__ == "__main__":
    main()
