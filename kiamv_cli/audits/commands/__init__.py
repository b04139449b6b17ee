"""The command that audits."""
