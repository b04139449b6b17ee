"""Records as people see them."""
