"""From suggestions to the shortlist in numbers."""
