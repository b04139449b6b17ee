"""Decision records: made, verified, compared."""
