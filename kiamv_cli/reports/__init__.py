"""The report for the meeting."""
