"""Flows, shown."""

VIEWS = {"Flow": "flow:FlowView"}
