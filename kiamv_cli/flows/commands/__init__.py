"""The commands on flows."""
