"""The report, part by part."""
