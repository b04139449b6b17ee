"""A review for people: forms to fill in, who judges what, agreement, and what is left open."""
