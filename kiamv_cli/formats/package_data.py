"""The data that come with kiamv: templates, tables, meanings of keys, and where all else is."""

from __future__ import annotations

from functools import cache
from pathlib import Path, PurePath
from pkgutil import get_data
from typing import TYPE_CHECKING, Literal, cast, get_args
from unicodedata import normalize

from kiamv_cli.base.language import _, current_language
from kiamv_cli.formats.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    from kiamv_cli.formats.plain import Plain


def template(name: str, /, **values: str) -> str:
    """Return a template in the current language, filled in.

    Args:
        name: Its name without the language, such as ``README.md``.
        values: What stands in it in braces, by name; other braces stay as they are.
    """
    place = PurePath(name)
    raw = get_data("kiamv_cli", f"templates/{place.stem}.{current_language()}{place.suffix}")
    assert raw is not None
    text = raw.decode()
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text


_PACKAGE = Path(__file__).parent.parent


def bundled(name: str) -> Path | Traversable:
    """Find a folder of bundled data, ``criteria`` or ``longlist``.

    The current folder plays no part. A checkout is told by its ``pyproject.toml``, so that a
    folder that happens to stand beside an installed package is never taken for the data.

    Raises:
        FileNotFoundError: The installation is not complete.
    """
    packaged = _PACKAGE / "_data" / name
    if packaged.is_dir():
        return packaged
    checkout = _PACKAGE.parent
    if _is_kiamv(checkout / "pyproject.toml") and (checkout / name).is_dir():
        return checkout / name
    return _zipped(name)


def _is_kiamv(project: Path) -> bool:
    return project.is_file() and 'name = "kiamv"' in project.read_text(encoding="utf-8")


def _zipped(name: str) -> Traversable:
    """Look where the package itself was loaded from, such as a zip file."""
    from importlib.resources import files  # noqa: PLC0415 - slow to import, seldom needed

    folder = files("kiamv_cli") / "_data" / name
    if not folder.is_dir():
        raise FileNotFoundError(
            _("the bundled data '{name}' are missing: reinstall kiamv", name=name)
        )
    return folder


def yaml_table(name: str) -> Plain:
    """Read a YAML file that lies beside this module."""
    raw = get_data(__package__, name)
    assert raw is not None
    return read_yaml(raw.decode(), name).data


@cache
def keys() -> Mapping[str, Mapping[str, str]]:
    """Return the meaning of each key in English, by kind of file and by path."""
    return cast("Mapping[str, Mapping[str, str]]", yaml_table("keys.yaml"))


def meaning(kind: str, path: tuple[str, ...]) -> str:
    """What the key at a path means, in the current language; empty if nothing is written of it.

    A path through a mapping with names of people's own has ``*`` for them.
    """
    of_kind = keys()[kind]
    said = of_kind.get(".".join(path)) or keys()["any"].get(path[-1], "") if path else ""
    return _(said) if said else ""


# The kinds of files that people write for kiamv, as ``kiamv schema`` names them.
Kind = Literal[
    "project",
    "longlist",
    "ecosystem",
    "header",
    "programme",
    "criterion",
    "classes",
    "dimension",
    "types",
    "targets",
    "identities",
    "published-flow",
    "record",
    "mapping",
    "questionnaire",
    "survey-mapping",
    "interview",
    "desk",
    "answers",
    "comparison",
    "aspects",
    "reported",
]

KINDS: tuple[Kind, ...] = get_args(Kind)


Meaning = Literal["unknown", "none", "yes"]
_START = 3
_SIGNS = ("x", "0")  # once or more


def is_placeholder(text: str) -> bool:
    """Return whether a text is no answer."""
    return placeholder(text) is not None


def placeholder(text: str) -> Meaning | None:
    """Return what a text that is no answer means; ``None`` for any other text."""
    words, longest, starts, signs = _vocabulary()
    # Nearly all texts are told apart by their length or first letters, at little cost.
    if len(text) > longest:
        return None
    start = text[:_START].lower()
    if start not in starts and start.isalnum() and start.isascii():
        return None
    letters = _letters(text)
    if not letters:
        return "unknown" if text.strip() and signs.issuperset("".join(text.split())) else None
    if not letters.strip("x"):
        return "yes"
    return words.get(letters) or (None if letters.strip("0") else "none")


@cache
def _vocabulary() -> tuple[Mapping[str, Meaning], int, frozenset[str], frozenset[str]]:
    """The words by their letters, how long a text can be that is one, their starts; the signs."""
    table = cast("dict[str, list[str]]", yaml_table("placeholders.yaml"))
    words = {_letters(word): each for each in get_args(Meaning) for word in table[each]}
    starts = {sign * times for sign in _SIGNS for times in range(1, _START + 1)}
    starts |= {word[:_START] for word in words}
    return words, 2 * max(map(len, words)), frozenset(starts), frozenset(table["signs"])


def _letters(text: str) -> str:
    plain = text if text.isascii() else normalize("NFKC", text)
    return "".join(filter(str.isalnum, plain.casefold()))
