"""A programme from its folder."""
