"""A long list as files: YAML, JSON, tables."""
