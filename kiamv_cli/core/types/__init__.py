"""Types of ecosystems: by which dimensions they are classified, and how many are of which."""
