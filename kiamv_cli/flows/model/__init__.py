"""Flows as values."""
