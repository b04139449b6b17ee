"""Surveys: what was merged, characteristics as k of n, and selection against answers."""
