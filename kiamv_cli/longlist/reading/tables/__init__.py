"""Long lists from CSV files and workbooks."""
