"""Core results to text: terminal tables, JSON, CSV and Markdown."""
