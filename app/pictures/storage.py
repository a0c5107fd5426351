"""Where the files of pictures are kept: a folder of this machine, or a bucket.

A key is made of a random folder and a name that we gave, so that nothing a client
sends ever becomes a path.
"""

import os
import re
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from app.kit.settings import Settings
from app.pictures.buckets import Bucket

_KEY = re.compile(r"[0-9a-f]{32}/[a-z]+(-[0-9a-f]{32}\.[a-z]{3,4})?")
_FOLDER = re.compile(r"[0-9a-f]{32}")


class Storage(Protocol):
    """Keeps files under keys of the form `folder/name`."""

    def put(self, key: str, source: Path) -> None:
        """Keep a copy of a file: all of it or nothing, over what was there."""

    def get(self, key: str) -> bytes | None:
        """Answer a file, or None where there is none."""

    def remove(self, folder: str) -> None:
        """Remove everything of a folder; it need not exist."""


class Folder:
    """Storage in a folder of this machine."""

    def __init__(self, root: Path):
        self._root = root

    def put(self, key: str, source: Path) -> None:
        target = self._path(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as new:
            part = Path(new.name)
            try:
                with source.open("rb") as file:
                    shutil.copyfileobj(file, new)
                # What is answered to have been kept outlasts a power failure.
                new.flush()
                os.fsync(new.fileno())
            except OSError:
                part.unlink()
                raise
        # A reader finds the old file or the new one, and never a part of one.
        part.replace(target)

    def get(self, key: str) -> bytes | None:
        with suppress(FileNotFoundError):
            return self._path(key).read_bytes()
        return None

    def remove(self, folder: str) -> None:
        assert _FOLDER.fullmatch(folder), folder
        with suppress(FileNotFoundError):
            shutil.rmtree(self._root / folder[:2] / folder)

    def _path(self, key: str) -> Path:
        assert _KEY.fullmatch(key), key
        # A file system does not like a hundred thousand folders beside each other.
        return self._root / key[:2] / key


def storage_of(settings: Settings) -> Storage:
    """Open the storage that the settings name."""
    if settings.media_bucket:
        return Bucket.at(settings.media_bucket)
    return Folder(settings.media_path)
