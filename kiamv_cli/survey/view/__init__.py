"""Surveys as people see them."""
