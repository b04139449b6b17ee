"""Judged by people: who judges what, what they said, how far they agree, and what follows."""
