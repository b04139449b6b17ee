"""Make docs/python-reference.md: every public function and type of the library, from docstrings.

Run it as ``python docs/make_python.py``.
"""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli.base import names_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parent / "python-reference.md"
PACKAGES = (
    "kiamv_cli",
    *(
        f"kiamv_cli.{room}"
        for room in (
            *("base", "formats", "programme", "longlist", "scoring", "selection", "review"),
            *("survey", "flows", "audits", "decision", "reports", "cli"),
        )
    ),
)
HEAD = """# Reference of the library

Made by `python docs/make_python.py` from docstrings. [kiamv in Python](python.md) shows how they go
together.
"""


def page() -> str:
    """Return the page."""
    return "\n".join([HEAD, *(line for package in PACKAGES for line in _package(package))])


def _package(package: str) -> Iterator[str]:
    shown = set(names_of("kiamv_cli")) if package != "kiamv_cli" else set()
    yield f"## {package}\n"
    there = import_module(package)
    others = [name for name in sorted(names_of(package), key=str.casefold) if name in shown]
    for name in sorted(names_of(package), key=str.casefold):
        if name not in shown:
            yield from _entry(name, getattr(there, name))
    if others:
        yield f"Also, as above: {', '.join(f'`{each}`' for each in others)}.\n"


def _entry(name: str, thing: object) -> Iterator[str]:
    yield f"### {name}\n"
    if inspect.isfunction(thing):
        yield f"```python\n{name}{_signature(thing)}\n```\n"
    # A dataclass without a docstring gets its signature as one.
    text = inspect.getdoc(thing) or ""
    yield _markdown(text) + "\n"


def _signature(function: object) -> str:
    assert callable(function)
    text = str(inspect.signature(function))
    text = re.sub(r"<function .*? at 0x\w+>", "…", text)
    text = re.sub(r"= TableOptions\(.*?\)", "= TableOptions()", text)
    parts = text.replace("'", "")
    return parts if len(parts) < 80 else re.sub(r", (?=[*\w]+(:|,))", ",\n    ", parts)


def _markdown(text: str) -> str:
    """Turn a docstring into Markdown: its sections in bold, what they name as items."""
    text = text.replace("``", "`")
    lines: list[str] = []
    for line in text.splitlines():
        if line in {"Args:", "Returns:", "Raises:", "Attributes:", "Yields:"}:
            lines += [f"**{line.removesuffix(':')}**", ""]
        elif match := re.match(r"    (\w[\w, ]*): (.*)", line):
            lines.append(f"- `{match[1]}`: {match[2]}")
        elif line.startswith("        "):
            lines.append(f"  {line.strip()}")
        else:
            lines.append(line.removeprefix("    "))
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
