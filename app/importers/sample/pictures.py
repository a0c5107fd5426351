"""Uploading the pictures of the sample that are drawn, as an editor would."""

import tempfile
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from app.importers.sample import drawing, reference
from app.kit.db import Database
from app.newsroom.media.models import Media
from app.pictures.studio import Received, Studio, Upload
from app.publishing import refreshing
from app.publishing.desk import Desk
from app.publishing.reference import uploads


def load(database: Database, studio: Studio, desk: Desk) -> int:
    """Upload what is missing; answers how many that were."""
    ids = reference.media_ids()
    loaded = 0
    for picture in drawing.drawings():
        media_id = UUID(ids[picture.key])
        with database.read_primary() as session:
            if session.get_one(Media, media_id).original is not None:
                continue
        file = _take_in(database, studio, drawing.jpeg(picture))
        with database.write() as session:
            media = session.get_one(Media, media_id, with_for_update=True)
            uploads.replace(session, media, file, desk)
        loaded += 1
    refreshing.run_pending(database, lambda: desk, pause=lambda _: None)
    return loaded


def _take_in(database: Database, studio: Studio, content: bytes) -> Upload:
    with tempfile.TemporaryDirectory(prefix="broadsheet-") as folder:
        path = Path(folder) / "drawn"
        path.write_bytes(content)
        received = Received(path, sha256(content).hexdigest(), len(content))
        return uploads.take_in(database, studio, received)
