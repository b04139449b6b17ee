"""Long lists, their problems and their duplicates, as people see them."""
