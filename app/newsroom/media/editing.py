"""Making and changing media assets."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kit import patches
from app.kit.errors import Conflict
from app.kit.ids import new_id
from app.newsroom.media.models import UPLOAD, Media
from app.newsroom.media.schemas import MediaCreate, MediaUpdate, MediaWords
from app.pictures.studio import Upload


class MediaExists(Conflict):
    """Another asset has this URL, or this id; `media_id` names it."""

    code = "media-exists"
    title = "This media asset exists"


def create(
    session: Session, data: MediaCreate, *, now: datetime, media_id: UUID | None = None
) -> Media:
    """Make an asset. Importers bring its id along, so that bodies can name it."""
    if media_id is not None and session.get(Media, media_id) is not None:
        raise _exists(media_id)
    _check_url(session, data.url)
    media = Media(id=media_id or new_id(), version=1, created_at=now, updated_at=now)
    _write(media, data)
    session.add(media)
    session.flush()
    return media


def update(
    session: Session, media: Media, change: MediaUpdate, *, now: datetime
) -> Media:
    """Change an asset; of an upload what is said of it, for its file says the rest."""
    before = _words(media) if media.original else _whole(media)
    data = patches.merged(before, change)
    if data == before:
        return media
    if isinstance(data, MediaCreate):
        if data.url != media.url:
            _check_url(session, data.url)
        _write(media, data)
    else:
        _write_words(media, data)
    media.touch(now)
    session.flush()
    return media


def upload(session: Session, file: Upload, *, now: datetime) -> Media:
    """Make an asset of a picture that came as bytes."""
    media = Media(id=new_id(), version=1, created_at=now, updated_at=now)
    media.kind = "image"
    media.duration = None
    _write_words(media, MediaWords())
    _write_file(media, file)
    session.add(media)
    session.flush()
    return media


def replace_file(
    session: Session, media: Media, file: Upload, *, now: datetime
) -> None:
    """Give an asset another file, and keep what is said of it."""
    media.kind = "image"
    media.duration = None
    _write_file(media, file)
    media.touch(now)
    session.flush()


def _write(media: Media, data: MediaCreate) -> None:
    media.kind = data.kind
    media.url = data.url
    media.mime_type = data.mime_type
    media.width = data.width
    media.height = data.height
    media.duration = data.duration
    _write_words(media, data)


def _write_words(media: Media, data: MediaWords) -> None:
    media.alt = data.alt
    media.caption = data.caption
    media.credit = data.credit
    media.focal_point = data.focal_point.model_dump() if data.focal_point else None
    media.renditions = [rendition.model_dump() for rendition in data.renditions]
    media.rights = data.rights.model_dump()
    media.ads = data.ads
    media.is_listed = data.listed


def _write_file(media: Media, file: Upload) -> None:
    media.url = f"{UPLOAD}{file.folder}"
    media.mime_type = file.proof.mime_type
    media.width = file.proof.width
    media.height = file.proof.height
    media.sha256 = file.sha256
    media.byte_count = file.size


def _whole(media: Media) -> MediaCreate:
    file = ("kind", "url", "mime_type", "width", "height", "duration")
    content = {name: getattr(media, name) for name in file}
    return patches.checked(MediaCreate, content | _words(media).model_dump(mode="json"))


def _words(media: Media) -> MediaWords:
    content = {
        "alt": media.alt,
        "caption": media.caption,
        "credit": media.credit,
        "focal_point": media.focal_point,
        "renditions": media.renditions,
        "rights": media.rights,
        "ads": media.ads,
        "listed": media.is_listed,
    }
    return patches.checked(MediaWords, content)


def _check_url(session: Session, url: str) -> None:
    holder = session.scalar(select(Media.id).where(Media.url == url))
    if holder is not None:
        raise _exists(holder)


def _exists(media_id: UUID) -> MediaExists:
    return MediaExists(extra={"media_id": str(media_id)})
