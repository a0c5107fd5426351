"""What editors write: articles and reference data. No HTTP, nothing public."""
