"""Reviews as values."""
