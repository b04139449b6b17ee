"""Prove shortlists of the bundled list: ``python benchmarks/proof.py [QUESTION ...]``.

Prints per question and claim how it ended, leaves, and seconds of processor time in this process.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from kiamv_cli import Request, load_criteria, load_longlist, score
from kiamv_cli.selection.model.prove import prove
from kiamv_cli.selection.model.select import select
from kiamv_cli.selection.model.shortlist import question
from kiamv_cli.selection.solving.refuting import refute
from kiamv_cli.selection.solving.solver import HighsSolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.selection.model.question import Question
    from kiamv_cli.selection.model.refutation import Claim, Refuted

SIZES = (20, 5, 8, 12, 25, 40, 55)


class Measuring:
    """Refutes in this process, and prints what that took."""

    def refute(self, claim: Claim) -> Refuted:
        """Refute a claim."""
        start = time.process_time()
        refuted = refute(claim, lambda: True)
        seconds = time.process_time() - start
        leaves = sum(len(case) == 1 for case in refuted.cases)
        print(f"    {refuted.status:7} {leaves:5} leaves {seconds:6.2f} s", flush=True)
        return refuted


def questions() -> Iterator[tuple[str, Question]]:
    """Yield what is asked: sizes, another bound, pins, another target, generated lists."""
    programme = load_criteria()
    scores = score(load_longlist(programme=programme).longlist, programme)
    pins = Request(include=frozenset({"hannn", "entrance"}), exclude=frozenset({"steenbreek"}))
    requests = {f"size {size}": Request(size=size) for size in SIZES}
    requests |= {"middle": Request(unknown="middle"), "pins": pins}
    requests["population"] = Request(targets={"provinces": "population"})
    for name, request in requests.items():
        yield name, question(scores, request)
    for number, size in ((500, 50), (5000, 200)):
        made = question(score(_generated(number), programme), Request(size=size))
        yield f"{number} {size}", made
        if number == 500:
            yield f"{number} {size} fine", _fine(made)


def _generated(number: int) -> Longlist:
    sys.path.insert(0, str(Path(__file__).parent))
    from generate import ecosystems
    from selection import _read

    return _read(ecosystems(number), load_criteria())


def _fine(asked: Question) -> Question:
    random = Random(500)
    fine = (replace(e, score=Fraction(random.randrange(10**6), 10**6)) for e in asked.candidates)
    return replace(asked, candidates=tuple(fine))


def main() -> None:
    """Measure each question, or those named."""
    for name, asked in questions():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        print(name)
        solver = HighsSolver(time_limit=60)
        found = select(asked, solver)
        highest = select(replace(asked, balance=(), give_up=None), solver)
        start = time.process_time()
        proven = prove(asked, found.members, highest.members, Measuring())
        seconds = time.process_time() - start
        said = f"{proven.proof.steps} cases" if proven.proof else "open"
        print(f"    {said}, {seconds:.2f} s with the check", flush=True)


if __name__ == "__main__":
    main()
