"""The studio: where pictures come in, are kept, and are printed in other sizes."""

import secrets
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from anyio import Semaphore

from app.kit.settings import Settings
from app.pictures.darkroom import Darkroom, Proof
from app.pictures.prints import ORIGINAL, Prints
from app.pictures.sizes import LISTED, SIZES, Original, file_name
from app.pictures.storage import storage_of


@dataclass(frozen=True)
class Received:
    """The bytes that somebody sent, as they lie in a temporary file."""

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True)
class Upload:
    """A picture that was proved and is kept in a folder of its own."""

    folder: str
    sha256: str
    size: int
    proof: Proof


class Studio:
    """The storage, the darkroom, and the prints that are made with both.

    `turns` bounds how many requests of editors are at work with pictures at once:
    each holds a thread, and those who publish need some, too.
    """

    def __init__(self, settings: Settings):
        self.storage = storage_of(settings)
        self.darkroom = Darkroom()
        self.prints = Prints(self.storage, self.darkroom)
        self.turns = Semaphore(max(1, settings.threads // 4))

    def take_in(self, received: Received, announce: Callable[[str], None]) -> Upload:
        """Prove a picture and keep it, with its smallest print.

        The folder's name is made up here, 128 bits that nobody can guess. It is
        announced before anything lies there, so that it can be cleared should the
        program end before the asset is saved.
        """
        with tempfile.TemporaryDirectory(prefix="broadsheet-") as place:
            thumb = Path(place) / "thumb"
            proof = self.darkroom.prove(received.path, thumb)
            folder = secrets.token_hex(16)
            announce(folder)
            original = Original(folder, received.sha256, proof.width, proof.height)
            name = file_name(original, SIZES["thumb"], LISTED)
            self.storage.put(f"{folder}/{ORIGINAL}", received.path)
            self.storage.put(f"{folder}/{name}", thumb)
        return Upload(folder, received.sha256, received.size, proof)
