"""How a time is written where only words can stand."""

from datetime import datetime


def shown(moment: datetime) -> str:
    """Write a UTC time in digits, which every language reads."""
    return f"{moment:%Y-%m-%d %H:%M} UTC"
