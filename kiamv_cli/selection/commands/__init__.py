"""The commands that select and explain."""
