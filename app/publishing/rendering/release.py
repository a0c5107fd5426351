"""What a release adds to the content of an article."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.content.vocabularies import ChangeKind


@dataclass(frozen=True, kw_only=True)
class Release:
    """Identity, place and times of what is released, and what release it is."""

    id: UUID
    path: str
    version: int
    published_at: datetime
    first_published_at: datetime
    updated_at: datetime
    change: ChangeKind
