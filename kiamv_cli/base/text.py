"""Texts as values: a key with parameters; what people read of it stands in ``texts``, per language.

The tables are read once a text is shown, and only the one that it stands in: a good run reads none.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, Any

from kiamv_cli.base.language import current_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TypeAlias

    # What fills in a text or stands beside others.
    Words: TypeAlias = "Text | Joined | str"

# Where a value is filled in; other braces stand for themselves.
FIELD = re.compile(r"{([a-z_]+)}")
# Texts are written for who types commands. From Python an option is the parameter of that name, and
# of a command that is named with options only its name is left.
_VALUE = r"(?:[A-Z]+|{[a-z_]+}|csv|keep|skip|stand)"
_NAME = r"--([a-z][a-z-]*)"
_COMMAND = re.compile(
    rf"(kiamv(?: (?!with|met)[a-z]+)+)(?: {_VALUE})*(?:,? {_NAME}(?:[ =]{_VALUE})?)+"
)
_OPTION = re.compile(rf"{_NAME}(?: (keep|skip)| {_VALUE})?")
_PARAMETERS = {"ignore-column": "ignored"}
at_command_line: ContextVar[bool] = ContextVar("at_command_line", default=False)
# The tables of codes, by the letter and first digit that their codes begin with, and of all else.
CODES = tuple(f"K{digit}" for digit in range(1, 10))
OTHERS = ("hints", "parts", "requests")


@dataclass(frozen=True, slots=True, init=False)
class Text:
    """A text of the tables, filled in; ``str`` gives it in the current language.

    ``key`` is that of its section and its own, as in ``K101.missing`` or ``hints.check-number``.
    Where a text has one form for one and another for more, ``n`` is the number.

    Args:
        key: Its key, a literal, so that tests can hold the code against the tables.
        values: What to fill in, as it is: texts may hold texts.
    """

    key: str
    values: tuple[tuple[str, object], ...]

    def __init__(self, key: str, /, **values: object) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "values", tuple(values.items()))

    def __str__(self) -> str:
        """Format it in the current language."""
        values: dict[str, Any] = dict(self.values)
        form = _form(self.key)
        text: str = form if isinstance(form, str) else form["one" if values["n"] == 1 else "other"]
        if "--" in text and not at_command_line.get():
            text = in_python(text)
        return FIELD.sub(lambda field: str(values[field[1]]), text)

    def filled(self, **values: object) -> Text:
        """Return it with more filled in."""
        return Text(self.key, **{**dict(self.values), **values})


@dataclass(frozen=True, slots=True)
class Joined:
    """Several texts with something between them."""

    parts: tuple[object, ...]
    between: Text | str = ", "

    def __str__(self) -> str:
        """Format it in the current language."""
        return str(self.between).join(map(str, self.parts))


def joined(parts: Iterable[object], between: Text | str = ", ") -> Joined:
    """Return texts with something between them."""
    return Joined(tuple(parts), between)


def in_python(text: str) -> str:
    """Return a text with parameters of functions in the place of options."""
    return _OPTION.sub(_parameter, _COMMAND.sub(r"\1", text))


def option_or_parameter(option: str) -> str:
    """Return an option as it is typed, or the parameter of a function that stands for it."""
    return option if at_command_line.get() else in_python(option).removesuffix("=")


def _parameter(option: re.Match[str]) -> str:
    name = _PARAMETERS.get(option[1]) or option[1].replace("-", "_")
    return f'{name}="{option[2]}"' if option[2] else f"{name}="


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return a table of texts: by section and key, the forms per language."""
    import yaml  # noqa: PLC0415 - only once something is shown

    raw = get_data("kiamv_cli", f"texts/{name}.yaml")
    assert raw is not None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: Mapping[str, Any] = yaml.load(raw, Loader=loader)  # noqa: S506 - a safe one
    return found


def _form(key: str) -> Any:  # noqa: ANN401 - a text, or one for one and one for more
    section, _dot, name = key.partition(".")
    if section[1:].isdecimal():
        texts = table(section[:2])[section]
        forms = texts.get(name) or texts.get("messages", {}).get(name) or texts["hints"][name]
    else:
        forms = table(section)[name]
    return forms if isinstance(forms, str) else forms[current_language()]
