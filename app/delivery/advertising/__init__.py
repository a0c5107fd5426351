"""Advertisements as data: where they stand on a page, and by which rules."""
