"""Everything that stands in the database about one article, to compare two by it."""

from collections.abc import Sequence

from sqlalchemy import Table, or_, select
from sqlalchemy.orm import Session

from app.kit.columns import Id
from app.newsroom.articles.models import Article
from app.tables import metadata

# Digests, and numbers that only count.
DIFFERENT = {
    "changes.id",
    "changes.keys",
    "changes.position",
    "documents.etag",
    "documents.position",
    "paths.digest",
    "search_entries.number",
}
NAMES = ("article_id", "resource_id", "id")


def rows_about(session: Session, article: Article) -> list[tuple[str, str]]:
    """List all its rows, without what tells two articles apart."""
    found = []
    for table in metadata.sorted_tables:
        columns = [table.c[name] for name in NAMES if name in table.c]
        own = [column for column in columns if isinstance(column.type, Id)]
        if not own or table.name == "keys":
            continue
        named = or_(*(column == article.id for column in own))
        found += [
            (table.name, _plain(table, row, article))
            for row in session.execute(select(table).where(named))
        ]
    return sorted(found)


def _plain(table: Table, row: Sequence[object], article: Article) -> str:
    kept = {
        column.name: value
        for column, value in zip(table.columns, row, strict=True)
        if f"{table.name}.{column.name}" not in DIFFERENT
    }
    text = repr(kept).replace(str(article.id), "ID").replace(repr(article.id), "ID")
    return text.replace(f"-{article.source}", "").replace(repr(article.source), "S")
