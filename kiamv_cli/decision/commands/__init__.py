"""The commands on records."""
