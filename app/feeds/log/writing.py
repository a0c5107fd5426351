"""Rows of the log as bytes, made in one place for pages and streams."""

from uuid import UUID

import orjson

from app.changes.reading import LogRow

# Where kinds are answered whose plural is not regular; crawlers' files nowhere by id.
_PLACES = {"media": "media", "ads_txt": None}

_ENDS = frozenset({"deleted", "merged", "recalled", "killed", "legal"})
_IN_ADVANCE = frozenset({"article.embargoed", "article.refreshed"})


def row(row: LogRow, *, api_url: str) -> bytes:
    """Write a row as JSON."""
    return _row(row, _href_of(row, api_url))


def advance_row(row: LogRow, *, api_url: str) -> bytes:
    """Write a row about an embargo: the story is where it can be read now."""
    if row.path is not None and row.event in _IN_ADVANCE:
        return _row(row, f"{api_url}/v1/advance/articles/{row.resource_id}")
    return _row(row, _href_of(row, api_url))


def _row(row: LogRow, href: str | None) -> bytes:
    return orjson.dumps(
        {
            "position": row.position,
            "id": f"evt_{row.id.hex}",
            "event": row.event,
            "kind": row.kind,
            "resource_id": row.resource_id,
            "version": row.version,
            "change": row.change,
            "path": row.path,
            "paths": row.paths,
            "keys": row.keys,
            "at": row.at,
            "href": href,
        },
        option=orjson.OPT_UTC_Z,
    )


def with_document(row: bytes, document: bytes | None) -> bytes:
    """Add the resource as it is now, or null, to a written row."""
    return b'%b,"document":%b}' % (row[:-1], document or b"null")


def href(api_url: str, kind: str, resource_id: UUID) -> str | None:
    """Write where this API answers for a resource by its id."""
    place = _PLACES.get(kind, _plural(kind))
    return f"{api_url}/v1/{place}/{resource_id}" if place else None


def _plural(kind: str) -> str:
    name = kind.replace("_", "-")
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"


def _href_of(row: LogRow, api_url: str) -> str | None:
    is_over = row.event.partition(".")[2] in _ENDS
    # Of a killed article no row tells any more where it was.
    is_buried = row.kind == "article" and row.path is None
    return None if is_over or is_buried else href(api_url, row.kind, row.resource_id)
