"""Fixtures: the newspaper of the attacks, for walks through every verb."""

from tests.hostile.conftest import standing

__all__ = ["standing"]
