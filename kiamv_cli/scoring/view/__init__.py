"""Scores, classes and types as people see them."""
