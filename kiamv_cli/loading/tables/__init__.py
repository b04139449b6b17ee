"""Long lists from tables: CSV files and spreadsheets."""
