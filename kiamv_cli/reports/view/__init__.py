"""The report, part by part."""

VIEWS = {"Report": "document:ReportView"}
