"""The shortlist: asking for it, selecting it exactly, and explaining it."""
