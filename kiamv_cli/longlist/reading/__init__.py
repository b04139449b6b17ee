"""Long lists from files and folders."""
