"""Exact selection of a shortlist: balanced, then best, then by lottery."""
