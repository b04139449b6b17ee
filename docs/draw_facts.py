"""Draw facts of the bundled long list to verify, always the same ones for a seed.

``python docs/draw_facts.py [SEED [HOW_MANY]]`` prints the facts drawn, each with its sources, in
the order of the draw. Facts are counted in order of file, and within a file as they stand.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGLIST = Path(__file__).parent.parent / "longlist"


def facts(value: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each mapping under ``value`` that names its source, with the path to it."""
    if isinstance(value, dict) and "source" in value:
        yield path, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from facts(part, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from facts(part, f"{path}[{index}]")


def main(seed: str = "2026-11-30", how_many: str = "40") -> None:
    """Print the facts that ``seed`` draws."""
    files = [
        (file.stem, yaml.safe_load(file.read_text("utf-8")))
        for file in sorted(LONGLIST.glob("*.yaml"))
    ]
    found = [
        (name, path, fact, content.get("sources", {}))
        for name, content in files
        for path, fact in facts(content, "")
    ]
    for name, path, fact, sources in random.Random(seed).sample(found, int(how_many)):
        print(f"{name}: {path}")
        for key, value in fact.items():
            print(f"  {key}: {value}")
        for source in [fact["source"], *fact.get("confirmed_by", ())]:
            print(f"  {source}: {sources.get(source)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
