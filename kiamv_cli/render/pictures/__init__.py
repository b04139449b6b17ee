"""Figures of results as SVG, each for a page or as a file that stands by itself."""
