"""Finding tags: the newsroom's own list."""

from sqlalchemy import Select, select

from app.newsroom.tags.models import Tag


def all_tags() -> Select[Tag]:
    """Select all tags, whether readers see them or not; not those merged away."""
    return select(Tag).where(Tag.merged_into_id.is_(None))
