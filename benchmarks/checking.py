"""Check long lists: ``python benchmarks/checking.py [NUMBER ...] [--against CHECKOUT]``.

Prints for lists of each size how long ``kiamv check`` and ``kiamv same`` take, output and all, and
how much memory the largest of their processes: medians of ``--rounds``, in which this checkout and
another (such as ``git worktree add ../before v0.3.0``) take turns. Names are made as people make
them: a few common words, places that many share, and in every hundredth case a name that is there
already, misspelled, turned round or with its initials; how many of these are found is printed too.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parents[1]
COMMANDS = (("check",), ("check", "--format", "json"), ("same", "--least", "strong"))
COMMON: tuple[str, ...]
COMMON = ("Regio Deal", "Health Hub", "Smart", "Campus", "Fieldlab", "Living Lab", "Greenport")
COMMON += ("Valley", "Delta", "Energy", "Centre of Expertise", "Cluster", "Network", "Stichting")
AGAIN = ("misspelled", "turned round", "with its initials")
TWICE = "misspelled twice"


class Made(NamedTuple):
    """A name, and if it is another one again: which, and how."""

    name: str
    before: str = ""
    how: str = ""


class Took(NamedTuple):
    """Seconds by the clock and of all processors, and the MiB of the largest process."""

    wall: float
    cpu: float
    peak: float


def names(number: int, seed: int = 2020) -> Iterator[Made]:
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
            again = _again(random.choice(made), random)
        else:
            common = random.sample(COMMON, random.choice((1, 1, 2)))
            again = Made(" ".join([*common, *random.sample(places, random.choice((1, 2)))]))
        made.append(again.name)
        yield again


def _again(name: str, random: Random) -> Made:
    words = name.split()
    how = random.randrange(3)
    match how:
        case 0:
            again = _slip(name, random)
        case 1:
            again = " ".join([*words[1:], words[0]])
        case _:
            again = f"{name} ({''.join(word[0] for word in words)})"
    return Made(again, name, AGAIN[how])


def _slip(name: str, random: Random) -> str:
    at = random.randrange(len(name) - 1)
    return name[:at] + name[at + 1 :]


def _twice(made: list[Made], random: Random) -> Iterator[Made]:
    """Make a thousand of the names again with two letters left out."""
    for each in random.sample(made, min(len(made), 1000)):
        yield Made(_slip(_slip(each.name, random), random), each.name, TWICE)


def write(number: int, path: str) -> None:
    """Write a list of so many ecosystems with such names."""
    sys.path.insert(0, str(Path(__file__).parent))
    from generate import ecosystems

    with Path(path).open("w", encoding="utf-8") as file:
        file.write(json.dumps({"title": "Made up", "as_of": "2020-11-30"}) + "\n")
        named = zip(ecosystems(number), names(number), strict=True)
        file.writelines(json.dumps({**made, "name": each.name}) + "\n" for made, each in named)


def run(checkout: Path, command: tuple[str, ...], path: str) -> Took:
    """Run a command of a checkout, its output to a file."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "kiamv_cli", *command, path],
            stdout=out,
            cwd=checkout,  # -m looks there first
        )
        _, status, used = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) in {0, 1}
    process.returncode = status
    seconds = time.perf_counter() - start
    return Took(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def compare(path: str, checkouts: list[Path], rounds: int) -> None:
    """Print what each command takes on a list, in each checkout."""
    for command in COMMANDS:
        took: dict[Path, list[Took]] = {each: [] for each in checkouts}
        for _ in range(rounds):
            for each in checkouts:
                took[each].append(run(each, command, path))
        print(f"  kiamv {' '.join(command)}")
        for each, runs in took.items():
            wall, cpu, peak = (median(values) for values in zip(*runs, strict=True))
            print(f"    {wall:6.1f} s ({cpu:6.1f} s CPU), {peak:5.0f} MiB  {each}")


def find(number: int) -> None:
    """Print how many of the names that were made again are found to be so, and how strongly.

    A thousand more are made again here, with two letters left out, as the hardest to find.
    """
    from kiamv_cli.formats.vocabulary import vocabulary
    from kiamv_cli.longlist.matching.suspects import suspected
    from kiamv_cli.longlist.model.duplicates import LEVELS, Named

    made = list(names(number))
    made += _twice(made, Random(number))
    named = (Named(name=each.name, id=str(at)) for at, each in enumerate(made))
    found = suspected(named, vocabulary())
    levels = {frozenset((each.one.name, each.other.name)): each.level for each in reversed(found)}
    for how in (*AGAIN, TWICE):
        pairs = [{each.name, each.before} for each in made if each.how == how]
        # Two equal signs turned round, or one of them left out, make the same name.
        counted = Counter(
            levels.get(frozenset(each), "not found") for each in pairs if len(each) > 1
        )
        told = ", ".join(f"{level} {counted[level]}" for level in (*LEVELS, "not found"))
        print(f"  {how + ':':19} {told}")


def main() -> None:
    """Measure each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("numbers", type=int, nargs="*", default=[1000, 10000, 100000])
    parser.add_argument("--against", type=Path, metavar="CHECKOUT")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    checkouts = [HERE, *([asked.against.resolve()] if asked.against else [])]
    for number in asked.numbers:
        print(f"{number} ecosystems")
        find(number)
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
            write(number, file.name)
            compare(file.name, checkouts, asked.rounds)


if __name__ == "__main__":
    main()
