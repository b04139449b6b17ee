"""Flows, shown."""

VIEWS = {"Flow": "flow:FlowView", "SuggestionSources": "sources:SourcesView"}
