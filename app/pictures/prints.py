"""Prints on demand: made once when first asked for, and kept.

Waiting costs a coroutine and no thread: however many prints are wanted at once, as
many are made as there are children in the darkroom, and the rest of the program
answers meanwhile.
"""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from anyio import CapacityLimiter, Lock, fail_after, to_thread

from app.kit.errors import Unavailable
from app.pictures.darkroom import CHILDREN, RETRY, TURN_SECONDS, Darkroom
from app.pictures.sizes import FileName, Original, file_name, order_of
from app.pictures.storage import Storage

ORIGINAL = "original"


class Prints:
    """Every print of every original, whether it is there already or not."""

    def __init__(self, storage: Storage, darkroom: Darkroom):
        self._storage = storage
        self._darkroom = darkroom
        self._limiter = CapacityLimiter(CHILDREN)
        self._in_work: dict[str, tuple[Lock, int]] = {}

    async def get(self, original: Original, name: FileName) -> bytes | None:
        """Answer a print: one that is kept, else made if that is its right name.

        A print of an earlier focal point is only there as long as it is kept.
        """
        key = f"{original.folder}/{name}"
        content = await to_thread.run_sync(self._storage.get, key)
        if content is None and name == file_name(original, name.size, name.ending):
            content = await self._made(key, original, name)
        return content

    async def _made(self, key: str, original: Original, name: FileName) -> bytes | None:
        try:
            with fail_after(TURN_SECONDS):
                async with self._alone_with(key):
                    return await to_thread.run_sync(
                        self._get_or_make, key, original, name, limiter=self._limiter
                    )
        except TimeoutError:
            raise Unavailable("Too many pictures wait.", headers=RETRY) from None

    @asynccontextmanager
    async def _alone_with(self, key: str) -> AsyncIterator[None]:
        """Let one at a time make a print; who comes after finds it made."""
        lock, users = self._in_work.get(key, (Lock(), 0))
        self._in_work[key] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._in_work.pop(key)
            if users > 1:
                self._in_work[key] = (lock, users - 1)

    def _get_or_make(
        self, key: str, original: Original, name: FileName
    ) -> bytes | None:
        kept = self._storage.get(key)
        if kept is not None:
            return kept
        source = self._storage.get(f"{original.folder}/{ORIGINAL}")
        if source is None:
            return None
        with tempfile.TemporaryDirectory(prefix="broadsheet-") as folder:
            whole, made = Path(folder) / ORIGINAL, Path(folder) / "print"
            whole.write_bytes(source)
            order = order_of(original, name.size, name.ending)
            self._darkroom.print(whole, made, order)
            self._storage.put(key, made)
            return made.read_bytes()
