"""A programme: criteria with their rules, classes, dimensions and types, all of it data."""
