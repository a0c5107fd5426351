"""Slugs: an explicit one that is taken is refused, a derived one gets `-2`."""

from collections.abc import Callable
from hashlib import sha256
from itertools import count

from sqlalchemy.orm import Session

from app.kit.db import hold
from app.kit.strings import slugify
from app.newsroom.references import SlugTaken

MAX_LENGTH = 100


def buried(name: str) -> str:
    """Write a name that nobody may read any more, so that it is known when met."""
    return f"purged-{sha256(name.encode()).hexdigest()}"


def choose(
    session: Session,
    explicit: str | None,
    source: str,
    *,
    is_taken: Callable[[str], bool],
) -> str:
    """Choose a slug: the one that was asked for, or one made from a text."""

    def is_free(slug: str) -> bool:
        # Two stories may get one headline at the same moment. Whoever comes second
        # waits here, and then sees that the slug is taken.
        hold(session, f"slug {slug}")
        return not is_taken(slug)

    if explicit is not None:
        if not is_free(explicit):
            raise SlugTaken(f"The slug {explicit} is taken.")
        return explicit
    slug = slugify(source)[:MAX_LENGTH].strip("-")
    if is_free(slug):
        return slug
    numbered = (f"{slug}-{number}" for number in count(2))
    return next(candidate for candidate in numbered if is_free(candidate))
