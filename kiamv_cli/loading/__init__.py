"""Files to core values, with the position of every problem."""
