"""The commands, and how they are put together."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import wraps
from importlib import import_module
from inspect import Parameter, Signature, signature
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import click
import typer
from click.core import ParameterSource

from kiamv_cli.base.language import _
from kiamv_cli.base.text import Text
from kiamv_cli.cli.localised_help import LocalisedGroup
from kiamv_cli.cli.options import EXPERTS
from kiamv_cli.cli.project import FromProject, Project, current_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.base.problem import Problem


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
    "letters": (RECORDS, "reports"),
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


def unbundled(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command whose parameters are the fields of its dataclass parameters.

    Typer makes an option of each parameter; so options that many commands share are declared once,
    as the fields of a dataclass.
    """
    hints = get_type_hints(command, include_extras=True)
    bundles = {name: kind for name, kind in hints.items() if is_dataclass(kind)}
    parameters = [
        part
        for each in signature(command).parameters.values()
        for part in _parts(each.replace(annotation=hints[each.name]), bundles)
    ]
    parameters.sort(key=_is_for_experts)

    keys = dict(_project_keys(parameters))

    @wraps(command)
    def flat(**values: Any) -> None:  # noqa: ANN401 - whatever Typer read
        if keys:
            apply(keys, values)
        for name, kind in bundles.items():
            inside = {each.name: values.pop(each.name) for each in fields(kind)}
            values[name] = kind(**inside)  # type: ignore[operator]
        command(**values)

    flat.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    flat.__annotations__ = {each.name: each.annotation for each in parameters}
    flat.project_keys = keys  # type: ignore[attr-defined]
    return flat


def _is_for_experts(parameter: Parameter) -> bool:
    """Return whether an option stands in the last panel of a help page."""
    metadata = getattr(parameter.annotation, "__metadata__", ())
    return any(getattr(each, "rich_help_panel", None) == EXPERTS for each in metadata)


def _project_keys(parameters: Iterable[Parameter]) -> Iterator[tuple[str, FromProject]]:
    for parameter in parameters:
        for part in getattr(parameter.annotation, "__metadata__", ()):
            if isinstance(part, FromProject):
                yield parameter.name, part


def _parts(parameter: Parameter, bundles: dict[str, Any]) -> Iterator[Parameter]:
    kind = bundles.get(parameter.name)
    if kind is None:
        yield parameter.replace(kind=Parameter.KEYWORD_ONLY)
        return
    hints = get_type_hints(kind, include_extras=True)
    for each in fields(kind):
        yield Parameter(
            each.name, Parameter.KEYWORD_ONLY, default=each.default, annotation=hints[each.name]
        )


def apply(keys: Mapping[str, FromProject], values: Mapping[str, object]) -> None:
    """Check what a command takes from the project, and say which options override it."""
    context, project = click.get_current_context(silent=True), current_project()
    if context is None or project is None:
        return
    source = {name: context.get_parameter_source(name) for name in keys}
    project.used = {
        name: each.key for name, each in keys.items() if source[name] is ParameterSource.DEFAULT_MAP
    }
    refuse_missing(project, [each for name, each in keys.items() if name in project.used])
    typed = [name for name in keys if source[name] is ParameterSource.COMMANDLINE]
    _note_overrides(project, keys, {name: values[name] for name in typed})


def refuse_missing(project: Project, sources: Sequence[FromProject]) -> None:
    """End a command that would take a path from the project that is not there."""
    from kiamv_cli.cli.output import Status, print_problems

    problems = [
        _missing(project, each.key, path)
        for each in sources
        if each.is_path and not each.made
        for path in project.paths(each.key)
        if not Path(path).exists()
    ]
    if problems:
        print_problems(problems)
        raise SystemExit(Status.BAD_INPUT)


def _missing(project: Project, key: str, missing: str) -> Problem:
    from kiamv_cli.base.labels import similar

    path = Path(missing)
    there = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
    near = similar(path.name, there, 1)
    if near:
        return project.missing(key, Text("hints.did-you-mean", meant=near[0]), missing)
    advice = {
        "answers": Text("K130.merge-writes-it"),
        "identities": Text("K130.same-writes-it"),
        "survey.exports": Text("K130.put-export-there"),
    }
    return project.missing(key, advice.get(key, Text("K130.relative-to-project")), missing)


def _note_overrides(
    project: Project, keys: Mapping[str, FromProject], typed: Mapping[str, object]
) -> None:
    """Say which values of the project an option replaced."""
    from kiamv_cli.cli.output import note

    changed = [
        _("{option} (there: {value})", option=_spelling(name), value=_words(there))
        for name, value in typed.items()
        if not keys[name].made
        and (there := project.typed(keys[name].key)) is not None
        and _words(there) != _words(value)
    ]
    if changed:
        path = project.document.path
        note(_("kiamv: unlike {project}: {options}", project=path, options=", ".join(changed)))


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _spelling(name: str) -> str:
    """Return how a parameter of the running command is written: an option, or an argument."""
    context = click.get_current_context()
    parameter = next(each for each in context.command.params if each.name == name)
    long = [each for each in parameter.opts if each.startswith("--")]
    return long[0] if long else parameter.human_readable_name
