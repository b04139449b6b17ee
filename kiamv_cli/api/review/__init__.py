"""The steps of a review, each as the files that it adds; nothing is written here."""
