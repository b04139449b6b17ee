"""Ecosystems and what is known of them, as values."""
