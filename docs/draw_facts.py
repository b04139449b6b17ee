"""Draw facts of the bundled long list to verify: the same ones for the same seed and list.

``python docs/draw_facts.py [SEED [HOW_MANY]]`` prints the facts in the order of the draw, each
with its sources. All facts count, in order of file, and within a file as they stand.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiamv_cli.formats.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGLIST = Path(__file__).parent.parent / "longlist"


def facts(value: object, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each mapping under ``value`` that names its source, with the path to it."""
    if isinstance(value, dict) and "source" in value:
        yield path, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from facts(part, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from facts(part, f"{path}[{index}]")


def main(seed: str = "2026-11-30", how_many: str = "40") -> None:
    """Print the facts that ``seed`` draws."""
    texts = {file.stem: file.read_text("utf-8") for file in sorted(LONGLIST.glob("*.yaml"))}
    files: dict[str, Any] = {name: read_yaml(text, name).data for name, text in texts.items()}
    everything = [(name, *fact) for name, content in files.items() for fact in facts(content)]
    for name, path, fact in random.Random(seed).sample(everything, int(how_many)):
        sources = (fact["source"], *fact.get("confirmed_by", ()))
        print(f"\n{name}: {path}")
        print(*(f"  {key}: {value}" for key, value in fact.items()), sep="\n")
        print(*(f"  {source}: {files[name]['sources'][source]}" for source in sources), sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
