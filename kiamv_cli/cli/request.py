"""What was asked, in documents: all options of a command, and which of them were given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from kiamv_cli.base.language import in_any_language
from kiamv_cli.cli.options import BALANCE, OUTPUT, SEARCH, WISHES
from kiamv_cli.cli.project import keys_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiamv_cli.decision.model.record import Origin
    from kiamv_cli.display.document import Block, Value, View
    from kiamv_cli.display.text import Symbols

# Wishes are resolved by views; what a time limit did is in the status of a result.
_RESOLVED = (WISHES, BALANCE, SEARCH)
# The list and the criteria are named by their hashes, as a folder and a file may say the same;
# threads do not bear on a result; a salt is kept from whoever reads a seal.
_UNSAID = {"lang", "longlist", "listed", "criteria", "threads", "time_limit", "salt"}
REVIEW_SHA256 = "kiamv.review"
"""Under which name a command leaves the SHA-256 of the review that it applied."""
_GIVEN = {ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT, ParameterSource.PROMPT}


@dataclass(frozen=True, slots=True)
class AskedView:
    """A result whose document says all that was asked, in ``request``.

    What its own view says was asked stays, as it is resolved there; options that this leaves out
    are added as they were typed. ``from`` says of each whether it is an ``option`` that was given,
    of the ``project`` or a ``default``, also of the list and the criteria; ``reviews`` holds the
    hash of the review that was applied. Documents without a heading, such as records, stay as they
    are.
    """

    view: View

    def payload(self) -> Mapping[str, object]:
        """The document, with the whole request."""
        document = self.view.payload()
        context = click.get_current_context(silent=True)
        if context is None or "kiamv" not in document:
            return document
        own = document.get("request", {})
        assert isinstance(own, Mapping)
        request = _typed(context) | dict(own)
        asked = {"request": {**request, "from": origins(request)}, **_reviews(context)}
        return {**document, **asked} if own else _headed(document, asked)

    def records(self) -> Iterable[Mapping[str, Value]]:
        """The rows of the result."""
        return self.view.records()

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """The blocks of the result."""
        return self.view.blocks(symbols)


def _typed(context: click.Context) -> dict[str, object]:
    return {
        parameter.name: context.params[parameter.name]
        for parameter in _questions(context)
        if parameter.name in context.params
    }


def _questions(context: click.Context) -> Iterator[click.Parameter]:
    # Panels are called in the language of the help page.
    unsaid = in_any_language((OUTPUT, *_RESOLVED))
    for parameter in context.command.params:
        panel = getattr(parameter, "rich_help_panel", None)
        if panel not in unsaid and parameter.name not in _UNSAID:
            yield parameter


def origins(request: Iterable[str] | None = None) -> dict[str, Origin]:
    """Return where the inputs of the running command, and each part of its request, came from.

    Args:
        request: The parts; left out: all that a project can say.
    """
    context = click.get_current_context()
    keys = keys_of(context.command)
    inputs = [name for name, each in keys.items() if each.is_path and not each.made]
    if request is None:
        request = [name for name, each in keys.items() if each.section == "request"]
    return {name: _origin(context, name) for name in dict.fromkeys((*inputs, *request))}


def _origin(context: click.Context, name: str) -> Origin:
    source = context.get_parameter_source(name)
    if source is ParameterSource.DEFAULT_MAP:
        return "project"
    return "option" if source in _GIVEN else "default"


def _reviews(context: click.Context) -> dict[str, object]:
    """Return which review was applied, if any, by its hash."""
    sha256 = context.meta.get(REVIEW_SHA256)
    return {"reviews": {"sha256": sha256}} if sha256 else {}


def _headed(document: Mapping[str, object], request: Mapping[str, object]) -> dict[str, object]:
    """Put what was asked behind the kind of a document and the version of kiamv."""
    head = ("schema", "kiamv")
    return {
        **{name: document[name] for name in head},
        **request,
        **{name: value for name, value in document.items() if name not in head},
    }
