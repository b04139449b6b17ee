"""The command line: the application, and what all commands share."""
