"""Integer programming behind one small protocol."""
