"""YAML, JSON, CSV and XLSX to plain values with their positions, and back."""
