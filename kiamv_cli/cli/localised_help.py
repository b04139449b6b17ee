"""Every command in the language that is asked for: its help, its errors, and what it says.

Typer and Click say their own words through gettext, some of them once and for all when they are
imported; so these are put into the language for as long as a command runs, and back after it.
"""

from __future__ import annotations

import gettext
import os
import shlex
import sys
from contextlib import contextmanager
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click
from typer.core import HAS_RICH, TyperGroup, TyperOption

from kiamv_cli.base.labels import LANGUAGES
from kiamv_cli.base.language import N_, _, in_language
from kiamv_cli.cli.input import refusing
from kiamv_cli.cli.output import Status, fail, unknown_value
from kiamv_cli.cli.project import defaults as project_defaults
from kiamv_cli.cli.project import find_project, in_project, keys_of, named_command, spelled
from kiamv_cli.cli.start import OPTION, VARIABLE, asked_language, messages, plainly, speaking

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import NoReturn

    from kiamv_cli.base.labels import Language

# The words that Typer translates when it is imported, by their names in its module.
TYPER_WORDS = {
    "DEFAULT_STRING": N_("[default: {}]"),
    "ENVVAR_STRING": N_("[env var: {}]"),
    "REQUIRED_LONG_STRING": N_("[required]"),
    "ARGUMENTS_PANEL_TITLE": N_("Arguments"),
    "OPTIONS_PANEL_TITLE": N_("Options"),
    "COMMANDS_PANEL_TITLE": N_("Commands"),
    "ERRORS_PANEL_TITLE": N_("Error"),
    "ABORTED_TEXT": N_("Aborted."),
    "RICH_HELP": N_("Try [blue]'{command_path} {help_option}'[/] for help."),
}
_TYPER = "typer.rich_utils"
_PLAIN_TYPER = "_TYPER_FORCE_DISABLE_TERMINAL"
_DOMAIN = "kiamv"
_EXAMPLE = "Example: "
_CHOICES = 24  # signs in a line of choices: any more leave too little room for what they mean


class LocalisedGroup(TyperGroup):
    """The command line: each of its commands has ``--lang`` and obeys it."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - whatever Typer passes on
        super().__init__(**settings)
        option = TyperOption(
            param_decls=["lang", OPTION],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            help="Language of texts for people; data are always in English. Default: "
            "KIAMV_LANG, otherwise the project's, otherwise English.",
        )
        quiet = TyperOption(
            param_decls=["quiet", "-q", "--quiet"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_silence,
            help="No remarks and no progress on standard error, only what is wrong.",
        )
        for command in commands_of(self):
            command.params += [option, quiet]
            for param in command.params:
                _make_readable(param)

    def main(self, args: Any = None, *others: Any, **settings: Any) -> Any:  # noqa: ANN401 - Click's
        """Run a command in the language that its arguments ask for."""
        if os.environ.get("NO_COLOR"):
            # Typer's pages and errors would still be bold: without colour all of kiamv is plain.
            os.environ.setdefault(_PLAIN_TYPER, "1")
        words = sys.argv[1:] if args is None else list(args)
        with speaking(words):
            return self._speak(words, *others, **settings)

    def _speak(self, words: list[str], *others: Any, **settings: Any) -> Any:  # noqa: ANN401 - as above
        language, rest = asked_language(words, os.environ)
        if language and language not in LANGUAGES:
            option = VARIABLE if rest == words else OPTION
            fail(unknown_value(option, language, LANGUAGES))
        with localised(language, self), self._project(words) as defaults, _known_failures():
            refuse_unclean(words)
            answer_old_spelling(rest)
            settings["default_map"] = defaults
            if messages().data:
                return self._failing_as_data([*plainly(words)], *others, **settings)
            return super().main([*plainly(words)], *others, **settings)

    def _failing_as_data(self, *arguments: Any, **settings: Any) -> NoReturn:  # noqa: ANN401 - as above
        """Run a command of which Click's own errors are data as well."""
        settings["standalone_mode"] = False
        try:
            status = super().main(*arguments, **settings)
        except click.ClickException as error:
            fail(error.format_message(), Status(error.exit_code))
        except click.Abort:
            fail(TYPER_WORDS["ABORTED_TEXT"], Status.NO)
        raise SystemExit(status or Status.DONE)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the commands first, and the options of all of them after these."""
        if not HAS_RICH:
            super().format_help(ctx, formatter)
            return
        from rich.padding import Padding
        from typer import rich_utils

        console = rich_utils._get_rich_console()  # noqa: SLF001 - Typer has no other way
        options, epilog = self.params, self.epilog
        self.params, self.epilog, self.add_help_option = [], None, False
        try:
            super().format_help(ctx, formatter)
        finally:
            self.params, self.epilog, self.add_help_option = options, epilog, True
        rich_utils._print_options_panel(  # noqa: SLF001 - as above
            name=rich_utils.OPTIONS_PANEL_TITLE,
            params=[each for each in self.get_params(ctx) if isinstance(each, click.Option)],
            ctx=ctx,
            markup_mode="rich",
            console=console,
        )
        console.print(Padding(str(epilog), 1))

    @contextmanager
    def _project(self, words: Sequence[str]) -> Iterator[dict[str, object]]:
        """Have a command take what its options leave open from the project that it is in."""
        command, names = named_command(self, words)
        keys = keys_of(command)
        project = None
        if keys:
            with refusing():
                project = find_project()
        with in_project(project):
            defaults = project_defaults(project, keys) if project else {}
            for name in reversed(names):
                defaults = {name: defaults}
            yield defaults


def _silence(_context: click.Context, _param: click.Parameter, quiet: bool | None) -> None:  # noqa: FBT001 - Click's
    messages().quiet |= bool(quiet)


def refuse_unclean(words: Sequence[str]) -> None:
    """End a command that was given what no file may hold either, such as a control character."""
    from kiamv_cli.base.files import forbidden_in, is_clean

    for place, word in enumerate(words):
        option, equals, value = word.partition("=")
        empty = not word.strip() or (equals and option[:2] == "--" and not value.strip())
        if is_clean(word) and not empty:
            continue
        before = words[place - 1] if place else ""
        name = next((each for each in (option if equals else "", before) if each[:1] == "-"), "")
        shown = name if name and is_clean(name) else _("argument {n}", n=place + 1)
        if is_clean(word):
            fail(_("{option}: it is empty. Give a value, or leave it out.", option=shown))
        sign = forbidden_in(word)
        fail(_("{option}: {sign} is not allowed. Remove it.", option=shown, sign=sign))


# How something was spelled: the command, the word in it, and what it is called now.
_FORMER = (
    ("survey", "audit", "audit"),
    ("flow", "--check", "audit"),
    ("score", "--spread-of-reviewers", "review spread"),
    ("shortlist", "--spread-of-reviewers", "review spread"),
    ("robustness", "--samples", "--draws"),
    ("review", "--resamples", "--draws"),
)
_FORMER_OPTIONS = {"--reviews": "--folder"}  # of a command that is another now


def answer_old_spelling(words: Sequence[str]) -> None:
    """End a command that is spelled as before with how it is written now."""
    for command, sign, today in _FORMER:
        names = [word.partition("=")[0] for word in words]
        if words[:1] != [command] or sign not in (names if sign[0] == "-" else names[1:2]):
            continue
        fail(
            _(
                "{former} is now {today}. Type: {command}",
                former=f"kiamv {command} {sign}",
                today=today if today[:1] == "-" else f"kiamv {today}",
                command=shlex.join(["kiamv", *_respelled(words, names.index(sign), today)]),
            )
        )


def _respelled(words: Sequence[str], place: int, today: str) -> list[str]:
    """Write a command as it is today, whose old word stands at a place."""
    _sign, equals, value = words[place].partition("=")
    before, after = words[:place], words[place + 1 :]
    if today[:1] == "-":
        return [*before, f"{today}{equals}{value}", *after]
    others = [*before[1:], *filter(None, [value]), *after]
    return [*today.split(), *(_FORMER_OPTIONS.get(each, each) for each in others)]


@contextmanager
def _known_failures() -> Iterator[None]:
    """End a command where what was asked does not fit, or the solver failed: neither is a bug."""
    try:
        yield
    except (ValueError, RuntimeError) as error:
        from kiamv_cli.base.problem import Misfit
        from kiamv_cli.selection.model.integer_program import SolverError

        if isinstance(error, Misfit):
            fail(error.named(spelled))
        if isinstance(error, SolverError):
            fail(_("the solver failed: {reason}.", reason=error), Status.SOLVER_FAILED)
        raise


@contextmanager
def localised(name: str, command: click.Command | None = None) -> Iterator[None]:
    """Have whatever is said in a language, if it is one that there is.

    Args:
        name: The language as it was given.
        command: The command whose help, and that of the commands in it, is put into it as well.
    """
    language: Language = "nl" if name == "nl" else "en"
    if language == "en":
        with in_language(language):
            yield
        return
    try:
        with in_language(language), _gettext_in(language), _help_translated(command):
            yield
    finally:
        _say_typer_words()


def commands_of(command: click.Command) -> Iterator[click.Command]:
    """Yield a command and all commands in it."""
    yield command
    for each in command.commands.values() if isinstance(command, click.Group) else ():
        yield from commands_of(each)


def _make_readable(param: click.Parameter) -> None:
    """Have a help page show what it does not break, and nothing twice.

    An argument has its name in English beside the word that stands for it; and choices that are
    not broken behind a bar are broken within a word.
    """
    if isinstance(param, click.Argument):
        param.opts = []
    elif HAS_RICH and isinstance(param.type, click.Choice) and param.metavar is None:
        choices = " ".join(f"{each}|" for each in param.type.choices)
        lines = (line.replace(" ", "") for line in wrap(choices, _CHOICES, break_on_hyphens=False))
        param.metavar = "[" + "\n".join(lines).removesuffix("|") + "]"


def help_texts(command: click.Command) -> Iterator[tuple[Any, str, str]]:
    """Find the texts of the help of a command, and of those in it.

    Yields:
        The command or parameter, the name of the attribute, and the text in it.
    """
    for each in commands_of(command):
        for name in ("help", "short_help", "epilog", "rich_help_panel"):
            yield from _text(each, name)
        yield from _text(each, "options_metavar")
        yield from _text(each, "subcommand_metavar")
        for param in each.params:
            for name in ("help", "rich_help_panel"):
                yield from _text(param, name)
            if not str(param.metavar).startswith("[") or "|" not in str(param.metavar):
                yield from _text(param, "metavar")  # choices stay as they are typed


def paragraphs(text: str) -> list[str]:
    """Take a text of a help page apart: each paragraph on one line, as it is shown."""
    return [" ".join(each.split()) for each in text.split("\n\n")]


def type_name(param: click.Parameter) -> str:
    """Return the name of its type that stands for its value; empty where another word does."""
    flag = isinstance(param, click.Option) and param.is_flag
    named = param.metavar is not None or isinstance(param.type, click.Choice)
    return "" if flag or named else param.type.name.upper()


def _text(thing: Any, name: str) -> Iterator[tuple[Any, str, str]]:  # noqa: ANN401 - as above
    text = getattr(thing, name, None)
    if isinstance(text, str) and text.strip():
        yield thing, name, text


@contextmanager
def _help_translated(command: click.Command | None) -> Iterator[None]:
    before = list(help_texts(command)) if command else []
    unnamed = [each for one in commands_of(command) for each in one.params] if command else []
    unnamed = [each for each in unnamed if type_name(each)]
    for thing, name, text in before:
        setattr(thing, name, "\n\n".join(map(_paragraph, paragraphs(text))))
    for param in unnamed:
        param.metavar = _(type_name(param))
    _say_typer_words()
    _forget_help_options(command)
    try:
        yield
    finally:
        _forget_help_options(command)
        for thing, name, text in before:
            setattr(thing, name, text)
        for param in unnamed:
            param.metavar = None


def _forget_help_options(command: click.Command | None) -> None:
    """Click makes the option --help of a command once, and keeps it with its text."""
    for each in commands_of(command) if command else ():
        each._help_option = None  # noqa: SLF001 - there is no other way


def _paragraph(text: str) -> str:
    if text.startswith(_EXAMPLE):
        return _("Example: {command}", command=text.removeprefix(_EXAMPLE))
    return _(text)


def _say_typer_words() -> None:
    """Put Typer's own words, if it has loaded them, into the current language."""
    module = sys.modules.get(_TYPER)
    for name, text in TYPER_WORDS.items() if module else ():
        setattr(module, name, _(text))


@contextmanager
def _gettext_in(language: Language) -> Iterator[None]:
    """Let Click, which asks gettext for its words, find them in the catalogue of kiamv."""
    domain, asked = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(_DOMAIN, str(Path(__file__).parent.parent / "locale"))
    gettext.textdomain(_DOMAIN)
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if asked is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = asked
