"""Records and differences as values."""
