"""The survey: answers merged, characteristics, aspects, and the audit of published figures."""
