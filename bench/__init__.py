"""Measuring: each figure is a ratio against a reference in the same run."""
