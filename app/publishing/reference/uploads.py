"""Pictures that came as bytes: a new asset, or another file for one."""

from sqlalchemy.orm import Session

from app.kit.clock import database_now
from app.kit.db import Database
from app.newsroom.media import editing
from app.newsroom.media.models import Media
from app.pictures.studio import Received, Studio, Upload
from app.publishing import removing
from app.publishing.desk import Desk
from app.publishing.reference import media as assets


def take_in(database: Database, studio: Studio, received: Received) -> Upload:
    """Prove a picture and store it, for an asset that is saved right afterwards.

    It writes for itself, and takes its time: no session may be at work beside it.
    """

    def announce(folder: str) -> None:
        with database.write() as session:
            due_at = database_now(session) + removing.GRACE
            removing.request(session, folder, due_at=due_at)

    return studio.take_in(received, announce)


def create(session: Session, file: Upload, desk: Desk) -> Media:
    """Make an asset of a picture; nobody but editors sees it yet."""
    removing.cancel(session, file.folder)
    return editing.upload(session, file, now=desk.now)


def replace(session: Session, media: Media, file: Upload, desk: Desk) -> Media:
    """Give an asset another file. The one before it is gone at once, for everybody.

    It may be replaced because of a face that should not be in it.
    """
    removing.cancel(session, file.folder)
    if media.folder is not None:
        removing.request(session, media.folder, due_at=desk.now)
    editing.replace_file(session, media, file, now=desk.now)
    assets.show_everywhere(session, media, desk)
    return media
