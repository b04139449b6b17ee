"""What everything stands on: languages, problems, names, and files read and written whole."""
