"""The selection itself: pure and exact."""
