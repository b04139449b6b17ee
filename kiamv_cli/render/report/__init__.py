"""The report for the selection meeting: one HTML page that stands by itself."""
