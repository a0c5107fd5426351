"""Finding sponsors: the newsroom's own list."""

from sqlalchemy import Select, select

from app.newsroom.sponsors.models import Sponsor


def all_sponsors() -> Select[Sponsor]:
    """Select all sponsors there are."""
    return select(Sponsor)
