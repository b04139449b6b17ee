"""Judged by people: who judges what, seals, agreement, outcomes."""
