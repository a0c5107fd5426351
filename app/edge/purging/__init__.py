"""Telling the caches in front of us what to drop: a follower of the log."""
