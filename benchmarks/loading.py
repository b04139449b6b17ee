"""Load and score long lists: ``python benchmarks/loading.py [NUMBER ...]``.

Prints seconds and peak memory per size, each size in a process of its own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GENERATE = str(Path(__file__).with_name("generate.py"))


def measure(path: str) -> None:
    """Load and score one list in this process, and print what it took."""
    from kiamv_cli import load_criteria, load_longlist, score

    programme = load_criteria()
    start = time.perf_counter()
    longlist = load_longlist(path, programme).longlist
    loaded = time.perf_counter()
    scores = score(longlist, programme)
    scored = time.perf_counter()
    number = len(scores.ecosystems)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    per_thousand = (scored - start) * 1000 / number
    print(
        f"{number:8} loaded {loaded - start:7.2f} s, scored {scored - loaded:6.2f} s, "
        f"{per_thousand:6.3f} s per 1,000, peak {peak:6.0f} MiB"
    )


def main() -> None:
    """Measure each size."""
    if len(sys.argv) == 3 and sys.argv[1] == "--measure":
        measure(sys.argv[2])
        return
    for number in sys.argv[1:] or ["1000", "10000", "100000"]:
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
            subprocess.run([sys.executable, GENERATE, number], stdout=file, check=True)
            subprocess.run([sys.executable, __file__, "--measure", file.name], check=True)


if __name__ == "__main__":
    main()
