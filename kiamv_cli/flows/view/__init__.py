"""Flows as people see them."""
