"""Finding media assets: the newsroom's own list."""

from sqlalchemy import Select, select

from app.newsroom.media.models import Media


def all_media() -> Select[Media]:
    """Select all media assets there are, whether readers see them or not."""
    return select(Media)
