"""The files that a new project starts from, as templates in each language."""

from __future__ import annotations

from pathlib import PurePath
from pkgutil import get_data

from kiamv_cli.language import current_language


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
