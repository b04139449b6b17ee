"""Decide on all disagreements as a made-up chair would, for kiamv review adjudicate --from.

    kiamv review adjudicate --output disagreements.json
    python decide.py disagreements.json outcomes.yaml

The chair takes the middle verdict of those who could tell: of two, the lower.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ORDER = ("not-met", "partly", "met")


def main(source: str, target: str) -> None:
    """Read disagreements, write outcomes."""
    lines = ["outcomes:"]
    for each in json.loads(Path(source).read_text(encoding="utf-8"))["disagreements"]:
        said = sorted(
            (a["verdict"] for a in each["answers"].values() if a["verdict"] in ORDER),
            key=ORDER.index,
        )
        lines += [
            f"  - ecosystem: {each['ecosystem']}",
            f"    question: {each['question']}",
            f"    verdict: {said[(len(said) - 1) // 2]}",
            "    by: A. Chair",
            "    reason: the middle of what those said who could tell",
        ]
    Path(target).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
