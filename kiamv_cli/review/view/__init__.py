"""Forms to fill in, and what came of each step."""
