"""Time the sampling: ``python benchmarks/robustness.py [SAMPLES]``.

Prints the seconds for the rank acceptability of 10,000 draws beside a plain numpy argsort of the
same scores, in turns, and for selecting anew from SAMPLES (1000) draws of the bundled list.
"""

from __future__ import annotations

import os
import sys
import time
from statistics import median

import numpy as np

from kiamv_cli import Request, load_criteria, load_longlist, robustness, score
from kiamv_cli.selection import Sampling
from kiamv_cli.selection.solving.sampling import Draws, orders, rank_counts

ROUNDS = 15


def main() -> None:
    """Run both and print."""
    programme = load_criteria()
    scores = score(load_longlist(programme=programme).longlist, programme)
    start = time.perf_counter()
    drawn = Draws(scores, Sampling(samples=10_000)).scores
    print(f"draw 10,000: {time.perf_counter() - start:.3f} s")
    plain, ranked = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        np.argsort(drawn, axis=1)
        middle = time.perf_counter()
        rank_counts(orders(drawn, np.arange(drawn.shape[1])))
        plain.append(middle - start)
        ranked.append(time.perf_counter() - middle)
    ratio = median(ranked) / median(plain)
    print(f"argsort {median(plain):.4f} s, acceptability {median(ranked):.4f} s: {ratio:.2f} x")
    samples = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    threads = os.cpu_count() or 1
    start = time.perf_counter()
    robustness(scores, Request(), Sampling(samples=samples), threads=threads)
    print(f"{samples} new shortlists on {threads} threads: {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
