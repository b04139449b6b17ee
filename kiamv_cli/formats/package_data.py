"""Where the data that come with kiamv are: inside the package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path, PurePath
from pkgutil import get_data
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, current_language

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def template(name: str, /, **values: str) -> str:
    """Give a template in the current language, filled in.

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
