"""Fill in a form as a made-up reviewer would: python fill_in.py review/forms/anna.yaml.

Each has a temper (strict, mild, careful) and takes the facts mostly as the rules do. Seeded by the
name on the form, so the same form is filled in alike, always.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from random import Random

# By reviewer: how a verdict shifts (up or down a step), or becomes "cannot tell" or "not mine".
TEMPERS = {
    "anna": {"up": 0.04, "down": 0.14, "unknown": 0.05, "not-mine": 0.01, "empty": 0.0},
    "bram": {"up": 0.18, "down": 0.03, "unknown": 0.03, "not-mine": 0.0, "empty": 0.02},
    "chris": {"up": 0.05, "down": 0.05, "unknown": 0.12, "not-mine": 0.0, "empty": 0.0},
}
STEPS = ("not-met", "partly", "met")
# One question is worded so that it can be read in two ways: it divides most.
DIVIDING = ("multi-year-budget", 2.5)
KEY = re.compile(r"^ *(?!verdict|reason)([a-z0-9-]+):$")
SOURCE = re.compile(r"\[(?:[^\]]*, )?(s\d+)\]$")


def main(path: str) -> None:
    """Fill in the form in place."""
    form = Path(path)
    lines = form.read_text(encoding="utf-8").splitlines()
    reviewer = next(line.split()[1] for line in lines if line.startswith("reviewer:"))
    lot = Random(f"kiamv {reviewer}")
    filled: list[str] = []
    facts: list[str] = []
    question = ""
    said: dict[str, str] = {}
    for line in lines:
        if found := KEY.match(line):
            question, facts = found[1], []
        elif line.strip().startswith("# ") and line.startswith("     "):
            facts.append(line)
        key = line.strip()
        if key == "verdict:":
            said = judge(question, facts, TEMPERS[reviewer], lot)
        filled.append(f"{line} {said[key]}" if key in said else line)
        if key == "evidence: []" and "evidence" in said:
            filled[-1] = line.replace("[]", said["evidence"])
    form.write_text("\n".join(filled) + "\n", encoding="utf-8")


def judge(question: str, facts: list[str], temper: dict[str, float], lot: Random) -> dict[str, str]:
    """What is written behind verdict:, reason: and evidence:."""
    known = sum("[" in fact for fact in facts)
    factor = DIVIDING[1] if question == DIVIDING[0] else 1.0
    draw = lot.random()
    for what in ("empty", "not-mine", "unknown"):
        if (draw := draw - temper[what]) < 0:
            reason = "the sources do not tell" if what == "unknown" else "I know them too well"
            return {} if what == "empty" else {"verdict:": what, "reason:": reason}
    if not known and lot.random() < 0.8:
        return {"verdict:": "unknown", "reason:": "nothing found"}
    step = min(known, 2) if question not in SIDES else 2 * (known > 0)
    if (draw := draw - temper["up"] * factor) < 0:
        step = min(step + 1, 2)
    elif draw - temper["down"] * factor < 0:
        step = max(step - 1, 0)
    answer = {"verdict:": STEPS[step], "reason:": f"{known} of the facts bear on it"}
    sources = [found[1] for fact in facts if (found := SOURCE.search(fact))]
    if sources:
        answer["evidence"] = f"[{{source: {sources[0]}}}]"
    return answer


SIDES = {"industry", "government", "research", "citizens"}

if __name__ == "__main__":
    for each in sys.argv[1:]:
        main(each)
