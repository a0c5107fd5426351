"""Broadsheet: a headless content API for newspapers."""
