"""Saving reference data: written by editors, public in the same transaction."""
