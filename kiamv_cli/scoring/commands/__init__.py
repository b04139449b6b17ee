"""The commands that score and classify."""
