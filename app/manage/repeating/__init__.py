"""Repeating a POST: the same key and the same body get the first outcome again."""
