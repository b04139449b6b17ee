"""Forms and folders of reviews."""
