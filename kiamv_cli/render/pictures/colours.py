"""The colours of figures on light and on dark: one blue ramp, all text on them to be read.

Text has a contrast of at least 4.5 to what it stands on, and marks of at least 3 to what is around
them (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from __future__ import annotations

# step0 is nothing, step6 the most; onN is the text on stepN.
LIGHT = {
    "paper": "#ffffff",
    "ink": "#17202b",
    "faint": "#52606f",
    "line": "#5b6b7c",
    "edge": "#ffffff",
    "track": "#e3e8ee",
    "tint": "#e6eef8",
    "bar": "#2f6cb0",
    "pale": "#a9c6e6",
    "alarm": "#b3261e",
    "step0": "#eef0f3",
    "step1": "#dbe8f5",
    "step2": "#bad3ec",
    "step3": "#93b8e0",
    "step4": "#6f9fd2",
    "step5": "#2b66a8",
    "step6": "#174377",
    **{f"on{step}": "#17202b" for step in range(5)},
    **{f"on{step}": "#ffffff" for step in (5, 6)},
}
DARK = {
    "paper": "#12171e",
    "ink": "#eef2f6",
    "faint": "#aab6c3",
    "line": "#8a9bad",
    "edge": "#12171e",
    "track": "#2a333e",
    "tint": "#1d2a3a",
    "bar": "#4f8bd0",
    "pale": "#2a4568",
    "alarm": "#ff9a8f",
    "step0": "#1f262f",
    "step1": "#1d3350",
    "step2": "#21446f",
    "step3": "#275690",
    "step4": "#5f9bdd",
    "step5": "#92bdea",
    "step6": "#c8def6",
    **{f"on{step}": "#eef2f6" for step in range(4)},
    **{f"on{step}": "#0d1117" for step in (4, 5, 6)},
}
STEPS = 7


def step(share: float) -> int:
    """The step of the ramp for a share from 0 to 1: 0 only for nothing at all."""
    return 0 if share <= 0 else min(1 + int(share * (STEPS - 1)), STEPS - 1)
