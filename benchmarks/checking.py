"""Check long lists, duplicates included: ``python benchmarks/checking.py [NUMBER ...]``.

Prints seconds and peak memory of checking a list of each size without looking for duplicates and
with it, and of what looking for duplicates alone takes, each in a process of its own. Names are
made as people make them: a few common words, places that many share, and in every hundredth case a
name that is there already, misspelled, turned round or shortened to its initials.
"""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMON: tuple[str, ...]
COMMON = ("Regio Deal", "Health Hub", "Smart", "Campus", "Fieldlab", "Living Lab", "Greenport")
COMMON += ("Valley", "Delta", "Energy", "Centre of Expertise", "Cluster", "Network", "Stichting")
WAYS = ("plain", "suspect", "names")


def names(number: int, seed: int = 2020) -> Iterator[str]:
    """Make so many names, some of them alike."""
    random = Random(seed)
    syllables = [
        c + v + e for c in "bdfghklmnprstvwz" for v in ("a", "e", "o", "ie") for e in "nrlk"
    ]
    places = [
        "".join(random.choices(syllables, k=3)).capitalize() for _ in range(number // 10 + 20)
    ]
    made: list[str] = []
    for _ in range(number):
        if made and random.random() < 0.01:
            made.append(_again(random.choice(made), random))
        else:
            common = random.sample(COMMON, random.choice((1, 1, 2)))
            made.append(" ".join([*common, *random.sample(places, random.choice((1, 2)))]))
    yield from made


def _again(name: str, random: Random) -> str:
    words = name.split()
    match random.randrange(3):
        case 0:
            at = random.randrange(len(name) - 1)
            return name[:at] + name[at + 1 :]
        case 1:
            return " ".join([*words[1:], words[0]])
        case _:
            return f"{name} ({''.join(word[0] for word in words)})"


def write(number: int, path: str) -> None:
    """Write a list of so many ecosystems with such names."""
    sys.path.insert(0, str(Path(__file__).parent))
    from generate import ecosystems

    with Path(path).open("w", encoding="utf-8") as file:
        file.write(json.dumps({"title": "Made up", "as_of": "2020-11-30"}) + "\n")
        named = zip(ecosystems(number), names(number), strict=True)
        file.writelines(json.dumps({**made, "name": name}) + "\n" for made, name in named)


def measure(path: str, way: str) -> None:
    """Check a list in this process, and print what it took."""
    from kiamv_cli import check, load_criteria, same
    from kiamv_cli.loading.checking import check_longlist

    gc.disable()  # as the command line does
    start, clock = time.perf_counter(), time.process_time()
    if way == "names":
        found = len(same([path], least=80).suspicions)
    else:
        checked = check(path) if way == "suspect" else check_longlist(path, load_criteria())
        found = checked.warnings
    seconds, used = time.perf_counter() - start, time.process_time() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = {"plain": "check, no duplicates", "suspect": "check", "names": "same, strong"}[way]
    print(f"  {said:22} {seconds:6.1f} s ({used:5.1f} s CPU), {found:8} found, {peak:5.0f} MiB")


def main() -> None:
    """Measure each size in each way."""
    if len(sys.argv) == 4 and sys.argv[1] == "--measure":
        measure(sys.argv[2], sys.argv[3])
        return
    for number in sys.argv[1:] or ["1000", "10000", "100000"]:
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
            write(int(number), file.name)
            print(f"{number} ecosystems")
            for way in WAYS:
                subprocess.run([sys.executable, __file__, "--measure", file.name, way], check=True)


if __name__ == "__main__":
    main()
