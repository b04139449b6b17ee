"""Workbooks as they show themselves: values, and how they look."""
