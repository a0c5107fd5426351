"""Embargoed articles, for entitled partners: apart from all that the public gets."""
