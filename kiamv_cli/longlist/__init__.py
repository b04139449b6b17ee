"""The long list: reading and checking it, tables in and out, merging, duplicates."""
