"""The commands as functions: typed, with immutable results, and nothing printed."""
