"""Finding ad policies: the newsroom's own list."""

from sqlalchemy import Select, select

from app.newsroom.ad_policies.models import AdPolicy


def all_policies() -> Select[AdPolicy]:
    """Select all ad policies there are."""
    return select(AdPolicy)
