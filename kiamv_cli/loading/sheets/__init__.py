"""Workbooks as they show themselves: what is hidden, merged, struck through or in error."""
