"""The commands on long lists."""
