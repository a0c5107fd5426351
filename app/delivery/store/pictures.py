"""From which file the prints of a public picture are made, and for how long.

Written and removed together with the picture's document.
"""

from dataclasses import asdict
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.delivery.store.models import PictureFile
from app.pictures.sizes import Original


def put(session: Session, media_id: UUID, original: Original) -> None:
    """Let readers have prints of this file."""
    session.merge(PictureFile(media_id=media_id, **asdict(original)))


def remove(session: Session, media_id: UUID) -> None:
    """Let nobody have a print any more."""
    session.execute(delete(PictureFile).where(PictureFile.media_id == media_id))


def find(session: Session, media_id: UUID) -> Original | None:
    """Find the file of a public picture, where it has one here."""
    row = session.get(PictureFile, media_id)
    if row is None:
        return None
    return Original(
        folder=row.folder,
        sha256=row.sha256,
        width=row.width,
        height=row.height,
        focal_x=row.focal_x,
        focal_y=row.focal_y,
    )
