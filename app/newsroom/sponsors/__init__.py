"""Sponsors: who pays for what, and how it is labelled."""
