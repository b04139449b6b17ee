"""Finds names that are alike among many, without comparing each with each."""
