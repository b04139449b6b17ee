"""Shortlists and what explains them, as people see them."""
