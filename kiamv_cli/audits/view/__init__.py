"""Audits, shown."""

VIEWS = {"AddingUp": "flow:PublishedFlowView", "Audit": "figures:AuditView"}
