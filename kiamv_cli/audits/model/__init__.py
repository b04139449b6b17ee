"""What was published, as values, and what cannot be right in it."""
