"""What is done about a story that readers have had, or that nobody is to have."""
