"""The command that makes reports."""
