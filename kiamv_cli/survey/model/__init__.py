"""Answers and what follows from them, as values."""
