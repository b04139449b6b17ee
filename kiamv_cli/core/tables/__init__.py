"""A long list as tables: which column holds what, the same for reading and writing."""
