"""Figures and flows that others published, held against themselves."""
