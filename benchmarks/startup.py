"""Time whole commands side by side with a process that only imports the libraries they use.

    python benchmarks/startup.py [ROUNDS]

Prints, per command, the median wall time and its ratio to that process. The rounds interleave
the commands, so that a busy machine slows all of them alike.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

KIAMV = str(Path(sys.executable).with_name("kiamv"))
COMMANDS = {
    "bare interpreter": [sys.executable, "-c", "pass"],
    "import typer, rich, pydantic, yaml": [
        sys.executable,
        "-c",
        "import typer, rich, pydantic, yaml",
    ],
    "kiamv --version": [KIAMV, "--version"],
    "kiamv --help": [KIAMV, "--help"],
    "kiamv score": [KIAMV, "score"],
    "kiamv score -f json": [KIAMV, "score", "-f", "json"],
    "kiamv shortlist": [KIAMV, "shortlist"],
}
REFERENCE = "import typer, rich, pydantic, yaml"


def main() -> None:
    """Run the rounds and print the medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(rounds + 1):
        for name, command in COMMANDS.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            if number:  # the first round only warms the caches
                seconds[name].append(time.perf_counter() - start)
    reference = median(seconds[REFERENCE])
    for name, times in seconds.items():
        print(f"{name:36} {median(times) * 1000:7.0f} ms {median(times) / reference:6.2f} x")


if __name__ == "__main__":
    main()
