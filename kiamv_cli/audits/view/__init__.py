"""Audits as headings, texts, tables and documents."""
