"""Finding sections: the newsroom's own list."""

from sqlalchemy import Select, select

from app.newsroom.sections.models import Section


def all_sections() -> Select[Section]:
    """Select all sections there are."""
    return select(Section)
