"""The commands, and how they are put together."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Annotated

import typer

from kiamv_cli.cli.localised_help import LocalisedGroup
from kiamv_cli.cli.option_groups import unbundled

if TYPE_CHECKING:
    from collections.abc import Iterable

# The panels of the help page, in their order.
WAY, MORE, CHOOSE = "From a list to a decision", "The list", "Choose and explain"
PEOPLE, RECORDS, EDITORS = "Together", "On record", "For editors and scripts"
# The panel of each command, and its room; there it is a function of the same name in the module of
# that name in `commands`, or a group: the package `commands` with the Typer application `group`.
# Python's own words get a "_" (import_).
COMMANDS: dict[str, tuple[str, str]] = {
    "init": (WAY, "cli"),
    "import": (WAY, "longlist"),
    "check": (WAY, "longlist"),
    "same": (WAY, "longlist"),
    "score": (WAY, "scoring"),
    "shortlist": (WAY, "selection"),
    "explain": (WAY, "selection"),
    "gaps": (WAY, "selection"),
    "report": (WAY, "reports"),
    "record": (WAY, "decision"),
    "status": (MORE, "cli"),
    "new": (MORE, "cli"),
    "export": (MORE, "longlist"),
    "sources": (MORE, "flows"),
    "classify": (CHOOSE, "scoring"),
    "spread": (CHOOSE, "selection"),
    "tradeoff": (CHOOSE, "selection"),
    "robustness": (CHOOSE, "selection"),
    "flow": (CHOOSE, "flows"),
    "review": (PEOPLE, "review"),
    "survey": (PEOPLE, "survey"),
    "audit": (PEOPLE, "audits"),
    "commit": (RECORDS, "decision"),
    "verify": (RECORDS, "decision"),
    "diff": (RECORDS, "decision"),
    "schema": (EDITORS, "cli"),
}
EPILOG = (
    "Exit status: 0 done, 1 the answer is no, 2 bad usage or bad input, 3 no shortlist meets "
    "the wishes, 4 time limit reached first, 5 the solver failed, 70 a bug in kiamv, 130 "
    "interrupted."
)


def build(commands: Iterable[str] = COMMANDS) -> typer.Typer:
    """Put the command line together.

    Args:
        commands: The commands to have; one that is not going to be run need not be imported.
    """
    app = typer.Typer(
        name="kiamv",
        cls=LocalisedGroup,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        suggest_commands=False,  # Click does so itself
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog=EPILOG,
    )
    app.callback(invoke_without_command=True)(_kiamv)
    for command in commands:
        panel, room = COMMANDS[command]
        home = f"kiamv_cli.{room}.commands"
        if room == command:
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
    """Score innovation ecosystems, and select a provably optimal, balanced shortlist.

    Begin with kiamv init; kiamv status always says what to do next.
    """
    if version:
        from kiamv_cli import __version__

        typer.echo(f"kiamv {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())
