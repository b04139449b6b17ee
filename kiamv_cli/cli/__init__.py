"""The command line: options to one request, one call, one exit status."""
