"""Verdicts, scores, classes and types of ecosystems."""
