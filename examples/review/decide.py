"""Decide on all disagreements as a made-up chair would, for kiamv review adjudicate --from.

    kiamv review adjudicate -f json | python decide.py > outcomes.yaml

The chair takes the middle verdict of those who could tell: of two, the lower.
"""

from __future__ import annotations

import json
import sys

ORDER = ("not-met", "partly", "met")


def main() -> None:
    """Read disagreements, write outcomes."""
    print("outcomes:")
    for each in json.load(sys.stdin)["disagreements"]:
        said = sorted(
            (a["verdict"] for a in each["answers"].values() if a["verdict"] in ORDER),
            key=ORDER.index,
        )
        print(f"  - ecosystem: {each['ecosystem']}")
        print(f"    question: {each['question']}")
        print(f"    verdict: {said[(len(said) - 1) // 2]}")
        print("    by: A. Chair")
        print("    reason: the middle of what those could tell who did")


if __name__ == "__main__":
    main()
