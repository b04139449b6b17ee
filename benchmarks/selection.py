"""Select exactly from long lists: ``python benchmarks/selection.py [NUMBER SIZE] ...``.

Prints per (number, size) whether the shortlist was proven, the gap if not, seconds for all steps
and peak memory, each in a process of its own, with a time limit of a minute. Scores are first as
the criteria give them (few levels, many ties), then drawn from a million levels.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme

SIZES = ["60", "20", "500", "50", "5000", "200", "100000", "1000"]
LIMIT_SECONDS = 60


def measure(number: int, size: int, *, fine: bool) -> None:
    """Select from a generated list in this process, and print what it took."""
    sys.path.insert(0, str(Path(__file__).parent))
    from generate import ecosystems

    from kiamv_cli import Request, load_criteria, score
    from kiamv_cli.selection.model.select import select
    from kiamv_cli.selection.model.shortlist import question
    from kiamv_cli.selection.solving.solver import HighsSolver

    programme = load_criteria()
    made = _read(ecosystems(number), programme)
    asked = question(score(made, programme), Request(size=size))
    if fine:
        random = Random(number)
        levels = (
            replace(one, score=Fraction(random.randrange(10**6), 10**6)) for one in asked.candidates
        )
        asked = replace(asked, candidates=tuple(levels))
    start = time.perf_counter()
    found = select(asked, HighsSolver(time_limit=LIMIT_SECONDS))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    status = found.status
    proof = "proven" if status.proven else f"{status.step}, gap {float(status.gap):.5%}"
    print(
        f"{number:7} {size:5} {'fine' if fine else 'coarse':6} {seconds:7.2f} s  {proof:24} "
        f"score {float(found.score):9.4f}, out of place "
        f"{float(sum(found.out_of_place.values())):.3f}, peak {peak:5.0f} MiB",
        flush=True,
    )


def _read(made: Iterable[object], programme: Programme) -> Longlist:
    """Read generated ecosystems through a file, as a user would."""
    import json
    import tempfile

    from kiamv_cli import load_longlist

    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write(json.dumps({"title": "Made up", "as_of": "2020-11-30"}) + "\n")
        for one in made:
            file.write(json.dumps(one) + "\n")
        file.flush()
        return load_longlist(file.name, programme).longlist


def main() -> None:
    """Measure each size, coarse and fine."""
    arguments = sys.argv[1:]
    if arguments and arguments[0] == "--measure":
        measure(int(arguments[1]), int(arguments[2]), fine=arguments[3] == "fine")
        return
    sizes = arguments or SIZES
    for number, size in zip(sizes[::2], sizes[1::2], strict=True):
        for kind in ("coarse", "fine"):
            command = [sys.executable, __file__, "--measure", number, size, kind]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
