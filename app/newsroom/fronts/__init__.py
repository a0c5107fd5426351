"""Fronts: curated front pages, of the newspaper and of its sections."""
