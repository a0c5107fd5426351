"""The log: one ordered list of what changed, which everything downstream follows."""
