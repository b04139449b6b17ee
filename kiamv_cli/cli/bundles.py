"""Options that belong together reach a command as one value."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Any, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def unbundled(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command whose parameters are the fields of its dataclass parameters.

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

    @wraps(command)
    def flat(**values: Any) -> None:  # noqa: ANN401 - whatever Typer read
        for name, kind in bundles.items():
            inside = {each.name: values.pop(each.name) for each in fields(kind)}
            values[name] = kind(**inside)  # type: ignore[operator]
        command(**values)

    flat.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    flat.__annotations__ = {each.name: each.annotation for each in parameters}
    return flat


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
