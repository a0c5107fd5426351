"""Bringing stories in: one module a source, each calling the newsroom's commands."""
