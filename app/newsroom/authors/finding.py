"""Finding authors: the newsroom's own list."""

from sqlalchemy import Select, select

from app.newsroom.authors.models import Author


def all_authors() -> Select[Author]:
    """Select all authors, whether readers see them or not; not those merged away."""
    return select(Author).where(Author.merged_into_id.is_(None))
