"""Plain immutable values and pure functions: evidence, scores, classes, selection."""
