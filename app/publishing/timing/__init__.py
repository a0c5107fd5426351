"""What happens at a time: set by editors, done by the release loop."""
