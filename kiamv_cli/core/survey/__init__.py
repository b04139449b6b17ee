"""What ecosystems answered and said, what follows from it, and whether reported figures can be."""
