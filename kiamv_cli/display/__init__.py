"""A result declared once as headings, texts, tables and figures, and shown in every format."""
