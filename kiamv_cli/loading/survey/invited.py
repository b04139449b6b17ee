"""Who was invited to take part: names or ids, from an option or a text file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli.core.problem import BadInput, Problem
from kiamv_cli.language import _
from kiamv_cli.loading.files import is_file, read_file, refusal
from kiamv_cli.loading.hints import closest, shown
from kiamv_cli.loading.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiamv_cli.core.survey.names import Names

_OPTION = "--invited"


def load_invited(given: str | Path | Iterable[str] | None, names: Names) -> frozenset[str]:
    """Find who was invited.

    Args:
        given: Ids or names; or the name of a text file with one per line, where ``#`` starts a
            comment; or, as text, ids separated by commas. Left out: everybody.
        names: Who can have been invited.

    Raises:
        BadInput: A name means no ecosystem, or several (K713), or there is none (K105).
    """
    if given is None:
        return frozenset(names.ids)
    problems, found = list[Problem](), set[str]()
    for name, path, line in _named(given):
        meant = names.meant(name)
        if len(meant) == 1:
            found.add(meant[0])
        else:
            problems.append(_unknown(name, meant, path, line, names))
    if problems:
        raise BadInput(problems)
    if not found:
        raise refusal("K105", str(given) or _OPTION, _("nobody is in it"), _("Write ids or names"))
    return frozenset(found)


def _named(given: str | Path | Iterable[str]) -> Iterator[tuple[str, str, int | None]]:
    if isinstance(given, str) and ("," in given or not _is_file(given)):
        given = [each.strip() for each in given.split(",") if each.strip()]
    if isinstance(given, (str, Path)):
        text = decode(read_file(Path(given)), str(given))
        for line, said in enumerate(text.splitlines(), start=1):
            if name := said.partition("#")[0].strip():
                yield name, str(given), line
    else:
        yield from ((name, _OPTION, None) for name in given)


def _is_file(text: str) -> bool:
    """Whether a text names a file: there is one, or it looks as if there should be."""
    return Path(text).suffix != "" or is_file(Path(text))


def _unknown(
    name: str, meant: tuple[str, ...], path: str, line: int | None, names: Names
) -> Problem:
    several = _("{name} can mean {ids}", name=shown(name), ids=", ".join(meant))
    return Problem(
        code="K713",
        message=several if meant else _("no ecosystem is called {name}", name=shown(name)),
        hint=closest(name, names.known) or _("Write an id of the long list"),
        path=path,
        line=line,
        column=None if line is None else 1,
    )
