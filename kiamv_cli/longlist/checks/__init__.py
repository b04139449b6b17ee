"""What is doubtful in a long list."""
