"""The version of kiamv."""

__version__ = "0.1.0"
