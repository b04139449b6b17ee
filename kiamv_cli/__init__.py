"""Score regional innovation ecosystems and pick a provably best, balanced shortlist."""
