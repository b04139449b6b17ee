"""How ecosystems are scored, classified and typed."""
