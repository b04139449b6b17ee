"""The solver, and sampling."""
