"""What the commands of a review put on file: forms sent, received, and verdicts decided."""
