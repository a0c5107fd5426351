"""Removing the files of pictures that are not wanted any more.

That a folder has to go is a row, written in the transaction that made it so. It is
also written before a new file is stored, an hour ahead, and taken back when the
asset is saved: whenever the program ends in between, nothing is left lying about.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.kit.db import Database
from app.pictures.storage import Storage
from app.publishing.models import Removal

GRACE = timedelta(hours=1)
"""How long after it was stored a file has to be saved with an asset."""

AGAIN = timedelta(minutes=5)
"""Longer than anybody takes to make a print."""

BATCH = 50


def request(session: Session, folder: str, *, due_at: datetime) -> None:
    """Ask for the files of a folder to be removed at a time."""
    session.merge(Removal(folder=folder, due_at=due_at, is_repeated=False))


def cancel(session: Session, folder: str) -> None:
    """Take a request back: the folder has come into use."""
    session.execute(delete(Removal).where(Removal.folder == folder))


def run_due(database: Database, storage: Storage, *, now: datetime) -> int:
    """Remove what is due; answers how many folders that were.

    The files go first. Should the program end before that is noted, they are
    removed once more, which harms nobody: a folder's name is never used again.
    """
    due = select(Removal.folder).where(Removal.due_at <= now)
    with database.read_primary() as session:
        folders = list(session.scalars(due.order_by(Removal.due_at).limit(BATCH)))
    for folder in folders:
        storage.remove(folder)
    if folders:
        with database.write() as session:
            _note(session, folders, now)
    return len(folders)


def _note(session: Session, folders: list[str], now: datetime) -> None:
    """Forget what was removed twice; what was removed once is due again."""
    done = Removal.folder.in_(folders)
    session.execute(delete(Removal).where(done, Removal.is_repeated))
    again = {"is_repeated": True, "due_at": now + AGAIN}
    session.execute(update(Removal).where(done).values(again))


def count_due(session: Session, *, before: datetime) -> int:
    """Count what should have been removed before a time."""
    overdue = select(func.count()).select_from(Removal)
    return session.scalar(overdue.where(Removal.due_at < before)) or 0
