"""The commands, and how they are put together."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Annotated

import typer

from kiamv_cli.cli.options import unbundled
from kiamv_cli.cli.speaking import Speaking

if TYPE_CHECKING:
    from collections.abc import Iterable

PREPARE = "Prepare"
RANK, SELECT, EXPLAIN, PEOPLE = "Judge", "Select", "Explain", "Together"
# The room of each command; there it is a function of the same name in the module of that name in
# `commands`, or a group: the package `commands` with the Typer application `group`. Python's own
# words get a "_" (import_).
ROOMS: dict[str, str] = {
    "init": "cli",
    "new": "cli",
    "schema": "cli",
    "import": "longlist",
    "export": "longlist",
    "same": "longlist",
    "check": "longlist",
    "score": "scoring",
    "classify": "scoring",
    "shortlist": "selection",
    "spread": "selection",
    "explain": "selection",
    "tradeoff": "selection",
    "gaps": "selection",
    "robustness": "selection",
    "flow": "flows",
    "sources": "flows",
    "audit": "audits",
    "report": "reports",
    "review": "review",
    "survey": "survey",
    "record": "decision",
    "verify": "decision",
    "diff": "decision",
}
# The panel of the help page in which each command stands.
COMMANDS: dict[str, str] = {
    "init": PREPARE,
    "new": PREPARE,
    "import": PREPARE,
    "export": PREPARE,
    "same": PREPARE,
    "sources": PREPARE,
    "check": PREPARE,
    "schema": PREPARE,
    "score": RANK,
    "classify": RANK,
    "shortlist": SELECT,
    "spread": SELECT,
    "flow": SELECT,
    "report": SELECT,
    "explain": EXPLAIN,
    "tradeoff": EXPLAIN,
    "gaps": EXPLAIN,
    "robustness": EXPLAIN,
    "review": PEOPLE,
    "survey": PEOPLE,
    "audit": PEOPLE,
    "record": PEOPLE,
    "verify": PEOPLE,
    "diff": PEOPLE,
}
EPILOG = (
    "Exit status: 0 done, 1 the answer is no, 2 bad usage or bad input, 3 no shortlist meets the "
    "wishes, 4 the time limit came first, 5 the solver failed, 70 a bug in kiamv, 130 interrupted."
)


def build(commands: Iterable[str] = COMMANDS) -> typer.Typer:
    """Put the command line together.

    Args:
        commands: The commands to have; one that is not going to be run need not be imported.
    """
    app = typer.Typer(
        name="kiamv",
        cls=Speaking,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        suggest_commands=False,  # Click does so itself
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog=EPILOG,
    )
    app.callback(invoke_without_command=True)(_kiamv)
    for command in commands:
        panel, home = COMMANDS[command], f"kiamv_cli.{ROOMS[command]}.commands"
        if ROOMS[command] == command:
            app.add_typer(import_module(home).group, name=command, rich_help_panel=panel)
        else:
            name = f"{command}_" if iskeyword(command) else command
            function = getattr(import_module(f"{home}.{name}"), name)
            app.command(command, rich_help_panel=panel)(unbundled(function))
    return app


def _kiamv(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    """Score innovation ecosystems, and pick a provably best, balanced shortlist.

    Example: kiamv shortlist --size 20 --balance themes,provinces
    """
    if version:
        from kiamv_cli import __version__

        typer.echo(f"kiamv {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())
