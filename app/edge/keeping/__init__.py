"""Answers that are kept: what may be, for how long, and in which forms."""
