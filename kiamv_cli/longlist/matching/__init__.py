"""Names that may stand for the same ecosystem."""
